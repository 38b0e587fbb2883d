"""Set-based writes of whole lists: many rows a statement on SQLite, `COPY` on PostgreSQL.

One ORM row at a time is some hundred times slower (docs/performance.md). These write in the
caller's transaction; the audit entry is the batch's, written by whoever opened that transaction.

With `put_off` the writes are collected instead and carried out later, so that a long list can be
compared with the registers before the transaction that writes it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from itertools import chain

import polars as pl
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

_AT_ONCE = 5_000
_ROWS_A_STATEMENT = 250
_PARAMETERS = 32_000  # SQLite takes 32 766


class PutOff:
    """Writes that wait for their transaction, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._writes: list[Callable[[], object]] = []

    def __len__(self) -> int:
        return len(self._writes)

    def add(self, write: Callable[[], object]) -> None:
        """Keep one write for later."""
        self._writes.append(write)

    def carry_out(self) -> None:
        """Write everything, in the caller's transaction."""
        for write in self._writes:
            write()
        self._writes.clear()


class MustWriteNow(Exception):
    """What is done next reads what was written before: it cannot be put off."""


_PUT_OFF: ContextVar[PutOff | None] = ContextVar("put_off", default=None)


@contextmanager
def put_off() -> Iterator[PutOff]:
    """Inside, nothing is written; whoever asked carries the writes out, or lets them go."""
    kept = PutOff()
    token = _PUT_OFF.set(kept)
    try:
        yield kept
    finally:
        _PUT_OFF.reset(token)


def refuse_put_off() -> None:
    """`MustWriteNow` where writes are being put off: called before reading own writes."""
    if _PUT_OFF.get() is not None:
        raise MustWriteNow


def now_or_later(write: Callable[[], object]) -> None:
    """Carry out a write, or keep it where writes are being put off."""
    kept = _PUT_OFF.get()
    if kept is None:
        write()
    else:
        kept.add(write)


def insert(table: str, rows: pl.DataFrame) -> int:
    """Add the rows of a frame whose columns are those of the table; how many."""
    if not rows.is_empty():
        now_or_later(lambda: _insert(table, rows))
    return rows.height


def _insert(table: str, rows: pl.DataFrame) -> None:
    names = ", ".join(f'"{name}"' for name in rows.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in _storable(rows).iter_rows():
                    copy.write_row(row)
        else:
            sql = f'INSERT INTO "{table}" ({names}) VALUES '  # noqa: S608
            _insert_many(cursor, sql, _storable(rows))


def _insert_many(cursor: CursorWrapper, sql: str, rows: pl.DataFrame) -> None:
    """Several rows a statement: a third less than one by one. The last statement has the rest."""
    size = max(1, min(_ROWS_A_STATEMENT, _PARAMETERS // rows.width))
    whole = rows.height // size * size
    marks = "(" + ", ".join(["%s"] * rows.width) + ")"
    for part, many in ((rows[:whole], size), (rows[whole:], rows.height - whole)):
        if part.height:
            values = (tuple(chain.from_iterable(each.rows())) for each in part.iter_slices(many))
            cursor.executemany(sql + ", ".join([marks] * many), values)


def update(table: str, rows: pl.DataFrame) -> int:
    """Set the columns of the rows named by `id`; how many."""
    if not rows.is_empty():
        now_or_later(lambda: _update(table, rows))
    return rows.height


def _update(table: str, rows: pl.DataFrame) -> None:
    changed = [name for name in rows.columns if name != "id"]
    sets = ", ".join(f'"{name}" = %s' for name in changed)
    sql = f'UPDATE "{table}" SET {sets} WHERE id = %s'  # noqa: S608
    with connection.cursor() as cursor:
        for part in _storable(rows.select([*changed, "id"])).iter_slices(_AT_ONCE):
            cursor.executemany(sql, part.rows())


def close(table: str, ids: Iterable[int], known_on: date) -> int:
    """Close what the county knew until that day; how many."""
    wanted = list(ids)
    if wanted:
        now_or_later(lambda: _close(table, wanted, known_on))
    return len(wanted)


def _close(table: str, wanted: Sequence[int], known_on: date) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            sql = f'UPDATE "{table}" SET known_to = %s WHERE id IN ({marks})'  # noqa: S608
            cursor.execute(sql, [known_on.isoformat(), *part])


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
    return _reserved(table, count)


def _reserved(table: str, count: int) -> range:
    """The next ids of an SQLite table, which nobody else will be given: a gap where not used."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')  # noqa: S608
        last = cursor.fetchone()[0]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = max(last, found[0] if found else 0) + 1
        values = [first + count - 1, table]
        if found:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", values)
        else:
            cursor.execute("INSERT INTO sqlite_sequence (seq, name) VALUES (%s, %s)", values)
    return range(first, first + count)


def _storable(rows: pl.DataFrame) -> pl.DataFrame:
    """Dates as ISO text, which both databases take."""
    return rows.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d"))
