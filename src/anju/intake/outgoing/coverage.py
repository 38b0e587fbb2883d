"""How many fields of each form the county knows already: what nobody has to ask or type again.

Counted on a sample of the viewer's households, without opening a single number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.intake.feeds import FEEDS
from anju.intake.layout import SheetLayout
from anju.intake.outgoing import changes, filling
from anju.intake.outgoing.lists import is_of_places, tells_health
from anju.registry import queries as registry
from anju.registry.ledgers import HOUSING

SAMPLE: Final = 200
_HOUSEHOLD: Final = (
    "village_code", "site_id", "grid_id", "household_class", "relocated", "self_moved",
)  # fmt: skip
_MEMBER: Final = (
    "name", "relation", "sex", "born_on", "phone", "education", "schooling", "labour", "health",
    "joined_on",
)  # fmt: skip
_HOME: Final = (
    "building_id", "entrance", "room", "address", "area_dm2", "has_title", "started_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """A form: how many fields it has, how many times it was looked at, fields known in all of these."""

    id: str
    title: str
    office: str
    fields: int
    forms: int
    known: int

    @property
    def on_average(self) -> float | None:
        """Known fields of one form; None where there was no form to look at."""
        return self.known / self.forms if self.forms else None


@dataclass(frozen=True, slots=True)
class Counted:
    """The sample, department forms, and forms of the household page (by id)."""

    households: int
    lists: list[Coverage]
    editing: dict[str, Coverage]


def counted(viewer: Viewer) -> Counted:
    """Count on a sample of the households the viewer sees, evenly drawn."""
    ids = list(registry.households_for(viewer).order_by("pk").values_list("pk", flat=True))
    step = max(1, len(ids) // SAMPLE)
    sample = ids[::step][:SAMPLE]
    found = filling.known(sample, None)
    may_see_health = viewer.may(Permission.VIEW_HEALTH)
    lists = [
        _of_list(sheet, feed.name, feed.office, found, may_see_health)
        for feed in FEEDS
        if feed.id not in changes.LISTS
        and not is_of_places(feed)
        and (may_see_health or not tells_health(feed))
        for sheet in feed.sheets
    ]
    return Counted(len(sample), lists, _editing(found, may_see_health))


def _of_list(
    sheet: SheetLayout, name: str, office: str, found: filling.Known, may_see_health: bool
) -> Coverage:
    lines = filling.lines(sheet, found)
    columns = [
        column.field
        for column in sheet.columns
        if not column.witness and (may_see_health or column.field != "health")
    ]
    title = name if sheet.name in name else f"{name}·{sheet.name}"
    return _coverage(sheet.id, title, office, columns, lines)


def _editing(found: filling.Known, may_see_health: bool) -> dict[str, Coverage]:
    housing = (
        HOUSING.open_rows("household_id", found.homes["household_id"])
        .sort("started_on", "id", nulls_last=False)
        .unique("household_id", keep="last", maintain_order=True)
    )
    member = [name for name in _MEMBER if may_see_health or name != "health"]
    return {
        "household": _coverage("household", "", "", _HOUSEHOLD, found.homes),
        "member": _coverage("member", "", "", member, found.members),
        "housing": _coverage("housing", "", "", _HOME, housing),
    }


def _coverage(
    id_: str, title: str, office: str, columns: Sequence[str], lines: pl.DataFrame | None
) -> Coverage:
    """Cells with a value among the columns."""
    rows = lines if lines is not None else pl.DataFrame()
    there = [name for name in columns if name in rows.columns]
    known = sum(rows.height - rows[name].null_count() for name in there)
    return Coverage(id_, title, office, len(columns), rows.height, known)
