"""Replacing what is known: the old row is closed on the day, a new one begins.

What is corrected on the day it became known is set right in place: the county's knowledge of a day
is that of its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from anju.registry.models.dated import Dated, Known
from anju.registry.refusals import RegistryRefused

Row = TypeVar("Row", bound=Known)
DatedRow = TypeVar("DatedRow", bound=Dated)


def supersede(row: Row, *, on: date, source: str, changes: Mapping[str, Any]) -> Row:
    """The row that holds from now on. In the caller's transaction."""
    if row.known_to is not None:
        raise RegistryRefused("这一条已被后来的情况取代，不能再改。请刷新页面，改现在的一条。")
    if row.known_from > on:
        raise RegistryRefused(
            f"这一条是 {row.known_from} 掌握的，晚于 {on}。请核对掌握日期后再改。"
        )
    if row.known_from < on:
        type(row)._default_manager.filter(pk=row.pk).update(known_to=on)
        row.pk = None
        row._state.adding = True
        row.known_from = on
    for name, value in changes.items():
        setattr(row, name, value)
    row.source = source
    row.save()
    return row


def part(
    row: DatedRow, *, on: date, since: date, source: str, changes: Mapping[str, Any]
) -> DatedRow:
    """What was true ends on the day; what is true begins on it. In the caller's transaction."""
    if row.valid_from is not None and since < row.valid_from:
        raise RegistryRefused(
            f"现在的情况从 {row.valid_from} 起，不能从更早的 {since} 改起。请核对日期。"
        )
    if since > on:
        raise RegistryRefused(f"变化日期 {since} 还没有到，请核对日期。")
    before = supersede(row, on=on, source=row.source, changes={"valid_to": since})
    after = type(row)._default_manager.get(pk=before.pk)
    after.pk = None
    after._state.adding = True
    after.valid_from, after.valid_to = since, None
    after.source = source
    for name, value in changes.items():
        setattr(after, name, value)
    after.save()
    return after
