"""From the database to Arrow columns, in batches, without a Python object a cell.

ADBC opens a second connection and reads columns straight into Arrow: on PostgreSQL from here, on
SQLite from a process of its own (`anju.monitoring.sqlite_columns` says why). Where a second
connection would not see the rows (a database in memory, or rows of a transaction still open) they
come through Django's own cursor; all ways give the same columns.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import IO, Any, Final, cast

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from anju.monitoring.snapshots.tables import BOOL, DATE, TEXT, Table

BATCH_ROWS: Final = 65_536
_POSTGRESQL_PARAMETERS: Final = (
    "host", "port", "user", "password", "dbname", "sslmode", "passfile", "service",
)  # fmt: skip

Reader = Callable[[Table], Iterator[pa.RecordBatch]]


@contextmanager
def reading(connection: BaseDatabaseWrapper, *, as_of: date, known_on: date) -> Iterator[Reader]:
    """A reader of snapshot tables; all tables come from one state of the database."""
    native_dates = connection.vendor != "sqlite"

    def query(table: Table) -> str:
        return table.query(as_of=as_of, known_on=known_on, native_dates=native_dates)

    if connection.in_atomic_block or _in_memory(connection):
        with transaction.atomic(using=connection.alias):
            yield lambda table: _by_cursor(connection, table, query(table), native_dates)
    elif connection.vendor == "sqlite":
        with _beside(str(connection.settings_dict["NAME"])) as (asked, answers):
            yield lambda table: _by_process(asked, answers, table, query(table))
    else:
        with _postgresql(connection) as driver:
            yield lambda table: _by_driver(driver, table, query(table))


def _in_memory(connection: BaseDatabaseWrapper) -> bool:
    name = str(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and (":memory:" in name or "mode=memory" in name)


@contextmanager
def _beside(database: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The input and output of a process that reads one state of a SQLite file."""
    command = [sys.executable, "-m", "anju.monitoring.sqlite_columns", database]
    with subprocess.Popen(  # noqa: S603 - our own module and the path of our own database
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            asked, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
            yield asked, answers
            asked.close()
            if process.wait() != 0:
                raise RuntimeError(f"The reader of the database ended with {process.returncode}.")
        finally:
            process.kill()


def _by_process(
    asked: IO[bytes], answers: IO[bytes], table: Table, query: str
) -> Iterator[pa.RecordBatch]:
    asked.write(json.dumps(query).encode() + b"\n")
    asked.flush()
    with pa.ipc.open_stream(answers) as batches:
        for batch in batches:
            yield _promised(batch, table)


@contextmanager
def _postgresql(connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """An ADBC connection that reads one state of the database, whatever others write meanwhile."""
    import adbc_driver_postgresql.dbapi
    from psycopg.conninfo import make_conninfo

    parameters = connection.get_connection_params()  # type: ignore[attr-defined]
    given = {key: parameters[key] for key in _POSTGRESQL_PARAMETERS if parameters.get(key)}
    with adbc_driver_postgresql.dbapi.connect(make_conninfo(**given)) as driver:
        with driver.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield driver


def _by_driver(driver: Any, table: Table, query: str) -> Iterator[pa.RecordBatch]:
    with driver.cursor() as cursor:
        cursor.execute(query)
        with cursor.fetch_record_batch() as batches:
            for batch in batches:
                yield _promised(batch, table)


def _by_cursor(
    connection: BaseDatabaseWrapper, table: Table, query: str, native_dates: bool
) -> Iterator[pa.RecordBatch]:
    types = [
        column.type
        if column.type == TEXT or (column.type == DATE and native_dates)
        else (TEXT if column.type == DATE else pa.int64())
        for column in table.columns
    ]
    with connection.cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(BATCH_ROWS):
            columns = [
                pa.array(list(values), type=type_)
                for values, type_ in zip(zip(*rows, strict=True), types, strict=True)
            ]
            names = [column.name for column in table.columns]
            yield _promised(pa.RecordBatch.from_arrays(columns, names=names), table)


def _promised(batch: pa.RecordBatch, table: Table) -> pa.RecordBatch:
    """The batch with the types of the table: empty text to NULL, text to dates, integers to booleans."""
    columns = []
    for column in table.columns:
        values = batch.column(column.name)
        if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
            values = pc.if_else(pc.equal(values, ""), pa.scalar(None, values.type), values)
        elif column.type == BOOL:
            values = pc.not_equal(values, 0)
        columns.append(pc.cast(values, column.type))
    return pa.RecordBatch.from_arrays(columns, schema=table.schema)
