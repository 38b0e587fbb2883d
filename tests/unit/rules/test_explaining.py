"""Explanations come from the output folder alone, with value, threshold, clause and what clears."""

import json
import shutil

import pytest
from tests.unit.rules.drawn_snapshots import draw, household, last_four, national, person

from anju.rules import wording
from anju.rules.errors import RunError
from anju.rules.explaining import explain
from anju.rules.months import Month
from anju.rules.running import run


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explained")
    draw(
        folder / "snapshot",
        {
            "households": [
                household(1),
                household(2),
                household(7, code="2"),
                household(8, code="twin"),
                household(9, code="twin"),
            ],
            "persons": [person(1, 1), person(2, 1), person(3, 2)],
            "incomes": last_four(1, 1000001),
        },
    )
    run(folder / "snapshot", national(), Month(2023, 9), folder / "out")
    shutil.rmtree(folder / "snapshot")
    return folder / "out"


def finding(explanation, rule):
    return next(item for item in explanation.findings if item.rule == rule)


def test_a_hit_is_explained_with_value_threshold_clause_and_what_clears_it(out):
    explanation = explain(out, 1)

    hit = finding(explanation, "income_below_line")
    rule = national().rule("income_below_line")
    assert explanation.level == "red"
    assert hit.status == "hit"
    assert hit.observed == "5,000.01 元/人·年"  # 1000001 fen of two people, half up
    assert hit.threshold == "7,300.00 元/人·年"
    assert hit.threshold_en == "7,300.00 yuan a person and year"
    assert hit.basis[0].startswith("《")
    assert rule.basis[0].clause in hit.basis[0]
    assert (hit.clears, hit.clears_en) == (rule.clears, rule.clears_en)


def test_evidence_is_the_facts_of_the_rule_and_those_it_shows(out):
    hit = finding(explain(out, 1), "income_below_line")

    evidence = {item.fact: item.shown for item in hit.evidence}
    assert evidence["net_income_per_capita"] == "5,000.01 元/人·年"
    assert evidence["members"] == "2 人"


def test_a_default_is_shown_as_a_default(out):
    hit = finding(explain(out, 1), "income_below_line")

    line = next(item for item in hit.parameters if item.parameter == "monitoring_line")
    assert line.is_default
    assert line.basis.startswith("默认，待确认：")
    assert line.holds_from == "2023-01-01"


def test_an_unknown_names_the_facts_that_are_missing(out):
    unknown = finding(explain(out, 2), "income_below_line")

    assert unknown.status == "unknown"
    assert unknown.observed == "未知"
    assert unknown.missing == ("net_income_per_capita",)


def test_truths_are_shown_as_words(tmp_path):
    folder = draw(
        tmp_path / "snapshot",
        {
            "households": [household(1)],
            "statuses": [{"household_id": 1, "kind": "unsafe_water", "started_on": long_ago()}],
        },
    )
    run(folder, national(), Month(2023, 9), tmp_path / "out")

    hit = finding(explain(tmp_path / "out", 1), "water_unsafe")

    assert (hit.observed, hit.threshold) == ("是", "是")
    assert (hit.observed_en, hit.threshold_en) == ("yes", "yes")


def long_ago():
    from datetime import date

    return date(2015, 1, 1)


def test_hits_come_before_unknowns_and_the_highest_first(out):
    order = ("red", "orange", "yellow", "hint")
    keys = [(item.status != "hit", order.index(item.level)) for item in explain(out, 1).findings]

    assert keys == sorted(keys)


def test_a_text_is_a_code_before_it_is_an_id(out):
    assert explain(out, "2").household_id == 7
    assert explain(out, 2).household_id == 2
    assert explain(out, "1").household_id == 1
    assert explain(out, "H0001").household_id == 1


def test_a_code_of_two_households_asks_for_the_id(out):
    with pytest.raises(RunError, match="belongs to several households: give the id"):
        explain(out, "twin")


def test_a_household_not_in_the_run_is_refused(out):
    with pytest.raises(RunError, match="no household with the id or code 4711") as refused:
        explain(out, "4711")

    assert "没有编号或代码为 4711 的户" in refused.value.zh


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(RunError, match="holds no readable run.json"):
        explain(tmp_path, 1)


def test_a_record_of_another_format_is_refused(out, tmp_path):
    copy = shutil.copytree(out, tmp_path / "copy")
    record = json.loads((copy / "run.json").read_text())
    (copy / "run.json").write_text(json.dumps(record | {"format": 99}))

    with pytest.raises(RunError, match="no record this version reads"):
        explain(copy, 1)


def test_results_that_cannot_be_read_are_refused(out, tmp_path):
    copy = shutil.copytree(out, tmp_path / "copy")
    (copy / "findings.parquet").write_text("broken")

    with pytest.raises(RunError, match="cannot be read"):
        explain(copy, 1)


def test_an_explanation_can_be_written_as_json(out):
    whole = json.loads(json.dumps(explain(out, 1).as_dict(), ensure_ascii=False))

    assert whole["facts"]["members"] == 2
    assert whole["findings"][0]["evidence"]


@pytest.mark.parametrize(
    ("value", "unit", "chinese", "english"),
    [
        (-123456, "元", "-1,234.56 元", "-1,234.56 yuan"),
        (3000, "比例", "30.00 %", "30.00 %"),
        (7, "天", "7 天", "7 day(s)"),
        (None, "元", "未知", "unknown"),
        (False, "是否", "否", "no"),
        ("C", "等级", "C", "C"),
        ("lifted_out", "", "脱贫户", "lifted-out household"),
    ],
)
def test_values_are_shown_in_words_of_both_languages(value, unit, chinese, english):
    assert wording.value(value, unit, "zh") == chinese
    assert wording.value(value, unit, "en") == english


def test_a_share_that_is_no_round_number_is_shown_exactly():
    assert wording.parameter("3/10", "比例") == "30.00 %"
    assert wording.parameter("1/3", "比例") == "10000/3 比例"
