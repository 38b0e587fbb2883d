"""Lines of a list side by side with those of the list before: what tells them apart, and the pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from anju.intake.columns import Column, Kind
from anju.intake.feeds.facts import Facts
from anju.intake.layout import SheetLayout
from anju.intake.showing import shower

#: Sheets that do not follow the common shape: what tells several lines of one owner apart.
_KEYS: Final = {
    "allowance": ("kind", "started_on"),
    "help_measure": ("level", "reference", "started_on"),
    "enrolment": ("changed_on",),
    "joined": ("joined_on",),
    "left": ("left_on",),
}
_HIDDEN: Final = (Kind.IDENTITY, Kind.PHONE, Kind.ACCOUNT)
#: Whose line it is, the surest first; a later one only for lines the earlier left over.
_OWNERS: Final = (
    ("person_id",), ("identity",), ("person_code",), ("household_code", "name"),
    ("household_code",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pairs:
    """Lines of both lists: in both, only in this one, only in the one before."""

    both: pl.DataFrame  # this one's columns; those of the one before end in `_before`
    new: pl.DataFrame
    gone: pl.DataFrame


def key_of(layout: SheetLayout) -> tuple[str, ...]:
    """The fields that tell several lines of one owner apart."""
    take = layout.take
    if not isinstance(take, Facts):
        return _KEYS.get(layout.id, ())
    own = {column.field for column in layout.columns}
    named = (take.fields.get(name, name) for name in take.key)
    return tuple(name for name in named if name in own)


def paired(layout: SheetLayout, now: pl.DataFrame, before: pl.DataFrame) -> Pairs:
    """The lines of two lists of one layout, each with at most one of the other."""
    key = key_of(layout)
    is_state = "occurred_on" not in key and "changed_on" not in key
    found = []
    for owner in _owners(layout):
        for on in [(*owner, *key), owner] if is_state and key else [(*owner, *key)]:
            both = _matched(now, before, owner, on, alone=on == owner and bool(key))
            now = now.join(both, on="number", how="anti")
            before = before.join(both, left_on="number", right_on="number_before", how="anti")
            found.append(both)
    return Pairs(pl.concat(found, how="diagonal"), now, before)


def changed_fields(
    columns: Iterable[Column], layout: SheetLayout, rows: pl.DataFrame
) -> list[dict[str, list[Any]]]:
    """For each row field → [before, now], as people write it; numbers of persons and accounts are not
    repeated. Rows have `<field>` and `<field>_before`; one that they lack is empty."""
    told: list[dict[str, list[Any]]] = [{} for _ in range(rows.height)]
    for column in columns:
        now, before = column.field, f"{column.field}_before"
        both = [
            pl.col(name) if name in rows.columns else pl.lit(None).alias(name)
            for name in (before, now)
        ]
        differing = rows.with_row_index("_place").select("_place", *both)
        differing = differing.filter(pl.col(before).ne_missing(pl.col(now)))
        show = _hidden if column.kind in _HIDDEN else shower(layout, column.field)
        for place, old, new in differing.iter_rows():
            told[place][column.field] = [show(old), show(new)]
    return told


def _hidden(value: object) -> str | None:
    return None if value is None else "***"


def _owners(layout: SheetLayout) -> list[tuple[str, ...]]:
    if layout.key:
        return [layout.key]
    own = {column.field for column in layout.columns if not column.witness}
    if "identity" not in own:
        return [("household_code",)]
    return [owner for owner in _OWNERS if owner == ("person_id",) or own.issuperset(owner)]


def _matched(
    now: pl.DataFrame,
    before: pl.DataFrame,
    owner: tuple[str, ...],
    on: tuple[str, ...],
    *,
    alone: bool,
) -> pl.DataFrame:
    """Lines with the same values there. `alone`: only of owners with one line left in each list."""
    ours, theirs = (_owned(lines, owner, on, alone=alone) for lines in (now, before))
    return ours.join(
        theirs.rename({name: f"{name}_before" for name in theirs.columns}),
        left_on=list(on),
        right_on=[f"{name}_before" for name in on],
        how="inner",
        nulls_equal=True,
        coalesce=False,
    )


def _owned(
    lines: pl.DataFrame, owner: tuple[str, ...], on: tuple[str, ...], *, alone: bool
) -> pl.DataFrame:
    """The lines that say whose they are; of several with the same values the first."""
    known = lines.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in owner))
    if owner == ("household_code",) and "identity" in lines.columns:
        # A line of the household as a whole, in a list that may also name its members.
        known = known.filter(pl.col("identity").is_null() & pl.col("name").is_null())
    if alone:
        known = known.filter(pl.len().over(owner) == 1)
    return known.unique(on, keep="first", maintain_order=True)
