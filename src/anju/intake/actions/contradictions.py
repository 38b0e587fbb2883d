"""Contradictions between departments, from list to list: what was decided stays decided, what waits
goes on as the same item, and what no longer contradicts is over.

The same contradiction is the same person (or household), the same two values, and the same two
sources: the list's feed, and whatever list or form the register has its value from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from anju.intake.feeds import BY_ID
from anju.intake.layout import SheetLayout
from anju.intake.models import (
    Batch,
    Difference,
    DifferenceKind,
    Outcome,
    Row,
    Settlement,
)
from anju.intake.touching import rules_over, touched

_AT_ONCE: Final = 5_000
_BATCH: Final = re.compile(r" ?#\d+$")
_MOVING: Final = ("batch", "sheet", "number", "outcome", "village_code", "rules", "sources")
Key = tuple[str, str, str]


@dataclass(slots=True)
class Raised:
    """What a list contradicts: rows to write, items that go on, items decided before, items over."""

    new: list[dict[str, Any]] = field(default_factory=list)
    continued: int = 0
    decided: int = 0
    passed: int = 0

    @property
    def frames(self) -> list[pl.DataFrame]:
        """The rows to write."""
        return [pl.DataFrame(self.new, infer_schema_length=None)] if self.new else []


def raised(batch: Batch) -> Raised:
    """Settle what a list contradicts with what earlier lists of its feed did, in the caller's
    transaction. Safe to repeat; a list older than an item leaves it where it is."""
    found = Raised()
    told = {_key(each): each for each in _told(batch)}
    waiting = {
        _key(each): each
        for each in _known(batch).filter(settlement="").select_related("batch").order_by("pk")
    }
    settled = {_key(each): each for each in _settled(batch, told.values())}
    for key, item in told.items():
        earlier, open_one = settled.get(key), waiting.pop(key, None)
        if open_one is not None:
            _go_on(open_one, item)
            found.continued += 1
        elif earlier is not None and earlier.settlement == Settlement.STANDS:
            found.decided += 1
        else:
            # Said to be corrected, and the register says the same as before: not over yet.
            item.since = (earlier.since if earlier else None) or batch.known_on
            found.new.append(_columns(item))
    found.passed = _end(batch, waiting.values())
    return found


def _told(batch: Batch) -> list[Difference]:
    """Rows on which two departments, or the list and the register, disagree on a field."""
    # As text: asked as JSON, SQLite takes every row apart.
    said = batch.lines.annotate(said=Cast("sides", TextField())).exclude(said="{}")
    rows = list(said.exclude(outcome=Outcome.WAITING))
    sheets = {sheet.name: sheet for sheet in BY_ID[batch.feed].sheets}
    first = BY_ID[batch.feed].sheets[0]
    return [
        _contradiction(batch, row, sheets.get(row.sheet, first))
        for row in rows
        if row.sides.get("fields")
    ]


def _contradiction(batch: Batch, row: Row, sheet: SheetLayout) -> Difference:
    fields = {label: pair[::-1] for label, pair in row.sides["fields"].items()}
    names = [column.field for column in sheet.columns if column.label in fields]
    return Difference(
        batch=batch,
        kind=DifferenceKind.CONTRADICTING,
        sheet=row.sheet,
        number=row.number,
        outcome=row.outcome,
        household_id=row.household_id,
        person_id=row.person_id,
        village_code=row.village_code or batch.division_code,
        fields=fields,
        rules=rules_over(touched(sheet, None, names), batch.known_on),
        decides=row.sides.get("decides", ""),
        sources=row.sides.get("kept", {}),
    )


def _key(item: Difference) -> Key:
    """Who, what, and where the register has it from, but for the number of the list."""
    if item.person_id or item.household_id:
        subject = f"p{item.person_id}" if item.person_id else f"h{item.household_id}"
    else:
        subject = f"r{item.batch_id}/{item.sheet}/{item.number}"  # nobody's: never the same again
    sources = {label: _BATCH.sub("", source) for label, source in item.sources.items()}
    return subject, _text(item.fields), _text(sources)


def _text(told: dict[str, Any]) -> str:
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


def _known(batch: Batch) -> QuerySet[Difference]:
    return Difference.objects.filter(kind=DifferenceKind.CONTRADICTING, batch__feed=batch.feed)


def _settled(batch: Batch, told: Iterable[Difference]) -> Iterable[Difference]:
    """What somebody decided of the same persons and households, the latest last."""
    decided = _known(batch).filter(settlement__in=[Settlement.STANDS, Settlement.CORRECTED])
    listed = list(told)
    for name in ("person_id", "household_id"):
        ids = sorted({getattr(each, name) for each in listed if getattr(each, name)})
        for start in range(0, len(ids), _AT_ONCE):
            part = decided.filter(**{f"{name}__in": ids[start : start + _AT_ONCE]})
            yield from part.order_by("settled_at", "pk")


def _go_on(open_one: Difference, item: Difference) -> None:
    """The item now stands in the newer list; since when it waits stays."""
    if open_one.batch.known_on > item.batch.known_on:
        return
    for name in _MOVING:
        setattr(open_one, name, getattr(item, name))
    open_one.save(update_fields=_MOVING)


def _end(batch: Batch, waiting: Iterable[Difference]) -> int:
    """Items of earlier lists about somebody this list names again, and does not contradict so."""
    older = [each for each in waiting if each.batch.known_on <= batch.known_on]
    over: set[int] = set()
    for name in ("person_id", "household_id"):
        of = {getattr(each, name): each for each in older}
        ids = sorted(id_ for id_ in of if id_)
        for start in range(0, len(ids), _AT_ONCE):
            part = {f"{name}__in": ids[start : start + _AT_ONCE]}
            named = batch.lines.filter(**part).exclude(
                outcome__in=[Outcome.WAITING, Outcome.REJECTED]
            )
            seen = set(named.values_list(name, flat=True))
            over |= {
                each.pk for each in older if _subject(each) == name and getattr(each, name) in seen
            }
    return Difference.objects.filter(pk__in=over).update(
        settlement=Settlement.PASSED, settled_at=batch.finished_at
    )


def _subject(item: Difference) -> str:
    return "person_id" if item.person_id else "household_id"


def _columns(item: Difference) -> dict[str, Any]:
    """As a row to be inserted with many others."""
    plain = (
        "kind", "sheet", "number", "outcome", "household_id", "person_id", "village_code",
        "decides", "since",
    )  # fmt: skip
    written = {name: getattr(item, name) for name in plain}
    written["kind"] = str(item.kind)
    return written | {
        name: json.dumps(getattr(item, name), ensure_ascii=False)
        for name in ("fields", "rules", "sources")
    }
