"""Large exports: asking, approving, fetching."""
