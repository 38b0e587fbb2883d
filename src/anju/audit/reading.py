"""Entries as the table holds them, in order, as quickly as a check of all of them needs.

Plain SQL instead of models: making an object of each entry and of each moment takes longer than
the check itself. Pages of entries by sequence, so that a long trail does not fill the memory.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db import connection

from anju.audit.chain import Written, compact

_AT_ONCE = 5_000
_CODES = re.compile(r'\["[^"\\]*"(?:, "[^"\\]*")*\]')
_NUMBERS = re.compile(r"\[\d+(?:, \d+)*\]")
# The moment in UTC as a text: SQLite holds it like that, without the fraction where it is zero.
_MOMENT = {
    "postgresql": """to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')""",
    "sqlite": 'CAST("at" AS TEXT)',
}


def entries(*, after: int = 0, until: int | None = None) -> Iterator[Written]:
    """Entries of the table with a sequence beyond `after` (to `until`, inclusive), in order."""
    last = after
    while rows := _page(last, until):
        yield from map(_written, rows)
        last = rows[-1][0]


def last() -> Written | None:
    """The newest entry; None in an empty trail."""
    rows = _asked("ORDER BY sequence DESC LIMIT 1", [])
    return _written(rows[0]) if rows else None


def _page(after: int, until: int | None) -> list[tuple[Any, ...]]:
    limit = "" if until is None else "AND sequence <= %s "
    return _asked(
        f"WHERE sequence > %s {limit}ORDER BY sequence LIMIT {_AT_ONCE}",
        [after] if until is None else [after, until],
    )


def _asked(rest: str, values: list[int]) -> list[tuple[Any, ...]]:
    names = (
        _MOMENT[connection.vendor] if name == "at" else f'"{name}"' for name in Written._fields
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM audit_entry {rest}", values)  # noqa: S608
        return cursor.fetchall()


def _written(row: tuple[Any, ...]) -> Written:
    sequence, at, actor, action, kind, ids, count, reason, detail, *rest = row
    fraction = "" if len(at) == 26 else ".000000"
    return Written(
        sequence,
        f"{at[:10]}T{at[11:]}{fraction}+00:00",
        actor,
        action,
        kind,
        _ids(ids),
        count,
        reason,
        _again(detail),
        *rest,
    )


def _ids(text: str) -> str:
    """Most lists hold plain codes or plain numbers: only the blanks between them go."""
    if _CODES.fullmatch(text):
        return text.replace('", "', '","')
    if _NUMBERS.fullmatch(text):
        return text.replace(", ", ",")
    return _respelt(text)


def _respelt(text: str) -> str:
    """The JSON text of the database in the spelling that is digested."""
    try:
        return compact(json.loads(text))
    except ValueError:
        # Not JSON any more: somebody changed it, and the digest will say so.
        return json.dumps(text)


@lru_cache(maxsize=1024)
def _again(text: str) -> str:
    """The same for texts of which most come again and again."""
    return _respelt(text)
