"""Help, visits and removal on the page of a case."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.casework import (
    AuthorisationFactory,
    FollowUpFactory,
    HomeCheckFactory,
    LeadFactory,
    MeasureFactory,
    RemovalCheckFactory,
    ReviewFactory,
)
from tests.factories.county import NORTH_1, Cast, County
from tests.factories.registry import EventFactory, HouseholdFactory
from tests.unit.casework import helped
from tests.web.conftest import SignedIn
from tests.web.forms import filled, form_of

from anju.casework.models import Case, FollowUp, Measure
from anju.registry.models import Household, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def case(county: County, today: date) -> Case:
    """A household whose help began ten months ago."""
    begun = today - timedelta(days=300)
    home = helped.household(wage=600_000, on=today)
    return helped.included(home, included_on=begun, opened_on=begun, decided_on=begun)


def record(case: Case, what: str) -> str:
    return f"/cases/{case.number}/record/{what}/"


def test_a_measure_is_planned_finished_and_shown_against_its_promise(
    signed_in: SignedIn, case: Case, today: date
) -> None:
    client = signed_in("village")
    typed = {
        "risk": "income", "kind": "employment", "content": "推荐到县城务工", "provider": "县人社局",
        "promised": "每月增收两千元", "promised_income": "24,000",
    }  # fmt: skip

    saved = client.post(record(case, "measure"), filled(client, record(case, "measure"), **typed))

    assert saved.status_code == 302
    measure = Measure.objects.get()
    assert (measure.state, measure.promised_income) == ("running", 2_400_000)
    assert Status.objects.get(kind="help_measure").valid_from == today

    finish = record(case, f"measure-finish-{measure.pk}")
    done = {"achieved": "已稳定务工", "achieved_income": "20000"}
    assert client.post(finish, filled(client, finish, **done)).status_code == 302
    page = client.get(f"/cases/{case.number}/").text
    assert "低于预期" in page
    assert "20,000" in page
    assert client.get(finish).status_code == 403


def test_what_was_typed_stays_when_it_does_not_fit(signed_in: SignedIn, case: Case) -> None:
    client = signed_in("village")
    typed = {
        "risk": "income",
        "kind": "employment",
        "content": "推荐务工",
        "promised_income": "很多",
    }

    answer = client.post(record(case, "measure"), filled(client, record(case, "measure"), **typed))

    assert answer.status_code == 422
    assert form_of(answer.text)["content"] == "推荐务工"
    assert "请填数字" in answer.text
    assert not Measure.objects.exists()


def test_a_measure_of_another_case_is_not_found_here(signed_in: SignedIn, case: Case) -> None:
    other = MeasureFactory(case=helped.included(), state="running")

    assert signed_in("village").get(record(case, f"measure-finish-{other.pk}")).status_code == 404
    assert signed_in("village").get(record(case, "measure-finish-x")).status_code == 404


def test_the_first_measure_is_asked_for_within_its_month(
    signed_in: SignedIn, county: County, today: date
) -> None:
    begun = today - timedelta(days=40)
    case = helped.included(helped.household(on=today), included_on=begun, opened_on=begun)

    assert (
        "还没有落实首项帮扶措施（已逾期" in signed_in("village").get(f"/cases/{case.number}/").text
    )

    helped.helped(case, "safety_net", valid_from=today)
    assert "还需要至少一项开发式" in signed_in("village").get(f"/cases/{case.number}/").text


def test_help_about_health_is_not_told_to_the_grid(
    signed_in: SignedIn, county: County, today: date
) -> None:
    home = county.households_in(NORTH_1)[0]
    case = helped.included(home, risk="medical", included_on=today, opened_on=today)
    MeasureFactory(case=case, kind="health", risk="medical", content="透析救助", starts_on=today)

    assert "透析" in signed_in("village").get(f"/cases/{case.number}/").text
    page = signed_in("grid").get(f"/cases/{case.number}/").text
    assert "透析" not in page
    assert "健康帮扶" not in page
    assert signed_in("grid").get(record(case, "measure")).status_code == 403


def test_a_visit_is_written_down_and_the_next_one_set(
    signed_in: SignedIn, case: Case, today: date
) -> None:
    FollowUpFactory(case=case, due_on=today - timedelta(days=3))
    client, address = signed_in("village"), record(case, "follow-up")

    lists = client.get("/follow-ups/").text
    assert "已逾期 3 天" in lists
    assert case.number in client.get("/").text

    sent = filled(client, address, found="务工稳定，孩子在校", is_steady="1")
    sent["found"] = "务工稳定，孩子在校"
    assert client.post(address, sent).status_code == 302

    done, waiting = FollowUp.objects.order_by("due_on")
    assert (done.done_on, done.is_steady) == (today, True)
    assert waiting.due_on > today
    assert "已逾期 3 天" not in client.get("/follow-ups/").text


def test_visits_of_other_places_are_not_on_the_list(
    signed_in: SignedIn, case: Case, today: date, cast: Cast
) -> None:
    FollowUpFactory(case=case, due_on=today)

    assert case.household.code in signed_in("north_town").get("/follow-ups/").text
    assert case.household.code not in signed_in("south_town").get("/follow-ups/").text
    assert case.household.code not in signed_in("grid").get("/follow-ups/").text
    assert case.number not in signed_in("bureau").get("/").text


def test_a_removal_shows_its_conditions_and_is_checked_prefilled(
    signed_in: SignedIn, case: Case, today: date
) -> None:
    client = signed_in("village")
    page = client.get(f"/cases/{case.number}/").text
    assert "纳入以来没有针对风险的帮扶措施" in page
    assert "登记消除核查" not in page.split('id="removal"')[1]
    assert client.get(record(case, "removal-check")).status_code == 403

    helped.helped(case, valid_from=today - timedelta(days=200))
    helped.at_removal(case, on=today)
    address = record(case, "removal-check")
    form = client.get(address).text
    assert form_of(form)["wage"] == "24000"
    assert "来源：测试名单" in form
    assert form_of(form)["claims"] == ""

    sent = filled(client, address, claims="0", wage="20000")
    assert client.post(address, sent).status_code == 302
    check = case.removal_checks.get()
    assert check.values["net_income"] == 2_000_000
    assert check.values["net_income_per_capita"] == 1_000_000
    page = client.get(f"/cases/{case.number}/").text
    assert "底册：24,000" in page

    sign = record(case, "acknowledge")
    assert client.post(sign, filled(client, sign, signed_by="张三")).status_code == 302
    assert "张三" in client.get(f"/cases/{case.number}/").text


def test_who_may_not_see_health_is_asked_what_others_find_filled_in(
    signed_in: SignedIn, case: Case, county: County, today: date
) -> None:
    EventFactory(
        household=case.household, kind="medical_selfpaid", amount=1_234_500,
        occurred_on=today - timedelta(days=40), source="医保局名单",
    )  # fmt: skip
    Household.objects.filter(pk=case.household_id).update(grid=county.site_grid)
    helped.at_removal(case, on=today)

    village = signed_in("village").get(record(case, "removal-check"))
    assert "self_paid" in {each.field.name for each in village.context["known"]}
    assert "12345" in village.text

    grid = signed_in("grid").get(record(case, "removal-check"))
    assert "self_paid" in {each.field.name for each in grid.context["to_ask"]}
    assert "12345" not in grid.text
    assert "医保局名单" not in grid.text


@pytest.mark.parametrize("is_removal", [False, True])
def test_the_page_of_an_included_case_asks_each_thing_once(
    signed_in: SignedIn, case: Case, today: date, is_removal: bool,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    helped.helped(case, valid_from=today - timedelta(days=200))
    LeadFactory(household=case.household, case=case, state="case", ended_on=case.opened_on)
    for factory in (AuthorisationFactory, HomeCheckFactory, ReviewFactory):
        factory(case=case)
    MeasureFactory(case=case, state="running")
    FollowUpFactory(case=case, due_on=today)
    if is_removal:
        helped.at_removal(case, on=today)
        RemovalCheckFactory(case=case, checked_on=today)
    client = signed_in("village")
    client.get(f"/cases/{case.number}/")

    with django_assert_max_num_queries(39):
        assert "近四个季度人均纯收入" in client.get(f"/cases/{case.number}/").text


def test_a_household_without_help_shows_nothing_of_it(signed_in: SignedIn, county: County) -> None:
    case = helped.included(
        HouseholdFactory(village_code=NORTH_1), state="checking", step="home_check",
        holder="village", included_on=None,
    )  # fmt: skip

    page = signed_in("village").get(f"/cases/{case.number}/").text

    assert 'id="help"' not in page
    assert 'id="removal"' not in page
