"""From TOML tables to procedures, steps, actions, clocks, reasons, measures and classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from anju.policies.tables import Table
from anju.procedures.calendars import Clock, Counting
from anju.procedures.model import (
    LEVELS,
    PURPOSES,
    REMOVAL_KINDS,
    STATES,
    Action,
    Basis,
    Level,
    Measure,
    MonitoredClass,
    Purpose,
    Reason,
    Step,
)
from anju.procedures.procedure import Procedure
from anju.procedures.requirements import REQUIREMENTS

KINDS_OF_CASES = ("relapse", "zero_employment", "out_of_school", "clinic")


@dataclass(frozen=True)
class Known:
    """What procedures may refer to: limits as they hold, and lists of reasons."""

    limits: Mapping[str, Clock]
    reasons: Mapping[str, tuple[Reason, ...]]


def reasons(table: Table) -> tuple[Reason, ...]:
    """Read one ``[[reasons]]``: a list to choose from."""
    table.identifier("id")
    found = []
    for row in table.tables("list"):
        found.append(Reason(row.identifier("id"), row.text("zh"), row.text("en")))
        row.close()
    table.close()
    return tuple(found)


def measure(table: Table) -> Measure:
    """Read one ``[[measure]]`` of the catalogue."""
    found = Measure(
        table.identifier("id"),
        table.text("name"),
        table.text("name_en"),
        fits=frozenset(table.texts("fits")),
        developmental=table.flag("developmental"),
        safety_net=table.flag("safety_net"),
    )
    table.close()
    return found


def monitored_class(table: Table) -> MonitoredClass:
    """Read one ``[[class]]`` of monitored households."""
    identifier, name, name_en = table.identifier("id"), table.text("name"), table.text("name_en")
    household_classes = frozenset(table.texts("household_classes"))
    valid_from, valid_to = _period(table)
    found = MonitoredClass(
        identifier, name, name_en, household_classes, valid_from, valid_to, _basis(table)
    )
    table.close()
    return found


def procedure(
    table: Table, known: Known, after: Mapping[str, Mapping[str, tuple[Action, ...]]]
) -> Procedure:
    """Read one ``[[procedure]]``; `after` has the actions on cases nobody holds, by kind and state."""
    kind = table.choice("kind", KINDS_OF_CASES)
    valid_from, valid_to = _period(table)
    found = Procedure(
        id=table.identifier("id"),
        kind=kind,
        purpose=cast(Purpose, table.choice("purpose", PURPOSES)),
        name=table.text("name"),
        name_en=table.text("name_en"),
        first=table.text("first"),
        steps=tuple(_step(row, known) for row in table.tables("step")),
        after=after.get(kind, {}),
        within=_optional_clock(table, "within", known),
        green=_optional_clock(table, "green", known),
        valid_from=valid_from,
        valid_to=valid_to,
        basis=_basis(table),
        rule=table.optional_text("rule"),
    )
    table.close()
    return found


def after(table: Table, known: Known) -> tuple[str, str, tuple[Action, ...]]:
    """Read one ``[[after]]``: the kind and state of cases nobody holds, and what may be done."""
    table.identifier("id")
    kind, state = table.choice("kind", KINDS_OF_CASES), table.choice("state", STATES)
    actions = tuple(_action(row, known) for row in table.tables("action"))
    table.close()
    return kind, state, actions


def _step(table: Table, known: Known) -> Step:
    identifier = table.identifier("id")
    found = Step(
        id=identifier,
        name=table.text("name"),
        name_en=table.text("name_en"),
        holder=cast(Level, table.choice("holder", LEVELS)),
        clock=_optional_clock(table, "clock", known),
        publicity="publicity" in table and table.flag("publicity"),
        actions=tuple(_action(row, known) for row in table.tables("action")),
    )
    table.close()
    return found


def _action(table: Table, known: Known) -> Action:
    needs = _listed(table, "needs", tuple(REQUIREMENTS))
    later = _listed(table, "later", needs)
    found = Action(
        id=table.identifier("id"),
        name=table.text("name"),
        name_en=table.text("name_en"),
        by=cast(frozenset[Level], frozenset(_listed(table, "by", LEVELS))),
        needs=needs,
        later=later,
        to=table.optional_text("to"),
        state=_optional_choice(table, "state", STATES),
        begins=cast(Purpose, _optional_choice(table, "begins", PURPOSES)),
        is_return=_optional_flag(table, "is_return"),
        starts_green=_optional_flag(table, "starts_green"),
        removal_kind=_optional_choice(table, "removal_kind", REMOVAL_KINDS),
        reasons=_reasons(table, known),
        needs_note=_optional_flag(table, "needs_note"),
    )
    if not found.by:
        table.note("by", "至少写一个层级。", "name at least one level.")
    table.close()
    return found


def _reasons(table: Table, known: Known) -> tuple[Reason, ...]:
    name = _optional_choice(table, "reasons", tuple(known.reasons))
    return known.reasons.get(name, ())


def _optional_clock(table: Table, key: str, known: Known) -> Clock | None:
    if key not in table:
        table.optional_text(key)
        return None
    inner = table.table(key)
    if inner is None:
        return None
    warn_days = inner.optional_whole("warn_days", "天数", "a number of days") or 0
    if "limit" in inner:
        name = inner.choice("limit", tuple(known.limits))
        limit = known.limits.get(name, Clock(1))
        clock = Clock(limit.amount, limit.unit, limit.counting, warn_days)
    else:
        counting = _optional_choice(inner, "counting", ("calendar", "working")) or "calendar"
        days = inner.whole("days", "天数", "a number of days")
        clock = Clock(days, "days", cast(Counting, counting), warn_days)
    inner.close()
    return clock


def _period(table: Table) -> tuple[date, date | None]:
    valid_from, valid_to = table.day("from"), table.optional_day("until")
    if valid_to is not None and valid_to <= valid_from:
        table.note(
            "until", f"应晚于 from（{valid_from}）。", f"must be later than from ({valid_from})."
        )
    return valid_from, valid_to


def _basis(table: Table) -> Basis:
    inner = table.table("basis")
    if inner is None:
        return Basis()
    if "default" in inner:
        found = Basis(default=inner.text("default"), default_en=inner.text("default_en"))
    else:
        found = Basis(inner.text("doc"), inner.text("clause"))
    inner.close()
    return found


def _listed(table: Table, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    found = table.texts(key)
    for name in found:
        if name not in allowed:
            listed = ", ".join(allowed) or "-"
            table.note(
                key,
                f"“{name}”不在允许之列：{listed}。",
                f"'{name}' is not allowed: use one of {listed}.",
            )
    return tuple(name for name in found if name in allowed)


def _optional_choice(table: Table, key: str, allowed: tuple[str, ...]) -> str:
    if key not in table:
        return table.optional_text(key)
    found = table.choice(key, allowed)
    return found if found in allowed else ""


def _optional_flag(table: Table, key: str) -> bool:
    if key not in table:
        table.optional_text(key)
        return False
    return table.flag(key)
