"""Lists of the health, education, housing, water and emergency offices, and of the banks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from anju.synth.columns import (
    EVENTS,
    GRADES,
    HOUSING,
    LEVELS,
    NO_WORD,
    NULL,
    STATUSES,
    Array,
    Table,
    take,
    word,
)  # fmt: skip
from anju.synth.people import NOT_IN_SCHOOL, SCHOOL_GRADES
from anju.synth.periods import day
from anju.synth.workbooks import labels, layouts, text
from anju.synth.workbooks.filled import Columns, Filled, lasting, once
from anju.synth.workbooks.register import Register


def sheets(register: Register) -> Iterator[Filled]:
    """All sheets of this module."""
    yield from _medical(register)
    yield from _health(register)
    yield from _school(register)
    yield from _dropouts(register)
    yield from _homes(register)
    yield from _water(register)
    yield from _losses(register)


def _events(register: Register, kind: str) -> Table:
    rows = register.of_kind("events", EVENTS, kind)
    rows["number"] = np.arange(len(rows["kind"])) + 100_001
    return rows


def _medical(register: Register) -> Iterator[Filled]:
    def columns(chosen: Table) -> Columns:
        ids, amount = chosen["person_id"], chosen["amount"]
        known = amount != NULL
        own = np.where(known, amount, 0)

        def share(times: int, over: int) -> pa.Array:
            return text.yuan(np.where(known, own * times // over // 100 * 100, NULL))

        insured, extra = own * 2 // 100 * 100, own * 3 // 5 // 100 * 100
        aid = np.where(ids % 4 == 0, own // 4 // 100 * 100, 0)
        total = own + insured + extra + aid
        return {
            **register.person(ids),
            "结算日期": text.dates(chosen["occurred_on"], text.SLASH),
            "医疗类别": text.varied(("住院", "门诊慢特病", "住院"), chosen["number"], 37),
            "医疗总费用": text.yuan(np.where(known, total, NULL)),
            "统筹支付": share(2, 1),
            "大病保险支付": share(3, 5),
            "医疗救助": text.yuan(np.where(known, aid, NULL)),
            "个人自付": text.yuan(amount),
            "结算单号": text.joined("JS", text.integers(chosen["number"])),
        }

    rows = _events(register, "medical_selfpaid")
    yield from once(register, layouts.MEDICAL_SELFPAID, rows, "occurred_on", columns)


def _health(register: Register) -> Iterator[Filled]:
    def illness(chosen: Table) -> Columns:
        return {
            **register.person(chosen["person_id"]),
            "病种": text.varied(labels.ILLNESSES, chosen["number"], 41),
            "确诊日期": text.dates(chosen["occurred_on"], text.DOT),
            "确诊医院": text.varied(labels.HOSPITALS, chosen["number"], 43),
        }

    def chronic(chosen: Table) -> Columns:
        return {
            **register.person(chosen["person_id"]),
            "病种": text.varied(labels.CHRONIC, chosen["person_id"], 47),
            "建档日期": text.dates(chosen["started_on"], text.DOT),
            "销档日期": text.dates(chosen["ended_on"], text.DOT),
        }

    def disability(chosen: Table) -> Columns:
        at = chosen["person_id"] - 1
        return {
            "姓名": text.pick(register.name, at),
            "性别": text.words(labels.SEXES, register.persons["sex"][at]),
            "残疾人证号": text.pick(register.card, at),
            "残疾类别": text.words(labels.DISABILITIES, register.persons["disability"][at] - 1),
            "残疾等级": text.words(labels.GRADES, chosen["level"] - word(LEVELS, GRADES[0])),
            "发证日期": text.dates(chosen["started_on"], text.D8),
            "注销日期": text.dates(chosen["ended_on"], text.D8),
        }

    rows = _events(register, "serious_illness")
    yield from once(register, layouts.SERIOUS_ILLNESS, rows, "occurred_on", illness)
    for kind, layout, columns in (
        ("chronic", layouts.CHRONIC, chronic),
        ("disabled", layouts.DISABILITY, disability),
    ):
        yield from lasting(register, layout, register.of_kind("statuses", STATUSES, kind), columns)


def _school(register: Register) -> Iterator[Filled]:
    """New school stages each September, and fees."""
    september = [month for month in register.period.months if month.number == 9]
    people = register.persons
    moved = (people["grade"] != people["grade_before"]) & (people["grade"] != NOT_IN_SCHOOL)
    if september:  # who joins a household later stands in no list yet
        moved &= register.first_joined < september[0].next_day
    if september and moved.any():
        chosen = take(people, moved)
        on = np.full(len(chosen["grade"]), day(september[0].year, 9, 1))
        yield Filled.of(
            str(september[0]),
            layouts.ENROLMENT,
            {
                **register.person(chosen["person_id"]),
                "学校": _schools(chosen["grade"]),
                "在校生状况": text.words(SCHOOL_GRADES, chosen["grade"]),
                "变动日期": text.dates(on, text.DASH),
            },
        )

    def fees(rows: Table) -> Columns:
        at = rows["person_id"] - 1
        earlier = rows["occurred_on"] < register.period.start
        grade = np.where(earlier, people["grade_before"][at], people["grade"][at])
        stage = np.select([grade < 6, grade < 9, grade < 12, grade < 15], [0, 0, 1, 2], 3)
        return {
            **register.person(rows["person_id"]),
            "学校": _schools(grade),
            "学段": text.words(labels.STAGES, stage),
            "缴费日期": text.dates(rows["occurred_on"], text.DASH),
            "自付学费（元）": text.yuan(rows["amount"]),
        }

    yield from once(register, layouts.TUITION, _events(register, "tuition"), "occurred_on", fees)


def _schools(grade: Array) -> pa.Array:
    """A school that has the grade; the primary school for who is in none."""
    at = np.searchsorted((2, 3, 6, 9, 12), grade, side="right")
    return text.words(labels.SCHOOLS, np.where((grade < 0) | (grade == NOT_IN_SCHOOL), 1, at))


def _dropouts(register: Register) -> Iterator[Filled]:
    def gone(chosen: Table) -> Columns:
        before = register.persons["grade_before"][chosen["person_id"] - 1]
        return {
            **register.person(chosen["person_id"]),
            "原就读学校": _schools(before),
            "原年级": text.blanked(text.words(SCHOOL_GRADES, before), before != NOT_IN_SCHOOL),
            "离校日期": text.dates(chosen["occurred_on"], text.SLASH),
            "原因": text.varied(("厌学", "外出", "其他"), chosen["number"], 59),
        }

    def exempt(chosen: Table) -> Columns:
        return {
            **register.person(chosen["person_id"]),
            "类别": text.varied(("因身体原因免学", "缓学"), chosen["person_id"], 61),
            "批准日期": text.dates(chosen["started_on"], text.SLASH),
            "截止日期": text.dates(chosen["ended_on"], text.SLASH),
        }

    rows = _events(register, "dropout")
    yield from once(register, layouts.DROPOUT, rows, "occurred_on", gone)
    exempted = register.of_kind("statuses", STATUSES, "health_exempt_from_school")
    yield from lasting(register, layouts.EXEMPTION, exempted, exempt)


def _homes(register: Register) -> Iterator[Filled]:
    def graded(chosen: Table) -> Columns:
        level = chosen["level"]
        grade = np.where(level == NO_WORD, NO_WORD, level - word(LEVELS, HOUSING[0]))
        return {
            **register.home(chosen["household_id"]),
            "结构类型": text.varied(labels.STRUCTURES, chosen["household_id"], 67),
            "建筑面积（㎡）": _floor_area(chosen["household_id"]),
            "鉴定等级": text.words(labels.HOUSING, grade),
            "鉴定日期": text.dates(chosen["occurred_on"], text.ZH),
        }

    def untitled(chosen: Table) -> Columns:
        ids = chosen["household_id"]
        home, site = register.home(ids), register.places.site[ids - 1]
        names = text.strings(register.places.sites.name)
        return {
            "户编号": home["户编号"],
            "户主姓名": home["户主姓名"],
            "安置点名称": text.pick(names, site),
            "入住日期": text.dates(chosen["started_on"], text.ZH),
            "办证日期": text.dates(chosen["ended_on"], text.ZH),
        }

    rows = _events(register, "housing_graded")
    yield from once(register, layouts.HOUSING, rows, "occurred_on", graded)
    untitled_rows = register.of_kind("statuses", STATUSES, "no_title")
    yield from lasting(register, layouts.TITLE, untitled_rows, untitled)


def _floor_area(ids: Array) -> pa.Array:
    """Of homes in villages 60 to 219 m²; of one in forty it was left blank."""
    return text.blanked(text.integers(60 + ids * 37 % 160), ids % 40 != 11)


def _water(register: Register) -> Iterator[Filled]:
    def unsafe(chosen: Table) -> Columns:
        return {
            **register.home(chosen["household_id"]),
            "问题": text.varied(labels.WATER_PROBLEMS, chosen["household_id"], 71),
            "发现日期": text.dates(chosen["started_on"], text.DASH),
            "解决日期": text.dates(chosen["ended_on"], text.DASH),
        }

    def cut(chosen: Table) -> Columns:
        return {
            **register.home(chosen["household_id"]),
            "停水日期": text.dates(chosen["occurred_on"], text.DASH),
            "停水天数": text.words(LEVELS, chosen["level"]),
        }

    rows = register.of_kind("statuses", STATUSES, "unsafe_water")
    yield from lasting(register, layouts.UNSAFE_WATER, rows, unsafe)
    yield from once(register, layouts.WATER_CUT, _events(register, "water_cut"), "occurred_on", cut)


def _losses(register: Register) -> Iterator[Filled]:
    def disaster(chosen: Table) -> Columns:
        return {
            **register.home(chosen["household_id"]),
            "灾种": text.varied(labels.DISASTERS, chosen["number"], 73),
            "受灾日期": text.dates(chosen["occurred_on"], text.ZH),
            "损失金额（元）": text.yuan(chosen["amount"]),
        }

    def accident(chosen: Table) -> Columns:
        return {
            **register.person(chosen["person_id"]),
            "事故类型": text.varied(labels.ACCIDENTS, chosen["number"], 79),
            "事故日期": text.dates(chosen["occurred_on"], text.ZH),
            "自担费用（元）": text.yuan(chosen["amount"]),
        }

    def loan(chosen: Table) -> Columns:
        return {
            **register.person(chosen["person_id"]),
            "贷款机构": text.varied(labels.BANKS, chosen["number"], 83),
            "借据编号": text.joined("JJ", text.integers(chosen["number"])),
            "逾期日期": text.dates(chosen["occurred_on"], text.D8),
            "逾期金额（元）": text.yuan(chosen["amount"]),
        }

    for kind, layout, columns in (
        ("disaster", layouts.DISASTER, disaster),
        ("accident", layouts.ACCIDENT, accident),
        ("loan_overdue", layouts.LOAN_OVERDUE, loan),
    ):
        yield from once(register, layout, _events(register, kind), "occurred_on", columns)
