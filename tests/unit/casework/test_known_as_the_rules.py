"""What a check is prefilled with is what the rules compute of the same registers."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pytest_django.fixtures import Settings
from tests.factories.county import TODAY

from anju.audit.actor import Actor
from anju.casework.queries import known
from anju.casework.queries.known import Known
from anju.intake.loading import in_order, load_file
from anju.monitoring import queries
from anju.monitoring.actions import runs
from anju.registry.models import Household
from anju.rules.months import Month
from anju.synth import county, workbooks

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

MONTH = Month(2023, 9)
BY = Actor("bureau", "县局工作人员")


def imported(folder: Path) -> None:
    """A made-up county, through its workbooks."""
    made = county.make(households=150, seed=5, months=[str(MONTH)])
    workbooks.write(made, folder)
    first, at = date(2023, 9, 1), datetime(2023, 10, 8, 9).astimezone()
    lists = [(folder / "places.xlsx", first)]
    lists += [(path, first) for path in in_order((folder / "base").glob("*.xlsx"))]
    lists += [(path, MONTH.last_day) for path in in_order((folder / str(MONTH)).glob("*.xlsx"))]
    for path, known_on in lists:
        load_file(path, by=BY, at=at, known_on=known_on, division_code="")


def by_rules(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts in the words of a check."""
    grade, uninsured, out = facts["housing_grade"], facts["uninsured"], facts["out_of_school"]
    return {
        "members": facts["members"],
        "labour": facts["labour"],
        "education": None if out is None else out == 0,
        "medical": uninsured == 0,
        "housing": None if grade is None else grade in "AB",
        "water": not facts["unsafe_water"],
        "self_paid": facts["medical_selfpaid_12m"],
        "rigid_spending": facts["rigid_spending_12m"],
        "net_income": facts["net_income_12m"],
    }


def of_check(found: dict[str, Known], facts: dict[str, Any]) -> dict[str, Any]:
    """The same of the registers; income that is a quarter behind is unknown to the rules."""
    values = {id_: found[id_].value for id_ in by_rules(facts)}
    if not found["net_income"].note.endswith("2023年第3季度"):
        values["net_income"] = None
    return values


def test_every_household_is_told_of_as_the_rules_tell_of_it(
    tmp_path: Path, settings: Settings
) -> None:
    settings.SNAPSHOT_DIR, settings.RUN_DIR = tmp_path / "snapshots", tmp_path / "runs"
    imported(tmp_path / "workbooks")
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 9).astimezone()
    run = runs.perform_now(by=BY, at=at, month=str(MONTH), pack="national", known_on=MONTH.last_day)
    folder = queries.folder_of(run)
    assert folder is not None
    facts = {
        row["household_id"]: row for row in pq.read_table(folder / "facts.parquet").to_pylist()
    }

    differing = {
        household.code: (mine, theirs)
        for household in Household.objects.all()
        if (mine := of_check(known.of(household, MONTH.last_day), facts[household.pk]))
        != (theirs := by_rules(facts[household.pk]))
    }

    told = [by_rules(row) for row in facts.values()]
    assert differing == {}
    assert all(len({str(each[id_]) for each in told}) > 1 for id_ in told[0])
