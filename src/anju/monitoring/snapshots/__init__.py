"""Snapshots: the registers as of a month and as known on a day, in Parquet files the rules read."""

from anju.monitoring.snapshots.writing import Written, write

__all__ = ["Written", "write"]
