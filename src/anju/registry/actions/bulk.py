"""Set-based writes of whole lists: `executemany` on SQLite, `COPY` on PostgreSQL.

One ORM row at a time is some hundred times slower (docs/performance.md). These write in the
caller's transaction; the audit entry is the batch's, written by whoever opened that transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl
from django.db import connection

_AT_ONCE = 5_000


def insert(table: str, rows: pl.DataFrame) -> int:
    """Add the rows of a frame whose columns are those of the table; how many."""
    if rows.is_empty():
        return 0
    names = ", ".join(f'"{name}"' for name in rows.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in _storable(rows).iter_rows():
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(rows.columns))
            sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608
            for part in _storable(rows).iter_slices(_AT_ONCE):
                cursor.executemany(sql, part.rows())
    return rows.height


def update(table: str, rows: pl.DataFrame) -> int:
    """Set the columns of the rows named by `id`; how many."""
    if rows.is_empty():
        return 0
    changed = [name for name in rows.columns if name != "id"]
    sets = ", ".join(f'"{name}" = %s' for name in changed)
    sql = f'UPDATE "{table}" SET {sets} WHERE id = %s'  # noqa: S608
    with connection.cursor() as cursor:
        for part in _storable(rows.select([*changed, "id"])).iter_slices(_AT_ONCE):
            cursor.executemany(sql, part.rows())
    return rows.height


def close(table: str, ids: Iterable[int], known_on: date) -> int:
    """Close what the county knew until that day; how many."""
    wanted = list(ids)
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            sql = f'UPDATE "{table}" SET known_to = %s WHERE id IN ({marks})'  # noqa: S608
            cursor.execute(sql, [known_on.isoformat(), *part])
    return len(wanted)


def new_ids(table: str, count: int) -> Sequence[int]:
    """Ids for new rows, so that rows of other tables can point at them in the same transaction."""
    if count == 0:
        return range(0)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # SQLite: the transaction that writes is the only one, so the next numbers are ours.
        cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')  # noqa: S608
        last = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        first = max(last, cursor.fetchone()[0]) + 1
    return range(first, first + count)


def _storable(rows: pl.DataFrame) -> pl.DataFrame:
    """Dates as ISO text, which both databases take."""
    return rows.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d"))
