"""Values of lists and registers as people write them."""

from __future__ import annotations

from typing import Any

from anju.intake.columns import Kind, SheetColumns
from anju.intake.labels import shown


def label_of(layout: SheetColumns, field: str) -> str:
    """The heading of a field, or its name where the sheet has no such column."""
    return next((column.label for column in layout.columns if column.field == field), field)


def shown_value(layout: SheetColumns, field: str, value: Any) -> Any:
    """A value as people write it: yuan, labels, ISO dates."""
    if value is None:
        return None
    column = next((column for column in layout.columns if column.field == field), None)
    if column is not None and column.kind is Kind.MONEY:
        return f"{value // 100}.{value % 100:02d}".removesuffix(".00")
    if column is not None and column.choices is not None:
        return shown(column.choices).get(value, value)
    return value if isinstance(value, int) else str(value)
