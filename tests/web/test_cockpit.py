"""The cockpit: numbers of the viewer's places only, each with the list behind it, kept for a while."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.accounts import UnitFactory
from tests.factories.casework import CaseFactory
from tests.factories.county import County
from tests.factories.duties import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    TaskFactory,
)
from tests.factories.monitoring import LevelTallyFactory, RunFactory
from tests.factories.supervision import FoundProblemFactory, ProblemUnitFactory
from tests.web.conftest import SignedIn

from anju.duties.models import Task
from anju.web.cockpit.tile import Tile

pytestmark = pytest.mark.django_db

REPORT = {"engine": {"versions": {}}, "snapshot": {"rows": {}, "left_out": {}}}


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def worked(county: County) -> County:
    """Two months of levels, a late case in every home, a late task, a missed target, a problem."""
    for month, numbers in (("2023-08", (9, 4)), ("2023-09", (7, 5))):
        run = RunFactory(month=month, report=REPORT)
        for place, number in zip(("529901", "529901102"), numbers, strict=True):
            LevelTallyFactory(run=run, place=place, level="red", households=number)
    for home in county.households:
        CaseFactory(household=home)
    today = timezone.localdate()
    task = TaskFactory(title="开展技能培训", next_due_on=today - timedelta(days=3))
    TaskFactory(plan=task.plan, state="done", closed_on=today, next_due_on=date(9999, 12, 31))
    row = IndicatorFactory(plan=task.plan)
    IndicatorTargetFactory(indicator=row)
    IndicatorValueFactory(indicator=row, as_of=date(2023, 12, 31), value=Decimal(120))
    ProblemUnitFactory(problem=FoundProblemFactory(), unit=UnitFactory())
    return county


def numbers(tiles: list[Tile]) -> dict[str, str]:
    return {tile.name: tile.number for tile in tiles}


def test_it_counts_what_the_lists_show(worked: County, signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    shown = client.get("/cockpit/").context["shown"]

    levels = {each.code: (each.households, each.change) for each in shown.warnings.levels}
    assert levels["red"] == (7, -2)
    assert shown.warnings.months == [("2023-08", [9, 0, 0, 0]), ("2023-09", [7, 0, 0, 0])]
    homes = str(len(worked.households))
    assert numbers(shown.cases.tiles)["办理中"] == numbers(shown.cases.tiles)["已逾期"] == homes
    assert [(step.cases, step.late) for step in shown.cases.steps] == [(int(homes), int(homes))]
    tasks = numbers(shown.tasks.tiles)
    assert (tasks["逾期"], tasks["已完成"], shown.tasks.plans[0].done) == ("1", "1", 50)
    assert numbers(shown.problems) == {"未销号": "1", "整改逾期": "1", "待复核": "0"}
    assert numbers(shown.indicators.tiles)["到期未达到"] == "1"
    assert [(each.latest, each.target) for each in shown.indicators.lagging] == [
        ("120 人", "不低于 300 人")
    ]


def test_every_number_opens_its_list(worked: County, signed_in: SignedIn) -> None:
    client = signed_in("bureau")
    text = client.get("/cockpit/").text
    inside = text[text.index('class="cockpit"') :]

    addresses = {each.replace("&amp;", "&") for each in re.findall(r'href="(/[^"]*)"', inside)}

    assert len(addresses) > 15
    for address in addresses:
        assert client.get(address).status_code == 200, address
    assert len(client.get("/cases/?due=late").context["page"].rows) == len(worked.households)
    missed, behind = (client.get(f"/indicators/?course={each}") for each in ("missed", "behind"))
    assert [row.latest_words for row in missed.context["page"].rows] == ["120 人"]
    assert not behind.context["page"].rows


def test_a_town_sees_its_own_and_who_sees_nothing_is_refused(
    worked: County, signed_in: SignedIn
) -> None:
    shown = signed_in("south_town").get("/cockpit/").context["shown"]

    assert [each.households for each in shown.warnings.levels] == [5, 0, 0, 0]
    assert 0 < int(numbers(shown.cases.tiles)["办理中"]) < len(worked.households)
    assert shown.tasks is None  # a task of the county, none of its units
    assert numbers(shown.problems)["未销号"] == "0"


def test_numbers_are_kept_until_counted_afresh(
    worked: County, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("bureau")
    with django_assert_max_num_queries(32):
        client.get("/cockpit/")
    Task.objects.update(state="done", closed_on=timezone.localdate())

    kept = numbers(client.get("/cockpit/").context["shown"].tasks.tiles)["已完成"]
    afresh = numbers(client.get("/cockpit/?afresh=1").context["shown"].tasks.tiles)["已完成"]

    assert (kept, afresh) == ("1", "2")


def test_on_a_wall_it_renews_itself_without_navigation(worked: County, signed_in: SignedIn) -> None:
    text = signed_in("bureau").get("/cockpit/?wall=1").text

    assert '<meta http-equiv="refresh" content="300">' in text
    assert 'class="areas"' not in text
    assert "退出大屏" in text
