"""Lists of people and households: the two member lists, relocation, moves, births and deaths, monitoring."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from anju.synth.columns import NO_DATE, NO_WORD, Array, Table, take
from anju.synth.geography import address
from anju.synth.names import NATIONS
from anju.synth.people import REASONS, SCHOOL_GRADES
from anju.synth.workbooks import labels, layouts, text
from anju.synth.workbooks.conditions import Conditions
from anju.synth.workbooks.filled import Columns, Filled
from anju.synth.workbooks.known import BASE
from anju.synth.workbooks.register import Register


def sheets(register: Register) -> Iterator[Filled]:
    """All sheets of this module."""
    yield from _member_lists(register)
    yield _relocation(register)
    yield _self_moved(register)
    yield from _changes(register)
    yield from _monitored(register)


def _member_lists(register: Register) -> Iterator[Filled]:
    rows = register.tables["persons"]
    start = register.period.start
    here = rows["joined_on"] < start
    here &= (rows["left_on"] == NO_DATE) | (rows["left_on"] >= start)
    members = take(rows, here)
    columns = _home_columns(register, members) | _person_columns(register, members, "grade_before")
    kind = register.tables["households"]["class"][members["household_id"] - 1]
    for code, layout in enumerate((layouts.LIFTED_OUT, layouts.ORDINARY)):
        here = pa.array(kind == code)
        chosen = {heading: cells.filter(here) for heading, cells in columns.items()}
        yield Filled.of(BASE, layout, chosen)


def _person_columns(register: Register, rows: Table, grade: str) -> Columns:
    """Columns that lists of members share."""
    at = rows["person_id"] - 1
    start = register.period.start
    disabled, chronic = (
        (rows[name] != NO_DATE) & (rows[name] < start) for name in ("disabled_on", "chronic_on")
    )
    health = ("健康", "残疾", "长期慢性病", "残疾、长期慢性病")
    return {
        "人编号": text.pick(register.person_code, at),
        "姓名": text.pick(register.name, at),
        "性别": text.words(labels.SEXES, rows["sex"]),
        "出生日期": text.dates(rows["born_on"], text.D8),
        "证件号码": text.pick(register.papers, at),
        "与户主关系": text.words(labels.RELATIONS, rows["relation"]),
        "民族": text.words(NATIONS, rows["nation"]),
        "文化程度": text.words(labels.EDUCATIONS, rows["education"]),
        "在校生状况": text.words(SCHOOL_GRADES, rows[grade]),
        "健康状况": text.words(health, disabled + 2 * chronic),
        "劳动技能": text.words(labels.LABOURS, rows["labour"]),
        "人员识别时间": text.dates(rows["joined_on"], text.D8),
    }


def _home_columns(register: Register, members: Table) -> Columns:
    places, known = register.places, Conditions(register)
    homes = register.tables["households"]
    ids = members["household_id"]
    at = ids - 1
    person = members["person_id"] - 1
    away = places.relocated[at] | places.self_moved[at]
    kind, included, removed = _monitoring_at_start(register)
    monitored = kind[at] != NO_WORD
    grown = members["born_on"] < register.period.start - 16 * 365
    return {
        "县(市、区、旗)": text.pick(
            text.strings(places.county_names),
            places.village_code[places.origin[at]] // 1_000_000
            - places.county_codes[0] // 1_000_000,
        ),
        **register.village(places.origin[at]),
        "自然村": text.words([f"{n}组" for n in "一二三四五六七八"], places.serial[at] // 60 % 8),
        "所属网格": text.blanked(text.integers(places.grids.code[places.grid[at]]), ~away),
        "户编号": text.pick(register.household_code, at),
        "人数": text.integers(np.bincount(at, minlength=register.county.size)[at]),
        "务工时间（月）": text.integers(known.months_worked[person]),
        "是否参加大病保险": text.words(("否", "是"), known.insured[person].astype(np.int8)),
        "致贫原因1": text.blanked(text.varied(labels.CAUSES, ids, 3), homes["class"][at] == 0),
        "危房户": text.words(("否", "是"), known.unsafe_home[at].astype(np.int8)),
        "是否解决安全饮用水": text.words(("是", "否"), known.unsafe_water[at].astype(np.int8)),
        "人均纯收入": text.yuan(known.income_a_head[at]),
        "户联系电话": text.pick(register.phone, register.head[at] - 1),
        "人联系电话": text.blanked(text.pick(register.phone, person), grown),
        "首次识别时间": text.dates(homes["first_on"][at], text.M6),
        "户类型": text.words(labels.CLASSES, homes["class"][at]),
        "易返贫致贫户(监测对象)类型": text.words(labels.MONITORED, kind[at]),
        "风险是否消除": text.blanked(
            text.words(("否", "是"), (removed[at] != NO_DATE).astype(np.int8)), monitored
        ),
        "风险识别时间": text.dates(included[at], text.M6),
        "风险消除时间": text.dates(removed[at], text.M6),
    }


def _monitoring_at_start(register: Register) -> tuple[Array, Array, Array]:
    homes, start = register.tables["households"], register.period.start
    known = homes["included_on"] < start
    kind = np.where(known, homes["monitored_kind"], NO_WORD)
    included = np.where(known, homes["included_on"], NO_DATE)
    removed = np.where(homes["risk_removed_on"] < start, homes["risk_removed_on"], NO_DATE)
    return kind, included, removed


def _relocation(register: Register) -> Filled:
    places = register.places
    ids = np.flatnonzero(places.relocated) + 1
    at = ids - 1
    site = places.site[at]
    kind = places.sites.kind[site]
    building, entrance, room = address(kind, places.seat[at])
    fixed = kind < 2
    home = register.home(ids)
    head = register.head[at]
    heads = np.bincount(
        register.tables["persons"]["household_id"], minlength=register.county.size + 1
    )
    opened = places.sites.opened[site]
    entered = (opened // 100 - 1970) * 12 + opened % 100 - 1
    days = entered.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + ids % 90
    return Filled.of(
        BASE,
        layouts.RELOCATION,
        {
            "迁出乡镇": home["乡(镇)"],
            "迁出村": home["行政村"],
            "户编号": home["户编号"],
            "户主姓名": home["户主姓名"],
            "户主证件号码": text.pick(register.papers, head - 1),
            "安置方式": text.words(labels.SITES, kind),
            "安置点编码": text.pick(text.strings(places.sites.code), site),
            "安置点名称": text.pick(text.strings(places.sites.name), site),
            "楼栋": text.blanked(text.joined(text.integers(building), "号楼"), fixed),
            "单元": text.blanked(text.joined(text.integers(entrance), "单元"), fixed),
            "房号": text.blanked(text.integers(room), fixed),
            "住房面积（㎡）": text.integers(np.minimum(heads[ids], 6) * 20 + ids % 6),
            "网格编码": text.integers(places.grids.code[places.grid[at]]),
            "入住时间": text.dates(days, text.DOT),
        },
    )


def _self_moved(register: Register) -> Filled:
    places = register.places
    ids = np.flatnonzero(places.self_moved) + 1
    at = ids - 1
    home = register.home(ids)
    since = register.period.start - 400 - ids % 3000
    return Filled.of(
        BASE,
        layouts.SELF_MOVED,
        {
            "户编号": home["户编号"],
            "户主姓名": home["户主姓名"],
            "户主证件号码": text.pick(register.papers, register.head[at] - 1),
            "迁出乡镇": home["乡(镇)"],
            "迁出村": home["行政村"],
            **register.village(places.home[at], ("现居乡镇", "现居村")),
            "网格编码": text.integers(places.grids.code[places.grid[at]]),
            "迁入时间": text.dates(since, text.M6),
        },
    )


def _changes(register: Register) -> Iterator[Filled]:
    rows = register.tables["persons"]
    came = take(rows, rows["joined_on"] >= register.period.start)
    for folder, at in register.folders.once(came["joined_on"]):
        chosen = take(came, at)
        yield Filled.of(
            folder,
            layouts.INCREASE,
            _change_columns(register, chosen, folder)
            | {
                "增加日期": text.dates(chosen["joined_on"], text.DASH),
                "增加原因": text.words(REASONS, chosen["join_reason"]),
            },
        )
    went = take(rows, rows["left_on"] != NO_DATE)
    for folder, at in register.folders.once(went["left_on"]):
        chosen = take(went, at)
        yield Filled.of(
            folder,
            layouts.DECREASE,
            _change_columns(register, chosen, folder)
            | {
                "减少日期": text.dates(chosen["left_on"], text.DASH),
                "减少原因": text.words(REASONS, chosen["leave_reason"]),
            },
        )


def _change_columns(register: Register, rows: Table, folder: str) -> Columns:
    grade = "grade_before" if folder == BASE else "grade"
    code = text.pick(register.household_code, rows["household_id"] - 1)
    return {"户编号": code} | _person_columns(register, rows, grade)


def _monitored(register: Register) -> Iterator[Filled]:
    homes = register.tables["households"]
    known = take(homes, (homes["monitored_kind"] != NO_WORD) & (homes["included_on"] != NO_DATE))
    spans = register.folders.lasting(known["included_on"], known["risk_removed_on"])
    for folder, at, removed in spans:
        if folder == BASE:
            continue
        chosen = take(known, at)
        yield Filled.of(
            folder,
            layouts.MONITORED,
            register.home(chosen["household_id"])
            | {
                "监测对象类别": text.words(labels.MONITORED, chosen["monitored_kind"]),
                "风险识别时间": text.dates(chosen["included_on"], text.M6),
                "风险消除时间": text.dates(removed, text.M6),
            },
        )
