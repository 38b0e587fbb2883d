from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.unit.rules import pack_texts

from anju.rules import packs, showing
from anju.rules.months import Month


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (730000, "元/人·年", "7,300 yuan a person and year"),
        (730050, "元", "7,300.50 yuan"),
        (Fraction(7407405, 10), "元", "7,407.41 yuan"),
        (-Fraction(1, 2), "元", "-0.01 yuan"),
        (Fraction(3, 10), "比例", "30 %"),
        (Fraction(1, 8), "比例", "12.5 %"),
        (6, "个月", "6 months"),
        (18000, "人", "18,000 persons"),
    ],
)
def test_values_are_shown_in_the_measure_people_use(
    value: int | Fraction, unit: str, text: str
) -> None:
    assert showing.value_text(value, unit) == text


def test_a_pack_is_shown_as_it_holds_in_the_month(tmp_path: Path) -> None:
    pack = packs.load("child-2022", pack_texts.write(tmp_path))

    text = showing.show(pack, Month(2022, 6))

    assert text.startswith("child-2022  下级\nChild\nplace 某县; extends parent\n")
    assert f"hash {pack.hash}\nas it holds on 2022-06-30" in text
    assert "BB  县方案, 2022-03-01" in text
    assert "* county_figure                  12,345.67 yuan a person and year" in text
    assert "= 0.6 * :county_figure\n      BB 三(一)1" in text
    assert "[orange] nobody_works  无人就业" in text
    assert ":line = 7,407.40 yuan a person and year *" in text
    assert "10 % of 收入, at most 5,000 yuan a 户·年; from 2022-03-01" in text
    assert "visit  Visit (走访): at least 1 a month" in text
    assert "by 2023-12-31: at least 10 to 15 期; BB 三" in text
    assert "A bureau: lead 2" in text


def test_a_rule_out_of_force_is_shown_apart(tmp_path: Path) -> None:
    pack = packs.load("child-2022", pack_texts.write(tmp_path))

    text = showing.show(pack, Month(2023, 1))

    assert "RULES NOT IN FORCE IN 2023-01\n  nobody_works  from 2022-03-01 until 2023-01-01" in text
    assert "line  no value in 2023-01 (first from 2022-03-01)" in text
    assert ":line has no value in this month: the rule cannot run" in text
    assert "by 2022-12-31" not in text


def test_without_a_month_every_dated_value_is_shown(tmp_path: Path) -> None:
    text = showing.show(packs.load("parent", pack_texts.write(tmp_path)))

    assert (
        "* from 2021-01-01 until 2022-01-01: 6,000 yuan a person and year\n        * default: 待确认"
        in text
    )
    assert "from 2022-01-01: 6,500 yuan a person and year\n        AA 一" in text


def test_what_was_checked_is_listed_pack_by_pack(tmp_path: Path) -> None:
    line = pack_texts.spoilt(tmp_path, "child-2022/rules.toml", '"orange"', '"blue"')
    problems = {name: packs.check(name, tmp_path) for name in ("parent", "child-2022")}

    assert showing.checked(problems).splitlines()[:3] == [
        "parent: sound",
        "child-2022: 1 problem(s)",
        f"  child-2022/rules.toml:{line}: rule[nobody_works].level: 'blue' is not allowed: "
        "use one of red, orange, yellow, hint.",
    ]
