"""Assignments on screen: the list, one of them, one place, recording, and the desk."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, NORTH_1, SOUTH_1, Cast, County
from tests.factories.duties import AssignmentFactory, OwedFactory
from tests.web.conftest import SignedIn

from anju.accounts.models import User
from anju.duties.models import Assignment, OwedKind
from anju.duties.periods import period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(county: County) -> User:
    user = UserFactory(username="leader", name="分管领导")
    PostFactory(user=user, role="county_leader", division_code=COUNTY)
    return user


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def test_the_office_assigns_a_leader_and_what_is_owed_is_listed(
    leader: User, today: date, signed_in: SignedIn
) -> None:
    client = signed_in("bureau")
    form = client.get("/assignments/new/?site=AZ0001")
    sent = {
        "site": "AZ0001", "leader": "leader", "visits_every": "week", "meetings_every": "",
        "valid_from": today.replace(day=1).isoformat(), "clause": "三(一)",
    }  # fmt: skip

    both = client.post("/assignments/new/", {**sent, "place": NORTH_1})
    done = client.post("/assignments/new/", sent)
    row = Assignment.objects.get()
    page = client.get(done.url).text

    assert 'value="AZ0001" selected' in form.text
    assert both.status_code == 422
    assert 'name="site" aria-invalid="true"' in both.text
    assert (row.site.code, row.division_code, row.leader) == ("AZ0001", NORTH_1, leader)
    assert "分管领导" in page
    assert "每周" in page
    assert "没有要求" in page
    assert client.post("/assignments/new/", sent).status_code == 422


def test_the_list_says_who_where_and_how_it_stands_in_few_queries(
    leader: User,
    today: date,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    late = OwedFactory(assignment__leader=leader, due_on=today - timedelta(days=3))
    for number in range(6):
        unit = UnitFactory(name=f"包抓单位{number}")
        OwedFactory(
            assignment=AssignmentFactory(
                leader=None, leader_post="副县长", unit=unit, division_code=NORTH_1
            ),
            due_on=today + timedelta(days=60 + number),
        )  # fmt: skip
    ended = AssignmentFactory(leader__name="已离任领导", division_code=SOUTH_1, valid_to=today)
    client = signed_in("bureau")

    with django_assert_max_num_queries(24):
        text = client.get("/assignments/").text
    only_late = client.get("/assignments/?due=late").text
    book = client.get("/assignments/?standing=all&export=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(book.streaming_content))).active

    assert late.assignment.leader.name in text
    assert "包抓单位5" in text
    assert "light-red" in text
    assert "light-green" in text
    assert ended.leader.name not in text
    assert "包抓单位5" not in only_late
    words = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "已离任领导" in words
    assert "逾期" in words


def test_others_see_their_places_and_cannot_arrange(leader: User, signed_in: SignedIn) -> None:
    row = AssignmentFactory(leader=leader, division_code=NORTH_1)
    address = f"/assignments/{row.pk}/"

    north, south, grid = (signed_in(who) for who in ("north_town", "south_town", "grid"))

    assert "安排包点" not in north.get("/assignments/").text
    assert north.get(address).status_code == 200
    assert north.get("/assignments/new/").status_code == 403
    assert north.post(f"{address}end/", {"last_day": "2023-10-01"}).status_code == 403
    assert south.get(address).status_code == 404
    assert grid.get("/assignments/").status_code == 403


def test_who_owes_a_visit_finds_it_on_the_desk_and_writes_down_what_came_of_it(
    cast: Cast, leader: User, today: date, signed_in: SignedIn
) -> None:
    unit = UnitFactory(name="县住建局")
    User.objects.filter(pk=cast.north_town.pk).update(unit=unit)
    start = today - timedelta(days=40)
    row = AssignmentFactory(leader=None, leader_post="副县长", unit=unit, valid_from=start)
    period = period_of("month", start)
    owed = OwedFactory(
        assignment=row, kind=OwedKind.MEETING, period=period.label, due_on=period.last_day
    )
    client = signed_in("north_town")
    address = f"/assignments/{row.pk}/owed/{owed.pk}/"

    desk = client.get("/").text
    wrong = client.post(address, {"held_on": "昨天", "words": "开了会"})
    client.post(address, {"held_on": start.isoformat(), "words": "商定修缮排水沟。"})
    owed.refresh_from_db()

    assert address in desk
    assert address not in signed_in("bureau").get("/").text
    assert wrong.status_code == 422
    assert "开了会" in wrong.text
    assert '<small class="invalid-feedback">请填写日期' in wrong.text
    assert owed.held_on == start
    assert address not in client.get("/").text
    assert "商定修缮排水沟。" in client.get(f"/assignments/places/{row.division_code}/").text
    assert "北枫镇工作人员" in client.get(f"/assignments/{row.pk}/").text
    assert signed_in("village").get(address).status_code == 403


def test_the_office_changes_and_ends_it(leader: User, today: date, signed_in: SignedIn) -> None:
    row = AssignmentFactory(leader=leader, valid_from=today.replace(month=1, day=1))
    client = signed_in("bureau")
    address = f"/assignments/{row.pk}/"

    assert 'value="half_year" selected' in client.get(f"{address}change/").text
    client.post(f"{address}change/", {"visits_every": "week", "meetings_every": "week"})
    assert row.owed.filter(period__contains="W").count() <= 2
    wrong = client.post(f"{address}end/", {"last_day": "2001-01-01"})
    client.post(f"{address}end/", {"last_day": (today - timedelta(days=1)).isoformat()})
    row.refresh_from_db()

    assert wrong.status_code == 422
    assert row.valid_to == today
    assert "结束包点" not in client.get(address).text
    assert not row.owed.filter(held_on__isnull=True, due_on__gte=today).exists()
    assert client.post(f"{address}end/", {"last_day": today.isoformat()}).status_code == 422


def test_a_site_says_who_answers_for_it(leader: User, county: County, signed_in: SignedIn) -> None:
    AssignmentFactory(leader=leader, division_code=NORTH_1, site=county.site)
    client = signed_in("bureau")

    site = client.get("/sites/AZ0001/").text
    of_site = client.get("/assignments/sites/AZ0001/").text

    assert "分管领导" in site
    assert "/assignments/sites/AZ0001/" in site
    assert "分管领导" in of_site
    assert "/assignments/new/?site=AZ0001" in of_site
    assert signed_in("south_town").get("/assignments/sites/AZ0001/").status_code == 404
