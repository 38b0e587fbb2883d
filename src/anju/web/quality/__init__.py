"""Pages of quality checks."""
