"""Writes of casework: each one transaction, audited, refused with a reason."""
