"""The workbooks a county office holds: layouts in docs/workbooks.md, definition in `layouts`."""

from anju.synth.workbooks.writing import check, write

__all__ = ["check", "write"]
