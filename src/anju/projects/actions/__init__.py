"""Changes of the project library."""
