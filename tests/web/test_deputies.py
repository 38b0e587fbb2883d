"""Being away, and the county's calendar."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.casework import CaseFactory, DeputyFactory, HolidayFactory
from tests.factories.county import NORTH_1, Cast, County
from tests.web.conftest import SignedIn

from anju.accounts.models import User
from anju.audit.models import Entry
from anju.casework.models import Deputy, Holiday

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def colleague(cast: Cast) -> User:
    """Somebody else of the same village."""
    user = UserFactory(username="colleague", name="北枫一村副主任")
    PostFactory(user=user, role="village", division_code=NORTH_1)
    return user


def test_a_colleague_of_the_same_place_is_named_and_taken_back(
    colleague: User, today: date, signed_in: SignedIn
) -> None:
    client = signed_in("village")
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=3)).isoformat()}
    choices = {choice.value for choice in client.get("/deputies/").context["choices"]}

    client.post("/deputies/", {"deputy": "colleague", **days})
    row = Deputy.objects.get()
    named = client.get("/deputies/").text
    client.post(f"/deputies/{row.pk}/end/")

    assert choices == {"bureau", "colleague", "north"}
    assert "北枫一村副主任" in named
    assert not Deputy.objects.exists()


def test_somebody_of_another_place_cannot_be_named(
    colleague: User, today: date, signed_in: SignedIn
) -> None:
    days = {"starts_on": today.isoformat(), "ends_on": today.isoformat()}

    answer = signed_in("village").post("/deputies/", {"deputy": "south", **days})

    assert answer.status_code == 422
    assert not Deputy.objects.exists()


def test_the_desk_of_the_deputy_shows_what_the_absent_one_was_given(
    colleague: User, cast: Cast, county: County, today: date, signed_in: SignedIn
) -> None:
    case = CaseFactory(household=county.households[0], step="review", step_due_on=today,
                       assigned_to=colleague)  # fmt: skip
    before = signed_in("village").get("/").text
    DeputyFactory(user=colleague, deputy=cast.village, starts_on=today, ends_on=today)

    assert case.number not in before
    assert case.number in signed_in("village").get("/").text
    assert "代 北枫一村副主任 办理" in signed_in("village").get("/deputies/").text


def test_nobody_ends_what_another_one_arranged(
    colleague: User, cast: Cast, today: date, signed_in: SignedIn
) -> None:
    row = DeputyFactory(user=colleague, deputy=cast.village, starts_on=today, ends_on=today)

    assert signed_in("village").post(f"/deputies/{row.pk}/end/").status_code == 404


def test_a_day_is_set_listed_and_taken_back(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    client.post("/calendar/", {"day": "2023-10-09", "kind": "off", "name": "民族节日"})
    text = client.get("/calendar/").text
    client.post("/calendar/remove/", {"day": "2023-10-09"})

    assert "民族节日" in text
    assert not Holiday.objects.exists()
    assert {each.action for each in Entry.objects.filter(kind="holiday")} == {
        "holiday.set",
        "holiday.remove",
    }


@pytest.mark.parametrize(
    "sent",
    [
        {"day": "9 October", "kind": "off", "name": "节日"},
        {"day": "2023-10-09", "kind": "", "name": "节日"},
        {"day": "2023-10-09", "kind": "off", "name": " "},
    ],
)
def test_what_is_no_day_is_not_set(cast: Cast, signed_in: SignedIn, sent: dict[str, str]) -> None:
    text = signed_in("bureau").post("/calendar/", sent, follow=True).text

    assert "alert-danger" in text
    assert not Holiday.objects.exists()


def test_the_list_is_filtered_by_year_and_open_to_who_keeps_the_calendar(
    cast: Cast, signed_in: SignedIn
) -> None:
    HolidayFactory(day=date(2023, 10, 9))
    HolidayFactory(day=date(2024, 2, 1))

    rows = signed_in("bureau").get("/calendar/?year=2024").context["page"].rows

    assert [row.day for row in rows] == [date(2024, 2, 1)]
    assert signed_in("village").get("/calendar/").status_code == 403
