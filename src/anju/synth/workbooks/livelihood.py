"""Lists of income, work, allowances, insurance, help measures and property."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from anju.synth.columns import (
    CHANNELS,
    HOLDINGS,
    LEVELS,
    MEASURES,
    NO_WORD,
    NULL,
    STATUSES,
    Array,
    Table,
    take,
    word,
)  # fmt: skip
from anju.synth.counties import COUNTY_CODES, COUNTY_NAMES
from anju.synth.workbooks import labels, layouts, text
from anju.synth.workbooks.filled import Columns, Filled, lasting
from anju.synth.workbooks.layouts import Layout
from anju.synth.workbooks.register import Register

_OWN = word(CHANNELS, "workshop")
"""From this channel on the channel says for whom people work."""


def sheets(register: Register) -> Iterator[Filled]:
    """All sheets of this module."""
    yield from _incomes(register)
    yield from _employments(register)
    yield from _allowances(register)
    yield from _insurance(register)
    yield from _measures(register)
    yield from _holdings(register)


def _incomes(register: Register) -> Iterator[Filled]:
    rows = register.tables["incomes"]
    quarters = register.period.quarters
    last_days = np.array([quarter.next_day - 1 for quarter in quarters])
    folders = [register.folders.names[n] for n in register.folders.of(last_days)]
    for quarter, folder in zip(quarters, folders, strict=True):
        chosen = take(rows, rows["quarter"] == quarter.code)
        label = f"{quarter.year}Q{quarter.number}"
        amounts = {
            "工资性收入": "wage",
            "生产经营性收入": "business",
            "生产经营性支出": "business_cost",
            "财产性收入": "property",
            "转移性收入": "transfer",
        }
        yield Filled.of(
            folder,
            layouts.INCOME,
            register.home(chosen["household_id"])
            | {"季度": text.words((label,), np.zeros(len(chosen["quarter"]), dtype=np.int8))}
            | {heading: text.yuan(chosen[name]) for heading, name in amounts.items()},
            layouts.INCOME.file.format(quarter=label),
        )


def _employments(register: Register) -> Iterator[Filled]:
    rows = register.tables["employments"]
    home = register.persons["household_id"]

    def columns(chosen: Table) -> Columns:
        ids = chosen["person_id"]
        village = register.places.origin[home[ids - 1] - 1]
        firm, channel = (
            text.spread(len(labels.EMPLOYERS), ids, 5),
            chosen["channel"].astype(np.int64),
        )
        employer = np.where(channel < _OWN, firm, len(labels.EMPLOYERS) + channel - _OWN)
        return {
            **register.village(village),
            **register.person(ids),
            "就业渠道": text.words(labels.CHANNELS, chosen["channel"]),
            "务工所在地代码": text.words(COUNTY_CODES, chosen["county_code"]),
            "务工所在地": text.words(tuple(COUNTY_NAMES.values()), chosen["county_code"]),
            "务工单位": text.words(labels.EMPLOYERS + labels.OWN_EMPLOYERS, employer),
            "务工开始时间": text.dates(chosen["started_on"], text.DASH),
            "务工结束时间": text.dates(chosen["ended_on"], text.DASH),
            "月收入（元）": text.yuan(chosen["monthly_wage"]),
            "联系电话": text.pick(register.phone, ids - 1),
        }

    yield from lasting(register, layouts.EMPLOYMENT, rows, columns)


def _allowances(register: Register) -> Iterator[Filled]:
    rows = register.tables["statuses"]
    kinds = [word(STATUSES, kind) for kind in ("dibao", "tekun", "dibao_marginal")]
    rows = take(rows, np.isin(rows["kind"], kinds))

    def columns(chosen: Table) -> Columns:
        alone = chosen["person_id"] != NULL
        heads = register.head[chosen["household_id"] - 1]
        ids = np.where(alone, chosen["person_id"], heads)
        kind = np.searchsorted(kinds, chosen["kind"])
        return {
            **register.home(chosen["household_id"]),
            **register.person(ids),
            "救助类型": text.words(labels.ALLOWANCES, kind),
            "保障范围": text.words(("整户", "单人"), alone.astype(np.int8)),
            "月保障金（元）": text.blanked(text.integers(300 + ids % 40 * 5), kind < 2),
            "起始年月": text.dates(chosen["started_on"], text.M6),
            "停发年月": text.dates(chosen["ended_on"], text.M6),
        }

    yield from lasting(register, layouts.ALLOWANCE, rows, columns)


def _insurance(register: Register) -> Iterator[Filled]:
    for kind, layout, names, begin, end, style in (
        (
            "medical_insured", layouts.MEDICAL_INSURED,
            ("城乡居民基本医疗保险", "城乡居民基本医疗保险", "城镇职工基本医疗保险"),
            "参保日期", "停保日期", text.DASH,
        ),
        (
            "pension_insured", layouts.PENSION_INSURED,
            ("城乡居民基本养老保险", "城乡居民基本养老保险", "企业职工基本养老保险"),
            "参保年月", "停保年月", text.M6,
        ),
    ):  # fmt: skip
        yield from _insured(register, kind, layout, names, (begin, end), style)


def _insured(
    register: Register,
    kind: str,
    layout: Layout,
    names: tuple[str, ...],
    days: tuple[str, str],
    style: text.Style,
) -> Iterator[Filled]:
    def columns(chosen: Table) -> Columns:
        return {
            **register.person(chosen["person_id"]),
            "险种": text.varied(names, chosen["person_id"], 11),
            days[0]: text.dates(chosen["started_on"], style),
            days[1]: text.dates(chosen["ended_on"], style),
        }

    yield from lasting(register, layout, register.of_kind("statuses", STATUSES, kind), columns)


def _measures(register: Register) -> Iterator[Filled]:
    first = word(LEVELS, MEASURES[0])

    def columns(chosen: Table) -> Columns:
        category = np.where(chosen["level"] == NO_WORD, NO_WORD, chosen["level"] - first)
        person, own = chosen["person_id"], chosen["person_id"] != NULL
        who = register.person(np.where(own, person, 1), ("帮扶对象姓名", "帮扶对象证件号码"))
        return {
            **register.home(chosen["household_id"]),
            **{heading: text.blanked(series, own) for heading, series in who.items()},
            "措施类别": text.words(labels.MEASURES, category),
            "措施内容": text.words(labels.MEASURE_TEXTS, category),
            "开始日期": text.dates(chosen["started_on"], text.DASH),
            "结束日期": text.dates(chosen["ended_on"], text.DASH),
        }

    rows = register.of_kind("statuses", STATUSES, "help_measure")
    yield from lasting(register, layouts.HELP_MEASURE, rows, columns)


def _holdings(register: Register) -> Iterator[Filled]:
    for kind, layout, prefix, begin, value in (
        ("vehicle", layouts.VEHICLE, "CL", "登记日期", "估值（元）"),
        ("company", layouts.COMPANY, "SC", "成立日期", "认缴出资额（元）"),
        ("commercial_housing", layouts.COMMERCIAL_HOUSING, "FC", "登记日期", "评估价（元）"),
    ):
        rows = register.of_kind("holdings", HOLDINGS, kind)
        rows["number"] = np.arange(len(rows["kind"])) + 10_000_001

        def columns(
            chosen: Table, prefix: str = prefix, begin: str = begin, value: str = value
        ) -> Columns:
            ids = chosen["person_id"]
            return {
                **register.person(ids),
                **_details(register, ids),
                "登记编号": text.joined(prefix, text.integers(chosen["number"])),
                begin: text.dates(chosen["started_on"], text.D8),
                "注销日期": text.dates(chosen["ended_on"], text.D8),
                value: text.yuan(chosen["value"]),
            }

        yield from lasting(register, layout, rows, columns)


def _details(register: Register, ids: Array) -> Columns:
    """What registers of property say beyond the facts; each list takes its own columns."""
    county = register.places.county_names[0]
    trade = text.varied(labels.EMPLOYERS, ids, 17)
    return {
        "号牌种类": text.varied(labels.VEHICLES, ids, 19),
        "品牌型号": text.varied(labels.BRANDS, ids, 23),
        "企业名称": text.joined(county, trade, "经营部", text.integers(ids)),
        "任职": text.varied(("法定代表人", "股东"), ids, 29),
        "坐落": text.joined(county, text.varied(("城东", "城西", "河滨", "新区"), ids, 31), "小区",
        text.integers(ids % 30 + 1), "栋"),
    }  # fmt: skip
