"""The pages of quality checks: who runs them, what they show in whose places, what can be taken out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries, Settings
from tests.factories.again import made_again_upon
from tests.factories.county import NORTH_1, SOUTH_1, Cast, County

from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.inspection import actions
from anju.inspection.models import Inspection, Problem
from anju.queue.models import Job
from anju.registry.models import Membership, PersonRecord
from anju.web.quality import reading

AT = datetime(2023, 10, 8, 2, tzinfo=UTC)
DAY = {"as_of": "2023-10-08"}
SignedIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Settings) -> None:
    settings.SNAPSHOT_DIR, settings.RUN_DIR = tmp_path / "snapshots", tmp_path / "runs"


@pytest.fixture
def inspection(cast: Cast, county: County) -> Inspection:
    """One household in the north and one in the south has a head whose labour is not recorded."""

    def make() -> Inspection:
        for place in (NORTH_1, SOUTH_1):
            household = county.households_in(place)[0]
            household.records.update(household_class="lifted_out")
            head = Membership.objects.get(household=household, relation="户主")
            PersonRecord.objects.filter(person=head.person).update(labour=None)
        return actions.perform_now(by=Actor("bureau"), at=AT, as_of=date(2023, 10, 8))

    return made_again_upon("inspection of two without labour", make)


def test_it_is_started_by_a_button_and_shows_its_progress(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    assert "还没有质检过" in client.get("/quality/").content.decode()
    client.post("/quality/", DAY)
    page = client.get("/quality/").content.decode()

    assert Job.objects.get().kind == "inspection.perform"
    assert 'hx-trigger="every 1s"' in page
    assert "取消质检" in page


@pytest.mark.parametrize(
    ("day", "said"),
    [("", "请填写质检日期"), ("8.10.2023", "请填写质检日期"), ("2999-01-01", "还没有到")],
)
def test_a_day_that_is_none_or_has_not_come_is_said_on_the_page(
    day: str, said: str, cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in("bureau")

    page = client.post("/quality/", {"as_of": day}, follow=True)

    assert said in page.content.decode()
    assert not Inspection.objects.exists()


def test_it_is_cancelled(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("bureau")
    client.post("/quality/", DAY)

    client.post(f"/quality/{Inspection.objects.get().pk}/cancel/")

    assert "上一次质检已取消" in client.get("/quality/").content.decode()
    assert client.post("/quality/99/cancel/").status_code == 404


def test_while_it_goes_on_only_the_progress_is_asked_for(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("bureau")
    client.post("/quality/", DAY)
    part = client.get("/quality/", headers={"HX-Request": "true"})
    actions.perform_now(by=Actor("bureau"), at=AT, as_of=date(2023, 10, 8))
    done = client.get("/quality/", headers={"HX-Request": "true"})

    assert part.content.decode().strip().startswith('<section id="progress"')
    assert done["HX-Refresh"] == "true"


def test_who_may_not_run_monitoring_has_no_button_and_is_refused(
    cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in("village")

    assert "开始质检" not in client.get("/quality/").content.decode()
    assert client.post("/quality/", DAY).status_code == 403
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("who", "number"), [("bureau", 2), ("north_town", 1), ("village", 1), ("grid", 1)]
)
def test_counts_and_lists_are_of_the_viewers_places(
    who: str, number: int, inspection: Inspection, signed_in: SignedIn
) -> None:
    client = signed_in(who)
    page = client.get("/quality/").content.decode()
    listed = client.get("/quality/problems/?code=2_01_003").content.decode()

    assert f'<a href="/quality/problems/?code=2_01_003">{number}</a>' in page
    assert f"共 {number} 条" in listed
    assert listed.count("没有登记劳动技能</td>") == number


def test_towns_open_into_villages(inspection: Inspection, signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    assert "北枫镇" in client.get("/quality/").content.decode()
    page = client.get("/quality/?town=529901101000").content.decode()
    assert "北枫一村" in page
    assert "南枫一村" not in page
    assert "/quality/problems/?town=529901101000&amp;village=529901101201" in page


def test_a_problem_leads_to_the_person_on_the_household_page(
    inspection: Inspection, signed_in: SignedIn, county: County
) -> None:
    client = signed_in("bureau")
    household = county.households_in(NORTH_1)[0]
    head = Membership.objects.get(household=household, relation="户主").person
    listed = client.get("/quality/problems/?code=2_01_003").content.decode()

    address = f"/households/{household.code}/people/"
    assert f'href="{address}#person-{head.code}"' in listed
    assert f'id="person-{head.code}"' in client.get(address).content.decode()


def test_filters_narrow_by_who_mends_and_by_level(
    inspection: Inspection, signed_in: SignedIn
) -> None:
    client = signed_in("bureau")
    page = client.get("/quality/problems/?mend=village&level=must&code=2_01_003")

    assert "共 2 条" in page.content.decode()
    other = client.get("/quality/problems/?mend=police&code=2_01_003").content.decode()
    assert "共 0 条" in other


def test_the_workbook_has_what_is_filtered_and_is_audited(
    inspection: Inspection, signed_in: SignedIn
) -> None:
    answer = signed_in("bureau").get("/quality/problems/?code=2_01_003&export=xlsx")

    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert len(rows) == 2
    assert all("没有登记劳动技能" in row for row in rows)
    assert all("劳动技能 未掌握" in row for row in rows)
    assert Entry.objects.filter(action="register.export").exists()


def test_reading_the_list_leaves_the_households_in_the_audit_trail(
    inspection: Inspection, signed_in: SignedIn
) -> None:
    signed_in("village").get("/quality/problems/?code=2_01_003")

    assert Entry.objects.filter(action="register.read", kind="household").exists()


def test_the_number_of_queries_does_not_grow_with_the_rows(
    inspection: Inspection,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in("bureau")
    assert Problem.objects.count() > 10
    client.get("/quality/problems/")

    with django_assert_max_num_queries(22):
        client.get("/quality/problems/")
    with django_assert_max_num_queries(16):
        client.get("/quality/")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-hans", "与户主关系 未掌握，年龄 23，月工资 300，享受低保 是，住房面积（平方米） 90.5"),
        ("en", "relation Not known; age 23; monthly wage 300; dibao Yes; floor area (m²) 90.5"),
    ],
)
def test_what_was_found_reads_like_a_sentence(language: str, expected: str) -> None:
    text = "relation=;age=23;monthly_wage=30000;dibao=true;area_dm2=9050"

    with translation.override(language):
        assert reading.found(text) == expected


@pytest.mark.parametrize("text", ["", "gone=1", "schooling=unheard_of"])
def test_what_no_check_says_any_more_is_read_without_failing(text: str) -> None:
    assert isinstance(reading.found(text), str)
