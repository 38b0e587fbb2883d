"""Towns, villages, resettlement sites, buildings and grids, and where every household lives.

Households are numbered in the order of the village they are registered in. Relocated households live
at a site of their own or a near town; no household is relocated within its own village.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from anju.synth import names
from anju.synth.columns import Array
from anju.synth.counties import HOME, NEIGHBOURS

COUNTY_NAME = NEIGHBOURS[HOME]
SITE_KINDS = ("urban", "rural", "scattered")
_TOWNS_A_COUNTY = 850
_URBAN_SHARE, _RURAL_SHARE = 0.5, 0.4
_TOWNS_AN_URBAN_SITE = 5
_GRID = 80
_RURAL_LIMIT = 120
_FLAT = {0: (3, 6, 2), 1: (2, 3, 2)}
"""Entrances a building, floors, flats a floor: urban and rural sites."""


@dataclass(frozen=True)
class Sites:
    """Resettlement sites, one a position: kind, village it stands in, households living there."""

    kind: Array
    village: Array
    size: Array
    opened: Array
    name: list[str]
    code: list[str]


@dataclass(frozen=True)
class Grids:
    """Grids: village and site (−1: none) they belong to, number within the village."""

    village: Array
    site: Array
    number: Array
    code: Array


@dataclass(frozen=True)
class Geography:
    """The places of a county, and for every household where it is registered and where it lives."""

    county_codes: list[int]
    county_names: list[str]
    town_code: Array
    town_name: list[str]
    village_code: Array
    village_town: Array
    village_name: list[str]
    sites: Sites
    grids: Grids
    origin: Array
    """Position of the village a household is registered in."""
    serial: Array
    """Number of the household within that village, from 1."""
    home: Array
    """Position of the village it lives in."""
    site: Array
    """Position of its site, −1 for none."""
    seat: Array
    """Number of its home within the site, from 0."""
    grid: Array
    relocated: Array
    self_moved: Array

    @cached_property
    def codes(self) -> Array:
        """Household codes: village registered in and four digits."""
        return np.asarray(self.village_code[self.origin] * 10_000 + self.serial)


def address(kind: Array, seat: Array) -> tuple[Array, Array, Array]:
    """Building, entrance and room numbers of homes at sites (0 for scattered ones)."""
    parts = [np.zeros(len(seat), dtype=np.int64) for _ in range(3)]
    for code, (entrances, floors, flats) in _FLAT.items():
        here = kind == code
        rest = seat[here] % (entrances * floors * flats)
        parts[0][here] = seat[here] // (entrances * floors * flats) + 1
        parts[1][here] = rest // (floors * flats) + 1
        parts[2][here] = rest % (floors * flats) // flats * 100 + rest % flats + 101
    return parts[0], parts[1], parts[2]


def buildings(kind: int, size: int) -> tuple[int, int, int]:
    """Number of buildings a site of that many homes has, entrances of each, floors."""
    if kind not in _FLAT:
        return 0, 0, 0
    entrances, floors, flats = _FLAT[kind]
    return -(-size // (entrances * floors * flats)), entrances, floors


def lay_out(households: int, rng: np.random.Generator) -> Geography:
    """Places for that many households."""
    village_of, town_of, town_villages = _villages(households, rng)
    towns = len(town_villages)
    first_village = np.r_[0, np.cumsum(town_villages)[:-1]]
    county = np.arange(towns) // _TOWNS_A_COUNTY
    counties = int(county.max()) + 1
    town_code = (int(HOME) + county) * 1_000_000 + (np.arange(towns) % _TOWNS_A_COUNTY + 101) * 1000
    rank = np.arange(len(town_of)) - first_village[town_of]
    village_code = town_code[town_of] + 1 + rank + np.where(rank == 0, 0, 200)
    serial = np.arange(households) - np.searchsorted(village_of, village_of, side="left") + 1
    relocated, site_kind, host = _relocate(village_of, town_of, first_village, town_villages, rng)
    self_moved = ~relocated & (rng.random(households) < 0.02)
    home = np.where(relocated, host, village_of)
    moved_town = (town_of[village_of] + 1 + rng.integers(0, max(towns - 1, 1), households)) % towns
    self_moved &= first_village[moved_town] != village_of
    home = np.where(self_moved, first_village[moved_town], home).astype(np.int64)
    stem = names.stems(rng, towns + len(town_of))
    town_name = [f"{stem[t]}{'镇' if t % 3 else '乡'}" for t in range(towns)]
    village_name = [
        f"{stem[towns + v]}{'社区' if rank[v] == 0 else '村'}" for v in range(len(town_of))
    ]
    sites, site, seat = _sites(relocated, site_kind, home, village_code, village_name, rng)
    grids, grid = _grids(home, site, seat, village_code)
    return Geography(
        county_codes=[(int(HOME) + c) * 1_000_000 for c in range(counties)],
        county_names=[
            COUNTY_NAME if c == 0 else f"{COUNTY_NAME}第{c + 1}区" for c in range(counties)
        ],
        town_code=town_code,
        town_name=town_name,
        village_code=village_code,
        village_town=town_of,
        village_name=village_name,
        sites=sites,
        grids=grids,
        origin=village_of,
        serial=serial,
        home=home,
        site=site,
        seat=seat,
        grid=grid,
        relocated=relocated,
        self_moved=self_moved,
    )


def _villages(households: int, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Village of every household, town of every village, number of villages of every town."""
    towns = max(1, round(households / 1450))
    villages = max(towns * 3, round(households / 330))
    weight = rng.uniform(0.5, 1.75, villages)
    bounds = np.round(np.cumsum(weight) / weight.sum() * households).astype(np.int64)
    village_of = np.searchsorted(bounds, np.arange(households), side="right")
    town_of = np.arange(villages) * towns // villages
    return village_of, town_of, np.bincount(town_of, minlength=towns)


