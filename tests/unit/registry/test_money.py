"""Income by quarter: net, per head, against the year before."""

from datetime import date

import pytest

from anju.registry.models import Income
from anju.registry.queries.money import Quarter, last_day, net, per_head


def _income(**amounts: int | None) -> Income:
    known = dict.fromkeys(("wage", "business", "business_cost", "property", "transfer"), 0)
    return Income(quarter=20233, **{**known, **amounts})


def test_net_subtracts_the_costs_of_business_and_may_be_a_loss() -> None:
    assert net(_income(wage=100, business=50, business_cost=30, property=7, transfer=3)) == 130
    assert net(_income(business_cost=500)) == -500


@pytest.mark.parametrize("kind", ["wage", "business", "business_cost", "property", "transfer"])
def test_net_is_unknown_when_one_amount_is(kind: str) -> None:
    assert net(_income(**{kind: None})) is None


@pytest.mark.parametrize(
    ("amount", "members", "head"),
    [(100, 3, 33), (101, 2, 51), (-101, 2, -51), (0, 4, 0), (100, 0, None)],
)
def test_per_head_rounds_half_a_fen_away_from_zero(
    amount: int, members: int, head: int | None
) -> None:
    assert per_head(amount, members) == head


@pytest.mark.parametrize(
    ("now", "before", "change", "percent"),
    [
        (130, 100, 30, 30),
        (70, 100, -30, -30),
        (0, 200, -200, -100),
        (1005, 1000, 5, 1),
        (995, 1000, -5, -1),
        (100, 0, 100, None),
        (100, -50, 150, None),
        (None, 100, None, None),
        (100, None, None, None),
    ],
)
def test_change_against_the_year_before(
    now: int | None, before: int | None, change: int | None, percent: int | None
) -> None:
    quarter = Quarter(20233, _income(), members=3, net=now, net_year_before=before)

    assert (quarter.change, quarter.change_percent) == (change, percent)


@pytest.mark.parametrize(
    ("quarter", "day"),
    [
        (20231, date(2023, 3, 31)),
        (20232, date(2023, 6, 30)),
        (20233, date(2023, 9, 30)),
        (20234, date(2023, 12, 31)),
    ],
)
def test_a_quarter_ends_on_its_last_day(quarter: int, day: date) -> None:
    assert last_day(quarter) == day
