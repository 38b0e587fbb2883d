"""Writes of communities."""
