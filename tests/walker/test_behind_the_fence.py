"""On PostgreSQL, pages connect as a role that sees the viewer's rows only: they must not notice."""

import pytest
from django.test import Client
from tests.unit.accounts.test_row_security import as_web_role
from tests.walker.test_walker import _client, _own, walked_by
from tests.walker.towns import make_world
from tests.walker.walking import Seen, ask, of_each_kind, read, settled

# Slow, but the reason why the rest of the walk need not be repeated on PostgreSQL.
pytestmark = pytest.mark.django_db


def _answers(client: Client, paths: list[str]) -> dict[str, str]:
    ask(client, "/")  # shows, and so ends, what an earlier page had to say
    return {path: settled(ask(client, path)) for path in paths}


@walked_by("village")
def test_every_page_says_the_same_behind_the_fence(settings, role: str) -> None:  # type: ignore[no-untyped-def]
    """Or a gate is wider than the fence, or a page reads without a viewer."""
    world = make_world()
    town, client = world.north, _client(world.north, role)
    seen, paths = Seen(town.marks), _own(town)
    for path in paths:
        read(path, ask(client, path), seen)
    asked = of_each_kind(link for link in seen.links if "?" in link)
    paths = [*dict.fromkeys([*paths, *asked])]
    before = _answers(client, paths)

    settings.ROW_SECURITY = True
    with as_web_role():
        after = _answers(client, paths)

    assert [path for path in paths if before[path] != after[path]] == []
    assert [path for path, answer in after.items() if answer.startswith("5")] == []
