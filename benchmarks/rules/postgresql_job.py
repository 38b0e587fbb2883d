"""The same job on PostgreSQL 15: `python postgresql_job.py SNAPSHOT`, prints counts and seconds as JSON.

Starts a cluster of its own in a temporary folder (as the user postgres when run as root), loads the
snapshot by COPY into unlogged tables, analyses them, and runs job.sql. Loading is timed apart.
"""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import psycopg
from handwritten_rules import rules

_HERE = Path(__file__).parent
_BIN = Path("/usr/lib/postgresql/15/bin")
_SETTINGS = {
    "shared_buffers": "1GB", "work_mem": "512MB", "maintenance_work_mem": "512MB", "jit": "off",
    "max_parallel_workers_per_gather": "2", "synchronous_commit": "off", "fsync": "off",
    "full_page_writes": "off", "autovacuum": "off", "max_wal_size": "4GB", "listen_addresses": "",
}  # fmt: skip
_TYPES = {
    "BIGINT": "bigint",
    "INTEGER": "integer",
    "VARCHAR": "text",
    "DATE": "date",
    "BOOLEAN": "boolean",
}
_TABLES = (
    "households", "persons", "incomes", "employments", "statuses", "events", "holdings",
)  # fmt: skip
_INSURED = """
WHERE p.joined_on <= DATE '2023-09-30' AND (p.left_on IS NULL OR p.left_on > DATE '2023-09-30')
    AND NOT EXISTS (
        SELECT FROM statuses s
        WHERE s.person_id = p.person_id AND s.kind = 'medical_insured'
            AND s.started_on <= DATE '2023-09-30'
            AND (s.ended_on IS NULL OR s.ended_on > DATE '2023-09-30'))"""


def ratio(top: str, below: str) -> str:
    """PostgreSQL rounds numeric half away from zero."""
    return f"round(({top})::numeric / ({below}))"


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; yields the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="anju-bench-", dir="/tmp"))
    user: dict[str, str] = {}
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        user = {"user": "postgres"}
    folder.chmod(0o755)
    data = folder / "data"
    initdb = [str(_BIN / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd="/", **user)
    options = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [str(_BIN / "postgres"), "-D", str(data), "-k", str(folder), *options],
        stderr=subprocess.DEVNULL, cwd="/", **user,
    )  # fmt: skip
    try:
        for _ in range(300):
            if (
                subprocess.run(
                    [str(_BIN / "pg_isready"), "-q", "-h", str(folder)], check=False
                ).returncode
                == 0
            ):
                break
            time.sleep(0.1)
        yield str(folder)
    finally:
        server.terminate()
        server.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def load(connection: psycopg.Connection, snapshot: Path) -> None:
    """Every table of the snapshot into an unlogged table."""
    files = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        for table in _TABLES:
            source = f"read_parquet('{snapshot}/{table}.parquet')"
            columns = files.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            listed = ", ".join(f"{name} {_TYPES[type_]}" for name, type_, *_ in columns)
            connection.execute(f"CREATE UNLOGGED TABLE {table} ({listed})")
            path = Path(folder) / f"{table}.csv"
            files.execute(f"COPY (FROM {source}) TO '{path}' (FORMAT csv, HEADER false)")
            with path.open("rb") as rows, connection.cursor() as cursor:
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
                    while block := rows.read(1 << 20):
                        copy.write(block)
            path.unlink()
    connection.execute("ANALYZE")


def job(connection: psycopg.Connection) -> dict[str, list[int]]:
    """Run the job; returns hits and unknowns by rule."""
    text = "\n".join(
        line for line in (_HERE / "job.sql").read_text().splitlines() if not line.startswith("--")
    )
    text = text.replace("{temp}", "UNLOGGED").replace("{anti_join_insured}", _INSURED)
    text = text.replace("{digits}", "level ~ '^[0-9]+$'")
    for statement in text.split(";\n"):
        if statement.strip():
            connection.execute(statement)
            name = statement.split("TABLE ")[1].split()[0]
            connection.execute(f"ANALYZE {name}")
    listed = rules(ratio, "numeric")
    structs = ", ".join(
        f"({number}, {rule.when}, ({rule.observed})::bigint, ({rule.threshold})::bigint, "
        f"({rule.observed_text})::text, ({rule.threshold_text})::text)"
        for number, rule in enumerate(listed)
    )
    connection.execute(
        "CREATE UNLOGGED TABLE findings AS SELECT f.household_id, v.* FROM facts f, "
        f"LATERAL (VALUES {structs}) v (n, hit, observed, threshold, observed_text, threshold_text) "
        "WHERE v.hit IS NOT FALSE ORDER BY 1, 2"
    )
    connection.execute(
        "CREATE UNLOGGED TABLE rollup AS SELECT left(village_code, digits) AS place, n, "
        "count(*) FILTER (WHERE hit) AS hits, count(*) FILTER (WHERE hit IS NULL) AS unknown "
        "FROM findings JOIN facts USING (household_id), (VALUES (6), (9), (12)) d (digits) "
        "GROUP BY 1, 2"
    )
    counts = connection.execute(
        "SELECT n, count(*) FILTER (WHERE hit), count(*) FILTER (WHERE hit IS NULL) "
        "FROM findings GROUP BY n"
    ).fetchall()
    return {listed[number].id: [hits, unknown] for number, hits, unknown in counts}


def main(snapshot: Path) -> dict[str, object]:
    """Load and run; returns counts, and the seconds of loading and of the job."""
    with cluster() as socket:
        address = f"host={socket} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            begun = time.perf_counter()
            load(connection, snapshot)
            loaded = time.perf_counter()
            counts = job(connection)
            ended = time.perf_counter()
    return {"counts": counts, "load": loaded - begun, "job": ended - loaded}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
