"""The audit trail, for the auditor."""
