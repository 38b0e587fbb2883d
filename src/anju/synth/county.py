"""A made-up county: made block by block from a seed, the same every time.

    county = make(households=20_000, seed=7, months="2023-07..2023-09")
    for block in county.blocks(): ...
    county.table("persons")                     # one pyarrow table of the whole county

Only the map (where everybody lives) is kept as a whole; a block of households with everything that
belongs to them is made, used and forgotten, so that memory does not grow with the county.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from anju.synth import (
    events,
    families,
    geography,
    households,
    incomes,
    people,
    planted,
    scripted,
    statuses,
    work,
)  # fmt: skip
from anju.synth.arrow import to_arrow
from anju.synth.columns import NULL, TABLES, Array, Table, concat, take
from anju.synth.geography import Geography
from anju.synth.periods import Period
from anju.synth.planted import Slot

BLOCK = 25_000
DEFAULT_MONTHS = "2023-07..2023-09"
LEAST = 20
MOST = 50_000_000


@dataclass(frozen=True)
class Block:
    """Neighbouring households and all that belongs to them, with final ids.

    `tables` has the tables of the snapshot; those of households and persons carry further columns.
    """

    tables: dict[str, Table]


@dataclass(frozen=True)
class County:
    """A county of a given size, seed and period."""

    size: int
    seed: int
    period: Period
    places: Geography
    slots: list[Slot]

    def blocks(self) -> Iterator[Block]:
        """All households in order."""
        next_person = 1
        for number, start in enumerate(range(0, self.size, BLOCK)):
            block, persons = _block(
                self, number, slice(start, min(start + BLOCK, self.size)), next_person
            )
            next_person += persons
            yield block

    @cached_property
    def whole(self) -> dict[str, Table]:
        """All blocks as one: for counties small enough to be kept in memory."""
        blocks = [block.tables for block in self.blocks()]
        return {name: concat([tables[name] for tables in blocks]) for name in TABLES}

    def table(self, name: str) -> pa.Table:
        """One table of the snapshot as Arrow columns."""
        return to_arrow(name, self.whole[name])


def make(*, households: int, seed: int, months: str | Sequence[str] = DEFAULT_MONTHS) -> County:
    """Lays out a county for `2023-07..2023-09` or a sequence of such months.

    Raises ValueError for sizes or months that cannot be made.
    """
    if not LEAST <= households <= MOST:
        raise ValueError(f"households must lie between {LEAST} and {MOST}, not {households}")
    if seed < 0:
        raise ValueError("the seed must not be negative")
    period = Period.parse(months) if isinstance(months, str) else Period.over(months)
    places = geography.lay_out(households, np.random.default_rng((seed, households)))
    return County(households, seed, period, places, planted.plant(period, places.relocated, seed))


def _block(county: County, number: int, at: slice, next_person: int) -> tuple[Block, int]:
    period = county.period
    streams = [np.random.default_rng((county.seed, number, topic)) for topic in range(10)]
    homes = households.make(county.places, at, period, streams[0])
    placed = [
        (slot.position - at.start, slot.draft)
        for slot in county.slots
        if at.start <= slot.position < at.stop
    ]
    scripted.set_households(homes, placed)
    written = np.zeros(at.stop - at.start, dtype=bool)
    written[[position for position, _ in placed]] = True
    base = families.make(written, period.start, period.stop, streams[1])
    chance = people.describe(base, homes["first_on"], period, streams[2])
    chance = people.move_between(chance, written, period, streams[3])
    own = scripted.people(placed, homes["first_on"], len(base), streams[4])
    rows = scripted.Rows(placed, own, homes)
    jobs = work.make(chance, period, streams[5])
    earned = incomes.make(homes, chance, jobs, written, period, streams[6])
    del jobs["household"], chance["age"]
    tables = {
        "incomes": concat([earned, rows.incomes()]),
        "employments": concat([jobs, rows.employments()]),
        "statuses": concat(
            [statuses.make(homes, chance, written, period, streams[7]), rows.statuses()]
        ),
        "events": concat([events.make(homes, chance, written, period, streams[8]), rows.events()]),
        "holdings": concat([events.holdings(homes, chance, period, streams[9]), rows.holdings()]),
    }
    persons, ids = _number(concat([chance, own]), homes["household_id"], next_person)
    tables = {name: _sorted(_named(table, ids)) for name, table in tables.items()}
    return Block({"households": homes, "persons": persons} | tables), len(ids)


def _number(rows: Table, household_id: Array, next_person: int) -> tuple[Table, Array]:
    """Memberships in the order of households and roles, and the id of every person."""
    rows = take(rows, np.lexsort((rows["role"], rows["household"])))
    _, first = np.unique(rows["person"], return_index=True)
    ids = np.empty(len(first), dtype=np.int64)
    ids[np.argsort(first)] = np.arange(len(first)) + next_person
    rows["person_id"] = ids[rows["person"]]
    rows["household_id"] = household_id[rows["household"]]
    return rows, ids


def _named(table: Table, ids: Array) -> Table:
    """The table with ids of persons in place of positions."""
    if "person_id" in table:
        local = table["person_id"]
        table["person_id"] = np.where(local == NULL, NULL, ids[np.where(local == NULL, 0, local)])
    return table


def _sorted(table: Table) -> Table:
    """Rows in the order of their ids, then dates and kinds."""
    names = ("level", "kind", "occurred_on", "started_on", "quarter", "person_id", "household_id")
    return take(table, np.lexsort([table[name] for name in names if name in table]))
