"""Large exports: a second person decides, the worker writes, the asker fetches, time deletes."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.county import COUNTY, NORTH, SOUTH, County
from tests.web.conftest import SignedIn

from anju.accounts.permissions import Permission
from anju.accounts.queries import viewer_of
from anju.audit.models import Entry
from anju.audit.verify import verify
from anju.exports import actions
from anju.exports.files import EXPORTS
from anju.exports.models import ExportRequest, ExportState
from anju.jobs import worker
from anju.queue.progress import Unattended

pytestmark = pytest.mark.django_db
LIST = "/households/?town=529901101000&export=xlsx"


@pytest.fixture(autouse=True)
def small_limit(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.EXPORT_APPROVAL_ROWS = 3
    settings.EXPORT_DIR = tmp_path / "exports"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def leader(cast: Any) -> Client:
    user = UserFactory(username="leader", name="县领导")
    PostFactory(user=user, role="county_leader", division_code=COUNTY)
    client = Client()
    client.force_login(user)
    return client


def ask(client: Client, address: str = LIST, reason: str = "上报三季度台账") -> ExportRequest:
    answer = client.post("/exports/ask/", {"address": address, "reason": reason})
    assert answer.status_code == 302, answer.text
    return ExportRequest.objects.latest("id")


def approved(client: Client, second: Client, address: str = LIST) -> ExportRequest:
    asked = ask(client, address)
    second.post(f"/exports/{asked.pk}/decide/", {"decision": "approve"})
    worker.run(once=True)
    asked.refresh_from_db()
    return asked


def content(answer: Any) -> bytes:
    found = b"".join(answer.streaming_content)
    answer.close()
    return found


def test_few_rows_come_at_once_and_many_ask_for_a_reason(signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    few = client.get("/households/?village=529901101202&town=529901101000&export=xlsx")
    many = client.get(LIST)

    assert few.status_code == 200
    assert content(few)[:2] == b"PK"
    assert "text/html" in many["Content-Type"]
    for told in ("申请导出", "这次要导出 4 行", "北枫镇", "户编码", 'name="address"'):
        assert told in many.text
    assert not Entry.objects.filter(action="register.export", count=4).exists()


def test_the_way_of_an_export_from_asking_to_deletion(signed_in: SignedIn, leader: Client) -> None:
    client = signed_in("bureau")

    asked = approved(client, leader)

    assert asked.state == ExportState.READY
    assert (asked.rows, asked.written_rows) == (4, 4)
    assert b"H000000001" not in (EXPORTS.path_of(asked.pk)).read_bytes()
    book = openpyxl.load_workbook(
        io.BytesIO(content(client.get(f"/exports/{asked.pk}/file/"))), read_only=True
    )
    rows = list(book.worksheets[0].values)
    assert "导出人：县局工作人员（bureau）" in rows[0][0]
    assert [row[0] for row in rows[2:]] == [f"H00000000{n}" for n in (1, 2, 3, 4)]

    actions.expire(progress=Unattended(), at=timezone.now() + timedelta(hours=25))

    asked.refresh_from_db()
    assert asked.state == ExportState.EXPIRED
    assert EXPORTS.kept() == []
    gone = client.get(f"/exports/{asked.pk}/file/", follow=True)
    assert "已过期" in gone.text
    steps = Entry.objects.filter(kind="export").order_by("sequence")
    assert [(each.action, each.actor) for each in steps] == [
        ("export.ask", "bureau"),
        ("export.approve", "leader"),
        ("export.produce", "bureau"),
        ("export.fetch", "bureau"),
        ("export.expire", "system"),
    ]
    assert verify().is_whole


def test_nobody_approves_their_own(signed_in: SignedIn) -> None:
    client = signed_in("bureau")
    asked = ask(client)

    answer = client.post(f"/exports/{asked.pk}/decide/", {"decision": "approve"}, follow=True)

    asked.refresh_from_db()
    assert "不能审批自己的导出申请" in answer.text
    assert asked.state == ExportState.WAITING


def test_a_town_decides_about_its_own_place_only(signed_in: SignedIn) -> None:
    north = ask(signed_in("bureau"))
    whole = ask(signed_in("bureau"), "/households/?export=xlsx")

    seen = signed_in("north_town").get("/exports/").text
    hidden = signed_in("south_town").get(f"/exports/{north.pk}/").status_code
    signed_in("north_town").post(f"/exports/{north.pk}/decide/", {"decision": "approve"})
    beyond = signed_in("north_town").post(f"/exports/{whole.pk}/decide/", {"decision": "approve"})

    north.refresh_from_db()
    assert f"/exports/{north.pk}/" in seen
    assert f"/exports/{whole.pk}/" not in seen
    assert hidden == 404
    assert beyond.status_code == 404
    assert north.state == ExportState.PRODUCING


def test_who_decides_sees_what_is_asked_and_no_household(
    signed_in: SignedIn, leader: Client
) -> None:
    asked = ask(signed_in("bureau"), "/households/?q=搬迁户主1&export=csv")

    page = leader.get(f"/exports/{asked.pk}/").text

    assert "另按查找词筛选" in page
    assert "搬迁户主1" not in page
    assert "搬迁户主1".encode() not in bytes(asked.address_sealed)


def test_a_refusal_needs_a_reason_that_the_asker_reads(signed_in: SignedIn, leader: Client) -> None:
    client = signed_in("bureau")
    asked = ask(client)

    without = leader.post(f"/exports/{asked.pk}/decide/", {"decision": "refuse"}, follow=True)
    leader.post(
        f"/exports/{asked.pk}/decide/", {"decision": "refuse", "reason": "范围过大，请缩小"}
    )
    again = leader.post(f"/exports/{asked.pk}/decide/", {"decision": "approve"}, follow=True)

    assert "请写明不批准的原因" in without.text
    assert "已经处理过了" in again.text
    assert "范围过大，请缩小" in client.get(f"/exports/{asked.pk}/").text
    worker.run(once=True)
    assert EXPORTS.kept() == []


def test_what_is_taken_back_is_never_written(signed_in: SignedIn, leader: Client) -> None:
    client = signed_in("bureau")
    asked = ask(client)
    leader.post(f"/exports/{asked.pk}/decide/", {"decision": "approve"})

    client.post(f"/exports/{asked.pk}/cancel/")
    worker.run(once=True)

    asked.refresh_from_db()
    assert asked.state == ExportState.CANCELLED
    assert EXPORTS.kept() == []


def test_only_the_asker_fetches(signed_in: SignedIn, leader: Client) -> None:
    asked = approved(signed_in("bureau"), leader)

    answer = leader.get(f"/exports/{asked.pk}/file/", follow=True)

    assert "text/html" in answer["Content-Type"]
    assert signed_in("village").get(f"/exports/{asked.pk}/file/").status_code == 404


def test_who_lost_the_permission_meanwhile_gets_nothing(
    signed_in: SignedIn, leader: Client, cast: Any
) -> None:
    asked = ask(signed_in("bureau"))
    leader.post(f"/exports/{asked.pk}/decide/", {"decision": "approve"})
    cast.bureau.posts.update(role="village", division_code="529901101201")

    worker.run(once=True)

    asked.refresh_from_db()
    assert asked.state == ExportState.FAILED
    assert "没有导出这份名单的权限" in asked.problem
    assert EXPORTS.kept() == []


def _town_asker(cast: Any) -> Client:
    """The officer of the north town, whose town holds four of the eight households."""
    client = Client()
    client.force_login(cast.north_town)
    return client


def _produced(asked: ExportRequest, second: Client) -> ExportRequest:
    second.post(f"/exports/{asked.pk}/decide/", {"decision": "approve"})
    worker.run(once=True)
    asked.refresh_from_db()
    return asked


@pytest.mark.parametrize("query", ["", "q=户主&"])
def test_a_post_given_meanwhile_adds_no_row(
    cast: Any, leader: Client, settings: Any, query: str
) -> None:
    settings.EXPORT_APPROVAL_ROWS = 1
    asked = ask(_town_asker(cast), f"/households/?{query}export=csv")
    PostFactory(user=cast.north_town, role="town", division_code=SOUTH)

    asked = _produced(asked, leader)

    assert asked.state == ExportState.READY
    assert asked.written_rows == asked.rows > 0
    assert b"H000000003" in EXPORTS.fetch(asked.pk)
    assert b"H000000005" not in EXPORTS.fetch(asked.pk)


def test_a_post_given_meanwhile_opens_no_hidden_cell(cast: Any, leader: Client) -> None:
    cast.north_town.posts.update(role="data_steward", division_code=COUNTY)
    asked = ask(_town_asker(cast), "/households/?export=csv")
    PostFactory(user=cast.north_town, role="lead_bureau", division_code=COUNTY)

    _produced(asked, leader)

    may = viewer_of(cast.north_town, on=timezone.localdate(), posts=asked.terms["posts"])
    assert asked.terms["posts"] == [cast.north_town.posts.get(role="data_steward").pk]
    assert not may.may(Permission.VIEW_HEALTH)


def test_a_filter_that_went_with_a_post_does_not_widen_the_list(cast: Any, leader: Client) -> None:
    """With one town left there is no choice of towns: the list would be that town's instead."""
    second = PostFactory(user=cast.north_town, role="town", division_code=SOUTH)
    asked = ask(_town_asker(cast), f"/households/?town={SOUTH}&export=xlsx")
    second.delete()

    asked = _produced(asked, leader)

    assert asked.state == ExportState.FAILED
    assert "已与批准时不同" in asked.problem
    assert EXPORTS.kept() == []


