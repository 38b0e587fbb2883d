"""The project library and what was paid for its projects: whole as of each month's end.

They are drawn from a stream of their own: no rule reads them, and no other list changes with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from anju.synth.periods import as_date, day
from anju.synth.workbooks import labels, layouts, text
from anju.synth.workbooks.filled import Filled
from anju.synth.workbooks.known import BASE
from anju.synth.workbooks.layouts import Layout
from anju.synth.workbooks.register import Register

_TOPIC = 4_102
_HOUSEHOLDS_A_PROJECT = 110
_FEWEST = 12
_KINDS = ("industry", "employment", "construction", "relocation", "guarantees", "management")
_SHARES = (0.36, 0.08, 0.36, 0.1, 0.07, 0.03)
_UNIT_YUAN = 10_000
_NEVER = 10**6


@dataclass(frozen=True)
class Paid:
    """One payment: day, kind, amount in yuan, who was paid, and how many workers of labour pay."""

    on: int
    kind: str
    yuan: int
    payee: str
    workers: int = 0
    relocated: int = 0


@dataclass(frozen=True)
class Project:
    """One project with all that will ever be known of it; days that never come are `_NEVER`."""

    code: str
    kind: str
    name: str
    town: str
    village: str
    site: str
    unit: str
    builder: str
    is_key: bool
    is_work_relief: bool
    year: int
    planned: tuple[int, int]
    funds: tuple[int, ...]
    steps: tuple[int, ...]
    paid: tuple[Paid, ...]
    households: int

    @property
    def total(self) -> int:
        """Yuan of all sources."""
        return sum(self.funds)

    def done(self, on: int) -> int:
        """Per cent of the work done by a day."""
        started, finished = self.steps[4], self.steps[5]
        if on < started or finished <= on:
            return 0 if on < started else 100
        end = finished if finished < _NEVER else self.planned[1] + 60
        return min(95, 5 + 90 * (on - started) // max(end - started, 1))


def library(register: Register) -> list[Project]:
    """The projects of the county, the same for the same county."""
    rng = np.random.default_rng((register.county.seed, register.county.size, _TOPIC))
    count = max(_FEWEST, register.county.size // _HOUSEHOLDS_A_PROJECT)
    first = register.period.first.year
    years = np.sort(rng.choice([first - 1, first, first + 1], count, p=(0.35, 0.5, 0.15)))
    return [
        _project(register, rng, number, int(year)) for number, year in enumerate(years, start=1)
    ]


def sheets(register: Register) -> Iterator[Filled]:
    """The whole library as of the end of each folder, and the payments that came since the last."""
    projects = library(register)
    ends = [register.period.start, *(month.next_day for month in register.period.months)]
    before = 0
    for folder, end in zip((BASE, *map(str, register.period.months)), ends, strict=True):
        known = [each for each in projects if each.steps[0] < end]
        yield _table(folder, layouts.PROJECTS, [_line(each, end - 1) for each in known])
        paid = [
            _payment(each, number, one)
            for each in projects
            for number, one in enumerate(each.paid, start=1)
            if before <= one.on < end
        ]
        yield _table(folder, layouts.PROJECT_PAYMENTS, paid)
        before = end


def _project(register: Register, rng: np.random.Generator, number: int, year: int) -> Project:
    kind = str(rng.choice(_KINDS, p=_SHARES))
    noun = str(rng.choice(labels.PROJECTS[kind]))
    places, sites = register.places, register.places.sites
    site = int(rng.integers(0, len(sites.code)))
    village = int(
        sites.village[site] if kind == "relocation" else rng.integers(0, len(places.village_code))
    )
    town = int(places.village_town[village])
    is_wide = kind in ("employment", "management")
    steps, planned = _steps(rng, year, kind)
    total = int(rng.choice([30, 45, 60, 80, 120, 180, 260, 400])) * _UNIT_YUAN
    is_relief = kind in ("industry", "construction") and bool(rng.random() < 0.35)
    where = "全县" if is_wide else places.village_name[village]
    builder = str(rng.choice(labels.BUILDERS))
    return Project(
        f"XM{year}{number:04d}",
        kind,
        f"{year}年{sites.name[site] if kind == 'relocation' else where}{noun}",
        "" if is_wide else places.town_name[town],
        "" if is_wide else places.village_name[village],
        sites.code[site] if kind == "relocation" else "",
        str(labels.PROJECT_UNITS[kind]),
        builder,
        bool(rng.random() < 0.25),
        is_relief,
        year,
        planned,
        _funds(rng, total),
        steps,
        _paid(rng, total, steps, builder, is_relief),
        int(rng.integers(8, 300)),
    )


def _steps(
    rng: np.random.Generator, year: int, kind: str
) -> tuple[tuple[int, ...], tuple[int, int]]:
    """The days of the steps in their order (the last is dropped), and the days that were planned."""
    proposed = day(year - 1, 7) + int(rng.integers(0, 45))
    reviewed = proposed + int(rng.integers(10, 40))
    appraised = reviewed + int(rng.integers(10, 40))
    entered = appraised + int(rng.integers(5, 30))
    start = day(year, 2) + int(rng.integers(0, 120))
    planned = (start, start + int(rng.integers(70, 200)))
    if kind == "management":
        planned = (start, day(year, 12, 20))
    if rng.random() < 0.04:
        return (proposed, reviewed, appraised, entered, *([_NEVER] * 4), start), planned
    began = start + int(rng.integers(-10, 25))
    finished = planned[1] + int(
        rng.choice([-20, -8, -3, 0, 12, 45, _NEVER], p=(0.2, 0.25, 0.2, 0.15, 0.1, 0.05, 0.05))
    )
    finished = max(finished, began + 20)
    accepted = finished + int(rng.integers(15, 70))
    handed = accepted + int(rng.integers(10, 50))
    last = [each if each < _NEVER else _NEVER for each in (finished, accepted, handed)]
    return (proposed, reviewed, appraised, entered, began, *last, _NEVER), planned


def _funds(rng: np.random.Generator, total: int) -> tuple[int, ...]:
    """Yuan by source: two or three sources, in tenths of the whole."""
    parts = [0] * len(labels.FUNDS)
    rest = 10
    for source in rng.choice(
        len(parts), int(rng.integers(1, 3)), replace=False, p=(0.5, 0.2, 0.05, 0.1, 0.1, 0.02, 0.03)
    ):
        share = int(rng.integers(2, 6))
        parts[int(source)], rest = share, rest - share
    parts[0 if parts[0] else int(np.argmax(parts))] += rest
    return tuple(total // 10 * share for share in parts)


def _paid(
    rng: np.random.Generator, total: int, steps: tuple[int, ...], builder: str, is_relief: bool
) -> tuple[Paid, ...]:
    """A third at the start, a third on the way, the rest after acceptance; labour pay each month."""
    started, finished, accepted = steps[4], steps[5], steps[6]
    if started == _NEVER:
        return ()
    share = float(rng.choice([0.09, 0.14, 0.16, 0.18, 0.22])) if is_relief else 0.0
    works = total - round(total * share)
    found = [Paid(started + 12, "工程款", works * 3 // 10, builder)]
    found.append(Paid(started + 70, "工程款", works * 4 // 10, builder))
    rest = works - works * 3 // 10 - works * 4 // 10
    if rng.random() < 0.03:
        rest += total // 20  # more than was granted: somebody has to see it
    found.append(Paid(accepted + 15 if accepted < _NEVER else _NEVER, "工程款", rest, builder))
    if is_relief:
        monthly = round(total * share) // 4
        for month in range(4):
            workers = int(rng.integers(8, 60))
            relocated = int(rng.integers(0, workers + 1))
            on = started + 30 * (month + 1)
            found.append(Paid(on, "劳务报酬", monthly, "", workers, relocated))
    last = finished + 200 if finished < _NEVER else _NEVER
    return tuple(sorted((each for each in found if each.on <= last), key=lambda each: each.on))


def _line(project: Project, on: int) -> dict[str, str]:
    """A row of the library as of a day."""
    ahead = project.steps[3] > on
    line = {
        "项目编号": project.code,
        "项目名称": project.name,
        "项目类型": labels.PROJECT_KINDS[project.kind],
        "乡镇": project.town,
        "行政村": project.village,
        "安置点编码": project.site,
        "是否重点项目": "是" if project.is_key else "否",
        "责任单位": project.unit,
        "施工单位": "" if project.steps[4] > on else project.builder,
        "入库年度": "" if ahead else f"{as_date(project.steps[3]).year}",
        "实施年度": f"{project.year}",
        "计划开工日期": _day(project.planned[0]),
        "计划完工日期": _day(project.planned[1]),
        "受益户数": f"{project.households}",
        "是否以工代赈": "是" if project.is_work_relief else "否",
        "劳务报酬应占比例（%）": "15" if project.is_work_relief else "",
        "劳务报酬计算基数": "资金总额" if project.is_work_relief else "",
        "资金合计": _ten_thousands(project.total),
        "形象进度（%）": "" if project.steps[4] > on else f"{project.done(on)}",
        "统计日期": "" if project.steps[4] > on else _day(min(on, project.steps[5])),
    }
    line |= {
        name: _ten_thousands(yuan) for name, yuan in zip(labels.FUNDS, project.funds, strict=True)
    }
    line |= {
        f"{name}日期": _day(reached) if reached <= on else ""
        for name, reached in zip(labels.PROJECT_STEPS, project.steps, strict=True)
    }
    return line


def _payment(project: Project, number: int, paid: Paid) -> dict[str, str]:
    is_labour = paid.kind == "劳务报酬"
    return {
        "项目编号": project.code,
        "项目名称": project.name,
        "凭证号": f"ZF{project.code[2:]}-{number:02d}",
        "支付日期": _day(paid.on),
        "支付类别": paid.kind,
        "支付金额（元）": f"{paid.yuan}",
        "收款单位": paid.payee,
        "领取劳务报酬人数": f"{paid.workers}" if is_labour else "",
        "其中搬迁群众人数": f"{paid.relocated}" if is_labour else "",
    }


def _day(days: int) -> str:
    return as_date(days).isoformat()


def _ten_thousands(yuan: int) -> str:
    whole, rest = divmod(yuan, _UNIT_YUAN)
    if not yuan:
        return ""
    return f"{whole}.{rest:04d}".rstrip("0") if rest else f"{whole}"


def _table(folder: str, layout: Layout, lines: Sequence[dict[str, str]]) -> Filled:
    """Rows of a sheet; empty texts are blank cells."""
    columns: dict[str, pa.Array] = {
        name: text.strings([line[name] or None for line in lines])  # type: ignore[misc]
        for name in layout.headings
        if name != "序号"
    }
    return Filled.of(folder, layout, columns)
