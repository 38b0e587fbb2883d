"""Figures over public-welfare posts: places taken, pay in full and in time, who should have left."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.county import NORTH_1, SOUTH, SOUTH_1, County
from tests.factories.employment import (
    PostHoldingFactory,
    PostPayFactory,
    PostTermsFactory,
    WelfarePostFactory,
)

from anju.accounts.scope import Scope
from anju.employment.models import PostHolding, WelfarePost
from anju.reporting.figures import FIGURES, Asked, Side, Why, compute

pytestmark = pytest.mark.django_db
ON = date(2023, 9, 30)
SEPTEMBER, IN_THE_SOUTH = Asked(ON), Asked(ON, Scope.of([SOUTH]))


def held(county: County, number: int, **changes: object) -> PostHolding:
    home = county.households[number]
    return PostHoldingFactory(household=home, person=home.memberships.first().person, **changes)


@pytest.mark.parametrize(
    "figure",
    ["welfare_post_places_filled", "welfare_post_paid_in_time", "welfare_post_should_have_left"],
)
def test_without_posts_nothing_is_told(county: County, figure: str) -> None:
    made = compute(figure, SEPTEMBER)
    assert (made.value, made.why) == (None, Why.NOBODY)


def test_holders_are_counted_against_places_of_the_day(county: County) -> None:
    north, south = (WelfarePostFactory(division_code=code) for code in (NORTH_1, SOUTH_1))
    PostTermsFactory(post=north, places=2, valid_to=date(2023, 9, 1))
    PostTermsFactory(post=north, places=4, valid_from=date(2023, 9, 1))
    PostTermsFactory(post=south, places=None)
    held(county, 0, post=north)
    held(county, 1, post=north, ended_on=ON)
    held(county, 4, post=south)

    made = compute("welfare_post_places_filled", SEPTEMBER)

    assert (made.value, made.numerator, made.denominator) == (Decimal("0.25"), 1, 4)
    assert made.unknown == 1
    assert compute("welfare_post_places_filled", Asked(date(2023, 8, 31))).value == 1
    behind = FIGURES["welfare_post_places_filled"].behind
    assert behind is not None
    assert list(behind.select(WelfarePost.objects.all(), Side.COUNTED, SEPTEMBER)) == [north]


def test_pay_of_the_month_before_counts_in_full_and_in_time(county: County) -> None:
    post = WelfarePostFactory(division_code=NORTH_1)
    rows = [held(county, number, post=post) for number in (0, 1, 2, 4)]
    for row, changes in zip(
        rows, ({}, {"paid_on": date(2023, 9, 11)}, {"amount": 1}, None), strict=True
    ):
        if changes is not None:
            PostPayFactory(household=row.household, person=row.person, post=post, **changes)

    made = compute("welfare_post_paid_in_time", SEPTEMBER)

    assert (made.numerator, made.denominator, made.unknown) == (1, 3, 1)
    behind = FIGURES["welfare_post_paid_in_time"].behind
    assert behind is not None
    late = behind.select(PostHolding.objects.all(), Side.REST, SEPTEMBER)
    assert set(late) == {rows[1], rows[2]}
    assert compute("welfare_post_paid_in_time", IN_THE_SOUTH).unknown == 1


def test_who_stays_after_the_agreement_is_counted(county: County) -> None:
    held(county, 0, agreed_until=date(2023, 9, 29))
    held(county, 1, agreed_until=ON)
    held(county, 4, started_on=date(2022, 3, 1), ended_on=date(2023, 2, 1))

    made = compute("welfare_post_should_have_left", SEPTEMBER)

    assert (made.value, made.denominator) == (1, 2)
    assert compute("welfare_post_should_have_left", IN_THE_SOUTH).why == Why.NOBODY
