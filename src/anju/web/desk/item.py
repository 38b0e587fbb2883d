"""What one line of the desk says."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Item:
    """One thing to do; `due_on` where it has a day by which it is to be done."""

    title: str
    detail: str
    address: str
    since: date
    is_late: bool
    due_on: date | None = None


def few(rows: QuerySet[Row], most: int) -> list[Row]:
    """The first rows. On most desks nothing of a kind waits: only where something does are all its
    columns asked for, and what it is joined to."""
    ids = list(rows.values_list("pk", flat=True)[:most])
    return list(rows.filter(pk__in=ids)) if ids else []
