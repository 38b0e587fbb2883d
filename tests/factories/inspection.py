"""Factories of inspections, their problems and counts."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory
from tests.factories.registry import HouseholdFactory

from anju.inspection.asked import Asked
from anju.inspection.models import (
    Inspection,
    InspectionState,
    ListCheck,
    ListProblem,
    Problem,
    ProblemTally,
)


class InspectionFactory(DjangoModelFactory):
    """A finished inspection of October 2023."""

    class Meta:
        model = Inspection

    as_of = date(2023, 10, 8)
    state = InspectionState.DONE
    created_by = "bureau"
    created_at = datetime(2023, 10, 8, 1, tzinfo=UTC)
    finished_at = datetime(2023, 10, 8, 2, tzinfo=UTC)


class ProblemFactory(DjangoModelFactory):
    """A household without a head."""

    class Meta:
        model = Problem

    run = factory.SubFactory(InspectionFactory)
    household = factory.SubFactory(HouseholdFactory)
    village_code = factory.SelfAttribute("household.village_code")
    code = "3_02_012"
    found = "heads=0"


class ProblemTallyFactory(DjangoModelFactory):
    """One such household in a village."""

    class Meta:
        model = ProblemTally

    run = factory.SubFactory(InspectionFactory)
    place = "529901101201"
    digits = 12
    code = "3_02_012"
    problems = 1
    households = 1


class ListCheckFactory(DjangoModelFactory):
    """A finished check of the household list of the county, that found nothing."""

    class Meta:
        model = ListCheck

    feed = "households"
    ranges = [["529901000000", "529902000000"]]
    key = factory.LazyAttribute(
        lambda made: Asked(made.feed, None, "", tuple((low, high) for low, high in made.ranges)).key
    )
    as_of = date(2023, 10, 8)
    state = InspectionState.DONE
    report = factory.LazyFunction(
        lambda: {"rows": 0, "asked": 0, "headings": [], "codes": {}, "villages": {}}
    )
    created_by = "bureau"
    created_at = datetime(2023, 10, 8, 1, tzinfo=UTC)
    finished_at = datetime(2023, 10, 8, 2, tzinfo=UTC)


class ListProblemFactory(DjangoModelFactory):
    """A household without a head in its row."""

    class Meta:
        model = ListProblem

    run = factory.SubFactory(ListCheckFactory)
    village_code = "529901101201"
    sheet = "名单"
    line = 5
    code = "3_02_012"
    found = "heads=0"
