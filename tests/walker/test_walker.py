"""Nobody of one town reads, counts, guesses or changes anything of another."""

import re

import pytest
from django.test import Client
from django.urls import resolve
from tests.unit.intake.lists import bring_in, households, member
from tests.walker.addresses import ADDRESSES, JOBS, SHARED, Page
from tests.walker.towns import Town, World
from tests.walker.walking import (
    Form,
    Route,
    Seen,
    ask,
    of_each_kind,
    read,
    routes,
    settled,
    shown,
    tables,
    text_of,
    undeclared,
)

from anju.accounts.roles import ROLES
from anju.jobs.handlers import HANDLERS

ROUTES = routes()
PLACED = [role.id for role in ROLES.values() if not role.is_administrator]


def walked_by(*always: str) -> pytest.MarkDecorator:
    """Every role with a place; those beside the named ones in the long run of the tests only."""
    others = [role for role in PLACED if role not in always]
    long = [pytest.param(role, marks=pytest.mark.long) for role in others]
    return pytest.mark.parametrize("role", [*always, *long])


def test_the_walker_knows_every_address() -> None:
    missing = undeclared()

    assert len(ROUTES) > 20
    assert missing == [], (
        "addresses the walker cannot fill in. Add a line for each to tests/walker/addresses.py that"
        " names the samples (tests/walker/towns.py) of its parameters; where the kind of object is"
        " new, let towns.py make one for each town:\n    " + "\n    ".join(missing)
    )


def test_the_walker_knows_no_address_that_is_gone() -> None:
    assert set(ADDRESSES) - {route.name for route in ROUTES} == set()


