"""Which rules a line of a list may trigger: what it writes → facts that read it → rules over these."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from django.conf import settings

from anju.intake.feeds.facts import Facts
from anju.intake.layout import SheetLayout
from anju.rules import catalogue, packs
from anju.rules.checked_rules import checked

_TABLES: Final = {
    "registry_status": "statuses",
    "registry_event": "events",
    "registry_holding": "holdings",
    "registry_income": "incomes",
    "employment_employment": "employments",
    "employment_training": "trainings",
    "employment_labourprofile": "profiles",
}
_PERSON: Final = {
    "born_on": ("persons.born_on",),
    "schooling": ("persons.schooling",),
    "labour": ("persons.labour",),
    "joined_on": ("persons.member",),
    "left_on": ("persons.member",),
}
_WATCHED: Final = {
    name: (f"households.{name}",) for name in ("monitored_kind", "included_on", "risk_removed_on")
}
#: What lists write that do not follow the common shape: field → table.column.
_OWN: Final = MappingProxyType(
    {
        "households": {
            **_PERSON, **_WATCHED, "household_class": ("households.household_class",),
        },
        "joined": _PERSON,
        "left": {**_PERSON, "left_reason": ("events.death",)},
        "monitored": _WATCHED,
        "relocation": {"site_code": ("households.relocated",)},
        "self_moved": {"village": ("households.self_moved",)},
        "enrolment": {"schooling": ("persons.schooling",)},
        "dropout": {"occurred_on": ("persons.schooling", "events.dropout")},
        "help_measure": {"started_on": ("statuses.help_measure",)},
        "post_holders": {
            "started_on": ("employments",), "ended_on": ("employments",),
        },
    }
)  # fmt: skip


def touched(
    layout: SheetLayout, kind: str | None, fields: Collection[str] | None
) -> frozenset[str]:
    """What a line of a sheet writes. `kind`: of the line, where a column says it.

    `fields`: only these differ; None where the line is new or gone as a whole.
    """
    own = _OWN.get(layout.id)
    if own is not None:
        wanted = own if fields is None else {name: own[name] for name in fields if name in own}
        return frozenset(token for tokens in wanted.values() for token in tokens)
    if isinstance(layout.take, Facts):
        table = _TABLES[layout.take.ledger.table]
        named = layout.take.kind or kind
        return frozenset({f"{table}.{named}" if named else table})
    return frozenset({f"statuses.{kind}"} if kind else ())


def rules_over(tokens: Iterable[str], day: date) -> list[str]:
    """Ids of the rules in force on a day whose facts read any of these, in the pack's order."""
    wanted = frozenset(tokens)
    return [rule for rule, reads in _reads(settings.POLICY_PACK, day).items() if reads & wanted]


@lru_cache(maxsize=16)
def _reads(pack_id: str, day: date) -> dict[str, frozenset[str]]:
    """Rule → everything its facts read."""
    pack, facts = packs.load(pack_id), catalogue.load()
    rules = [rule for rule in pack.rules if rule.holds_on(day)]
    return {
        rule.id: frozenset(token for fact in rule.facts for token in facts[fact].reads)
        for rule in checked(rules, pack.parameters)
    }
