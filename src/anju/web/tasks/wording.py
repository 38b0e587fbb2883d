"""How tasks are said: what they have to reach, when, and who answers for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from anju.duties.models import (
    NEVER,
    Comparison,
    Progress,
    ProgressState,
    Rhythm,
    Task,
    TaskUnit,
    UnitRole,
)
from anju.language import is_chinese
from anju.web.casework.columns import left_in_words
from anju.web.indicators.wording import unit_words


def number(value: Decimal) -> str:
    """A value without zeros behind it, thousands apart."""
    return f"{value.normalize():,f}"


def goal(task: Task) -> str:
    """不低于300人; empty without a goal."""
    if task.goal is None:
        return ""
    said = Comparison(task.operator).label if task.operator else ""
    upper = f"—{number(task.goal_upper)}" if task.goal_upper is not None else ""
    return _apart(str(said), f"{number(task.goal)}{upper}", task.goal_unit)


def when(task: Task) -> str:
    """By which day, or how often until when; empty where neither is set; parts tell it for a whole."""
    if task.is_whole:
        return _("见分项")
    if not task.every:
        return task.due_on.isoformat() if task.due_on else ""
    said = [str(Rhythm(task.every).label)]
    if task.due_on and task.every == Rhythm.YEAR:
        said.append(
            _("%(month)s月%(day)s日前") % {"month": task.due_on.month, "day": task.due_on.day}
        )
    elif task.due_on:
        said.append(_("%(day)s日前") % {"day": task.due_on.day})
    if task.ends_on:
        said.append(_("至%(day)s") % {"day": task.ends_on})
    return " ".join(said)


def next_due(task: Task) -> date | None:
    """The day that is next; None where there is none."""
    return None if task.next_due_on == NEVER else task.next_due_on


def left(task: Task, on: date) -> str:
    """还剩 3 天; 待审核 where the unit has reported; empty without a day."""
    if task.next_reported_on is not None:
        return _("已报送，待审核")
    return left_in_words(next_due(task), on)


def value(progress: Progress, task: Task) -> str:
    """A reported value with its unit; empty without one."""
    return "" if progress.value is None else _apart("", number(progress.value), task.goal_unit)


def _apart(said: str, figure: str, unit: str) -> str:
    """Words, a figure and its unit: together in Chinese, apart and translated in English."""
    if is_chinese():
        return f"{said}{figure}{unit}"
    space = "" if unit == "%" else " "
    return f"{said} {figure}{space}{unit_words(unit)}".strip()


def names_by_role(units: Iterable[TaskUnit]) -> Mapping[str, str]:
    """Names of units by role, in the order of the plan."""
    found: dict[str, list[str]] = {}
    for each in units:
        found.setdefault(each.role, []).append(each.unit.name)
    return {role: _("、").join(names) for role, names in found.items()}


def roles(units: Iterable[TaskUnit]) -> list[tuple[str, str]]:
    """Roles with the names of their units, lead first, each unit once: one that leads and also answers
    stands under 牵头、责任."""
    by_roles: dict[tuple[UnitRole, ...], list[str]] = {}
    for name, held in _held(units):
        by_roles.setdefault(held, []).append(name)
    order = list(UnitRole)
    return [
        (_("、").join(str(role.label) for role in held), _("、").join(names))
        for held, names in sorted(by_roles.items(), key=lambda each: order.index(each[0][0]))
    ]


def named_once(units: Iterable[TaskUnit], asked: Sequence[UnitRole]) -> str:
    """The units that have one of some roles, each once; one that has several with these behind it."""
    said = []
    for name, held in _held(each for each in units if each.role in asked):
        labels = _("、").join(str(role.label) for role in held)
        told = _("%(name)s（%(roles)s）") % {"name": name, "roles": labels}
        said.append(
            (min(list(UnitRole).index(role) for role in held), told if len(held) > 1 else name)
        )
    return _("、").join(name for _place, name in sorted(said, key=lambda each: each[0]))


def _held(units: Iterable[TaskUnit]) -> list[tuple[str, tuple[UnitRole, ...]]]:
    """Each unit with its roles, in the order in which the plan names it first."""
    found: dict[int, tuple[str, set[str]]] = {}
    for each in units:
        found.setdefault(each.unit_id, (each.unit.name, set()))[1].add(each.role)
    return [
        (name, tuple(role for role in UnitRole if role in held)) for name, held in found.values()
    ]


def latest(reports: Sequence[Progress]) -> Progress | None:
    """The latest report that was not withdrawn, of reports with the latest first."""
    return next((each for each in reports if each.state != ProgressState.WITHDRAWN), None)