def _client(town: Town, role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(town.users[role], backend="django.contrib.auth.backends.ModelBackend")
    return client


def _own(town: Town) -> list[str]:
    return [path for route in ROUTES for path in route.paths(town)]


def _explored(client: Client, town: Town) -> Seen:
    """Everything that the pages of somebody's own town offer them, two steps far."""
    seen = Seen(town.marks)
    for path in _own(town):
        read(path, ask(client, path), seen)
    lists = {link.split("?")[0] for link in seen.links if "?" in link}
    for path in sorted(lists):
        # The second page of a list holds the positions that its links go to.
        read(path, ask(client, f"{path}?size=1"), seen)
    return seen


def _guesses(theirs: Seen, other: Town) -> list[str]:
    """Addresses that somebody might try by hand on every list: searches, filters, exports."""
    home, place = other.households[0], other.villages[0].code
    assert other.site is not None
    assert other.grid is not None
    queries = [
        f"town={other.code}",
        f"village={place}",
        f"site={other.site.code}",
        f"grid={other.grid.code}",
        f"place={other.code}",
        "level=any",
        *(f"q={word}" for word in (home.code, home.head_name, other.people)),
        f"export=xlsx&town={other.code}",
    ]
    return [f"{page}?{query}" for page in _lists(theirs) for query in queries]


def _lists(theirs: Seen) -> list[str]:
    """Of pages with a form that asks, one for each address pattern."""
    pages = sorted({form.path for form in theirs.forms if form.method == "get"})
    return list({resolve(page.split("?")[0]).view_name: page for page in pages}.values())


@pytest.mark.slow
@pytest.mark.django_db
@walked_by("lead_bureau")
def test_nothing_of_the_other_town_can_be_read_or_changed(world: World, role: str) -> None:
    """What a colleague there has and was offered, and guesses: by id, filter, search, export,
    position of a next page; and every form that the colleague was offered."""
    town, other = world.north, world.south
    client, theirs = _client(town, role), _explored(_client(other, role), other)
    pages = dict.fromkeys(_own(other))
    asked = dict.fromkeys([*of_each_kind(theirs.links), *_guesses(theirs, other)])

    answers = {path: ask(client, path) for path in (pages | asked)}
    answers |= {f"{path} ": ask(client, path, as_fragment=True) for path in pages}

    leaks = {path: found for path, a in answers.items() if (found := shown(a, other.marks, path))}
    assert leaks == {}
    assert [path for path, answer in answers.items() if answer.startswith("5")] == []
    assert len(pages) > 20
    _assert_changes_nothing(client, other, theirs)


@pytest.mark.slow
@pytest.mark.django_db
@walked_by("department", "grid_worker")
def test_an_object_of_the_other_town_is_as_if_it_were_not_there(world: World, role: str) -> None:
    """Not even whether a code or number exists can be learnt."""
    client, other = _client(world.north, role), world.south

    told = []
    for route in ROUTES:
        if not route.parameters or route.is_shared:
            continue
        if not isinstance(ADDRESSES.get(route.name), Page):
            continue
        for path, nowhere in zip(route.paths(other), _nowhere(route, other), strict=True):
            if path == nowhere:  # names nothing of a town
                continue
            for method in ("get", "post"):
                there = text_of(getattr(client, method)(path))
                absent = text_of(getattr(client, method)(nowhere))
                if _without(there, path) != _without(absent, nowhere):
                    told.append(f"{method} {path}: {there[:3]}, {nowhere}: {absent[:3]}")

    assert told == []


def _without(text: str, path: str) -> str:
    return re.sub(r"\d+", "", settled(text).replace(path, ""))


def _nowhere(route: Route, town: Town) -> list[str]:
    """The same addresses with values that nothing has."""
    declared = ADDRESSES[route.name]
    assert isinstance(declared, Page)
    absent = {
        name: [f"{value[:-4]}9977" if not value.isdigit() else "997799" for value in values]
        for name, values in town.samples.items()
        if name not in SHARED
    }
    ghost = Town(**{**vars(town), "samples": {**town.samples, **absent}})
    return route.paths(ghost)


def _assert_changes_nothing(client: Client, other: Town, theirs: Seen) -> None:
    """Every form that somebody there was offered, sent from here, changes no table at all."""
    forms = [form for form in theirs.forms if form.method == "post"]
    forms += [Form(path, "post", ()) for path in _own(other)]
    foreign = set(_foreign(other))
    forms = [form for form in dict.fromkeys(forms) if form.path in foreign]
    before = tables()

    answers = {form.path: text_of(client.post(form.path, _filled(form))) for form in forms}

    after = tables()
    assert {path: a[:3] for path, a in answers.items() if a.startswith("5")} == {}
    assert {path: f for path, a in answers.items() if (f := shown(a, other.marks, path))} == {}
    assert [name for name in before if before[name] != after[name]] == []


def _foreign(other: Town) -> list[str]:
    """Addresses of objects that only the other town has."""
    return [
        path
        for route in ROUTES
        if route.parameters and not route.is_shared
        for path in route.paths(other)
    ]


def _filled(form: Form) -> dict[str, str]:
    """The form as offered, with a reason wherever one may be asked."""
    return {"reason": "核对相关信息", **{name: value or "1" for name, value in form.fields}}


def test_the_walker_knows_every_kind_of_job() -> None:
    assert set(HANDLERS) == set(JOBS), (
        "say in JOBS of tests/walker/addresses.py what keeps a new kind of job inside the places of"
        " who asked for it, and test it here"
    )


@pytest.mark.django_db
def test_a_file_of_one_town_changes_nothing_in_the_other(world: World) -> None:
    home = world.south.households[0]
    row = member(
        1,
        **{"乡(镇)": "癸溪镇", "行政村": "癸溪一村", "所属网格": None, "户编号": home.code},
        姓名="改名人",
    )
    before = tables()

    batch = bring_in(households(row), place=world.north.code)

    after = tables()
    kept = [name for name in before if name.startswith(("registry_", "employment_"))]
    assert batch.counts.get("created", 0) == batch.counts.get("updated", 0) == 0
    assert [name for name in kept if before[name] != after[name]] == []
