"""Workshops and vacancies when their village is merged into another."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.county import NORTH_1, NORTH_2, County
from tests.factories.employment import VacancyFactory, WorkshopFactory

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.employment.actions import following
from anju.employment.models import Vacancy, Workshop
from anju.places.changes import Change
from anju.places.models import Recoding

pytestmark = pytest.mark.django_db


def test_work_goes_along_when_its_village_is_merged_and_nothing_becomes_two(
    county: County,
) -> None:
    WorkshopFactory(division_code=NORTH_2, name="枫叶鞋厂")
    for village in (NORTH_1, NORTH_2):
        WorkshopFactory(division_code=village, name="北枫服饰")
        VacancyFactory(division_code=village, employer="兴达公司")
    VacancyFactory(division_code=NORTH_2)
    recoding = Recoding.objects.create(
        effective_on=date(2023, 7, 1),
        basis="县函〔2023〕7号",
        changes=[Change("village", NORTH_2, NORTH_1, "北枫一村").stored()],
        created_by="steward",
        created_at=datetime(2023, 7, 1, tzinfo=UTC),
    )

    moved = following.follow(by=SYSTEM, recoding_id=recoding.pk)
    again = following.follow(by=SYSTEM, recoding_id=recoding.pk)

    assert (moved, again) == (2, 0)
    assert Workshop.objects.filter(division_code=NORTH_1).count() == 2
    assert Vacancy.objects.filter(division_code=NORTH_1).count() == 2
    assert Entry.objects.filter(action="workshop.recode").count() == 1
