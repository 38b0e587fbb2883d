"""Ages and intervals of people."""

from datetime import date

import pytest

from anju.registry.models import Membership, PersonRecord, Status
from anju.registry.queries.people import age, current, holds, is_member

DAY = date(2023, 9, 30)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2000, 9, 30), DAY, 23),
        (date(2000, 10, 1), DAY, 22),
        (date(2004, 2, 29), date(2023, 2, 28), 18),
        (date(2004, 2, 29), date(2023, 3, 1), 19),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (None, DAY, None),
    ],
)
def test_age_is_completed_years(born: date | None, on: date, years: int | None) -> None:
    assert age(born, on) == years


@pytest.mark.parametrize(
    ("joined", "left", "belongs"),
    [
        (DAY, None, True),
        (None, None, True),
        (date(2023, 10, 1), None, False),
        (date(2020, 1, 1), DAY, False),
        (date(2020, 1, 1), date(2023, 10, 1), True),
    ],
)
def test_membership_ends_before_the_day_of_leaving(
    joined: date | None, left: date | None, belongs: bool
) -> None:
    assert is_member(Membership(joined_on=joined, left_on=left), DAY) is belongs


def test_an_interval_without_a_beginning_never_holds() -> None:
    assert not holds(Status(valid_from=None), DAY)
    assert holds(Status(valid_from=DAY), DAY)
    assert not holds(Status(valid_from=date(2020, 1, 1), valid_to=DAY), DAY)


def test_the_record_with_the_latest_beginning_wins() -> None:
    unknown = PersonRecord(pk=1, valid_from=None)
    early = PersonRecord(pk=2, valid_from=date(2020, 1, 1))
    late = PersonRecord(pk=3, valid_from=date(2022, 1, 1))
    future = PersonRecord(pk=4, valid_from=date(2024, 1, 1))

    assert current([unknown, late, early, future], DAY) is late
    assert current([future], DAY) is None
