"""Figures over trainings and wishes, each against a small county counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.employment import LabourProfileFactory, TrainingFactory
from tests.factories.registry import PersonRecordFactory
from tests.unit.reporting.test_figures_of_registers import NORTH, SOUTH, household

from anju.accounts.scope import Scope
from anju.employment.models import Category
from anju.reporting.figures import Asked, Why, compute

pytestmark = pytest.mark.django_db
SEPTEMBER = Asked(date(2023, 9, 30))
RELOCATED, LIFTED = {"relocated": True, "household_class": "ordinary"}, {"relocated": False}
RESIDENTS, LIFTED_OUT = "trained_of_willing_residents", "trained_of_willing_lifted_out"


def worker(village=NORTH, **home):
    """A member of a household of their own."""
    made = household(village_code=village, **home)
    return {"household": made, "person": made.memberships.first().person}


def counted(figure, asked=SEPTEMBER):
    made = compute(figure, asked)
    return made.numerator, made.denominator, made.unknown


@pytest.mark.parametrize(
    "figure", [RESIDENTS, LIFTED_OUT, "training_person_times", "training_certified_share"]
)
def test_without_a_list_of_trainings_nothing_is_told(figure):
    LabourProfileFactory(**worker(**RELOCATED))

    assert compute(figure, SEPTEMBER).why is Why.NO_TRAININGS


def test_of_the_willing_who_live_here_those_trained_in_the_year_are_counted():
    trained, idle, away, late = (worker(**RELOCATED) for _each in range(4))
    TrainingFactory(**trained)
    TrainingFactory(**trained, started_on=date(2023, 6, 1), category=Category.STARTUP)
    for each in (trained, idle, late):
        LabourProfileFactory(**each)
    LabourProfileFactory(**away, residence="away")
    TrainingFactory(**idle, started_on=date(2022, 11, 1))
    TrainingFactory(**idle, category=Category.GUIDANCE)
    TrainingFactory(**late, started_on=date(2023, 10, 1))
    LabourProfileFactory(**worker(**LIFTED))
    unknown = worker(**RELOCATED)
    PersonRecordFactory(person=unknown["person"], labour="ordinary", schooling="none")

    assert counted(RESIDENTS) == (1, 3, 1)
    assert compute(RESIDENTS, SEPTEMBER).value == Decimal("0.3333")


def test_an_answer_holds_until_the_next_and_who_was_trained_wanted_it():
    changed, unasked, lifted = (worker(**LIFTED) for _each in range(3))
    LabourProfileFactory(**changed, told_on=date(2023, 3, 1))
    LabourProfileFactory(**changed, told_on=date(2023, 8, 1), wants_training="no")
    LabourProfileFactory(**changed, told_on=date(2023, 10, 5))
    TrainingFactory(**unasked)
    LabourProfileFactory(**lifted, residence="away")
    LabourProfileFactory(
        **lifted, told_on=date(2023, 7, 1), known_to=date(2023, 7, 9), wants_training="no"
    )

    assert counted(LIFTED_OUT) == (1, 2, 0)
    assert counted(LIFTED_OUT, Asked(date(2023, 7, 31))) == (1, 3, 0)


def test_trainings_of_relocated_people_are_counted_each_and_where_they_live():
    north, south = worker(**RELOCATED), worker(SOUTH, **RELOCATED)
    for month in (2, 4, 6):
        TrainingFactory(**north, started_on=date(2023, month, 1))
    TrainingFactory(**south)
    TrainingFactory(**south, category=Category.FARMING, trade="魔芋种植")
    TrainingFactory(**worker(**LIFTED))

    assert counted("training_person_times") == (4, 2, 0)
    in_north = Asked(SEPTEMBER.on, Scope.of([NORTH[:9] + "000"]))
    assert counted("training_person_times", in_north) == (3, 1, 0)


def test_of_courses_that_ended_those_with_any_certificate_are_counted():
    given = {**worker(**RELOCATED), "ended_on": date(2023, 8, 31)}
    for month, certificate in ((1, "completion"), (2, "skill_level"), (3, "none"), (4, None)):
        TrainingFactory(**given, started_on=date(2023, month, 1), certificate=certificate)
    still = {**given, "ended_on": date(2023, 10, 9)}
    TrainingFactory(**still, started_on=date(2023, 9, 1), certificate="special")

    assert counted("training_certified_share") == (2, 3, 1)


def test_services_are_counted_up_to_what_was_promised_to_each():
    much, little, silent, content = (worker(**LIFTED) for _each in range(4))
    LabourProfileFactory(**much, openings=5)
    LabourProfileFactory(**much, told_on=date(2023, 8, 1), openings=2)
    LabourProfileFactory(**little, openings=1)
    LabourProfileFactory(**little, told_on=date(2022, 12, 1), openings=2)
    LabourProfileFactory(**silent)
    LabourProfileFactory(**content, wants_work="no", openings=3)

    assert counted("service_131_openings") == (4, 2, 1)
    assert compute("service_131_openings", SEPTEMBER).value == Decimal("2.0000")
    assert compute("service_131_talks", SEPTEMBER).why is Why.NOBODY
