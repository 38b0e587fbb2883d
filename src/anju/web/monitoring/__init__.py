"""Monitoring: runs, findings, comparison of runs."""
