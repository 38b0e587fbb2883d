"""Pages of plans: uploading, confirming what was read, office names, comparing versions."""
