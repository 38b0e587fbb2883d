"""A made-up county imported from its workbooks is judged as its snapshot is judged."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.unit.monitoring.conftest import BY

from anju.intake.loading import in_order, load_file
from anju.monitoring import queries
from anju.monitoring.actions import runs
from anju.rules import packs, running
from anju.rules.months import Month
from anju.synth import county, snapshot, workbooks

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MONTH = Month(2023, 9)


def findings(out: Path) -> set[tuple[Any, ...]]:
    """Findings by household code: ids differ between the two worlds."""
    homes = pq.read_table(out / "facts.parquet", columns=["household_id", "code"]).to_pylist()
    codes = {row["household_id"]: row["code"] for row in homes}
    return {
        (
            codes[row["household_id"]], row["rule"], row["status"], row["level"],
            row["observed"], row["threshold"], row["observed_text"],
        )
        for row in pq.read_table(out / "findings.parquet").to_pylist()
    }  # fmt: skip


def test_the_registers_give_the_same_findings_as_the_county_they_were_filled_from(
    tmp_path: Path,
) -> None:
    made = county.make(households=200, seed=3, months=[str(MONTH)])
    snapshot.write(made, tmp_path / "made")
    workbooks.write(made, tmp_path / "workbooks")
    first, at = date(2023, 9, 1), datetime(2023, 10, 8, 9).astimezone()
    lists = [(tmp_path / "workbooks" / "places.xlsx", first)]
    lists += [(p, first) for p in in_order((tmp_path / "workbooks" / "base").glob("*.xlsx"))]
    lists += [
        (p, MONTH.last_day) for p in in_order((tmp_path / "workbooks" / str(MONTH)).glob("*.xlsx"))
    ]
    for path, known_on in lists:
        load_file(path, by=BY, at=at, known_on=known_on, division_code="")

    run = runs.perform_now(
        by=BY, at=at, month=str(MONTH), pack="shiquan-2023", known_on=MONTH.last_day
    )
    running.run(tmp_path / "made", packs.load("shiquan-2023"), MONTH, tmp_path / "out")

    folder = queries.folder_of(run)
    assert folder is not None
    from_registers, from_county = findings(folder), findings(tmp_path / "out")
    assert from_registers - from_county == set()
    assert from_county - from_registers == set()
    assert len(from_county) > 100
