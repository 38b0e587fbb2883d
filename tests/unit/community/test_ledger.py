"""The ledger of a maintenance fund in plain functions: no day below zero, no payment undecided."""

from datetime import date
from fractions import Fraction

import pytest

from anju.community.ledger import Rule, Vote, balance, lowest, wrong_with

JAN, FEB, MAR = date(2023, 1, 1), date(2023, 2, 1), date(2023, 3, 1)
RULE = Rule(Fraction(2, 3), Fraction(1, 2))


def test_the_lowest_day_is_found_whatever_order_lines_were_written_in() -> None:
    assert lowest([]) == (None, 0)
    assert lowest([(MAR, -500), (JAN, 1_000)]) == (MAR, 500)
    assert lowest([(FEB, -1_500), (MAR, 1_000), (JAN, 1_000)]) == (FEB, -500)
    assert lowest([(JAN, -1_000), (JAN, 1_000)]) == (JAN, 0)


def test_the_balance_of_a_day_counts_what_came_by_then() -> None:
    lines = [(JAN, 1_000), (FEB, -300), (MAR, 50)]
    assert [balance(lines, day) for day in (date(2022, 12, 31), JAN, FEB, MAR)] == [
        0, 1_000, 700, 750,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("vote", "wrong"),
    [
        (Vote(300, 200, 101), None),
        (Vote(300, 200, 100), "not_agreed"),
        (Vote(300, 199, 199), "too_few"),
        (Vote(300, 301, 200), "numbers"),
        (Vote(300, 200, 201), "numbers"),
        (Vote(0, 0, 0), "numbers"),
        (Vote(300, 0, 0), "too_few"),
    ],
)
def test_owners_decide_by_enough_present_and_more_than_half_of_those(
    vote: Vote, wrong: str | None
) -> None:
    assert wrong_with(vote, RULE) == wrong


def test_the_share_in_favour_is_of_those_who_took_part() -> None:
    assert Vote(300, 200, 150).share == Fraction(3, 4)
    assert Vote(300, 0, 0).share is None
