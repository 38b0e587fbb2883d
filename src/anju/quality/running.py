"""Running the checks over a snapshot: problems, counts by check and place, a record; no database."""

# ruff: noqa: S608 (names come from this package and from columns of files just described)

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb

from anju.quality.checks import HERE, Check, CheckError, checks
from anju.quality.conditions import condition, found
from anju.quality.tables import opened

RECORD: Final = "quality.json"
_PARQUET: Final = "FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880"
_PLACES: Final = (6, 9, 12)
_STEPS: Final = (
    "homes", "standings", "person_statuses", "household_statuses", "measures", "people", "works",
    "since_inclusion", "families",
)  # fmt: skip
_TABLE_OF: Final = {"person": "people", "work": "works", "household": "families"}

# Told of each step: its name, how many are done, how many there are; may raise to cancel.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class QualityReport:
    """What came out: problems and households by check, checks that could not be asked, and why."""

    out: Path
    as_of: date
    households: int
    persons: int
    problems: Mapping[str, int]
    affected: int  # households with a problem
    not_run: Mapping[str, tuple[str, ...]]  # code → columns the snapshot lacks


def run(
    snapshot: Path,
    out: Path,
    as_of: date,
    *,
    only: Callable[[Check], bool] = lambda check: True,
    progress: Progress | None = None,
    threads: int | None = None,
    memory: str = "2GB",
) -> QualityReport:
    """Ask every check of a snapshot's households as of a day; writes to the folder `out`.

    `problems.parquet` has a row a problem (code, household_id, person_id, village_code, found),
    `places.parquet` counts by check in every county, town and village, `quality.json` the record.
    The folder appears only when whole. Raises `CheckError` for a snapshot that cannot be read.
    """
    tell = progress or (lambda step, done, total: None)
    total = len(_STEPS) + 2
    settings: dict[str, Any] = {"memory_limit": memory} | ({"threads": threads} if threads else {})
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        with duckdb.connect(
            config=settings | {"temp_directory": str(part / "spill")}
        ) as connection:
            connection.execute("SET preserve_insertion_order = false")
            lacking = opened(connection, snapshot)
            for number, step in enumerate(_STEPS):
                tell(step, number, total)
                text = _bound((HERE / f"{step}.sql").read_text(encoding="utf-8"), as_of)
                connection.execute(f"CREATE TEMP TABLE {step} AS {text}")
            asked = [check for check in checks() if only(check)]
            not_run = {
                check.code: needs
                for check in asked
                if (needs := tuple(need for need in check.needs if need in lacking))
            }
            tell("checks", len(_STEPS), total)
            _ask(connection, [check for check in asked if check.code not in not_run])
            tell("files", len(_STEPS) + 1, total)
            report = _written(connection, part, out, as_of, asked, not_run)
        shutil.rmtree(part / "spill", ignore_errors=True)
        part.chmod(0o755)
        if (out / RECORD).is_file() or not out.exists():
            shutil.rmtree(out, ignore_errors=True)
        part.rename(out)
    except duckdb.Error as error:
        raise CheckError(f"the checks failed: {str(error).splitlines()[0]}") from error
    except OSError as error:
        raise CheckError(
            f"cannot write to {out} ({error.strerror}): choose another place"
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return report


def _bound(text: str, as_of: date) -> str:
    """The step's text with the day filled in, and the four quarters that ended by it."""
    year, ended = as_of.year, (as_of.month // 3 if _ends_month(as_of) else (as_of.month - 1) // 3)
    quarters = [(year if q <= ended else year - 1) * 10 + q for q in (1, 2, 3, 4)]
    values = {
        ":as_of": f"DATE '{as_of.isoformat()}'",
        ":day": f"{as_of:%Y%m%d}",
        ":quarters": ", ".join(str(quarter) for quarter in sorted(quarters)),
    }
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def _ends_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def _ask(connection: duckdb.DuckDBPyConnection, asked: list[Check]) -> None:
    """One scan a check over the columns it names, of tables in memory."""
    branches = [
        f"SELECT {number}::SMALLINT AS number, household_id, person_id, village_code, "
        f"{found(check)} AS found FROM {_TABLE_OF[check.subject]} WHERE {condition(check)}"
        for number, check in enumerate(asked)
    ] or [
        "SELECT 0::SMALLINT AS number, household_id, person_id, village_code, '' AS found "
        "FROM families WHERE FALSE"
    ]
    connection.execute("CREATE TEMP TABLE problems AS " + " UNION ALL ".join(branches))
    lines = ", ".join(f"({n}, '{check.code}')" for n, check in enumerate(asked)) or "(0, '')"
    connection.execute(
        f"CREATE TEMP TABLE names AS SELECT * FROM (VALUES {lines}) listed (number, code)"
    )


def _written(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    out: Path,
    as_of: date,
    asked: list[Check],
    not_run: Mapping[str, tuple[str, ...]],
) -> QualityReport:
    digits = ", ".join(f"({length})" for length in _PLACES)
    queries = {
        "problems": "SELECT n.code, p.household_id, p.person_id, p.village_code, p.found "
        "FROM problems p JOIN names n ON n.number = p.number "
        "ORDER BY p.village_code, p.household_id, p.number, p.person_id, p.found",
        "places": "SELECT village_code[:digits] AS place, n.code, count(*) AS problems, "
        "count(DISTINCT household_id) AS households FROM problems p "
        f"JOIN names n ON n.number = p.number, (VALUES {digits}) d (digits) "
        "WHERE village_code IS NOT NULL GROUP BY ALL ORDER BY ALL",
    }
    connection.execute("SET preserve_insertion_order = true")
    for name, query in queries.items():
        file = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(f"COPY ({query}) TO '{file}' ({_PARQUET})")
    counted = dict(
        connection.execute(
            "SELECT n.code, count(*) FROM problems p JOIN names n ON n.number = p.number GROUP BY 1"
        ).fetchall()
    )
    (row,) = connection.execute(
        "SELECT (SELECT count(*) FROM families), (SELECT count(*) FROM people), "
        "(SELECT count(DISTINCT household_id) FROM problems)"
    ).fetchall()
    problems = {c.code: int(counted.get(c.code, 0)) for c in asked if c.code not in not_run}
    report = QualityReport(
        out=out, as_of=as_of, households=int(row[0]), persons=int(row[1]), affected=int(row[2]),
        problems=problems, not_run=not_run,
    )  # fmt: skip
    record = {
        "as_of": as_of.isoformat(),
        "households": report.households,
        "persons": report.persons,
        "affected": report.affected,
        "problems": problems,
        "not_run": {code: list(needs) for code, needs in not_run.items()},
    }
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")
    return report
