"""What somebody sees does not change by a letter when more comes to another town."""

import pytest
from tests.walker.test_walker import _client, _explored, _own, walked_by
from tests.walker.towns import World, grow
from tests.walker.walking import ask, of_each_kind, settled, shown

from anju.accounts.roles import ROLES

ADMINISTRATORS = [role.id for role in ROLES.values() if role.is_administrator]


@pytest.mark.slow
@pytest.mark.django_db
@walked_by("town")
def test_nothing_of_the_other_town_can_be_counted_or_guessed(world: World, role: str) -> None:
    """Own pages show nothing of the other town, and however much comes to it, every answer here
    stays the same to the letter."""
    client, other = _client(world.north, role), world.south
    links = _explored(client, world.north).links
    offered = dict.fromkeys([*_own(world.north), *of_each_kind(links)])
    paths = [path for path in offered if "/login" not in path]
    ask(client, "/")  # shows, and so ends, what an earlier page had to say
    before = {path: ask(client, path) for path in paths}
    leaks = {path: found for path, a in before.items() if (found := shown(a, other.marks, path))}
    assert leaks == {}

    grow(world, other)

    ask(client, "/")
    changed = [path for path in paths if settled(ask(client, path)) != settled(before[path])]
    assert changed == [], {path: ask(client, path)[:300] for path in changed[:3]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=() if role == "system_administrator" else pytest.mark.long)
        for role in ADMINISTRATORS
    ],
)
def test_administrators_see_no_household_and_no_member(world: World, role: str) -> None:
    """The three administrators keep the system; people's data are not theirs."""
    town = world.north
    client = _client(town, role)
    names = [home.head_name for home in town.households] + [
        f"{town.people}病",
        f"{town.people}砖厂",
    ]

    answers = {path: ask(client, path) for path in _own(town)}

    told = {
        path: found
        for path, answer in answers.items()
        if (found := [name for name in names if name in answer])
    }

    assert told == {}
