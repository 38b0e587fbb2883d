"""Work of one person: beginning, ending, and what is refused."""

from datetime import date

import pytest
from tests.factories.county import County
from tests.factories.registry import PersonFactory

from anju.audit.actor import Actor
from anju.employment.actions.employments import EmploymentRefused, end, start
from anju.employment.models import Channel, Employment

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
HOW = {"by": Actor("clerk"), "source": "务工回访"}


def test_work_begins_and_ends_on_both_axes(county: County) -> None:
    work = start(
        **HOW, on=JULY, person=PersonFactory(), started_on=date(2023, 3, 1),
        channel=Channel.MIGRANT, monthly_wage=400_000,
    )  # fmt: skip

    ended = end(**HOW, on=AUGUST, employment=work, ended_on=date(2023, 8, 10))

    assert ended.monthly_wage == 400_000
    assert list(Employment.objects.order_by("pk").values_list("ended_on", "known_to")) == [
        (None, AUGUST),
        (date(2023, 8, 10), None),
    ]


def test_the_same_work_is_recorded_once_and_ends_after_it_began(county: County) -> None:
    given = {**HOW, "on": JULY, "person": PersonFactory(), "channel": Channel.LOCAL}
    work = start(**given, started_on=date(2023, 3, 1))

    with pytest.raises(EmploymentRefused, match="登记过"):
        start(**given, started_on=date(2023, 3, 1))
    with pytest.raises(EmploymentRefused, match="早于"):
        end(**HOW, on=AUGUST, employment=work, ended_on=date(2023, 2, 1))
