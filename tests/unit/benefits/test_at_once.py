"""Two people act at the same moment on PostgreSQL: one goes first, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.factories.county import County
from tests.unit.benefits.conftest import People, roll_of
from tests.unit.benefits.test_journey import ENDED, approved, eggs, to_the_town

from anju.benefits.actions import payouts, rolls
from anju.benefits.models import Batch, PayoutLine
from anju.benefits.refusals import BenefitRefused

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]


def at_once(act: Callable[[], object]) -> list[str]:
    """What two threads that do the same at the same moment are told; empty for who went first."""
    start = Barrier(2)

    def one() -> str:
        try:
            start.wait()
            act()
        except BenefitRefused as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as threads:
        return sorted(each.result() for each in [threads.submit(one) for _ in range(2)])


def test_of_two_batches_drawn_up_at_once_one_is_made(people: People, county: County) -> None:
    scheme = eggs(people, county)
    approved(people, scheme)

    first, second = at_once(lambda: payouts.draw_up(**people.act("payer", ENDED), scheme=scheme))

    assert (first, "没有等待发放" in second) == ("", True)
    assert (Batch.objects.count(), PayoutLine.objects.count()) == (1, 2)


def test_of_two_checks_of_the_same_roll_one_counts(people: People, county: County) -> None:
    scheme = eggs(people, county)
    to_the_town(people, scheme)
    roll = roll_of(scheme)

    first, second = at_once(
        lambda: rolls.check(**people.act("north_town", ENDED), rolls={roll.pk: roll.version})
    )

    assert (first, "有改动" in second) == ("", True)