def test_a_filter_of_another_kind_that_is_gone_stops_the_export(
    cast: Any, leader: Client, county: County
) -> None:
    asked = ask(_town_asker(cast), "/households/?relocated=1&export=xlsx")
    asked.terms = {**asked.terms, "filters": {"site": "AZ0009"}}
    asked.save()

    assert _produced(asked, leader).state == ExportState.FAILED


def test_who_lost_a_place_meanwhile_cannot_fetch_its_rows(cast: Any, leader: Client) -> None:
    client = _town_asker(cast)
    asked = _produced(ask(client, "/households/?export=xlsx"), leader)
    cast.north_town.posts.update(division_code=SOUTH)

    page = client.get(f"/exports/{asked.pk}/").text
    answer = client.get(f"/exports/{asked.pk}/file/", follow=True)

    assert "不包括这份名单的全部区域" in page
    assert f"/exports/{asked.pk}/file/" not in page
    assert "text/html" in answer["Content-Type"]
    assert not Entry.objects.filter(action="export.fetch").exists()


@pytest.mark.parametrize(
    "address",
    [
        "/households/",
        "/",
        "https://elsewhere.example/households/?export=xlsx",
        "/nowhere",
        "/login/",
    ],
)
def test_only_lists_can_be_asked_for(signed_in: SignedIn, address: str) -> None:
    answer = signed_in("bureau").post("/exports/ask/", {"address": address, "reason": "上报台账"})

    assert answer.status_code == 422
    assert not ExportRequest.objects.exists()


