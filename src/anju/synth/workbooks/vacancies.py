"""Workshops near homes with what they told, and vacancies of employers near and far.

Drawn from a stream of its own: no rule reads them, and no other list changes with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from anju.synth import identity
from anju.synth.counties import PROVINCES
from anju.synth.periods import as_date, day
from anju.synth.workbooks import labels, layouts, text
from anju.synth.workbooks.filled import Filled
from anju.synth.workbooks.known import BASE
from anju.synth.workbooks.layouts import Layout
from anju.synth.workbooks.register import Register

_TOPIC = 4_305
_SCATTERED = 2
_HOMES_A_WORKSHOP = 120
_VILLAGES_WITH_ONE = 0.12
_HOUSEHOLDS_A_VACANCY = 150
_PLACES = ("乡镇", "行政村", "安置点编码")


@dataclass(frozen=True)
class Workshop:
    """A workshop: what it is, when it opened and closed, and how many posts it has had."""

    what: dict[str, str]
    opened: int
    closed: int
    posts: tuple[int, ...]
    """At the end of last year, in the middle of this one, at the end of the months."""
    filled: float


@dataclass(frozen=True)
class Vacancy:
    """A vacancy: what is offered, since when until when, how many were found each month."""

    what: dict[str, str]
    opened: int
    closes: int
    wanted: int
    found: int


def sheets(register: Register) -> Iterator[Filled]:
    """Workshops at three days; vacancies each month, those of before with how many were found."""
    rng = np.random.default_rng((register.county.seed, register.county.size, _TOPIC))
    shops = list(_workshops(register, rng))
    months = [*map(str, register.period.months)]
    first, last = register.period.first, register.period.months[-1]
    # A county of one month has one list of it, that of its end.
    told = {BASE: day(first.year, 1) - 1, months[0]: day(first.year, 7) - 1}
    told[months[-1]] = last.next_day - 1
    for at, (folder, on) in enumerate(told.items()):
        rows = [_line(shop, at, on) for shop in shops if shop.opened <= on and shop.closed > on]
        yield _table(folder, layouts.WORKSHOPS, rows)
    offered = list(_vacancies(register, shops, rng))
    for month in register.period.months:
        end = month.next_day
        known = [each for each in offered if each.opened < end]
        if known:
            yield _table(str(month), layouts.VACANCIES, [_offered(each, end) for each in known])


def _workshops(register: Register, rng: np.random.Generator) -> Iterator[Workshop]:
    places, sites = register.places, register.places.sites
    for site, (kind, size) in enumerate(zip(sites.kind.tolist(), sites.size.tolist(), strict=True)):
        if kind == _SCATTERED:
            continue
        village = int(sites.village[site])
        for number in range(1 + min(4, size // _HOMES_A_WORKSHOP)):
            where = (*_place(register, village), sites.code[site])
            yield _workshop(register, rng, where, sites.name[site], "新社区工厂", number)
    for village in range(len(places.village_code)):
        if rng.random() < _VILLAGES_WITH_ONE:
            kind = str(rng.choice(("就业帮扶车间", "就业帮扶车间", "家庭工坊", "就业帮扶基地")))
            where = (*_place(register, village), "")
            yield _workshop(register, rng, where, places.village_name[village], kind, 0)


def _workshop(
    register: Register,
    rng: np.random.Generator,
    where: tuple[str, str, str],
    place: str,
    kind: str,
    number: int,
) -> Workshop:
    product = labels.WORKSHOP_PRODUCTS[int(rng.integers(0, len(labels.WORKSHOP_PRODUCTS)))]
    start, stop = register.period.start, register.period.stop
    is_new = rng.random() < 0.15
    opened = int(
        rng.integers(start - 150, stop - 30) if is_new else start - rng.integers(300, 1500)
    )
    is_closed = not is_new and rng.random() < 0.05
    posts = int(rng.integers(3, 9) if kind == "家庭工坊" else rng.integers(12, 70))
    more = [int(each) for each in rng.integers(-2, 9, 2)]
    is_good = rng.random() < 0.3
    what = {
        **dict(zip(_PLACES, where, strict=True)),
        "车间名称": f"{place}{product}{kind[-2:]}{number + 1 if number else ''}",
        "车间类型": kind,
        "经营主体": f"{rng.choice(labels.EMPLOYERS)}公司",
        "主要产品": product,
        "是否四好": "四好" if is_good and kind == "新社区工厂" else "",
        "评定时间": _day(start - 200) if is_good and kind == "新社区工厂" and not is_new else "",
        "月平均工资（元）": f"{int(rng.integers(24, 42)) * 100}",
    }
    if not what["评定时间"]:
        what["是否四好"] = ""
    grown = (posts, max(posts + more[0], 1), max(posts + more[0] + more[1], 1))
    return Workshop(
        what, opened, start + 20 if is_closed else stop * 2, grown, 0.7 + rng.random() / 4
    )


def _line(shop: Workshop, at: int, on: int) -> dict[str, str]:
    """A row of the ledger as of a day."""
    workers = int(shop.posts[at] * shop.filled)
    return {
        **shop.what,
        "认定时间": _day(shop.opened),
        "统计日期": _day(on),
        "岗位数": f"{shop.posts[at]}",
        "吸纳就业人数": f"{workers}",
        "其中脱贫人口（含监测对象）": f"{workers * 6 // 10}",
        "其中搬迁群众": f"{workers * 7 // 10 if shop.what['安置点编码'] else workers // 10}",
    }


def _vacancies(
    register: Register, shops: Sequence[Workshop], rng: np.random.Generator
) -> Iterator[Vacancy]:
    """Each month some: a third in the county's workshops and towns, some far away."""
    number = register.county.size // _HOUSEHOLDS_A_VACANCY + 12
    for month in register.period.months:
        open_now = [
            each for each in shops if each.opened < month.first_day and each.closed > month.next_day
        ]
        for serial in range(number):
            opened = int(month.first_day + rng.integers(0, 25))
            base = _vacancy(register, rng, serial + int(month.first_day) * 1_000, opened)
            if serial % 4 == 0 and open_now:
                shop = open_now[int(rng.integers(0, len(open_now)))]
                what = {**base.what, "用人单位": shop.what["车间名称"], "工作地点": ""}
                what |= {name: shop.what[name] for name in _PLACES[:2]}
                product = labels.WORKSHOP_PRODUCTS.index(shop.what["主要产品"])
                what["招聘岗位"] = labels.WORKSHOP_TRADES[product]
                yield replace(base, what=what)
            else:
                yield base


