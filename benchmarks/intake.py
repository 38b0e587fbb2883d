"""How long lists take from file to registers, beside what people use in its place.

    python benchmarks/intake.py [--households 30500] [--peer-rows 5000] [--json FILE]
    python benchmarks/intake.py --make DIR --households 305000      files of a million persons, first
    python benchmarks/intake.py --only million --files DIR          then their first load
    python tests/postgresql.py -- python benchmarks/intake.py        the same on PostgreSQL

Every measurement is a process of its own: seconds by the clock, processor seconds, peak memory. The
goals and whether they are met come last; exits with 1 where one is missed.

- reading: 50 000 rows × 60 columns; ours (guards, every cell as text), openpyxl (read only), pandas.
- loading: a made-up county's places and members (a first load), then its list of the insured, each
  read, checked, matched, compared and committed; the insured once more under another name, when
  nothing has changed.
- million: the household lists of a county in files of 50 000 rows, one after another in one process,
  as towns hand them in; what the process holds after each is flat or it is not.
- the peer: django-import-export with the same columns, the same look-up by digest, the same table.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import county_in_parts

READ_ROWS, READ_COLUMNS = 50_000, 60
ON = "2023-07-01"
READ_SECONDS, READ_MEBIBYTES = 5.0, 500
ROWS_A_SECOND = 5_000
#: A million persons in six minutes. Memory is flat where it ends no higher than this above that of
#: the second file.
FIRST_LOAD_ROWS_A_SECOND, FLAT = 1_000_000 / 360, 1.25
#: Lists of this size and more are told in rows a second; shorter ones are mostly beginning and end.
_LONG = 10_000


def main() -> int:
    """Make the files and measure everything; children measure one thing each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=30_500)
    parser.add_argument("--peer-rows", type=int, default=5_000)
    parser.add_argument("--only", choices=("reading", "loading", "million"))
    parser.add_argument("--make", type=Path, metavar="DIR")
    parser.add_argument("--files", type=Path, metavar="DIR")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", nargs="+")
    arguments = parser.parse_args()
    if arguments.child:
        return child(*arguments.child)
    if arguments.make:
        return county_in_parts.write(arguments.make, arguments.households)
    with tempfile.TemporaryDirectory(prefix="anju-intake-") as name:
        folder = Path(name)
        os.environ["ANJU_DATA"] = str(folder / "data")
        results = measured(arguments, folder)
    database = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    print(f"\n{database}\n| what | rows | s | CPU s | rows/s | rows/CPU s | MiB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for each in results:
        print(line(each))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, ensure_ascii=False, indent=1))
    return told(results)


def measured(arguments: argparse.Namespace, folder: Path) -> list[dict[str, Any]]:
    """What was asked for; without a word about it, reading and loading."""
    if arguments.only == "million":
        migrate()
        return [measure("million", str(arguments.files))]
    results = [] if arguments.only == "loading" else reading(folder)
    if arguments.only != "reading":
        results += loading(folder, arguments.households, arguments.peer_rows)
    return results


def told(results: list[dict[str, Any]]) -> int:
    """Print each goal with yes or no; 1 where one is missed."""
    goals = []
    for each in results:
        what, speed = each["what"], each["rows"] / each["seconds"]
        if what == "reading, Anju":
            goals.append((f"{what}: under {READ_SECONDS:.0f} s", each["seconds"] < READ_SECONDS))
            goals.append((f"{what}: {READ_MEBIBYTES} MiB", each["mebibytes"] <= READ_MEBIBYTES))
        elif what.startswith("first load"):
            goals.append((f"{what}: a million in 360 s", speed >= FIRST_LOAD_ROWS_A_SECOND))
            goals.append((f"{what}: flat memory {each['held']} MiB", is_flat(each["held"])))
        elif what.startswith("loading") and "人口名单" in what:
            goals.append((f"{what}: a million in 360 s", speed >= FIRST_LOAD_ROWS_A_SECOND))
        elif what.startswith(("loading", "again")) and each["rows"] >= _LONG:
            goals.append((f"{what}: {ROWS_A_SECOND:,} rows/s", speed >= ROWS_A_SECOND))
    print()
    for goal, met in goals:
        print(f"{'yes' if met else 'NO ':3} {goal}")
    return 0 if all(met for _, met in goals) else 1