def test_who_may_not_export_cannot_ask(signed_in: SignedIn) -> None:
    answer = signed_in("village").post("/exports/ask/", {"address": LIST, "reason": "上报台账"})

    assert answer.status_code == 422
    assert not ExportRequest.objects.exists()


def test_the_desk_tells_the_second_person(signed_in: SignedIn, leader: Client) -> None:
    asked = ask(signed_in("bureau"))

    assert f"/exports/{asked.pk}/" in leader.get("/").text
    assert f"/exports/{asked.pk}/" not in signed_in("bureau").get("/").text


def test_csv_carries_the_mark_and_no_formula(signed_in: SignedIn, county: County) -> None:
    household = county.households[2]
    household.head_name = "=HYPERLINK(1)"
    household.save()

    answer = signed_in("bureau").get(
        "/households/?village=529901101202&town=529901101000&export=csv"
    )

    found = content(answer)
    assert found.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(found.decode("utf-8-sig"))))
    assert "导出人：县局工作人员（bureau）" in lines[0][0]
    assert lines[2][1] == "'=HYPERLINK(1)"


def test_the_entry_of_an_export_proves_its_rows(signed_in: SignedIn) -> None:
    address = "/households/?village=529901101202&town=529901101000&export=xlsx"

    for _ in range(2):
        signed_in("bureau").get(address).close()

    first, second = Entry.objects.filter(action="register.export").order_by("sequence")
    assert first.detail["rows"]["count"] == 2
    assert first.detail["rows"] == second.detail["rows"]
    assert first.place == "529901101202"
    assert NORTH not in first.place
