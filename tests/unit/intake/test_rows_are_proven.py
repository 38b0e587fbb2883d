"""The audit entry of a batch proves what became of each of its rows."""

import pytest
from tests.factories.county import County
from tests.unit.intake.lists import bring_in, households, member

from anju.audit.models import Entry
from anju.intake import queries
from anju.intake.models import Row

pytestmark = pytest.mark.django_db


def test_a_row_changed_afterwards_no_longer_fits_the_entry(county: County) -> None:
    batch = bring_in(households(member(1), member(2)), name="户信息名单.xlsx")

    noted = Entry.objects.get(action="intake.done").detail["rows"]
    assert noted == queries.rows_summary(batch)
    assert noted["count"] == batch.rows

    Row.objects.filter(batch=batch, number=4).update(outcome="rejected")

    assert queries.rows_summary(batch) != noted
