"""What can be chosen in the forms about people."""

from dataclasses import dataclass

from anju.accounts import queries
from anju.accounts.models import UnitKind
from anju.accounts.roles import ROLES, Reach
from anju.accounts.viewer import Viewer
from anju.intake.feeds import FEEDS
from anju.places import queries as places
from anju.places.models import Level
from anju.web.lists import Choice

_LEVELS = {
    Reach.COUNTY: Level.COUNTY,
    Reach.TOWN: Level.TOWN,
    Reach.VILLAGE: Level.VILLAGE,
    Reach.GRID: Level.VILLAGE,
}


@dataclass(frozen=True)
class PlaceChoice:
    """A place in a drop-down, under the heading of its town."""

    value: str
    label: str
    level: int


def roles() -> list[Choice]:
    """Roles, each with how big a place it is held in."""
    return [
        Choice(role.id, f"{role.name}（{_LEVELS[role.reach].label}）") for role in ROLES.values()
    ]


def kinds() -> list[Choice]:
    """Kinds of units."""
    return [Choice(value, str(label)) for value, label in UnitKind.choices]


def offices() -> list[str]:
    """The offices whose lists are read, each once, in the order of the lists."""
    return list(dict.fromkeys(feed.office for feed in FEEDS))


def units(viewer: Viewer) -> list[Choice]:
    """Units, by name."""
    return [Choice(str(unit.pk), unit.name) for unit in queries.units_for(viewer).order_by("name")]


def all_places() -> list[PlaceChoice]:
    """The county, then each town with its villages."""
    return [PlaceChoice(each.code, each.name, each.level) for each in places.divisions()]


def role_name(role: str) -> str:
    """What a role is called; the id of one that is no longer known."""
    return ROLES[role].name if role in ROLES else role
