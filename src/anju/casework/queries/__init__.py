"""Reads of casework. Whatever is shown goes through a gate that takes the viewer."""
