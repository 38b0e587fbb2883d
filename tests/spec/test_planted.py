"""A made-up county: what was planted is found, and nothing is found without a cause.

The cause of every finding is the reference's: facts, findings, levels and counts of the whole
county must be the same, under every plan, in every month.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.reference import findings as reference
from tests.reference.days import as_of
from tests.reference.world import World
from tests.spec import snapshots
from tests.spec.agreement import differences, finding_rows

from anju.rules import packs, running
from anju.rules.months import Month
from anju.synth import county, planted
from anju.synth import snapshot as synth_snapshot

HOUSEHOLDS, SEED = 400, 7
MONTHS = ("2023-07", "2023-08", "2023-09")
EVERY_PACK = pytest.mark.parametrize("pack", packs.names())
EVERY_MONTH = pytest.mark.parametrize("month", MONTHS)
pytestmark = pytest.mark.slow


class Findings:
    """The made-up county on disk, its rows, and the runs over it, each made once."""

    def __init__(self, folder: Path) -> None:
        made = county.make(households=HOUSEHOLDS, seed=SEED, months="2023-07..2023-09")
        planted.write(made.slots, made.places.codes, folder)
        synth_snapshot.write(made, folder / "snapshot")
        self.folder = folder
        self.world = World(snapshots.read(folder / "snapshot"))

    def run(self, pack: str, month: str) -> Path:
        """The output folder of DuckDB's run."""
        out = self.folder / f"{pack} {month}"
        if not out.exists():
            running.run(self.folder / "snapshot", packs.load(pack), Month.parse(month), out)
        return out

    def hits(self, pack: str, month: str) -> set[tuple[int, str]]:
        rows = finding_rows(self.run(pack, month))
        return {(row["household_id"], row["rule"]) for row in rows if row["status"] == "hit"}

    def written(self, name: str, month: str) -> list[dict[str, Any]]:
        """Planted troubles or near misses that concern a month."""
        rows = pq.read_table(self.folder / f"{name}.parquet").to_pylist()
        return [row for row in rows if row["first_month"] <= month <= row["last_month"]]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    return Findings(tmp_path_factory.mktemp("county"))


def test_every_rule_of_the_demonstration_s_plan_is_planted(made_up: Findings):
    planted_rules = {row["rule"] for month in MONTHS for row in made_up.written("planted", month)}

    assert planted_rules == {rule.id for rule in packs.load("shiquan-2023").rules}


@EVERY_MONTH
def test_every_planted_trouble_is_found(made_up: Findings, month: str):
    planted_here = made_up.written("planted", month)

    missed = [
        row
        for row in planted_here
        if (row["household_id"], row["rule"]) not in made_up.hits(row["pack"], month)
    ]

    assert len(planted_here) > 40
    assert not missed


@EVERY_MONTH
def test_a_plan_that_rests_on_the_national_rules_finds_their_troubles_too(
    made_up: Findings, month: str
):
    national = {
        (row["household_id"], row["rule"])
        for row in made_up.written("planted", month)
        if row["pack"] == "national"
    }

    assert national <= made_up.hits("shiquan-2023", month)


@EVERY_MONTH
def test_no_near_miss_is_found(made_up: Findings, month: str):
    near = made_up.written("near_misses", month)

    wrongly = [
        row
        for row in near
        if (row["household_id"], row["rule"]) in made_up.hits(row["pack"], month)
    ]

    assert len(near) > 20
    assert not wrongly


@EVERY_MONTH
@EVERY_PACK
def test_every_finding_has_its_cause_in_the_reference(made_up: Findings, pack: str, month: str):
    when, loaded = Month.parse(month), packs.load(pack)
    answer = reference.run(made_up.world, loaded.values(when), loaded.rules_in(when), as_of(month))

    found = differences(answer, made_up.run(pack, month))

    assert answer.findings
    assert not found, "\n".join(found[:40])
