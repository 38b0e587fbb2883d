"""Names of one's own for filtered lists."""
