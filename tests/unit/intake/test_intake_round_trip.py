"""A made-up county's workbooks, imported, give the facts of its snapshot."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from anju.audit.actor import SYSTEM
from anju.intake.loading import in_order, load_file
from anju.intake.models import Batch, Row
from anju.synth import county, workbooks
from anju.synth.county import County

MONTHS = "2023-07..2023-09"
DAYS = {
    "base": date(2023, 7, 1),
    "2023-07": date(2023, 7, 31),
    "2023-08": date(2023, 8, 31),
    "2023-09": date(2023, 9, 30),
}


def _load(folder: Path) -> None:
    root = folder / "workbooks" if (folder / "workbooks").exists() else folder
    files = [(root / "places.xlsx", DAYS["base"])]
    for name, on in DAYS.items():
        files += [(path, on) for path in in_order(sorted((root / name).glob("*.xlsx")))]
    for path, on in files:
        load_file(
            path, by=SYSTEM, at=datetime(2023, 10, 1, tzinfo=UTC), known_on=on, division_code=""
        )


def _ask(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return sorted(
            (tuple(None if value == "" else value for value in row) for row in cursor.fetchall()),
            key=repr,
        )


def _drawn(made: County, table: str, *columns: str) -> list[tuple[Any, ...]]:
    rows = made.table(table).select(list(columns)).to_pylist()
    return sorted((tuple(row[name] for name in columns) for row in rows), key=repr)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("households", "seed"),
    [
        (200, 1),
        pytest.param(60, 4, marks=pytest.mark.long),
        pytest.param(100, 7, marks=pytest.mark.long),
    ],
)
def test_the_registers_hold_what_the_snapshot_says(
    tmp_path: Path, households: int, seed: int
) -> None:
    made = county.make(households=households, seed=seed, months=MONTHS)
    workbooks.write(made, tmp_path)

    _load(tmp_path)

    check(made)


@pytest.mark.parametrize(("households", "seed"), [(60, 4), (100, 7)])
def test_somebody_with_facts_from_before_joins_in_a_later_month(households: int, seed: int) -> None:
    """What the counties above are chosen for: such rows must wait for the month of joining."""
    made = county.make(households=households, seed=seed, months=MONTHS)
    joined = {row["person_id"]: row["joined_on"] for row in made.table("persons").to_pylist()}
    later = {person for person, day in joined.items() if day >= DAYS["base"]}
    insured = made.table("statuses").to_pylist() + made.table("employments").to_pylist()

    assert any(
        row["person_id"] in later and row["started_on"] < DAYS["base"] <= joined[row["person_id"]]
        for row in insured
    )


def check(made: County) -> None:
    """The registers hold every row of the snapshot, and no other."""
    assert not Row.objects.filter(outcome__in=["rejected", "conflict"]).exists()
    assert not Batch.objects.exclude(state="done").exists()
    homes = _ask(
        "SELECT code, village_code, household_class, monitored_kind, included_on, risk_removed_on"
        " FROM registry_household"
    )
    assert homes == _drawn(
        made, "households", "code", "village_code", "class", "monitored_kind", "included_on",
        "risk_removed_on",
    )  # fmt: skip
    people = _ask(
        "SELECT m.relation, m.joined_on, m.left_on, r.sex, r.born_on, r.education, r.schooling,"
        " r.labour FROM registry_membership m JOIN registry_personrecord r"
        " ON r.person_id = m.person_id AND r.known_to IS NULL AND r.valid_to IS NULL"
        " WHERE m.known_to IS NULL"
    )
    assert people == _drawn(
        made, "persons", "relation", "joined_on", "left_on", "sex", "born_on", "education",
        "schooling", "labour",
    )  # fmt: skip
    incomes = "quarter", "wage", "business", "business_cost", "property", "transfer"
    known = "WHERE known_to IS NULL"
    assert _ask(f"SELECT {', '.join(incomes)} FROM registry_income {known}") == _drawn(
        made, "incomes", *incomes
    )
    work = "started_on", "ended_on", "channel", "county_code", "monthly_wage"
    assert _ask(f"SELECT {', '.join(work)} FROM employment_employment {known}") == _drawn(
        made, "employments", *work
    )
    assert _ask(f"SELECT kind, level, valid_from, valid_to FROM registry_status {known}") == _drawn(
        made, "statuses", "kind", "level", "started_on", "ended_on"
    )
    events = "kind", "occurred_on", "amount", "level"
    assert _ask(f"SELECT {', '.join(events)} FROM registry_event {known}") == _drawn(
        made, "events", *events
    )
    assert _ask(
        f"SELECT kind, value, valid_from, valid_to FROM registry_holding {known}"
    ) == _drawn(made, "holdings", "kind", "value", "started_on", "ended_on")
