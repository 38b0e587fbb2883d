"""The level of a household in the list of households: the filter, its choices, and how many it leaves.

A county of half a million may have thousands at one level. How many is read from the tallies of the
run, and says how the rows are best found.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission
from anju.monitoring import queries as monitoring
from anju.web import words
from anju.web.lists import Ask, Choice, Filter
from anju.web.lists.declaration import Rows

_FEW = 4_000
_MANY = 2_500
_COUNTED_BY_RUN = {"level", "town", "village"}


def level_filter() -> Filter:
    """The level in the run that is shown."""
    return Filter("level", _("预警等级"), _choices, _by_level, count=_count, count_part=_count_some)


def run_of(ask: Ask) -> Any:
    """The run whose levels are shown; None for who may not see findings."""
    return monitoring.latest_run() if ask.viewer.may(Permission.VIEW_FINDINGS) else None


def known(chosen: Mapping[str, str], ask: Ask) -> int | None:
    """How many of many have the level, as the run counted them, where nothing but places is asked
    beside it. Few are counted one by one: then a household that moved since is not among them."""
    value = chosen.get("level")
    if value is None or not chosen.keys() <= _COUNTED_BY_RUN or ask.viewer.scope.grid_codes:
        return None
    number = _number(value, ask)
    return number if number > _MANY else None


def _choices(ask: Ask) -> Sequence[Choice]:
    if not ask.viewer.may(Permission.VIEW_FINDINGS):
        return []
    return [Choice("any", _("有预警")), *(Choice(*each) for each in words.LEVELS.items())]


def _wanted(value: str) -> list[str]:
    return list(words.LEVELS) if value == "any" else [value]


def _number(value: str, ask: Ask) -> int:
    """Households of the level in the viewer's places."""
    run = run_of(ask)
    counts = monitoring.level_counts(ask.viewer, run).get("", {}) if run else {}
    return sum(number for level, number in counts.items() if level in _wanted(value))


def _of_level(value: str, ask: Ask) -> Rows | None:
    """Levels of the run shown; None before the first run."""
    run = run_of(ask)
    if run is None:
        return None
    return monitoring.levels_for(ask.viewer, run).order_by().filter(level__in=_wanted(value))


def _by_level(rows: Rows, value: str, ask: Ask) -> Rows:
    """Few are looked up and sorted; of many, a page is quicker found by asking row after row."""
    levels = _of_level(value, ask)
    if levels is None:
        return rows.none()
    if _number(value, ask) > _FEW:
        # As a value and not as EXISTS: PostgreSQL would join and sort all of them for the first page.
        level = levels.filter(household_id=OuterRef("pk")).values("level")[:1]
        return rows.alias(its_level=Subquery(level)).filter(its_level__isnull=False)
    return rows.filter(pk__in=levels.values("household_id"))


def _count(rows: Rows, value: str, ask: Ask) -> Rows:
    levels = _of_level(value, ask)
    return rows.none() if levels is None else rows.filter(pk__in=levels.values("household_id"))


def _count_some(rows: Rows, value: str, ask: Ask) -> Rows | None:
    levels = _of_level(value, ask)
    if levels is None or _number(value, ask) <= _MANY:
        return None
    return rows.filter(pk__in=levels[:_MANY].values("household_id"))
