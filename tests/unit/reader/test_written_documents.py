"""Documents in the manners in which offices write, against their gold; and where each item stands."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.reader_scores import (
    HEAD,
    SEEDS,
    facts_of_group,
    gold_files,
    groups,
    scores,
    written_files,
)

from anju.reader import read
from anju.reader.files import text_of
from anju.reader.json_form import plain
from anju.reader.model import Measure
from anju.reader.quantities import quantities_of
from anju.reader.shadow import shadow_of

GOALS = {"measures": 0.99, "units": 0.97, "deadlines": 0.95, "targets": 0.90, "amounts": 0.80}


def gold_of(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def documents() -> list[Path]:
    written = [path.with_suffix(".txt") for path in written_files()]
    seeds = [SEEDS / gold_of(path)["file"] for path in gold_files()] if SEEDS.is_dir() else []
    return [*written, *seeds]


@pytest.mark.parametrize("group", groups())
def test_precision_and_recall_of_a_group_reach_the_goal(group: str) -> None:
    reached = scores(*facts_of_group(groups()[group]))
    for kind, goal in GOALS.items():
        assert min(reached[kind]) >= goal, (kind, reached[kind])


@pytest.mark.parametrize("path", written_files(), ids=lambda path: path.stem)
def test_head_oddities_and_indicators_are_read(path: Path) -> None:
    gold, plan = gold_of(path), plain(read(text_of(path.with_suffix(".txt"))))
    assert {key: plan[key] for key in HEAD if gold[key]} == {k: gold[k] for k in HEAD if gold[k]}
    if gold["warnings"] is not None:
        assert sorted({each["code"] for each in plan["warnings"]}) == gold["warnings"]
    said = {
        (measure["key"], str(each["value"]), each["unit"]): each["indicator"]
        for measure in plan["measures"]
        for each in measure["targets"]
    }
    wanted = {
        (measure["key"], str(value), unit): words
        for measure in gold["measures"]
        for words, _, value, unit, _ in measure["targets"]
        if words
    }
    wrong = {k: said[k] for k, words in wanted.items() if k in said and words not in said[k]}
    assert len(wrong) <= len(wanted) // 10, wrong


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_every_item_stands_where_it_says(path: Path) -> None:
    text = text_of(path)
    shadow = shadow_of(text)
    plan = read(text)
    for measure in plan.measures:
        assert measure.title in text[measure.start : measure.end]
        _stand_where_they_say(measure, text, shadow)
    for section in plan.sections:
        assert section.title in shadow[section.start : section.end]


def _stand_where_they_say(measure: Measure, text: str, shadow: str) -> None:
    for unit in measure.units:
        assert "".join(text[unit.start : unit.end].split()) == unit.name
    for deadline in measure.deadlines:
        assert text[deadline.start : deadline.end] == deadline.text
    for number in (*measure.targets, *measure.amounts):
        found = quantities_of(shadow, number.start, number.end)
        if not found:  # 2.261, whose unit is missing
            assert float(text[number.start : number.end]) == number.value
            continue
        (said,) = found
        assert number.value in (said.low, (said.low, said.high))
        assert number.unit.startswith(said.unit)
