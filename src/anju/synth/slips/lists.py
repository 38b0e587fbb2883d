"""A register of persons without numbers, a list of some of them with slips, and who is who.

    made = make(persons=100_000, rows=25_000, seed=11)
    made.register, made.rows, made.truth

The list also has people the register does not have: members of registered households, and strangers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from anju.synth import families
from anju.synth.columns import RELATIONS
from anju.synth.slips import copied, kin, names, values

_START, _STOP = 19_539, 19_631  # 2023-07-01 and 2023-10-01 in days since 1970
_MEMBER_ABSENT: Final = 0.02
"""Members of registered households who are not in the register."""
_HOUSE_ABSENT: Final = 0.04
"""Households that are not in the register."""

REGISTER: Final = {
    "person": pl.Int64, "household": pl.Int64, "name": pl.String, "sex": pl.String, "born": pl.Int32,
    "village": pl.String, "head": pl.String, "phone": pl.String, "relation": pl.String,
}  # fmt: skip
"""Columns of the register; `born` is a number like 19650308. The list has the same but ids, with
`row`; there `born` may end in 00 for an unknown day or month, and any text may be missing."""


@dataclass(frozen=True)
class Rates:
    """How often what goes wrong in a row; a careless row has three times of it."""

    name: float = 0.25
    date: float = 0.12
    place: float = 0.10
    head: float = 0.10
    head_missing: float = 0.10
    phone: float = 0.03
    phone_other: float = 0.12
    phone_missing: float = 0.30
    sex: float = 0.01
    relation: float = 0.05
    missing: float = 0.03
    careless: float = 0.05
    merged: float = 0.0
    """Villages that the list has by the name of another, into which they went."""
    twice: float = 0.1
    """Of a name with a slip, another one."""


BARE: Final = Rates(head_missing=1.0, phone_missing=1.0)
"""A list that has neither heads nor phones."""


COPIED: Final = Rates(
    name=0.2, twice=0.25, date=0.13, place=0.06, merged=0.05, sex=0.005, relation=0.08, missing=0.02,
    head_missing=1.0, phone_missing=1.0,
)  # fmt: skip
"""A bare list copied from old books, with slips of the kinds in `copied`."""


@dataclass(frozen=True)
class Made:
    """The register, the list, and for every row of the list its person (null: not registered)."""

    register: pl.DataFrame
    rows: pl.DataFrame
    truth: pl.DataFrame


def make(*, persons: int, rows: int, seed: int, rates: Rates | None = None) -> Made:
    """A register of that many persons and a list of that many rows, from a seed.

    `rates` says how often what goes wrong in the list (as `Rates` has it by default); with those of
    `COPIED` the slips themselves are of another kind.
    """
    chance = random.Random(f"slips {seed}")  # noqa: S311 - made-up people, no secrets
    everybody = _population(persons, seed, chance)
    known = [one for one in everybody if one["person"] is not None][:persons]
    last = known[-1]["person"]
    everybody = [one for one in everybody if one["person"] is None or one["person"] <= last]
    register = pl.DataFrame([{name: one[name] for name in REGISTER} for one in known], REGISTER)
    asked = chance.sample(everybody, rows)
    typist = _Typist(sorted({one["village"] for one in everybody}), rates or Rates(), chance)
    typed = [typist.row(number, one) for number, one in enumerate(asked)]
    schema = {"row": pl.Int64} | {
        n: t for n, t in REGISTER.items() if n not in ("person", "household")
    }
    truth = pl.DataFrame(
        {"row": range(rows), "person": [one["person"] for one in asked]},
        {"row": pl.Int64, "person": pl.Int64},
    )
    return Made(register, pl.DataFrame(typed, schema), truth)


def _population(persons: int, seed: int, chance: random.Random) -> list[dict[str, Any]]:
    households = persons // 3 + 50
    people = families.make(
        np.zeros(households, dtype=bool), _START, _STOP, np.random.default_rng((seed, 5))
    )
    villages = max(households // 110, 3)
    weights = [chance.lognormvariate(0, 0.6) for _ in range(villages)]
    homes = chance.choices(range(villages), weights, k=households)
    clans = kin.Clans(villages, chance)
    found: list[dict[str, Any]] = []
    starts = np.searchsorted(people.household, np.arange(households + 1))
    for house in range(households):
        members = range(starts[house], starts[house + 1])
        absent = chance.random() < _HOUSE_ABSENT
        found += _household(house, homes[house], list(members), people, clans, chance, absent)
    number = 0
    for one in found:
        if one["person"] is not None:
            one["person"] = number = number + 1
    return found


def _household(
    house: int, village: int, members: list[int], people: families.People,
    clans: kin.Clans, chance: random.Random, absent: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    family, manner = clans.surname(village), clans.manner(village)
    twins = chance.random() < 0.03
    phone, head = values.new_phone(chance), ""
    fathers: list[str] = []
    before: tuple[int, bool, str] | None = None
    found: list[dict[str, Any]] = []
    for at in members:
        role = families.ROLES[people.role[at]]
        female, born = bool(people.female[at]), _number(int(people.born[at]))
        if role == "child2" and before and twins:
            born, female = before[0], before[1]
        surname = family
        if role in ("spouse", "mother", "child_spouse"):
            surname = clans.surname(village)
        given = clans.given(surname, female, born // 10_000)
        if role.startswith("child") and role != "child_spouse":
            if before and chance.random() < (0.9 if twins else 0.3):
                given = kin.twin(given, before[2])
            elif fathers and not female and chance.random() < 0.04:
                given = kin.like_father(given, fathers[0], chance)
            before = born, female, given
        name = surname + given
        if manner != "han":
            father = fathers[0] if fathers and role.startswith("child") else None
            name = clans.foreign(manner, female, father)
            given = name.split("·")[0] if manner == "dotted" else name[:2]
        if role == "head":
            head = name
            fathers = [] if female else [given]
        own = None if chance.random() < 0.2 else phone
        if born < 20050000 and chance.random() < 0.4:
            own = values.new_phone(chance)
        found.append({
            "person": None if absent or (len(members) > 1 and chance.random() < _MEMBER_ABSENT) else 0,
            "household": house + 1, "name": name, "sex": "F" if female else "M", "born": born,
            "village": f"529901{village // 12 + 101:03d}{village % 12 + 201:03d}",
            "head": head, "phone": own, "relation": RELATIONS[people.relation[at]],
        })  # fmt: skip
    at_home = [str(one["name"]) for one in found]
    return [{**one, "at_home": at_home} for one in found]


def _number(days: int) -> int:
    day = np.datetime64(days, "D").item()
    return day.year * 10_000 + day.month * 100 + day.day


class _Typist:
    """Types rows of people, with slips."""

    def __init__(self, places: list[str], rates: Rates, chance: random.Random) -> None:
        self._places, self._rates, self._chance = places, rates, chance
        self._near: dict[str, list[str]] = {}
        for place in places:
            self._near.setdefault(place[:9], []).append(place)
        merged = chance.sample(places, round(rates.merged * len(places)))
        self._into = {place: chance.choice(self._near[place[:9]]) for place in merged}
        self._slip: names.Slip = names.slip
        self._date: values.Slip = values.date
        if rates is COPIED:
            self._slip, self._date = copied.name, copied.date

    def row(self, number: int, one: dict[str, Any]) -> dict[str, Any]:
        chance, rates = self._chance, self._rates
        times = 3.0 if chance.random() < rates.careless else 1.0

        def happens(rate: float) -> bool:
            return chance.random() < rate * times

        name = self._slip(one["name"], chance) if happens(rates.name) else one["name"]
        if happens(rates.name * rates.twice):
            name = self._slip(name, chance)
        born = self._date(one["born"], chance) if happens(rates.date) else one["born"]
        village = self._into.get(one["village"], one["village"])
        if happens(rates.place):
            village = values.place(village, self._near[village[:9]], self._places, chance)
        sex = one["sex"]
        if happens(rates.sex):
            sex = "M" if sex == "F" else "F"
        relation = chance.choice(RELATIONS) if happens(rates.relation) else one["relation"]
        return {
            "row": number, "name": name, "born": None if happens(rates.missing / 3) else born,
            "village": village, "head": self._head(one, happens), "phone": self._phone(one, happens),
            "sex": None if happens(rates.missing) else sex,
            "relation": None if happens(rates.missing) else relation,
        }  # fmt: skip

    def _head(self, one: dict[str, Any], happens: Any) -> str | None:
        if happens(self._rates.head_missing):
            return None
        if happens(self._rates.head / 2):
            return str(self._chance.choice(one["at_home"]))
        head = str(one["head"])
        return names.slip(head, self._chance) if happens(self._rates.head) else head

    def _phone(self, one: dict[str, Any], happens: Any) -> str | None:
        if happens(self._rates.phone_missing) or one["phone"] is None:
            return None
        if happens(self._rates.phone_other):
            return values.new_phone(self._chance)
        phone = str(one["phone"])
        return values.phone(phone, self._chance) if happens(self._rates.phone) else phone
