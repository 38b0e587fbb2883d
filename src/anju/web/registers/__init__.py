"""The registers: households and resettlement sites."""
