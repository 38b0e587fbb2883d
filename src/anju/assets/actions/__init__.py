"""Writes to the register of assets."""
