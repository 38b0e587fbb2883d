"""两地共管: which of the two places of a relocated household sees what.

The place of living answers for the people and sees everything. The place of origin answers for what
they left behind (land, woods, the old house, posts and help kept there) and must be able to reach
them: it sees that, and nothing of health, income, debts, warnings or help at the new place. What is
not named here is seen by the place of living only. docs/security.md gives the reasons.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Side(StrEnum):
    """From where somebody looks at a household."""

    RESIDENCE = "residence"
    ORIGIN = "origin"


LABELS = {Side.RESIDENCE: _("现居"), Side.ORIGIN: _("迁出")}

_BOTH = frozenset(Side)
_LIVING = frozenset({Side.RESIDENCE})
_ORIGIN = frozenset({Side.ORIGIN})

#: Columns of the list of households, by their ids.
COLUMNS: Mapping[str, frozenset[Side]] = {
    "code": _BOTH,
    "head": _BOTH,
    "size": _BOTH,
    "place": _BOTH,
    "site": _BOTH,
    "origin": _BOTH,
    "class": _BOTH,
    "relocated": _BOTH,
    "self_moved": _BOTH,
    "grid": _LIVING,
    "monitored": _LIVING,
    "included": _LIVING,
    "removed": _LIVING,
    "level": _LIVING,
}

#: Tabs of the household page, by their ids. A side's own tabs leave out what is not its business.
TABS: Mapping[str, frozenset[Side]] = {
    "people": _LIVING,
    "income": _LIVING,
    "guarantees": _LIVING,
    "work": _LIVING,
    "findings": _LIVING,
    "help": _LIVING,
    "benefits": _LIVING,
    "housing": _LIVING,
    "community": _LIVING,
    "timeline": _LIVING,
    "contact": _ORIGIN,  # members by name, how to reach them; no number in full, nothing of health
    "kept": _ORIGIN,  # the house left, holdings and measures that stay at the place of origin
}

#: Help measures that stay with land, woods and house: 产业, 公益岗位, 基础设施.
KEPT_MEASURES = ("industry", "public_post", "infrastructure")


def sees(side: Side, what: str, table: Mapping[str, frozenset[Side]]) -> bool:
    """Whether a side sees something of a table; what is not named only the place of living does."""
    return side in table.get(what, _LIVING)
