"""Plans, tasks, indicators and problems for other systems: of the token's place, lit, in pages, told anew."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.county import COUNTY, NORTH
from tests.factories.duties import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    ProgressFactory,
)
from tests.factories.supervision import FoundProblemFactory, ProblemUnitFactory
from tests.unit.api.test_api import issued
from tests.unit.duties.offices import Offices

from anju.accounts.permissions import Permission
from anju.audit.models import Entry
from anju.duties.actions import tasks as actions
from anju.duties.models import Task

pytestmark = pytest.mark.django_db
DUTIES = Permission.VIEW_DUTIES


@pytest.fixture
def offices(county, settings, tmp_path: Path) -> Offices:
    settings.FILES_DIR = tmp_path
    return Offices()


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def tasks(offices: Offices) -> list[Task]:
    """One of a bureau, late; one of each town; the north's without a date."""
    return [
        offices.task(("work", "lead"), due_on=date(2023, 1, 31), goal=300, goal_unit="人"),
        offices.task(("north", "lead"), ("work", "co-operating"), due_on=None),
        offices.task(("south", "lead")),
    ]


def test_a_token_of_a_town_reads_its_units_tasks_in_pages_with_their_lights(
    client: Client, tasks: list[Task]
) -> None:
    whole, town = issued(COUNTY, DUTIES), issued(NORTH, DUTIES, system="镇平台")
    page = client.get("/api/v1/tasks?limit=2", **whole).json()
    rest = client.get(f"/api/v1/tasks?limit=2&after={page['next']}", **whole).json()
    assert [each["number"] for each in page["items"] + rest["items"]] == [t.number for t in tasks]
    assert [each["light"] for each in page["items"]] == ["red", "no_date"]
    assert page["items"][0]["units"] == [{"name": "县人社局", "role": "lead"}]
    assert rest["next"] is None
    own = client.get("/api/v1/tasks", **town).json()
    assert [each["number"] for each in own["items"]] == [tasks[1].number]
    assert client.get(f"/api/v1/tasks/{tasks[2].number}", **town).status_code == 404
    assert client.get("/api/v1/tasks", **issued(COUNTY, system="旧")).status_code == 403
    assert Entry.objects.filter(action="api.read", kind="task").last().ids


def test_a_task_comes_with_its_days_and_what_may_be_read_of_reports(
    client: Client, offices: Offices, tasks: list[Task]
) -> None:
    due = tasks[1].dues.get()
    ProgressFactory(due=due, unit=offices.units["north"], words="已办，联系人13812345678")
    ProgressFactory(due=due, unit=offices.units["work"], words="县里的话")

    told = client.get(f"/api/v1/tasks/{tasks[1].number}", **issued(NORTH, DUTIES)).json()

    assert told["dues"] == [
        {"period": "", "due_on": None, "state": "waiting", "reported_on": None, "settled_on": None}
    ]
    assert [each["words"] for each in told["progress"]] == ["已办，联系人138****5678"]


def test_indicators_come_with_targets_and_the_values_that_count(client: Client, offices) -> None:
    row = IndicatorFactory(name="资产盘活率")
    IndicatorTargetFactory(indicator=row)
    for day, state in ((date(2023, 6, 30), "accepted"), (date(2023, 7, 31), "submitted")):
        IndicatorValueFactory(indicator=row, as_of=day, state=state)
    key = issued(NORTH, DUTIES)
    (told,) = client.get("/api/v1/indicators", **key).json()["items"]
    assert (told["code"], told["latest"]["as_of"], len(told["targets"])) == (
        row.code, "2023-06-30", 1,
    )  # fmt: skip
    detail = client.get(f"/api/v1/indicators/{row.pk}", **key).json()
    assert [each["as_of"] for each in detail["values"]] == ["2023-06-30"]


def test_problems_hide_health_and_households_the_token_may_not_read(
    client: Client, offices: Offices, county
) -> None:
    home = next(each for each in county.households if each.village_code.startswith(NORTH[:9]))
    plain = FoundProblemFactory(title="台账不全", division_code=NORTH)
    health = FoundProblemFactory(title="病情", about_health=True, division_code=NORTH)
    ofhome = FoundProblemFactory(household=home, division_code=home.village_code)
    for each in (plain, health, ofhome):
        ProblemUnitFactory(problem=each, unit=offices.units["north"])

    told = client.get("/api/v1/problems", **issued(NORTH, DUTIES)).json()["items"]
    assert [(each["number"], each["title"], each["is_hidden"]) for each in told] == [
        (plain.number, "台账不全", False), (health.number, "", True),
    ]  # fmt: skip
    both = issued(NORTH, DUTIES, Permission.VIEW_HOUSEHOLDS, system="二")
    told = client.get("/api/v1/problems", **both).json()["items"]
    assert [each["household_code"] for each in told] == [None, None, home.code]


def test_what_changed_since_a_number_is_told_once_and_to_who_may_see_it(
    client: Client, offices: Offices, tasks: list[Task]
) -> None:
    key, other = issued(NORTH, DUTIES), issued(COUNTY, DUTIES, system="县平台")
    begin = client.get("/api/v1/tasks", **other).json()["change"]
    viewer = offices.viewer("lead")
    for task in tasks[1:]:
        actions.end(
            by=viewer.actor(), on=timezone.localdate(), viewer=viewer,
            task=task, seen=0, reason="不再要求",
        )  # fmt: skip

    told = client.get("/api/v1/duty-changes", {"after": begin}, **key).json()
    assert [each["tasks"] for each in told["items"]] == [[tasks[1].number]]
    again = client.get("/api/v1/duty-changes", {"after": told["last"]}, **key).json()
    assert again["items"] == []
    every = client.get("/api/v1/duty-changes", {"after": begin}, **other).json()
    assert [each["tasks"] for each in every["items"]] == [[t.number] for t in tasks[1:]]