def _relocate(
    village_of: Array, town_of: Array, first: Array, count: Array, rng: np.random.Generator
) -> tuple[Array, Array, Array]:
    """Who is relocated, to which kind of site, and the village it stands in."""
    size = len(village_of)
    relocated = rng.random(size) < 0.24
    draw = rng.random(size)
    kind = np.where(draw < _URBAN_SHARE, 0, np.where(draw < _URBAN_SHARE + _RURAL_SHARE, 1, 2))
    town = town_of[village_of]
    cluster = town // _TOWNS_AN_URBAN_SITE * _TOWNS_AN_URBAN_SITE
    other = first[town] + np.minimum(1 + rng.integers(0, 2, size), count[town] - 1)
    host = np.select([kind == 0, kind == 1], [first[cluster], first[town]], other)
    relocated &= host != village_of
    return relocated, kind, host


def _sites(
    relocated: Array,
    kind: Array,
    home: Array,
    village_code: Array,
    village_name: list[str],
    rng: np.random.Generator,
) -> tuple[Sites, Array, Array]:
    """Rural sites hold up to 120 homes, urban and scattered ones all of their village and kind."""
    site = np.full(len(home), -1, dtype=np.int64)
    seat = np.full(len(home), -1, dtype=np.int64)
    who = np.flatnonzero(relocated)
    key = home[who] * 3 + kind[who]
    order = np.argsort(key, kind="stable")
    who, key = who[order], key[order]
    first = np.searchsorted(key, key, side="left")
    total = np.searchsorted(key, key, side="right") - first
    parts = np.where(kind[who] == 1, -(-total // _RURAL_LIMIT), 1)
    part = (np.arange(len(key)) - first) * parts // np.maximum(total, 1)
    full = key * 100_000 + part
    unique, index, size = np.unique(full, return_inverse=True, return_counts=True)
    site[who] = index
    seat[who] = np.arange(len(full)) - np.searchsorted(full, full, side="left")
    kinds, village = unique // 100_000 % 3, unique // 300_000
    year = rng.integers(2016, 2020, len(unique))
    opened = year * 100 + rng.integers(6, 12, len(unique))
    label = np.array(["幸福小区", "安居点", "分散安置点"])
    made = [
        f"{village_name[v][:-2] if village_name[v].endswith('社区') else village_name[v][:-1]}"
        f"{label[k]}{'' if p == 0 else p + 1}"
        for v, k, p in zip(village, kinds, unique % 100_000, strict=True)
    ]
    codes = [
        f"AZ{village_code[v]}{k + 1}{p + 1:02d}"
        for v, k, p in zip(village, kinds, unique % 100_000, strict=True)
    ]
    return Sites(kinds, village, size, opened, made, codes), site, seat


def _grids(home: Array, site: Array, seat: Array, village_code: Array) -> tuple[Grids, Array]:
    """About eighty households a grid; sites have grids of their own."""
    order = np.lexsort((seat, site, home))
    key = home[order] * 10_000_000 + site[order] + 1
    rank = np.arange(len(key)) - np.searchsorted(key, key, side="left")
    full = key * 1000 + rank // _GRID
    unique, index = np.unique(full, return_inverse=True)
    grid = np.empty(len(home), dtype=np.int64)
    grid[order] = index
    village = unique // 10_000_000_000
    number = np.arange(len(unique)) - np.searchsorted(village, village, side="left") + 1
    code = village_code[village] * 1000 + number
    return Grids(village, unique // 1000 % 10_000_000 - 1, number, code), grid
