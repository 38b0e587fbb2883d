"""Quality checks of the registers, run in columns over a snapshot; plain Python, no database."""
