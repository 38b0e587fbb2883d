"""Figures over the project library, each against a few projects counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.projects import (
    FundingFactory,
    PaymentFactory,
    ProjectFactory,
    ProjectStepFactory,
)

from anju.accounts.scope import Scope
from anju.projects.models import FundSource, Project
from anju.reporting.figures import Asked, Why, compute

pytestmark = pytest.mark.django_db
ON = date(2023, 9, 30)
SEPTEMBER = Asked(ON)
NORTH, SOUTH = "529901101201", "529901102201"


def project(funds: int = 0, fund: str = "central", **said: object) -> Project:
    """A project with the days of its steps (`started`, `finished`, …) and yuan of one source."""
    days = {name: said.pop(name) for name in list(said) if name in STEPS}
    made: Project = ProjectFactory(**said)
    for step, on in {"entered": date(2022, 11, 20), **days}.items():
        ProjectStepFactory(project=made, step=step, reached_on=on)
    if funds:
        FundingFactory(project=made, fund=fund, amount=funds * 100)
    return made


STEPS = {"started", "finished", "dropped"}
SPRING, AUTUMN = date(2023, 3, 10), date(2023, 9, 20)


def test_labour_pay_is_shared_over_the_funds_of_the_years_begun_work_relief() -> None:
    one = project(1_000_000, is_work_relief=True, started=SPRING)
    FundingFactory(project=one, fund=FundSource.OTHER, amount=100_000_000)
    PaymentFactory(project=one, kind="labour", amount=25_000_000, paid_on=AUTUMN)
    PaymentFactory(project=one, kind="labour", amount=9_900_000, paid_on=date(2023, 10, 2))
    PaymentFactory(project=one, kind="works", amount=50_000_000)
    PaymentFactory(
        project=one, kind="labour", amount=70_000_000, known_from=SPRING, known_to=AUTUMN
    )
    project(500_000, is_work_relief=True)  # not begun
    project(500_000, is_work_relief=True, started=SPRING, dropped=AUTUMN)
    project(500_000, is_work_relief=True, started=SPRING, plan_year=2022)
    project(is_work_relief=True, started=SPRING)  # nothing granted yet: unknown

    made = compute("work_relief_labour_share", SEPTEMBER)

    assert (made.value, made.numerator, made.denominator, made.unknown) == (
        Decimal("0.125"), 250_000, 2_000_000, 1,
    )  # fmt: skip


def test_industry_projects_are_those_whose_works_went_on_in_the_year() -> None:
    industry = {"kind": "industry"}
    project(**industry, started=SPRING)
    project(**industry, started=date(2022, 5, 1))
    project(**industry, started=date(2022, 5, 1), finished=date(2023, 1, 2), division_code=SOUTH)
    project(**industry, started=date(2022, 5, 1), finished=date(2022, 12, 31))
    project(**industry, started=date(2023, 10, 1))
    project(**industry, started=SPRING, dropped=AUTUMN)
    project(started=SPRING)

    assert compute("industry_projects_of_year", SEPTEMBER).value == 3
    assert compute("industry_projects_of_year", Asked(ON, Scope.of([SOUTH]))).value == 1


def test_bridging_projects_of_the_year_are_done_once_their_works_are_over() -> None:
    project(10, "county", started=SPRING, finished=AUTUMN)
    project(10, "province", started=SPRING)
    project(10, "city", started=SPRING, finished=date(2023, 10, 1))
    project(10, "social", started=SPRING, finished=AUTUMN)
    project(10, plan_year=2022, started=SPRING, finished=AUTUMN)
    project(10, dropped=SPRING)

    made = compute("bridging_projects_done", SEPTEMBER)

    assert (made.value, made.denominator) == (Decimal("0.3333"), 3)


def test_key_infrastructure_is_counted_over_all_years() -> None:
    project(is_key=True, plan_year=2021, started=SPRING, finished=AUTUMN)
    project(is_key=True, started=SPRING)
    project(started=SPRING, finished=AUTUMN)
    project(is_key=True, kind="industry")

    assert compute("key_infrastructure_done", SEPTEMBER).value == Decimal("0.5")


def test_bridging_funds_are_compared_with_those_of_the_year_before() -> None:
    project(1_500)
    assert compute("bridging_funds_growth", SEPTEMBER).why == Why.NO_PROJECTS_THEN
    project(1_000, "city", plan_year=2022)
    project(9_000, "other")

    assert compute("bridging_funds_growth", SEPTEMBER).value == 500


@pytest.mark.parametrize(
    "figure", ["work_relief_labour_share", "bridging_projects_done", "key_infrastructure_done"]
)
def test_without_projects_a_share_is_unknown_and_says_why(figure: str) -> None:
    made = compute(figure, SEPTEMBER)

    assert (made.value, made.why) == (None, Why.NOBODY)
