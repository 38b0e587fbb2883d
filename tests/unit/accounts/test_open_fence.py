"""On PostgreSQL an open page sees the rows of its village only, whatever a query would ask for."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.casework import CaseFactory, NoticeEntryFactory, NoticeFactory, OpenPageFactory
from tests.factories.county import NORTH_1, NORTH_2, County
from tests.unit.accounts.test_row_security import as_web_role

from anju.accounts import row_security
from anju.casework.models import Notice, NoticeEntry, Objection, OpenPage, SelfReport
from anju.places.models import Division
from anju.registry.models import Household

pytestmark = [
    pytest.mark.django_db,
]
REPORT = {"name": "张三", "phone": "10000000017", "risk": "income", "told": "收入少了很多"}


@pytest.fixture
def page(county: County) -> OpenPage:
    """Of the first village; both villages have a notice that hangs."""
    today = timezone.localdate()
    for village in (NORTH_1, NORTH_2):
        notice = NoticeFactory(village_code=village, posted_on=today, ends_on=today)
        household = county.households_in(village)[0]
        case = CaseFactory(household=household, step="", holder="", closed_on=today)
        NoticeEntryFactory(notice=notice, case=case)
    return OpenPageFactory(village=Division.objects.get(code=NORTH_1))


def test_one_village_is_seen_and_no_other(page: OpenPage) -> None:
    with as_web_role():
        row_security.enter_village(NORTH_1)
        villages = set(Household.objects.values_list("village_code", flat=True))
        notices = set(Notice.objects.values_list("village_code", flat=True))
        entries = NoticeEntry.objects.count()

    assert (villages, notices, entries) == ({NORTH_1}, {NORTH_1}, 1)


def test_the_pages_work_behind_the_fence(page: OpenPage, settings) -> None:
    settings.ROW_SECURITY = True
    notice = Notice.objects.get(village_code=NORTH_1)
    address, client = f"/open/{page.token}", Client()
    with as_web_role():
        board = client.get(f"{address}/").text
        sent = client.post(f"{address}/report/", REPORT)
        given = {"entry": "1", "told": "这户在城里有房", "name": "", "phone": "10000000018"}
        objected = client.post(f"{address}/notices/{notice.pk}/", given)
        told = client.get(f"{address}/received/").text
        elsewhere = client.get(f"{address}/notices/{notice.pk + 1}/").status_code

    assert "张*" in board
    assert (sent.status_code, objected.status_code, elsewhere) == (302, 302, 404)
    assert SelfReport.objects.get().village_code == NORTH_1
    objection = Objection.objects.get()
    assert objection.reference in told
    assert objection.phone_sealed is not None
