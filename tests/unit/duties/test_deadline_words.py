"""Days told in words: counted from a plan's issue, or standing in every year."""

from datetime import date

import pytest

from anju.duties.deadline_words import day_in_rhythm, day_in_year, last_day_within


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("30日内", "2023-03-02"),
        ("一个月内", "2023-02-28"),
        ("自本方案印发之日起15天内", "2023-02-15"),
        ("两周内", "2023-02-14"),
        ("1年以内", "2024-01-31"),
        ("自受理之日起15日内", None),
        ("15个工作日内", None),
        ("24小时内", None),
        ("2023年底前", None),
    ],
)
def test_a_span_counts_from_the_issue_unless_the_plan_names_another_day(
    words: str, day: str | None
) -> None:
    found = last_day_within(words, date(2023, 1, 31))

    assert found == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("每年9月底前", "2023-09-30"),
        ("9月30日前", "2023-09-30"),
        ("2月底", "2023-02-28"),
        ("7月中旬前", "2023-07-15"),
        ("9月前", "2023-08-31"),
        ("1月前", "2023-12-31"),
        ("每年", None),
        ("9月0日", None),
    ],
)
def test_a_day_stands_in_each_year(words: str, day: str | None) -> None:
    assert day_in_year(words, 2023) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("words", "every", "day"),
    [
        ("每月5日前", "month", "2023-01-05"),
        ("每季度末月25日前", "quarter", "2023-03-25"),
        ("每季度首月10日", "quarter", "2023-01-10"),
        ("每半年末月30日前", "half_year", "2023-06-30"),
        ("每季度", "quarter", None),
        ("每周", "week", None),
    ],
)
def test_a_day_stands_in_each_period(words: str, every: str, day: str | None) -> None:
    found = day_in_rhythm(words, every, 2023)

    assert found == (date.fromisoformat(day) if day else None)
