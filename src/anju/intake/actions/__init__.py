"""What can be done with incoming files."""
