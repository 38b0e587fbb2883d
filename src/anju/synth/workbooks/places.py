"""The workbook of places: divisions, resettlement sites, their entrances, grids."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from anju.synth import names
from anju.synth.columns import Array
from anju.synth.geography import buildings
from anju.synth.identity import telephones
from anju.synth.workbooks import labels, layouts, text
from anju.synth.workbooks.filled import Filled
from anju.synth.workbooks.register import Register

TOP = ""
"""The folder of the workbook: above base and the months."""


def sheets(register: Register) -> Iterator[Filled]:
    """All sheets of the workbook."""
    yield _divisions(register)
    yield _sites(register)
    yield _buildings(register)
    yield _grids(register)


def _keepers(count: int, salt: int) -> tuple[pa.Array, pa.Array]:
    """Names and telephones of people in charge, who are nobody of the registers."""
    rng = np.random.default_rng((salt, count))
    made = names.full_names(
        rng.integers(0, len(names.SURNAMES), count),
        rng.random(count) < 0.4,
        rng.integers(0, 60, count),
        rng.integers(0, 60, count),
        np.full(count, -1),
    )
    phones = telephones(np.arange(count) + 60_000_000 + salt * 1_000_000)
    return text.strings(made), text.strings(phones)


def _divisions(register: Register) -> Filled:
    places = register.places
    county = np.array(places.county_codes)
    code = np.concatenate([county, places.town_code, places.village_code])
    level = np.repeat(np.arange(3), [len(county), len(places.town_code), len(places.village_code)])
    above = np.select(
        [level == 1, level == 2], [code // 1_000_000 * 1_000_000, code // 1000 * 1000], -1
    )
    return Filled.of(
        TOP,
        layouts.DIVISIONS,
        {
            "行政区划代码": text.integers(code),
            "名称": text.strings([*places.county_names, *places.town_name, *places.village_name]),
            "级别": text.words(("县", "乡镇", "村"), level),
            "上级代码": text.blanked(text.integers(above), level > 0),
        },
    )


def _sites(register: Register) -> Filled:
    sites = register.places.sites
    keeper, phone = _keepers(len(sites.code), 1)
    return Filled.of(
        TOP,
        layouts.SITES,
        {
            "安置点编码": text.strings(sites.code),
            "安置点名称": text.strings(sites.name),
            "安置方式": text.words(labels.SITES, sites.kind),
            "所在村代码": text.integers(register.places.village_code[sites.village]),
            "规划户数": text.integers(-(-sites.size // 10) * 10),
            "建成时间": text.integers(sites.opened),
            "点长": keeper,
            "联系电话": phone,
        },
    )


def _buildings(register: Register) -> Filled:
    sites = register.places.sites
    rows = []
    for index, (kind, size) in enumerate(
        zip(sites.kind.tolist(), sites.size.tolist(), strict=True)
    ):
        count, entrances, floors = buildings(kind, size)
        rows += [
            (index, building, entrance, floors)
            for building in range(1, count + 1)
            for entrance in range(1, entrances + 1)
        ]
    table: Array = np.array(rows, dtype=np.int64).reshape(len(rows), 4)
    keeper, phone = _keepers(len(rows), 2)
    return Filled.of(
        TOP,
        layouts.BUILDINGS,
        {
            "安置点编码": text.pick(text.strings(sites.code), table[:, 0]),
            "楼栋": text.joined(text.integers(table[:, 1]), "号楼"),
            "单元": text.joined(text.integers(table[:, 2]), "单元"),
            "层数": text.integers(table[:, 3]),
            "单元长": keeper,
            "联系电话": phone,
        },
    )


def _grids(register: Register) -> Filled:
    places = register.places
    grids = places.grids
    keeper, phone = _keepers(len(grids.code), 3)
    village = text.pick(text.strings(places.village_name), grids.village)
    site = text.pick(text.strings(places.sites.code), np.maximum(grids.site, 0))
    return Filled.of(
        TOP,
        layouts.GRIDS,
        {
            "网格编码": text.integers(grids.code),
            "网格名称": text.joined(village, "第", text.integers(grids.number), "网格"),
            "所在村代码": text.integers(places.village_code[grids.village]),
            "安置点编码": text.blanked(site, grids.site >= 0),
            "网格员": keeper,
            "联系电话": phone,
        },
    )
