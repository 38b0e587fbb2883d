"""A rule's examples are worked out when its pack is checked; unknown is kept apart from false."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.rules import pack_texts

from anju.rules import expressions, packs
from anju.rules.pack_examples import evaluate

RULES = "child-2022/rules.toml"


def test_a_sound_pack_has_no_problems(tmp_path: Path) -> None:
    assert packs.check("child-2022", pack_texts.write(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("hit = [{ labour = 1, employed = 0 }]", "hit = [{ labour = 1, employed = 1 }]", "hit[0]", "should be: hit; it is: no hit"),
        ("near = [{ labour = 0, employed = 0 }]", "near = [{ labour = 0, employed = 1 }, { labour = 2, employed = 0 }]", "near[1]", "should be: no hit; it is: hit"),
        ("miss = [{ labour = 1, employed = 1 }]", 'miss = [{ labour = 1, employed = "unknown" }]', "miss[0]", "should be: no hit; it is: unknown"),
        ("hit = [{ labour = 1, employed = 0 }]", "hit = [{ labour = 1 }]", "hit[0]", "must give exactly the facts of the rule: labour, employed"),
        ("hit = [{ labour = 1, employed = 0 }]", "hit = [{ labour = 1, employed = 0, members = 2 }]", "hit[0]", "must give exactly the facts of the rule: labour, employed"),
        ("hit = [{ labour = 1, employed = 0 }]", 'hit = [{ labour = "many", employed = 0 }]', "hit[0]", "cannot be worked out"),
        ('month = "2022-06"', 'month = "2023-06"', "month", "the rule does not hold in 2023-06"),
    ],
)  # fmt: skip
def test_an_example_that_does_not_come_out_is_refused_where_it_stands(
    tmp_path: Path, old: str, new: str, key: str, words: str
) -> None:
    line = pack_texts.spoilt(tmp_path, RULES, old, new)

    (problem,) = packs.check("child-2022", tmp_path)

    assert problem.key == f"rule[nobody_works].examples.{key}"
    assert words in problem.en
    assert problem.line == line


def test_an_example_in_a_month_without_a_value_is_refused(tmp_path: Path) -> None:
    pack_texts.spoilt(tmp_path, "parent/rules.toml", 'month = "2022-06"', 'month = "2020-06"')

    problems = packs.check("parent", tmp_path)

    assert {problem.key for problem in problems} >= {"rule[below].examples.hit[0]"}
    assert "its first value holds from 2021-01-01" in problems[0].en


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("labour >= 1 AND", "labours >= 1 AND", "when", "no fact, did you mean labour?"),
        ("labour >= 1 AND", "labour >= 1 AND 1 / 0 = 1 AND", "when", "divides"),
        ('observe = "employed"', 'observe = "employee"', "observe", "no fact"),
        ('threshold = "1"', "threshold = \"'C'\"", "threshold", "cannot stand against observe"),
        ("from = 2022-03-01", 'show = ["memberz"]\nfrom = 2022-03-01', "show", "no fact"),
    ],
)
def test_an_unsound_expression_is_refused_where_it_stands(
    tmp_path: Path, old: str, new: str, key: str, words: str
) -> None:
    line = pack_texts.spoilt(tmp_path, RULES, old, new)

    (problem,) = packs.check("child-2022", tmp_path)

    assert (problem.file, problem.line, problem.key) == (RULES, line, f"rule[nobody_works].{key}")
    assert words in problem.en


def test_a_parents_examples_are_tried_with_the_parents_line(tmp_path: Path) -> None:
    # The child's line is 7407.41 yuan: 6500 yuan, a near miss at the parent's, would be below it.
    assert packs.check("child-2022", pack_texts.write(tmp_path)) == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("members > 0 AND labour = 0", None),
        ("members < 0 AND labour = 0", False),
        ("members > 0 OR labour = 0", True),
        ("members < 0 OR labour = 0", None),
        ("NOT labour = 0", None),
        ("labour + members > 1", None),
        ("housing_grade IN ('C', 'D')", True),
        ("housing_grade = 'C'", False),
        ("class IN ('ordinary')", None),
        ("members BETWEEN 3 AND 5", True),
        ("-members < 0", True),
        ("NOT relocated", False),
        ("members * 2 = 6", True),
    ],
)
def test_an_expression_has_three_values(text: str, answer: bool | None) -> None:
    row = {"members": 3, "labour": None, "housing_grade": "D", "class": None, "relocated": True}

    assert evaluate(expressions.parse(text, {}), row, {}) is answer


@pytest.mark.parametrize(
    ("from_", "until", "key"),
    [("2022-02-01", "2022-12-31", "from"), ("2022-03-01", "2023-02-01", "until")],
)
def test_a_rule_may_not_hold_when_its_parameter_has_no_value(
    tmp_path: Path, from_: str, until: str, key: str
) -> None:
    text = (
        pack_texts.CHILD_RULES.replace("labour >= 1 AND", "net_income_per_capita < :line AND")
        .replace("labour = 1, ", "net_income_per_capita = 1, ")
        .replace("labour = 0, employed = 0", "net_income_per_capita = 900000, employed = 0")
        .replace("from = 2022-03-01", f"from = {from_}")
        .replace("until = 2023-01-01", f"until = {until}")
    )
    pack_texts.write(tmp_path, **{RULES: text})

    (problem,) = packs.check("child-2022", tmp_path)

    assert problem.key == f"rule[nobody_works].{key}"
    assert "in which parameter line has no value" in problem.en


@pytest.mark.parametrize("part", ["when", "observe", "threshold"])
def test_a_part_that_could_leave_38_digits_is_refused_where_it_stands(
    tmp_path: Path, part: str
) -> None:
    text = "net_income_per_capita * 0.123456789012345678901234567"
    condition = f"{text} < :line" if part == "when" else text
    old = {
        "when": 'when = "net_income_per_capita < :line"',
        "observe": 'observe = "net_income_per_capita"',
        "threshold": 'threshold = ":line"',
    }[part]
    line = pack_texts.spoilt(tmp_path, "parent/rules.toml", old, f'{part} = "{condition}"')

    problems = [p for p in packs.check("parent", tmp_path) if "38 digits" in p.en]

    assert [(p.line, p.key) for p in problems] == [(line, f"rule[below].{part}")]
