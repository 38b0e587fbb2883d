"""Pages by position instead of by number: page 20 000 costs what page 1 costs."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

from django.db.models import Q

from anju.web.lists.declaration import Rows

COUNT_CAP = 10_000


@dataclass(frozen=True)
class Position:
    """Where a page begins: after these values of the order's fields, or before them."""

    values: list[Any]
    is_end: bool  # the page lies before


@dataclass(frozen=True)
class Page:
    """Rows of one page and the positions before and after it (empty: there is none)."""

    rows: list[Any]
    previous: str
    following: str


@dataclass(frozen=True)
class Count:
    """How many there are; capped: at least so many."""

    number: int
    is_capped: bool


def count(rows: Rows, *, is_part: bool = False) -> Count:
    """Count up to the cap, without sorting. `is_part`: there are more than these rows."""
    number = rows.order_by()[: COUNT_CAP + 1].count()
    return Count(min(number, COUNT_CAP), is_part or number > COUNT_CAP)


def position(fields: Sequence[str], *, after: str, before: str) -> Position | None:
    """The position an address names; None for the first page, or one changed by hand."""
    values = _decode(before or after, fields) if before or after else None
    return None if values is None else Position(values, is_end=bool(before))


def page(rows: Rows, fields: Sequence[str], *, size: int, at: Position | None) -> Page:
    """The page after a position, or before one, or the first."""
    is_back = at is not None and at.is_end
    found = list(_ordered(rows, fields, at)[: size + 1])
    taken, has_more = found[:size], len(found) > size
    if is_back:
        return _between(taken[::-1], fields, more_before=has_more, more_after=True)
    return _between(taken, fields, more_before=at is not None, more_after=has_more)


def _between(
    rows: list[Any], fields: Sequence[str], *, more_before: bool, more_after: bool
) -> Page:
    if not rows:
        return Page([], "", "")
    return Page(
        rows,
        _encode(rows[0], fields) if more_before else "",
        _encode(rows[-1], fields) if more_after else "",
    )


def _ordered(rows: Rows, fields: Sequence[str], at: Position | None) -> Rows:
    is_back = at is not None and at.is_end
    signed = [(name.lstrip("-"), name.startswith("-") != is_back) for name in fields]
    ordered = rows.order_by(*(f"-{name}" if down else name for name, down in signed))
    return ordered if at is None else ordered.filter(_beyond(signed, at.values))


def _beyond(signed: Sequence[tuple[str, bool]], position: Sequence[Any]) -> Q:
    """Rows after a position: (a, b) > (x, y), spelt so that an index on (a, b) is used."""
    steps = []
    for index, (name, down) in enumerate(signed):
        same = Q(**{before: position[i] for i, (before, _) in enumerate(signed[:index])})
        steps.append(same & Q(**{f"{name}__{'lt' if down else 'gt'}": position[index]}))
    name, down = signed[0]
    bound = Q(**{f"{name}__{'lte' if down else 'gte'}": position[0]})
    return bound & reduce(lambda one, other: one | other, steps)


def _encode(row: Any, fields: Sequence[str]) -> str:
    values = [_plain(_read(row, name.lstrip("-"))) for name in fields]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _decode(cursor: str, fields: Sequence[str]) -> list[Any] | None:
    """The position written in an address; None when somebody changed it by hand."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode()))
    except (ValueError, binascii.Error):
        return None
    whole = isinstance(values, list) and len(values) == len(fields)
    if not whole or not all(isinstance(value, (str, int, bool)) for value in values):
        return None
    return values


def _read(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
