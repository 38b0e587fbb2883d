"""Names, numbers and addresses of everybody, looked up by id, as the lists print them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anju.synth import identity, names
from anju.synth.columns import NO_DATE, Array, Table, size_of, take
from anju.synth.county import County
from anju.synth.workbooks import text
from anju.synth.workbooks.known import Folders


class Register:
    """The county's people and households with what the snapshot leaves out."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.places = county.places
        self.period = county.period
        self.folders = Folders(county.period)
        self.tables = county.whole

    @cached_property
    def persons(self) -> Table:
        """Every person once, in the order of ids: the first membership."""
        rows = self.tables["persons"]
        _, first = np.unique(rows["person_id"], return_index=True)
        return take(rows, first)

    @cached_property
    def first_joined(self) -> Array:
        """By person the day they first joined a household: before it no list of people has them."""
        rows = self.tables["persons"]
        days = np.full(len(self.persons["person_id"]), np.iinfo(np.int64).max)
        np.minimum.at(days, rows["person_id"] - 1, rows["joined_on"])
        return days

    @cached_property
    def name(self) -> pa.Array:
        """Names by person."""
        p = self.persons
        made = names.full_names(
            p["surname"], p["sex"] == 1, p["first_name"], p["second_name"], p["rare_name"]
        )
        return text.strings(made)

    @cached_property
    def identity(self) -> pa.Array:
        """Identity numbers of 18 characters by person."""
        return text.strings(identity.numbers(self.persons["born_on"], self.persons["sex"] == 1))

    @cached_property
    def card(self) -> pa.Array:
        """Disability cards of 20 characters by person; blank for who has none."""
        p = self.persons
        numbers = identity.numbers(p["born_on"], p["sex"] == 1)
        made = identity.disability_cards(numbers, p["disability"], p["disabled"])
        return text.blanked(text.strings(made), p["disabled"] > 0)

    @cached_property
    def papers(self) -> pa.Array:
        """Number by person as base lists give it: the card, where it was given before the months."""
        since = self.persons["disabled_on"]
        held = (since != NO_DATE) & (since < self.period.start)
        return pc.if_else(pa.array(held), self.card, self.identity)

    @cached_property
    def person_code(self) -> pa.Array:
        """Codes of 18 digits by person: the first household and a number within it."""
        home = self.persons["household_id"]
        rank = np.arange(len(home)) - np.searchsorted(home, home, side="left") + 1
        return text.integers(self.places.codes[home - 1] * 100 + rank)

    @cached_property
    def phone(self) -> pa.Array:
        """Telephone numbers by person."""
        return text.strings(identity.telephones(self.persons["person_id"]))

    @cached_property
    def head(self) -> Array:
        """Id of the head by household."""
        rows = self.tables["persons"]
        heads = np.flatnonzero(rows["relation"] == 0)
        made = np.zeros(self.county.size, dtype=np.int64)
        made[rows["household_id"][heads] - 1] = rows["person_id"][heads]
        return made

    @cached_property
    def household_code(self) -> pa.Array:
        """Codes of 16 digits by household."""
        return text.integers(self.places.codes)

    @cached_property
    def town_name(self) -> pa.Array:
        """Names of towns by village."""
        return text.pick(text.strings(self.places.town_name), self.places.village_town)

    @cached_property
    def village_name(self) -> pa.Array:
        """Names of villages."""
        return text.strings(self.places.village_name)

    def person(
        self, ids: Array, headings: Sequence[str] = ("姓名", "证件号码")
    ) -> dict[str, pa.Array]:
        """Name and number of persons."""
        at = ids - 1
        return {headings[0]: text.pick(self.name, at), headings[1]: text.pick(self.identity, at)}

    def home(self, ids: Array) -> dict[str, pa.Array]:
        """Town and village registered in, code and head's name of households."""
        at = ids - 1
        return {
            **self.village(self.places.origin[at]),
            "户编号": text.pick(self.household_code, at),
            "户主姓名": text.pick(self.name, self.head[at] - 1),
        }

    def village(
        self, at: Array, headings: Sequence[str] = ("乡(镇)", "行政村")
    ) -> dict[str, pa.Array]:
        """Names of towns and villages by position of the village."""
        return {
            headings[0]: text.pick(self.town_name, at),
            headings[1]: text.pick(self.village_name, at),
        }

    def of_kind(self, table: str, words: Sequence[str], kind: str) -> Table:
        """Rows of statuses, events or holdings of one kind."""
        rows = self.tables[table]
        return take(rows, rows["kind"] == tuple(words).index(kind))

    def size(self, table: str) -> int:
        """Number of rows of a table."""
        return size_of(self.tables[table])
