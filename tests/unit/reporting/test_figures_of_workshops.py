"""Figures over workshops, and openings put to people, each against a small county counted by hand."""

from datetime import date

import pytest
from tests.factories.employment import (
    EmploymentFactory,
    LabourProfileFactory,
    OfferFactory,
    WorkshopCountFactory,
    WorkshopFactory,
)
from tests.unit.reporting.test_figures_of_registers import NORTH, SOUTH, household
from tests.unit.reporting.test_figures_of_trainings import worker

from anju.accounts.scope import Scope
from anju.reporting.figures import FIGURES, Asked, Side, Why, compute

pytestmark = pytest.mark.django_db
SEPTEMBER = Asked(date(2023, 9, 30))
IN_NORTH = Asked(date(2023, 9, 30), Scope.of([NORTH[:9]]))


def shop(*told: tuple[date, int], **more):
    made = WorkshopFactory(**{"division_code": NORTH} | more)
    for day, posts in told:
        WorkshopCountFactory(workshop=made, told_on=day, posts=posts)
    return made


def test_without_workshops_nothing_is_told():
    shop(kind="workshop")

    assert compute("community_factories", SEPTEMBER).why is Why.NO_WORKSHOPS
    assert compute("factory_posts_added", SEPTEMBER).why is Why.NO_WORKSHOPS


def test_factories_count_from_their_opening_also_closed_ones():
    shop()
    shop(opened_on=date(2020, 1, 1), closed_on=date(2021, 1, 1))
    shop(opened_on=date(2023, 10, 1))
    shop(opened_on=None)
    shop(division_code=SOUTH)

    made = compute("community_factories", SEPTEMBER)
    assert (made.value, made.denominator, made.unknown) == (3, 2, 1)
    assert compute("community_factories", IN_NORTH).value == 2


def test_posts_added_are_told_against_the_end_of_last_year():
    december, june = date(2022, 12, 31), date(2023, 6, 30)
    grown = shop((date(2022, 6, 30), 90), (december, 20), (june, 32))
    shop((december, 20), (june, 15))
    new = shop((june, 10), opened_on=date(2023, 2, 1))
    shop((june, 40))
    shop((december, 20))

    made = compute("factory_posts_added", SEPTEMBER)

    assert (made.value, made.denominator, made.unknown) == (22, 2, 1)
    behind = FIGURES["factory_posts_added"].behind
    assert set(behind.rows[Side.DENOMINATOR](SEPTEMBER).values_list("pk", flat=True)) == {
        grown.pk, new.pk,
    }  # fmt: skip


def test_who_works_in_workshops_comes_from_the_ledger():
    for channel, ended in (("workshop", None), ("workshop", date(2023, 9, 1)), ("migrant", None)):
        home = household()
        EmploymentFactory(person=home.memberships.first().person, channel=channel, ended_on=ended)

    assert compute("workshop_workers", SEPTEMBER).value == 1


def test_offers_noted_one_by_one_count_beside_numbers_told_before_them():
    told, noted, both, silent = (worker() for _each in range(4))
    LabourProfileFactory(**told, openings=2)
    LabourProfileFactory(**noted)
    OfferFactory(**noted)
    LabourProfileFactory(**both, openings=1)
    OfferFactory(**both, offered_on=date(2023, 6, 1))  # contained in what was told later
    OfferFactory(**both, offered_on=date(2023, 7, 1))
    OfferFactory(**both, offered_on=date(2023, 10, 1))
    LabourProfileFactory(**silent)

    made = compute("service_131_openings", SEPTEMBER)

    assert (made.numerator, made.denominator, made.unknown) == (5, 3, 1)
