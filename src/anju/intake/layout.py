"""How a list is declared: its sheets, and what is done with their rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from anju.intake.columns import SheetColumns
from anju.intake.context import Context
from anju.intake.outcomes import Outcomes


@dataclass(frozen=True, slots=True)
class SheetLayout(SheetColumns):
    """One sheet of a list. `spans` are (start, end) pairs of date fields, the end exclusive.

    `take` matches the checked rows with the registers, writes what is new, and says for each row
    what became of it. `writes_at_once`: it writes while it compares, and so needs a transaction
    from the beginning. `at_home`: the row names a household; a person without a number is looked
    for among its members. `key`: of a sheet about places or things, the fields that tell its lines
    apart.
    """

    take: Callable[[pl.DataFrame, Context], Outcomes]
    spans: tuple[tuple[str, str], ...] = ()
    writes_at_once: bool = False
    at_home: bool = False
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of one office. `order` is its place when several files are loaded together.

    `unlinked`: why its rows are never found by name and home, but only by codes and numbers.
    """

    id: str
    name: str
    office: str
    order: int
    sheets: tuple[SheetLayout, ...] = field(default_factory=tuple)
    unlinked: str = ""
