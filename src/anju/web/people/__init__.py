"""Users, units, posts and locks: the security administrator's pages. No household is shown here."""
