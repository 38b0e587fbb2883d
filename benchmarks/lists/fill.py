"""Fill an empty database with a made-up county of any size, table by table, without the import.

    anju synth --households 1000000 --seed 1 --months 2023-09..2023-09 --out DIR --no-workbooks
    ANJU_DATA=… [DATABASE_URL=…] python benchmarks/lists/fill.py DIR/snapshot

Households, persons and memberships are all there, which lists and searches go through; records,
incomes, statuses, events, holdings and work of every tenth household only (`--facts-every`), which
pages read one household at a time (those measured are among them). Two months are judged by the engine over the snapshot itself (its ids are the database's)
and their findings loaded by the product's own code.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import django
import duckdb

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from anju.accounts.actions import posts, users  # noqa: E402
from anju.audit.actor import SYSTEM  # noqa: E402
from anju.monitoring.actions.loading import load  # noqa: E402
from anju.monitoring.models import Run, RunState, Snapshot  # noqa: E402
from anju.rules import packs, running  # noqa: E402
from anju.rules.months import Month  # noqa: E402

PASSWORD = "a quiet field of barley 7"
KNOWN = "DATE '2023-07-05' AS known_from, 'benchmark' AS source"
AT = datetime(2023, 10, 8, 2, tzinfo=UTC)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
SURNAME_LETTERS = "wlzlcyzhzwxshzglhgml"
GIVEN = "秀春国小明芳平兰英华玉红军建文志海云霞强"
GIVEN_LETTERS = "xcgxmfplyhyhjjwzhyxq"


def _name(number: str) -> tuple[str, str]:
    """A name and its initials, made of a number."""
    places = [
        f"{number} % 20 + 1",
        f"({number} // 20) % 20 + 1",
        f"({number} * 7 // 400) % 20 + 1",
    ]
    signs = zip((SURNAMES, GIVEN, GIVEN), places, strict=True)
    letters = zip((SURNAME_LETTERS, GIVEN_LETTERS, GIVEN_LETTERS), places, strict=True)
    return (
        " || ".join(f"substr('{text}', {place}, 1)" for text, place in signs),
        " || ".join(f"substr('{text}', {place}, 1)" for text, place in letters),
    )


def queries(every: int) -> dict[str, str]:
    """Each table's rows as a query over the snapshot, in an order that keeps foreign keys."""
    fact = f"household_id % {every} = 0"
    return {**_places(), **_households(fact), **_people(fact), **_facts(fact)}


def _places() -> dict[str, str]:
    return {
        "places_division": (
            "SELECT DISTINCT village_code[:6] || '000000' AS code, 6 AS level, '云岭县' AS name, "
            "NULL AS parent_id FROM households UNION ALL SELECT DISTINCT village_code[:9] || '000', 9, "
            "'第' || village_code[7:9] || '镇', village_code[:6] || '000000' FROM households UNION ALL "
            "SELECT DISTINCT village_code, 12, '第' || village_code[10:12] || '村', "
            "village_code[:9] || '000' FROM households ORDER BY level"
        ),
        "places_site": (
            "SELECT site_id AS id, 'S' || site_id AS code, '第' || site_id || '安置点' AS name, "
            "'urban' AS kind, min(village_code) AS village_code, 100 AS planned_households "
            "FROM households WHERE site_id IS NOT NULL GROUP BY site_id"
        ),
        "places_grid": (
            "SELECT grid_id AS id, 'G' || grid_id AS code, '第' || grid_id || '网格' AS name, "
            "min(village_code) AS village_code, min(site_id) AS site_id "
            "FROM households WHERE grid_id IS NOT NULL GROUP BY grid_id"
        ),
    }


def _households(fact: str) -> dict[str, str]:
    name, initials = _name("h.household_id")
    state = (
        "village_code, site_id, grid_id, class AS household_class, relocated, self_moved, "
        "monitored_kind, included_on, risk_removed_on"
    )
    return {
        "registry_household": (
            f"SELECT h.household_id AS id, code, {name} AS head_name, {initials} AS head_initials, "
            f"COALESCE(m.size, 0) AS size, '' AS origin_village_code, {state} FROM households h "
            "LEFT JOIN (SELECT household_id, count(*) AS size FROM persons WHERE left_on IS NULL "
            "GROUP BY 1) m ON m.household_id = h.household_id ORDER BY h.household_id"
        ),
        "registry_householdrecord": (
            f"SELECT household_id AS id, household_id, {state}, {KNOWN} FROM households "
            f"WHERE {fact} ORDER BY household_id"
        ),
    }


def _people(fact: str) -> dict[str, str]:
    person_name, person_initials = _name("p.person_id")
    return {
        "registry_person": (
            f"SELECT DISTINCT ON (p.person_id) p.person_id AS id, 'P' || p.person_id AS code, "
            f"{person_name} AS name, {person_initials} AS initials, COALESCE(sex, '') AS sex, born_on, "
            "'' AS nation FROM persons p ORDER BY p.person_id"
        ),
        "registry_personrecord": (
            "SELECT DISTINCT ON (person_id) person_id AS id, person_id, COALESCE(sex, '') AS sex, "
            "born_on, COALESCE(education, '') AS education, schooling, labour, '' AS health, "
            f"{KNOWN} FROM persons WHERE {fact} ORDER BY person_id"
        ),
        "registry_membership": (
            "SELECT row_number() OVER () AS id, household_id, person_id, relation, joined_on, left_on, "
            f"'' AS left_reason, {KNOWN} FROM persons ORDER BY household_id, person_id"
        ),
    }


