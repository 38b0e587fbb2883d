"""Writes to subsidies: schemes, claims, rolls, payments."""
