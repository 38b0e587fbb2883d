"""Sign-in, sign-out, language."""
