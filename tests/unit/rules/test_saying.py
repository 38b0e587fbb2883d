"""Conditions in words: every rule of every pack can be said, in both languages, without a code left."""

import re

import pytest

from anju.rules import catalogue, expressions, packs, saying
from anju.rules.saying import Named

TYPES = {"line": "money", "share": "share", "months": "count"}
NAMED = {
    "line": Named("监测线", "7,300 元/人·年"),
    "share": Named("骤减比例", "30%"),
    "months": Named("满期月数", ""),
}


def said(text: str, language: str = "zh") -> str:
    return saying.condition(expressions.parse(text, TYPES), NAMED, language)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("net_income_per_capita < :line", "近四个季度人均纯收入低于监测线（7,300 元/人·年）"),
        ("labour >= 1 AND employed = 0", "劳动力不少于1 人，且在业劳动力为0 人"),
        ("income_ytd_last_year > 0", "上年同期纯收入高于0 元"),
        ("relocated AND NOT monitored", "“易地搬迁户”为是，且“监测对象”为否"),
        (
            "relocated AND (labour = 0 OR unsafe_water)",
            "“易地搬迁户”为是，且（劳动力为0 人，或“饮水不安全”为是）",
        ),
        ("NOT (labour = 0)", "并非（劳动力为0 人）"),
        ("housing_grade IN ('C', 'D')", "住房鉴定等级为“C”或“D”"),
        ("class = 'lifted_out'", "户类型为“脱贫户”"),
        (
            "income_ytd_per_capita <= income_ytd_per_capita_last_year * (1 - :share)",
            "本年累计人均纯收入不高于上年同期人均纯收入 × （1 − 骤减比例（30%））",
        ),
        ("months_monitored >= :months", "纳入监测月数不少于满期月数（未定）"),
    ],
)
def test_a_condition_reads_as_people_say_it(text: str, words: str) -> None:
    assert said(text) == words


def test_english_is_said_too() -> None:
    assert said("labour >= 1 AND NOT (employed = 0)", "en") == (
        "members able to work is at least 1 person(s), and not (of them working is 0 person(s))"
    )


@pytest.mark.parametrize("pack_id", packs.names())
def test_no_code_is_left_in_any_rule(pack_id: str) -> None:
    pack = packs.load(pack_id)
    named = {id_: Named(each.name, "1") for id_, each in pack.parameters.items()}
    codes = re.compile(rf"\b(?:{'|'.join([*catalogue.load(), *pack.parameters])}|AND|OR|NOT)\b|:")
    for rule in pack.rules:
        words = saying.condition(expressions.check(rule, pack.parameters).when, named)
        assert not codes.search(words), words