def is_flat(held: list[int]) -> bool:
    """Memory after each file: the first two fill caches, the others add nothing to speak of."""
    return max(held) <= held[min(1, len(held) - 1)] * FLAT


def line(each: dict[str, Any]) -> str:
    """One measurement as a row of a table."""
    speed, processor = each["rows"] / each["seconds"], each["rows"] / each["processor"]
    return (
        f"| {each['what']} | {each['rows']:,} | {each['seconds']:.2f} | {each['processor']:.2f}"
        f" | {speed:,.0f} | {processor:,.0f} | {each['mebibytes']:,} |"
    )


def reading(folder: Path) -> list[dict[str, Any]]:
    """The readers on one file."""
    path = folder / "large.xlsx"
    write_large(path)
    return [measure(name, str(path)) for name in ("read-anju", "read-openpyxl", "read-pandas")]


def loading(folder: Path, households: int, peer_rows: int) -> list[dict[str, Any]]:
    """The lists of a county into an empty database."""
    migrate()
    run(
        "-m", "anju.jobs.cli", "synth", "--households", str(households), "--seed", "7",
        "--out", str(folder / "county"),
    )  # fmt: skip
    base = folder / "county" / "workbooks"
    base = base if base.exists() else folder / "county"
    insured = base / "base" / "医保参保名单.xlsx"
    results = [measure("load", str(base / "places.xlsx"))]
    results += [
        measure("load", str(path)) for path in sorted((base / "base").glob("*人口名单.xlsx"))
    ]
    population = base / "base" / "人口变动表.xlsx"
    if population.exists():
        results.append(measure("load", str(population)))
    results.append(measure("load", str(insured)))
    results.append(measure("load-again", str(insured)))
    results += [measure(f"peer-{way}", str(insured), str(peer_rows)) for way in ("rows", "bulk")]
    return results


def migrate() -> None:
    """All tables, in the empty database."""
    words = ("-m", "django", "migrate", "-v0", "--skip-checks")
    run(*words, environment={"DJANGO_SETTINGS_MODULE": SETTINGS})


SETTINGS = "anju.config.settings"


def measure(*words: str) -> dict[str, Any]:
    """One child, and what it printed."""
    told = run(
        str(Path(__file__)), "--child", *words, environment={"DJANGO_SETTINGS_MODULE": SETTINGS}
    )
    found: dict[str, Any] = json.loads(told.strip().splitlines()[-1])
    print(line(found), flush=True)
    return found


def run(*words: str, environment: dict[str, str] | None = None) -> str:
    """A Python process; its output."""
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout


def child(way: str, path: str, *more: str) -> int:
    """Do one thing and print what it took."""
    works: dict[str, Callable[..., tuple[str, int]]] = {
        "read-anju": read_anju,
        "read-openpyxl": read_openpyxl,
        "read-pandas": read_pandas,
        "load": load,
        "load-again": load_again,
        "million": million,
        "peer-rows": peer_rows,
        "peer-bulk": peer_bulk,
    }
    if way.startswith(("load", "peer", "million")):
        import django

        django.setup()
    begun, processor = time.perf_counter(), time.process_time()
    what, rows = works[way](Path(path), *more)
    used = {
        "what": what,
        "rows": rows,
        "seconds": time.perf_counter() - begun,
        "processor": time.process_time() - processor,
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if _HELD:
        used["held"] = _HELD
    print(json.dumps(used, ensure_ascii=False))
    return 0


def write_large(path: Path) -> None:
    """Text, numbers, dates and blanks, as lists have them."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("名单")
    sheet.write_row(0, 0, [f"栏目{place}" for place in range(READ_COLUMNS)])
    for row in range(1, READ_ROWS + 1):
        for place in range(READ_COLUMNS):
            if place % 4 == 0:
                sheet.write_number(row, place, row * 60 + place)
            elif place % 4 == 1:
                sheet.write_string(row, place, f"5299{row:014d}")
            elif place % 4 == 2:
                sheet.write_string(row, place, ("健康", "一般农户", "2023-07-01")[row % 3])
    book.close()


def read_anju(path: Path) -> tuple[str, int]:
    """Ours: guards, one pass over the zip, every cell as text."""
    from anju.intake.workbook import Workbook

    book = Workbook(path.read_bytes(), path.name, largest=1 << 30)
    cells = book.sheet(book.sheet_names[0]).cells
    assert cells.width == READ_COLUMNS - READ_COLUMNS % 4
    return "reading, Anju", cells.height - 1


def read_openpyxl(path: Path) -> tuple[str, int]:
    """As most scripts do, in the mode that keeps little."""
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = sum(1 for _ in sheet.iter_rows(values_only=True))
    return "reading, openpyxl read-only", rows - 1


def read_pandas(path: Path) -> tuple[str, int]:
    """As analysts do."""
    import pandas

    return "reading, pandas", len(pandas.read_excel(path, dtype=str))


def load(path: Path) -> tuple[str, int]:
    """Read, check, match, compare, commit."""
    return f"loading {path.stem}", _load(path)


def million(folder: Path) -> tuple[str, int]:
    """Every file in turn, in one process; notes what it holds after each."""
    _load(folder / "places.xlsx")
    rows = 0
    for path in sorted(folder.glob("[0-9]*.xlsx")):
        rows += _load(path)
        _HELD.append(held())
        print(f"{path.name}: {rows:,} rows, {_HELD[-1]} MiB", file=sys.stderr, flush=True)
    return "first load of household lists", rows


_HELD: list[int] = []


def held() -> int:
    """Mebibytes of its own this process has in memory now: pages of the database are the system's."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("RssAnon:")[2].split()[0]) // 1024


def load_again(path: Path) -> tuple[str, int]:
    """The same rows in a file of other bytes: nothing is new."""
    copy = path.with_name(f"again-{path.name}")
    copy.write_bytes(path.read_bytes() + b"\0")
    return f"again, nothing new: {path.stem}", _load(copy)


def _load(path: Path) -> int:
    from datetime import UTC, date, datetime

    from anju.audit.actor import SYSTEM
    from anju.intake.loading import load_file

    batch = load_file(
        path,
        by=SYSTEM,
        at=datetime.now(UTC),
        known_on=date.fromisoformat(ON),
        division_code="",
    )
    bad = batch.counts["rejected"] + batch.counts["conflict"] + batch.counts["waiting"]
    if batch.state != "done" or bad:
        raise SystemExit(f"{path.name}: {batch.state} {batch.counts} {batch.problem}")
    return batch.rows


def peer_rows(path: Path, rows: str) -> tuple[str, int]:
    """django-import-export, a row at a time."""
    return "django-import-export, by row", _peer(path, int(rows), use_bulk=False)


def peer_bulk(path: Path, rows: str) -> tuple[str, int]:
    """django-import-export in its bulk mode."""
    return "django-import-export, bulk", _peer(path, int(rows), use_bulk=True)


def _peer(path: Path, most: int, *, use_bulk: bool) -> int:
    """Read with openpyxl, look the person up by digest, write the same table."""
    import openpyxl
    import tablib
    from import_export import fields, resources

    from anju.audit.keys import provider
    from anju.registry import identity
    from anju.registry.models import Membership, Person, Status

    keys = provider()

    class Insured(resources.ModelResource):
        """One row a status of a person."""

        household = fields.Field(attribute="household_id", column_name="household")
        person = fields.Field(attribute="person_id", column_name="person")
        valid_from = fields.Field(attribute="valid_from", column_name="参保日期")
        kind = fields.Field(attribute="kind", column_name="kind")
        known_from = fields.Field(attribute="known_from", column_name="known_from")
        source = fields.Field(attribute="source", column_name="source")

        class Meta:
            model = Status
            import_id_fields = ()
            force_init_instance = True

        def before_import_row(self, row: Any, **kwargs: Any) -> None:
            """Whose row it is."""
            digest = identity.identity_digests(keys, [row["证件号码"]])[0]
            person = Person.objects.get(identity_digest=digest)
            member = Membership.objects.filter(person=person, known_to=None).first()
            row["person"] = person.pk
            row["household"] = member.household_id if member else None
            row["kind"] = "medical_insured"
            row["known_from"] = ON
            row["source"] = "peer"

    Insured._meta.use_bulk = use_bulk
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    lines = [
        row for _, row in zip(range(most + 6), sheet.iter_rows(values_only=True), strict=False)
    ]
    head = next(place for place, row in enumerate(lines) if "证件号码" in row)
    table = tablib.Dataset(*lines[head + 1 : head + 1 + most], headers=lines[head])
    result = Insured().import_data(table, raise_errors=True)
    return int(result.totals["new"])


if __name__ == "__main__":
    sys.exit(main())
