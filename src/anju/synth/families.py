"""Who lives together: roles in a household, with sex and birth date that fit the kinship.

A household has a type; a type fills roles (head, spouse, father, children …). Every role is worked out
for all households of a block at once, then the filled ones become persons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anju.synth.columns import RELATIONS, Array

YEAR = 365.2425
TYPES = (
    "single_elder", "single_adult", "old_couple", "couple", "nuclear", "three_generations",
    "single_parent", "grown_child", "grandparents", "married_child",
)  # fmt: skip
_SHARES = (0.055, 0.045, 0.08, 0.07, 0.29, 0.18, 0.05, 0.14, 0.03, 0.06)
_HEAD_AGES = (
    (64, 88), (30, 58), (61, 80), (26, 58), (27, 50), (29, 48), (29, 52), (46, 60), (58, 72), (50, 66),
)  # fmt: skip
ROLES = (
    "head", "spouse", "father", "mother", "child1", "child2", "child3", "child_spouse", "grandchild1",
    "grandchild2", "sibling", "newborn",
)  # fmt: skip
_REL = {name: index for index, name in enumerate(RELATIONS)}
_OLDEST = 99.0


@dataclass
class People:
    """Persons of a block, one a position, in the order of households and roles."""

    household: Array
    """Position of the household within the block."""
    role: Array
    relation: Array
    female: Array
    born: Array
    kind: Array
    """Type of the household, position in TYPES."""

    def __len__(self) -> int:
        return len(self.household)


class _Roles:
    """Presence, age in years (at the first day of the first month), sex and relation of every role."""

    def __init__(self, size: int) -> None:
        self.here = np.zeros((len(ROLES), size), dtype=bool)
        self.age = np.zeros((len(ROLES), size), dtype=np.float64)
        self.female = np.zeros((len(ROLES), size), dtype=bool)
        self.relation = np.zeros((len(ROLES), size), dtype=np.int8)

    def put(self, role: str, here: Array, age: Array, female: Array, relation: Array) -> None:
        """Fills a role where `here` holds."""
        at = ROLES.index(role)
        self.here[at] = here
        self.age[at] = np.clip(age, -0.99, _OLDEST)
        self.female[at] = female
        self.relation[at] = relation

    def of(self, role: str) -> Array:
        """Ages of a role."""
        return np.asarray(self.age[ROLES.index(role)])


def make(scripted: Array, start: int, stop: int, rng: np.random.Generator) -> People:
    """Families of all households but the scripted ones (a mask over the block)."""
    size = len(scripted)
    kind = rng.choice(len(TYPES), size, p=_SHARES)
    roles = _Roles(size)
    _couple(roles, kind, rng)
    _parents(roles, kind, rng)
    _children(roles, kind, rng)
    _grandchildren(roles, kind, rng)
    _siblings(roles, kind, rng)
    _newborns(roles, kind, start, stop, rng)
    roles.here &= ~scripted
    household, role = np.nonzero(roles.here.T)
    days = np.round(roles.age[role, household] * YEAR).astype(np.int64)
    return People(
        household=household,
        role=role,
        relation=roles.relation[role, household],
        female=roles.female[role, household],
        born=(start - days).astype(np.int32),
        kind=kind[household],
    )


def _is(kind: Array, *types: str) -> Array:
    return np.isin(kind, [TYPES.index(t) for t in types])


def _rel(condition: Array, yes: str, no: str) -> Array:
    return np.where(condition, _REL[yes], _REL[no])


def _couple(roles: _Roles, kind: Array, rng: np.random.Generator) -> None:
    size = len(kind)
    low, high = np.array(_HEAD_AGES).T
    age = rng.uniform(low[kind], high[kind])
    female = rng.random(size) < np.where(_is(kind, "single_parent"), 0.55, 0.16)
    roles.put("head", np.ones(size, bool), age, female, np.full(size, _REL["head"]))
    with_spouse = _is(
        kind, "old_couple", "couple", "nuclear", "three_generations", "married_child"
    ) | (_is(kind, "grown_child", "grandparents") & (rng.random(size) < 0.85))
    gap = rng.normal(2.0, 2.0, size).clip(-3, 8)
    spouse = np.maximum(age - np.where(female, -gap, gap), 22.5)
    roles.put("spouse", with_spouse, spouse, ~female, np.full(size, _REL["spouse"]))


def _mother_age(roles: _Roles) -> Array:
    """Age of the woman of the couple, or of the head where there is no spouse."""
    female_head = roles.female[0]
    return np.where(female_head | ~roles.here[1], roles.of("head"), roles.of("spouse"))


def _parents(roles: _Roles, kind: Array, rng: np.random.Generator) -> None:
    size = len(kind)
    here = _is(kind, "three_generations")
    draw = rng.random(size)
    age = roles.of("head") + rng.uniform(21, 29, size)
    female = roles.female[0]
    in_law = rng.random(size) < np.where(female, 0.7, 0.08)
    mother = np.select(
        [in_law & female, in_law], [_REL["husbands_mother"], _REL["mother_in_law"]], _REL["mother"]
    )
    father = np.select(
        [in_law & female, in_law], [_REL["husbands_father"], _REL["father_in_law"]], _REL["father"]
    )
    roles.put(
        "father", here & (draw < 0.7), age + rng.uniform(0, 4, size), np.zeros(size, bool), father
    )
    roles.put("mother", here & ((draw < 0.5) | (draw >= 0.7)), age, np.ones(size, bool), mother)


def _children(roles: _Roles, kind: Array, rng: np.random.Generator) -> None:
    size = len(kind)
    mother = _mother_age(roles)
    small = _is(kind, "nuclear", "three_generations", "single_parent")
    grown = _is(kind, "grown_child")
    married = _is(kind, "married_child")
    first = np.where(
        small,
        np.maximum(mother - rng.uniform(20, 29, size), rng.uniform(0.1, 2, size)),
        np.where(married, mother - rng.uniform(20, 25, size), mother - rng.uniform(21, 27, size)),
    )
    first = np.where(married, np.maximum(first, 23), np.where(grown, np.maximum(first, 18), first))
    first = np.minimum(first, np.where(grown, 36, np.where(married, 42, 26)))
    female = rng.random((3, size)) < 0.48
    female[0] = np.where(grown | married, rng.random(size) < 0.2, female[0])
    draw = rng.random(size)
    second = first - rng.uniform(1.5, 5.5, size)
    third = second - rng.uniform(1.5, 4.5, size)
    ages = (first, second, third)
    shown = (
        small | grown | married,
        (small & (draw < 0.6) | grown & (draw < 0.35)) & (second > 0.1),
        small & (draw < 0.14) & (third > 0.1),
    )
    for i, name in enumerate(("child1", "child2", "child3")):
        roles.put(name, shown[i], ages[i], female[i], _rel(female[i], "daughter", "son"))
    partner = np.maximum(first + rng.normal(0, 2, size), 22)
    relation = _rel(female[0], "son_in_law", "daughter_in_law")
    roles.put("child_spouse", married, partner, ~female[0], relation)


def _grandchildren(roles: _Roles, kind: Array, rng: np.random.Generator) -> None:
    size = len(kind)
    married = _is(kind, "married_child")
    skipped = _is(kind, "grandparents")
    parent = np.minimum(roles.of("child1"), roles.of("child_spouse"))
    first = np.where(skipped, rng.uniform(4, 14, size), parent - rng.uniform(21, 26, size))
    by_daughter = np.where(married, roles.female[ROLES.index("child1")], rng.random(size) < 0.2)
    second = first - rng.uniform(1.5, 5, size)
    wanted = rng.random(size) < 0.45
    for name, age, here in (
        ("grandchild1", first, (married | skipped) & (first > 0.1)),
        ("grandchild2", second, (married | skipped) & wanted & (second > 0.1)),
    ):
        female = rng.random(size) < 0.48
        own = _rel(female, "granddaughter", "grandson")
        maternal = _rel(female, "granddaughter_maternal", "grandson_maternal")
        roles.put(name, here, age, female, np.where(by_daughter, maternal, own))


def _siblings(roles: _Roles, kind: Array, rng: np.random.Generator) -> None:
    size = len(kind)
    here = ~_is(kind, "grandparents", "married_child") & (rng.random(size) < 0.015)
    age = np.maximum(roles.of("head") + rng.normal(0, 5, size), 18.5)
    female = rng.random(size) < 0.3
    roles.put("sibling", here, age, female, np.full(size, _REL["sibling"]))


def _newborns(roles: _Roles, kind: Array, start: int, stop: int, rng: np.random.Generator) -> None:
    """Children born within the months: negative age on the first day."""
    size = len(kind)
    years = (stop - start) / YEAR
    mother = _mother_age(roles)
    youngest = np.where(roles.here[4:7], roles.age[4:7], 99).min(axis=0)
    able = _is(kind, "nuclear", "couple", "three_generations") & (mother < 41) & (youngest > 1.3)
    here = able & roles.here[1] & (rng.random(size) < 0.035 * years)
    female = rng.random(size) < 0.48
    age = -rng.uniform(0.01, 0.97, size) * years
    roles.put("newborn", here, np.maximum(age, -0.98), female, _rel(female, "daughter", "son"))
