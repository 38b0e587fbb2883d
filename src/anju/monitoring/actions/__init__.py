"""What changes in monitoring: runs."""
