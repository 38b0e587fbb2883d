"""Changes of villages and grids."""
