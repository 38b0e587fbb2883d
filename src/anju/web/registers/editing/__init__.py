"""Correcting what the registers say of a household: declared forms over the registry's sheets."""
