"""A filter by a span of days that an address names; a list offers it only where one leads there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from anju.web.lists.declaration import Ask, Choice, Filter, Rows, Text

_BETWEEN = ".."
Apply = Callable[[Rows, date, date], Rows]


def span(id_: str, title: Text, by: str | Apply) -> Filter:
    """Rows whose day `by` (a field, or a function of both days) lies in the span, ends included."""

    def choices(ask: Ask) -> Sequence[Choice]:
        found = days_of(ask.chosen(id_))
        if found is None:
            return []
        said = _("%(first)s至%(last)s") % {"first": found[0], "last": found[1]}
        return [Choice(ask.chosen(id_), said)]

    def apply(rows: Rows, value: str, ask: Ask) -> Rows:
        found = days_of(value)
        if found is None:
            return rows
        return by(rows, *found) if callable(by) else rows.filter(**{f"{by}__range": found})

    return Filter(id_, title, choices, apply)


def days_of(text: str) -> tuple[date, date] | None:
    """Both days of 2023-09-01..2023-09-30; None for anything else."""
    first, between, last = text.partition(_BETWEEN)
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return days if between and days[0] <= days[1] else None
