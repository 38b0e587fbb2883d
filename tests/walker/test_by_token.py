"""A system of one town reads, counts and guesses nothing of another through the interface."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.duties import IndicatorFactory
from tests.walker.towns import Town, World, grow, make_world
from tests.walker.walking import routes, shown, text_of

from anju.accounts.actions import tokens
from anju.accounts.permissions import FOR_SYSTEMS
from anju.api.urls import api
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.models import Indicator

pytestmark = pytest.mark.django_db

BY = Actor("nobody", "无人")
#: Numbers of the county's audit trail, which every request moves on; they say nothing of a place.
_NUMBERS = re.compile(r'"(change|last|number)": ?\d+')


@pytest.fixture
def world(db: None) -> World:
    """Two towns full of data, each with a household that was changed."""
    world = make_world()
    IndicatorFactory()
    for town in (world.north, world.south):
        _change(town)
    return world


def _change(town: Town) -> None:
    head = town.households[-1]
    record(by=BY, action="household.change", kind="household", ids=[head.code])
    record(by=BY, action="member.join", kind="person", ids=town.samples["person"][-1:])


def _key(town: Town) -> dict[str, str]:
    today = timezone.localdate()
    _, secret = tokens.issue(
        by=BY,
        at=timezone.now(),
        on=today,
        system=f"{town.people}系统",
        division_code=town.code,
        permissions=FOR_SYSTEMS,
        expires_on=today + timedelta(days=30),
    )
    return {"Authorization": f"Bearer {secret}"}


def _addresses(town: Town) -> dict[str, list[str]]:
    """Operation → its addresses: plain, of this town's objects, narrowed to it, further on."""
    home = town.households[0]
    places = (town.code, town.code[:9], town.villages[0].code)
    return {
        "list_places": [""],
        "list_households": [
            "?limit=1",
            *(f"?place={place}" for place in places),
            f"?after={home.code[:-1]}",
            "?relocated=true",
            "?monitored=true",
        ],
        "read_household": [f"/{home.code}", f"/{home.code}?on=2023-09-01"],
        "list_runs": [""],
        "list_findings": ["", "?limit=1", "?month=2023-08", "?after=1"],
        "list_changes": ["", "?limit=1", "?after=1"],
        "list_trainings": ["", "?limit=1", "?year=2023", f"?place={town.code[:9]}"],
        "list_benefit_schemes": ["", "?limit=1"],
        "list_benefit_claims": ["", "?limit=1", "?state=draft", f"?place={town.code[:9]}"],
        "list_projects": ["", "?limit=1", "?year=2023", f"?place={town.code[:9]}"],
        "list_payments": ["", "?limit=1", f"?project={town.samples['project'][0]}"],
        "list_assets": ["", "?limit=1", "?use=in_use", f"?place={town.code[:9]}"],
        "list_asset_yields": ["", "?limit=1", f"?asset={town.samples['asset'][0]}"],
        "list_workshops": ["", "?limit=1", f"?place={town.code[:9]}"],
        "list_vacancies": ["", "?limit=1", "?open_only=true"],
        "list_offers": ["", "?limit=1", f"?place={town.code[:9]}"],
        "list_welfare_posts": ["", "?limit=1", f"?place={town.code[:9]}"],
        "list_post_holders": ["", "?limit=1", "?standing=true", f"?place={town.code[:9]}"],
        "list_requests": ["", "?limit=1", "?state=told", f"?place={town.code[:9]}"],
        "list_services": ["", "?limit=1", "?kind=mediation_room"],
        "list_maintenance_funds": [""],
        "list_labour": ["", "?limit=1", f"?place={town.code[:9]}"],
        "list_plans": [""],
        "list_tasks": ["?limit=1", "?after=1", "?open_only=true"],
        "read_task": [f"/{town.samples['task'][0]}"],
        "list_indicators": ["", "?limit=1"],
        "read_indicator": [f"/{Indicator.objects.get().pk}"],
        "list_problems": ["", "?limit=1", "?open_only=true"],
        "list_duty_changes": ["", "?limit=1", "?after=1"],
    }


def _paths(town: Town) -> list[str]:
    parts = {
        "read_household": "households",
        "read_task": "tasks",
        "read_indicator": "indicators",
        "list_duty_changes": "duty-changes",
        "list_asset_yields": "asset-yields",
        "list_benefit_schemes": "benefit-schemes",
        "list_benefit_claims": "benefit-claims",
        "list_payments": "project-payments",
        "list_maintenance_funds": "maintenance-funds",
        "list_welfare_posts": "welfare-posts",
        "list_post_holders": "post-holders",
    }
    return [
        f"/api/v1/{parts.get(name, name.removeprefix('list_'))}{rest}"
        for name, every in _addresses(town).items()
        for rest in every
    ]


def test_the_walk_knows_every_operation(world: World) -> None:
    named = {each.name.removeprefix("api:") for each in routes() if each.name.startswith("api:")}

    assert set(_addresses(world.north)) == named - {"openapi-json", "api-root"}
    assert len(api.get_openapi_schema()["paths"]) == len(_addresses(world.north))


def test_a_token_reads_nothing_of_the_other_town(client: Client, world: World) -> None:
    north, south = world.north, world.south
    key = _key(north)
    paths = dict.fromkeys([*_paths(north), *_paths(south)])

    answers = {path: text_of(client.get(path, headers=key)) for path in paths}

    assert {p: found for p, a in answers.items() if (found := shown(a, south.marks, p))} == {}
    assert [path for path, answer in answers.items() if answer.startswith("5")] == []
    own = {path: answers[path][:3] for path in _paths(north)}
    assert set(own.values()) == {"200"}
    assert north.households[-1].code in answers["/api/v1/changes"]
    assert north.marks[0] in answers["/api/v1/places"]


def test_following_the_pages_of_a_list_never_leaves_the_town(client: Client, world: World) -> None:
    key, theirs = _key(world.north), world.south
    for name in ("households", "findings", "changes"):
        after, seen = "", 0
        for _ in range(100):
            address = f"/api/v1/{name}?limit=1" + (f"&after={after}" if after else "")
            answer = client.get(address, headers=key)
            told = answer.json()
            assert shown(text_of(answer), theirs.marks, "") == []
            seen += len(told["items"])
            more = told["more"] if name == "changes" else told["next"] is not None
            if not more or (name == "changes" and seen >= 2):
                break
            after = str(told["last"] if name == "changes" else told["next"])
        assert seen >= 2, name


def test_a_household_of_the_other_town_is_as_if_it_were_not_there(
    client: Client, world: World
) -> None:
    key, code = _key(world.north), world.south.households[0].code
    there = text_of(client.get(f"/api/v1/households/{code}", headers=key))
    absent = text_of(client.get("/api/v1/households/ZQBH9977", headers=key))

    assert there.startswith("404")
    assert there == absent


def test_what_comes_to_the_other_town_changes_no_answer(client: Client, world: World) -> None:
    key = _key(world.north)
    paths = [path for path in _paths(world.north) if "changes" not in path]

    def told() -> dict[str, str]:
        answers = {path: text_of(client.get(path, headers=key)) for path in paths}
        return {
            path: re.sub(r"Content-Length: \d+", "", _NUMBERS.sub("", answer))
            for path, answer in answers.items()
        }

    before = told()
    grow(world, world.south)
    _change(world.south)

    assert told() == before
