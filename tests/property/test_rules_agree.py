"""Made-up neighbourhoods and made-up rules: DuckDB says what the reference says.

Two ways to look. Many neighbourhoods in one snapshot, drawn with fixed seeds, cover much in a few
runs. Hypothesis draws few at a time and shrinks what it finds. `ANJU_PROPERTY_EXAMPLES` (default
1) multiplies both for a long search.
"""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.property import rule_texts
from tests.property.neighbourhoods import Tables, neighbourhood, side_by_side
from tests.reference import findings as reference
from tests.reference.days import as_of
from tests.reference.world import World
from tests.spec import snapshots
from tests.spec.agreement import differences

from anju.rules import packs, running
from anju.rules.months import Month
from anju.rules.pack_model import Basis, Examples, Rule

TIMES = int(os.environ.get("ANJU_PROPERTY_EXAMPLES", "1"))
MONTHS = ("2023-09", "2024-02", "2023-01", "2023-12", "2025-02", "2022-05")
PACKS = ("national", "shiquan-2023", "qinzhougang-2023", "langao-2021")
UNITS = {"money": "元", "count": "人", "days": "天", "share": "比例"}


def rules(random: Random, number: int) -> list[Rule]:
    """Random rules that observe and compare with values of one measure."""
    made = []
    for place in range(number):
        measure = rule_texts.measure(random)
        made.append(
            Rule(
                id=f"made_{place:03}",
                name="造",
                name_en="made up",
                subject="household",
                when=rule_texts.condition(random),
                observe=rule_texts.number(random, measure),
                threshold=rule_texts.number(random, measure),
                unit=UNITS[measure],
                level=random.choice(reference.LEVELS),
                risk="means",
                clears="",
                clears_en="",
                basis=(Basis(default="made up"),),
                show=(),
                examples=Examples(month="2023-09", hit=(), miss=(), near=()),
                from_=None,
                until=None,
                pack="made-up",
                hash=f"{place:03}",
            )
        )
    return made


def disagreements(tables: Tables, pack: packs.Pack, month: str, folder: Path) -> list[str]:
    """Where DuckDB and the reference differ on these rows."""
    when = Month.parse(month)
    answer = reference.run(World(tables), pack.values(when), pack.rules_in(when), as_of(month))
    snapshot = snapshots.write(folder / "snapshot", tables)
    running.run(snapshot, pack, when, folder / "out")
    return differences(answer, folder / "out")


@pytest.mark.slow
@pytest.mark.parametrize("month", MONTHS)
def test_many_neighbourhoods_are_judged_alike(month: str, tmp_path: Path):
    for seed in range(TIMES):
        random = Random(f"neighbourhoods {month} {seed}")
        pack_id = PACKS[(MONTHS.index(month) + seed) % len(PACKS)]
        pack = packs.load(pack_id if month >= "2023-04" else "national")
        tables = side_by_side(neighbourhood(random, as_of(month)) for _ in range(250))

        found = disagreements(tables, pack, month, tmp_path / str(seed))

        assert not found, f"seed {seed}\n" + "\n".join(found[:30])


@pytest.mark.slow
@pytest.mark.parametrize("month", MONTHS)
def test_many_made_up_rules_are_judged_alike(month: str, tmp_path: Path):
    national = packs.load("national")
    for seed in range(TIMES):
        random = Random(f"rules {month} {seed}")
        pack = dataclasses.replace(national, rules=tuple(rules(random, 40)))
        tables = side_by_side(neighbourhood(random, as_of(month)) for _ in range(60))

        found = disagreements(tables, pack, month, tmp_path / str(seed))

        texts = {rule.id: rule.when for rule in pack.rules}
        assert not found, f"seed {seed}\n" + "\n".join(found[:30]) + f"\n{texts}"


@pytest.mark.slow
@settings(
    max_examples=8 * TIMES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    month=st.sampled_from(MONTHS),
    random=st.randoms(use_true_random=False),
    neighbours=st.integers(1, 3),
)
def test_a_few_households_are_judged_alike(
    month: str, random: Random, neighbours: int, tmp_path_factory: pytest.TempPathFactory
):
    national = packs.load("national")
    pack = dataclasses.replace(national, rules=(*national.rules, *rules(random, 3)))
    tables = side_by_side(neighbourhood(random, as_of(month)) for _ in range(neighbours))

    found = disagreements(tables, pack, month, tmp_path_factory.mktemp("few"))

    assert not found, "\n".join(found)
