"""What can be done to places."""
