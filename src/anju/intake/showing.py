"""Values of lists and registers as people write them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anju.intake.columns import Kind, SheetColumns
from anju.intake.labels import shown


def label_of(layout: SheetColumns, field: str) -> str:
    """The heading of a field, or its name where the sheet has no such column."""
    return next((column.label for column in layout.columns if column.field == field), field)


def shown_value(layout: SheetColumns, field: str, value: Any) -> Any:
    """A value as people write it: yuan, labels, ISO dates."""
    return shower(layout, field)(value)


def shower(layout: SheetColumns, field: str) -> Callable[[Any], Any]:
    """The same for many values of one field: its column is looked up once."""
    column = next((column for column in layout.columns if column.field == field), None)
    labels = shown(column.choices) if column is not None and column.choices is not None else {}
    is_money = column is not None and column.kind is Kind.MONEY

    def written(value: Any) -> Any:
        if value is None:
            return None
        if is_money:
            return f"{value // 100}.{value % 100:02d}".removesuffix(".00")
        if labels:
            code = ("yes" if value else "no") if isinstance(value, bool) else value
            return labels.get(code, value)
        return value if isinstance(value, int) else str(value)

    return written
