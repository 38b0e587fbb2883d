"""The five plan documents against the gold files: as good as the goal asks, on each document."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.reader_scores import SEEDS, facts_of_gold, facts_of_plan, gold_files, scores

from anju.reader import read
from anju.reader.json_form import plain

GOALS = {"measures": 0.99, "units": 0.97, "deadlines": 0.95, "targets": 0.90, "amounts": 0.90}
FULL = str.maketrans("(),:;", "（），：；")


def text_of(gold: dict[str, Any]) -> str:
    return (SEEDS / gold["file"]).read_text(encoding="utf-8")


@pytest.fixture(params=gold_files(), ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    if not SEEDS.is_dir():
        pytest.skip("the plan documents (shared/seeds) are not beside the checkout")
    return json.loads(Path(request.param).read_text(encoding="utf-8"))


def test_precision_and_recall_reach_the_goal(gold: dict[str, Any]) -> None:
    reached = scores(facts_of_plan(text_of(gold)), facts_of_gold(gold))
    for kind, goal in GOALS.items():
        assert min(reached[kind]) >= goal, (kind, reached[kind])


def test_head_and_oddities_are_read(gold: dict[str, Any]) -> None:
    plan = plain(read(text_of(gold)))
    assert plan["number"] == gold["number"]
    assert plan["dated"] == gold["dated"]
    assert sorted({each["code"] for each in plan["warnings"]}) == gold["warnings"]


def test_full_width_signs_change_nothing(gold: dict[str, Any]) -> None:
    text = text_of(gold)
    assert str(plain(read(text.translate(FULL)))).translate(FULL) == str(
        plain(read(text))
    ).translate(FULL)
