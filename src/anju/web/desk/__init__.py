"""What awaits somebody today."""
