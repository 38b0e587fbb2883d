"""The desk: levels of one's places, what waits, what runs; late ones first."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.accounts import UnitFactory
from tests.factories.casework import CaseFactory, LeadFactory
from tests.factories.county import NORTH_1, Cast, County
from tests.factories.employment import LabourProfileFactory
from tests.factories.intake import BatchFactory
from tests.factories.monitoring import LevelTallyFactory, RunFactory
from tests.web.conftest import SignedIn

from anju.accounts.models import User
from anju.audit.actor import Actor
from anju.casework.models import CaseKind
from anju.jobs.handlers import HANDLERS
from anju.queue.actions import enqueue
from anju.web.desk.views import JOBS

pytestmark = pytest.mark.django_db


def test_every_kind_of_job_has_words() -> None:
    assert JOBS.keys() == HANDLERS.keys()


def test_the_office_that_trains_is_told_who_asks_for_training(
    signed_in: SignedIn, county: County
) -> None:
    home = county.households[0]
    LabourProfileFactory(
        household=home, person=home.memberships.first().person, told_on=timezone.localdate()
    )
    page = signed_in("bureau")
    assert "1 人想参加培训" not in page.get("/").text

    User.objects.filter(username="bureau").update(unit=UnitFactory(office="人社"))

    assert "1 人想参加培训" in page.get("/").text


def test_levels_are_those_of_the_viewers_places(signed_in: SignedIn, county: County) -> None:
    run = RunFactory(month="2023-09")
    for place, number in (("529901", 7), ("529901101", 2), ("529901102", 5)):
        LevelTallyFactory(run=run, place=place, level="red", households=number)

    bureau = signed_in("bureau").get("/").context["levels"]
    town = signed_in("south_town").get("/").context["levels"]

    assert dict(bureau)["red"] == 7
    assert dict(town)["red"] == 5
    assert dict(town)["hint"] == 0


def test_places_stand_in_the_order_of_their_codes_and_open_their_list(
    signed_in: SignedIn, county: County
) -> None:
    run = RunFactory(month="2023-09")
    for place, number in (("529901101", 2), ("529901102", 5), ("529901102202", 4)):
        LevelTallyFactory(run=run, place=place, level="red", households=number)

    bureau = signed_in("bureau").get("/")
    town = signed_in("south_town").get("/").context["places"].shown

    assert [(place.name, place.cells[0][0]) for place in bureau.context["places"].shown] == [
        ("北枫镇", 2),
        ("南枫镇", 5),
    ]
    assert [(place.name, place.cells[0][0]) for place in town] == [("南枫一村", 0), ("南枫二村", 4)]
    assert "?town=529901101000&amp;level=red" in bureau.text
    assert signed_in("village").get("/").context["places"].shown == []


def test_more_places_than_fit_are_turned_like_pages(
    signed_in: SignedIn, county: County, monkeypatch
) -> None:
    monkeypatch.setattr("anju.web.desk.places.PLACES_SHOWN", 1)
    RunFactory(month="2023-09")

    first, second, beyond, nonsense = (
        signed_in("bureau").get(f"/?places={page}") for page in ("", "2", "99", "x")
    )

    assert [place.name for place in first.context["places"].shown] == ["北枫镇"]
    assert [place.name for place in second.context["places"].shown] == ["南枫镇"]
    assert [place.name for place in beyond.context["places"].shown] == ["南枫镇"]
    assert [place.name for place in nonsense.context["places"].shown] == ["北枫镇"]
    assert "?places=2#places" in first.text
    assert 'rel="next"' not in second.text


def test_a_file_with_refused_rows_waits_for_who_may_import(
    signed_in: SignedIn, county: County
) -> None:
    BatchFactory(
        file_name="低保名单.xlsx", counts={"created": 5, "rejected": 3}, created_at=timezone.now()
    )
    BatchFactory(file_name="无误.xlsx", counts={"created": 5}, created_at=timezone.now())

    bureau = signed_in("bureau").get("/").text
    village = signed_in("village").get("/").text

    assert "低保名单.xlsx" in bureau
    assert "有 3 行没有入库" in bureau
    assert "无误.xlsx" not in bureau
    assert "低保名单.xlsx" not in village


def test_late_things_come_first(signed_in: SignedIn, county: County) -> None:
    now = timezone.now()
    BatchFactory(file_name="今天.xlsx", counts={"rejected": 1}, created_at=now)
    late = datetime.fromtimestamp(now.timestamp() - 20 * 86_400, tz=UTC)
    BatchFactory(file_name="二十天前.xlsx", counts={"rejected": 1}, created_at=late)

    items = [item for item in signed_in("bureau").get("/").context["items"] if "xlsx" in item.title]

    assert [(item.title, item.is_late) for item in items] == [
        ("二十天前.xlsx", True),
        ("今天.xlsx", False),
    ]


def test_last_month_without_a_run_waits_for_the_lead_bureau_only(
    signed_in: SignedIn, county: County
) -> None:
    assert "的监测研判还没有完成" in signed_in("bureau").get("/").text
    assert "的监测研判还没有完成" not in signed_in("north_town").get("/").text


def test_jobs_under_way_are_shown_to_their_starter(signed_in: SignedIn, county: County) -> None:
    run = RunFactory(state="waiting")
    enqueue(
        by=Actor("bureau"),
        kind="monitoring.perform",
        key="run",
        payload={"run_id": run.pk},
        at=timezone.now(),
    )

    assert f"/monitoring/runs/{run.pk}/" in signed_in("bureau").get("/").text
    assert signed_in("village").get("/").context["jobs"] == []


def test_a_quiet_desk_says_so(signed_in: SignedIn, county: County) -> None:
    text = signed_in("village").get("/").text

    assert "现在没有等您办理的事" in text
    assert "没有正在处理的作业" in text


def test_a_case_is_on_the_desk_of_who_holds_its_step_and_of_nobody_else(
    signed_in: SignedIn, county: County
) -> None:
    today = timezone.localdate()
    for place, days in enumerate((4, -2, 1)):
        CaseFactory(
            number=f"AJ-{days}", household=county.households[place % 2], step="review",
            kind=list(CaseKind)[place], step_due_on=today + timedelta(days=days),
        )  # fmt: skip

    items = signed_in("village").get("/").context["items"]

    assert [(item.is_late, item.due_on) for item in items] == [
        (True, today - timedelta(days=2)),
        (False, today + timedelta(days=1)),
        (False, today + timedelta(days=4)),
    ]
    for who in ("north_town", "south_town", "bureau", "grid"):
        assert "AJ-" not in signed_in(who).get("/").text


def test_what_was_given_to_one_is_not_on_the_desk_of_the_others(
    signed_in: SignedIn, county: County, cast: Cast
) -> None:
    LeadFactory(household=county.households[0], assigned_to=cast.grid)

    assert "核实线索" in signed_in("grid").get("/").text
    assert "核实线索" not in signed_in("village").get("/").text


def test_the_desk_counts_what_waits_and_leads_to_its_list(
    signed_in: SignedIn, county: County
) -> None:
    today = timezone.localdate()
    for household in county.households[:2]:
        CaseFactory(household=household, step="review", step_due_on=today - timedelta(days=1))
    client = signed_in("village")

    waiting = client.get("/").context["waiting"]

    assert (waiting.counts.cases, waiting.counts.late) == (2, 2)
    assert len(client.get(waiting.late).context["page"].rows) == 2


def test_a_full_desk_asks_no_more_of_the_database_than_one_with_a_case(
    signed_in: SignedIn, county: County, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for household in county.households_in(NORTH_1):
        for kind in CaseKind:
            CaseFactory(household=household, kind=kind, step="review")
        LeadFactory(household=household)
    client = signed_in("village")
    client.get("/")

    with django_assert_max_num_queries(40):
        client.get("/")