def _facts(fact: str) -> dict[str, str]:
    return {
        "registry_income": (
            "SELECT row_number() OVER () AS id, household_id, quarter, wage, business, business_cost, "
            f"property, transfer, {KNOWN} FROM incomes WHERE {fact}"
        ),
        "registry_status": (
            "SELECT row_number() OVER () AS id, household_id, person_id, kind, "
            "COALESCE(level, '') AS level, '' AS reference, started_on AS valid_from, "
            f"ended_on AS valid_to, {KNOWN} FROM statuses WHERE {fact}"
        ),
        "registry_event": (
            "SELECT row_number() OVER () AS id, household_id, person_id, kind, occurred_on, amount, "
            f"COALESCE(level, '') AS level, '' AS reference, {KNOWN} FROM events WHERE {fact}"
        ),
        "registry_holding": (
            "SELECT row_number() OVER () AS id, household_id, person_id, kind, value, "
            "'' AS reference, started_on AS valid_from, ended_on AS valid_to, "
            f"{KNOWN} FROM holdings WHERE {fact}"
        ),
        "employment_employment": (
            "SELECT row_number() OVER () AS id, e.person_id, started_on, ended_on, channel, "
            f"county_code, '' AS employer, monthly_wage, {KNOWN} FROM employments e "
            "WHERE person_id IN "
            f"(SELECT person_id FROM persons WHERE {fact})"
        ),
    }


@contextmanager
def without_indexes(table: str) -> Iterator[None]:
    """Drop the indexes of a table (not those of constraints) and make them again at the end."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
                "AND tbl_name = %s",
                [table],
            )
        else:
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname "
                "NOT IN (SELECT conname FROM pg_constraint)",
                [table],
            )
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _, sql in indexes:
            cursor.execute(sql)


def fill_table(source: duckdb.DuckDBPyConnection, table: str, query: str) -> int:
    """Insert a query's rows; how many."""
    if connection.vendor == "postgresql":
        return _copy(source, table, query)
    import adbc_driver_sqlite.dbapi

    # Two copies of SQLite in one process would drop each other's locks: one at a time.
    connection.close()
    reader = source.sql(query).to_arrow_reader(100_000)
    with adbc_driver_sqlite.dbapi.connect(str(settings.DATABASES["default"]["NAME"])) as driver:
        with driver.cursor() as cursor:
            rows = cursor.adbc_ingest(table, reader, mode="append")
        driver.commit()
    return rows


def _copy(source: duckdb.DuckDBPyConnection, table: str, query: str) -> int:
    names = [f'"{column[0]}"' for column in source.execute(f"{query} LIMIT 0").description]
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        written = source.execute(
            f"COPY ({query}) TO '{file.name}' (FORMAT csv, HEADER false, NULLSTR '\\N')"
        ).fetchone()
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            sql = f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT csv, NULL '\\N')"
            with cursor.copy(sql) as copy, open(file.name, "rb") as content:
                while part := content.read(1 << 20):
                    copy.write(part)
    return int(written[0]) if written else 0


def judge(snapshot: Path, months: list[str]) -> None:
    """Judge months over the snapshot and load what was found."""
    pack = packs.load("shiquan-2023")
    for number, month in enumerate(months, start=1):
        out = Path(settings.RUN_DIR) / f"{number}-benchmark" / "result"
        out.parent.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        report = running.run(snapshot, pack, Month.parse(month), out)
        judged = time.perf_counter()
        with transaction.atomic():
            kept, _new = Snapshot.objects.get_or_create(
                hash=report.snapshot_hash,
                defaults={"folder": "-", "counts": {}, "created_at": AT},
            )
            run = Run.objects.create(
                month=month, pack=pack.id, pack_hash=pack.hash, known_on=date(2023, 10, 8),
                snapshot=kept, state=RunState.DONE, folder=f"{number}-benchmark",
                report=_report(out), counts={}, created_by="benchmark", created_at=AT,
            )  # fmt: skip
            loaded = load(run_id=run.pk, out=out)
        print(
            f"{month}: judged in {judged - began:.1f} s, {loaded.hits + loaded.unknown:,} findings "
            f"loaded in {time.perf_counter() - judged:.1f} s",
            flush=True,
        )


def _report(out: Path) -> dict[str, object]:
    import json

    return dict(json.loads((out / "run.json").read_text()))


def people() -> None:
    """An officer of the county and one of its first town."""
    for username, role, place in (
        ("county", "lead_bureau", "529901000000"),
        ("town", "town", "529901101000"),
    ):
        on = date(2023, 1, 1)
        user = users.create(by=SYSTEM, on=on, username=username, name=username, password=PASSWORD)
        posts.give(by=SYSTEM, on=on, user=user, role=role, division_code=place)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("snapshot", type=Path)
    parser.add_argument("--facts-every", type=int, default=10)
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0)
    source = duckdb.connect()
    for file in arguments.snapshot.glob("*.parquet"):
        source.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM '{file}'")
    for table, query in queries(arguments.facts_every).items():
        began = time.perf_counter()
        with without_indexes(table):
            rows = fill_table(source, table, query)
        print(f"{table}: {rows:,} rows in {time.perf_counter() - began:.1f} s", flush=True)
    source.close()
    people()
    judge(arguments.snapshot, ["2023-08", "2023-09"])
    if connection.vendor == "postgresql":
        # What autovacuum does by itself within a minute. SQLite keeps no statistics unless asked, and
        # the product does not ask.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
