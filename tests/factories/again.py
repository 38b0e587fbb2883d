"""What many tests begin with: made once by each process of tests, then written again as it was.

The county of `tests.factories.county` takes 0.1 s of the processor to make, and a small part of
that to write again.
"""

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction

T = TypeVar("T")


@dataclass(frozen=True)
class _Kept:
    """The rows of each table, as this database takes them, and what their making returned."""

    rows: dict[str, Any]
    made: bytes


_KEPT: dict[tuple[str, Path], _Kept] = {}


def made_again(name: str, make: Callable[[], T]) -> T:
    """What `make` returns, with the rows it writes: those of the first test that asked for it.

    Only where none of its tables has a row yet: anywhere else `make` itself is called.
    """
    # Rows sealed with one key are nothing to a test with keys of its own.
    key = (name, Path(settings.KEY_DIR))
    kept = _KEPT.get(key)
    if kept is None:
        before = _counted()
        made = make()
        new = [table for table, count in _counted().items() if count != before[table]]
        if not any(before[table] for table in new):
            _KEPT[key] = _Kept({table: _read(table) for table in new}, pickle.dumps(made))
        return made
    if _has_rows(kept.rows):
        return make()
    with transaction.atomic():  # rows name each other in any order until it ends
        for table, rows in kept.rows.items():
            _write(table, rows)
    again: T = pickle.loads(kept.made)
    return again


def _counted() -> dict[str, int]:
    """How many rows each table has."""
    tables = connection.introspection.table_names()
    counts = ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables)
    [found] = _asked(f"SELECT {counts}")
    return dict(zip(tables, found, strict=True))


def _has_rows(tables: Iterable[str]) -> bool:
    each = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in tables)
    return bool(_asked(f"SELECT {each}")[0][0])


def _read(table: str) -> Any:
    """A table's rows: on PostgreSQL as JSON, on SQLite as they lie in its file."""
    if connection.vendor == "postgresql":
        return _asked(f'SELECT json_agg(each)::text FROM "{table}" each')[0][0]
    columns = [row[1] for row in _asked(f'PRAGMA table_info("{table}")')]
    # A column by itself would come as a date or a Boolean; with a sign it comes as it is.
    signed = ", ".join(f'+"{column}"' for column in columns)
    return _asked(f'SELECT {signed} FROM "{table}"')


def _write(table: str, rows: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f'INSERT INTO "{table}" SELECT * FROM json_populate_recordset(NULL::"{table}", %s)',
                [rows],
            )
        else:
            values = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({values})', rows)


def _asked(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
