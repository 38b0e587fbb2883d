"""The county's calendar: set, replaced, taken back; clocks follow it."""

from datetime import date

import pytest
from tests.factories.county import Cast

from anju.casework import books
from anju.casework.actions import holidays
from anju.casework.models import Holiday
from anju.casework.queries.holidays import holidays_for
from anju.casework.refusals import CaseRefused
from anju.procedures.calendars import Clock

pytestmark = pytest.mark.django_db
MONDAY = date(2023, 10, 16)


def set_day(cast: Cast, who: str = "bureau", *, is_workday: bool = False, name: str = "节") -> None:
    viewer = cast.viewer(who)
    holidays.set_day(by=viewer.actor(), viewer=viewer, day=MONDAY, is_workday=is_workday, name=name)


def test_a_day_off_moves_a_clock_of_working_days(cast: Cast) -> None:
    clock = Clock(1, counting="working")
    before = books.calendar().add(clock, date(2023, 10, 13))

    set_day(cast)

    assert (before, books.calendar().add(clock, date(2023, 10, 13))) == (MONDAY, date(2023, 10, 17))


def test_setting_a_day_again_replaces_it(cast: Cast) -> None:
    set_day(cast)
    set_day(cast, is_workday=True, name="调休")

    assert [(row.is_workday, row.name) for row in Holiday.objects.all()] == [(True, "调休")]


def test_only_the_lead_bureau_keeps_it(cast: Cast) -> None:
    with pytest.raises(CaseRefused):
        set_day(cast, "north_town")
    set_day(cast)

    assert list(holidays_for(cast.viewer("north_town"))) == []
    assert holidays_for(cast.viewer("bureau")).count() == 1


def test_a_day_that_was_not_set_cannot_be_taken_back(cast: Cast) -> None:
    viewer = cast.viewer("bureau")

    with pytest.raises(CaseRefused):
        holidays.remove_day(by=viewer.actor(), viewer=viewer, day=MONDAY)
