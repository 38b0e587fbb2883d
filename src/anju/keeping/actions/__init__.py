"""Writing outside the registers: the database of a copy for training."""
