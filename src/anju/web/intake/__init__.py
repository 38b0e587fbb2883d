"""Pages of the import: files sent, what became of each row."""
