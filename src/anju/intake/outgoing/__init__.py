"""Lists going out as they came in: the layout of the file a source sent, filled from the registers."""
