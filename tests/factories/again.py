"""What many tests begin with: made once by each process of tests, then written again as it was.

The county of `tests.factories.county` takes 0.1 s of the processor to make, a run of the rules 0.4 s;
to write them again takes a small part of that.
"""

import hashlib
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction

T = TypeVar("T")


@dataclass(frozen=True)
class _Kept:
    """The rows of each changed table, as this database takes them, the files, and what was returned."""

    rows: dict[str, Any]
    files: Path | None
    made: bytes


_KEPT: dict[tuple[object, ...], _Kept] = {}


def made_again(name: str, make: Callable[[], T]) -> T:
    """What `make` returns, with the rows it writes: those of the first test that asked for it.

    Only where none of its tables has a row yet: anywhere else `make` itself is called.
    """
    # Rows sealed with one key are nothing to a test with keys of its own.
    key = (name, Path(settings.KEY_DIR))
    if key in _KEPT:
        return make() if _has_rows(_KEPT[key].rows) else _again(_KEPT[key])
    before = _digests()
    made = make()
    new = _changed(before)
    if not set(new) & set(before):
        _KEPT[key] = _keep(new, None, made)
    return made


def made_again_upon(name: str, make: Callable[[], T], *, files: Path | None = None) -> T:
    """The same for what is made of rows that are there: again only upon exactly these.

    `files`: the empty folder in which `make` leaves files.
    """
    before = _digests()
    key = (name, Path(settings.KEY_DIR), *sorted(before.items()))
    if key in _KEPT:
        return _again(_KEPT[key], files)
    made = make()
    _KEPT[key] = _keep(_changed(before), files, made)
    return made


def _keep(tables: Iterable[str], files: Path | None, made: object) -> _Kept:
    copied = None
    if files is not None:
        copied = Path(tempfile.mkdtemp(dir=settings.DATA_DIR))
        shutil.copytree(files, copied, dirs_exist_ok=True)
    return _Kept({table: _read(table) for table in tables}, copied, pickle.dumps(made))


def _again(kept: _Kept, files: Path | None = None) -> Any:
    """Lay out what was kept; what it returned then, in objects of its own."""
    with transaction.atomic():  # rows name each other in any order until it ends
        for table, rows in kept.rows.items():
            _write(table, rows)
    if kept.files is not None and files is not None:
        shutil.copytree(kept.files, files, dirs_exist_ok=True)
    return pickle.loads(kept.made)


def _tables() -> list[str]:
    return connection.introspection.table_names()


def _digests() -> dict[str, str]:
    """A digest of the rows of each table that has any."""
    tables = _tables()
    [has_rows] = _asked(f"SELECT {', '.join(_exists(table) for table in tables)}")
    return {
        table: hashlib.sha256(repr(_read(table)).encode()).hexdigest()
        for table, some in zip(tables, has_rows, strict=True)
        if some
    }


def _changed(before: dict[str, str]) -> list[str]:
    after = _digests()
    return [table for table in {**before, **after} if before.get(table) != after.get(table)]


def _has_rows(tables: Iterable[str]) -> bool:
    return bool(_asked(f"SELECT {' OR '.join(_exists(table) for table in tables)}")[0][0])


def _exists(table: str) -> str:
    return f'EXISTS (SELECT 1 FROM "{table}")'


def _read(table: str) -> Any:
    """A table's rows: on PostgreSQL as JSON, on SQLite as they lie in its file."""
    if connection.vendor == "postgresql":
        return _asked(f'SELECT json_agg(each ORDER BY each::text)::text FROM "{table}" each')[0][0]
    columns = [row[1] for row in _asked(f'PRAGMA table_info("{table}")')]
    # A column by itself would come as a date or a Boolean; with a sign it comes as it is.
    signed = ", ".join(f'+"{column}"' for column in columns)
    return _asked(f'SELECT {signed} FROM "{table}" ORDER BY 1')


def _write(table: str, rows: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}"')
        if not rows:
            return
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