def _vacancy(register: Register, rng: np.random.Generator, serial: int, opened: int) -> Vacancy:
    trade = str(rng.choice(labels.VACANT_TRADES))
    low = int(rng.integers(22, 60)) * 100
    wanted = int(rng.integers(1, 20))
    where = {"乡镇": "", "行政村": "", "工作地点": ""}
    if rng.random() < 0.55:
        town, village = _place(register, int(rng.integers(0, len(register.places.village_code))))
        where |= {"乡镇": town, "行政村": village if rng.random() < 0.5 else ""}
    else:
        where["工作地点"] = f"{rng.choice(list(PROVINCES.values()))}工业园"
    what = {
        **where,
        "用人单位": f"{rng.choice(labels.EMPLOYERS)}{rng.choice(labels.BRANCHES)}",
        "招聘岗位": trade,
        "薪资待遇": f"{low}-{low + int(rng.integers(3, 20)) * 100}"
        if rng.random() < 0.9
        else "面议",
        "年龄要求": f"18-{int(rng.integers(40, 60))}" if rng.random() < 0.8 else "不限",
        "是否要求技能": str(rng.choice(("是", "否", "否", ""))),
        "其他要求": str(rng.choice(("", "", "能适应倒班", "服从安排"))),
        "食宿": str(rng.choice(("包吃包住", "包吃", "不包食宿", ""))),
        "联系人": "人力资源部",
        "联系电话": str(identity.telephones(np.array([serial + 7_000_000]))[0]),
    }
    closes = opened + int(rng.integers(30, 120)) if rng.random() < 0.6 else 0
    return Vacancy(what, opened, closes, wanted, int(rng.integers(0, wanted + 1)))


def _offered(row: Vacancy, end: int) -> dict[str, str]:
    """A row of the list as of the end of a month: the longer it was out, the more were found."""
    found = row.found if end - row.opened > 31 else row.found // 2
    return {
        **row.what,
        "招聘人数": f"{row.wanted}",
        "已招人数": f"{found}",
        "发布日期": _day(row.opened),
        "截止日期": _day(row.closes) if row.closes else "",
    }


def _place(register: Register, village: int) -> tuple[str, str]:
    places = register.places
    return places.town_name[int(places.village_town[village])], places.village_name[village]


def _day(days: int) -> str:
    return as_date(days).isoformat()


def _table(folder: str, layout: Layout, lines: Sequence[dict[str, str]]) -> Filled:
    """Rows of a sheet; empty texts are blank cells."""
    columns: dict[str, pa.Array] = {
        name: text.strings([line.get(name) or None for line in lines])  # type: ignore[misc]
        for name in layout.headings
        if name != "序号"
    }
    return Filled.of(folder, layout, columns)
