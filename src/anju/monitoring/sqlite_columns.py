"""A process of its own that reads a SQLite file into Arrow columns for the snapshot.

The ADBC driver carries its own copy of SQLite. Two copies in one process drop each other's POSIX
locks when one closes the file, and a database in use can be damaged ("How to corrupt an SQLite
database file", section 2.2.1): so this runs beside the server or worker, never inside it.

Queries come in on standard input, one JSON text a line; each is answered on standard output by one
Arrow IPC stream. All are read in one transaction, so that they show one state of the database.
Imports neither Django nor models.
"""

from __future__ import annotations

import json
import sys
from typing import Final

import adbc_driver_sqlite.dbapi
import pyarrow as pa

BATCH_ROWS: Final = 65_536


def main() -> None:
    """Answer queries over the database named by the only argument until the input ends."""
    # The driver guesses types from its first batch: a large one, and no NULL in a text column.
    options = {"adbc.sqlite.query.batch_rows": str(BATCH_ROWS)}
    with adbc_driver_sqlite.dbapi.connect(sys.argv[1]) as driver:
        for line in sys.stdin:
            with driver.cursor() as cursor:
                cursor.adbc_statement.set_options(**options)
                cursor.execute(json.loads(line))
                with cursor.fetch_record_batch() as batches:
                    _send(batches)


def _send(batches: pa.RecordBatchReader) -> None:
    with pa.ipc.new_stream(sys.stdout.buffer, batches.schema) as stream:
        for batch in batches:
            stream.write_batch(batch)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
