"""The ledger of relief assets and what they yield: whole as of each folder's day.

Drawn from a stream of its own: no rule reads it, and no other list changes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from anju.synth.columns import Array
from anju.synth.periods import as_date, day
from anju.synth.workbooks import labels, layouts, projects, text
from anju.synth.workbooks.filled import Filled
from anju.synth.workbooks.known import BASE
from anju.synth.workbooks.layouts import Layout
from anju.synth.workbooks.register import Register

_TOPIC = 4_203
_HOUSEHOLDS_A_HOME_ASSET = 300
_HOMES_A_SHOP = 45
_SCATTERED = 2
_SHARES = (
    "运行管护（元）",
    "公益岗位（元）",
    "公益事业（元）",
    "困难户补助（元）",
    "留归村集体（元）",
)


@dataclass(frozen=True)
class State:
    """What an asset was from a day on."""

    since: int
    use: str
    reason: str = ""
    paper: str = ""


@dataclass(frozen=True)
class Lease:
    """Who runs it from a day to a day, for how many yuan a year."""

    operator: str
    starts: int
    ends: int
    rent: int


@dataclass(frozen=True)
class Asset:
    """One asset with all that will ever be known of it in the months."""

    what: dict[str, str]
    kind: str
    built: int
    value: int
    states: tuple[State, ...]
    leases: tuple[Lease, ...] = ()


def ledger(register: Register) -> list[Asset]:
    """The assets of the county, the same for the same county."""
    rng = np.random.default_rng((register.county.seed, register.county.size, _TOPIC))
    made = [*_at_sites(register, rng), *_in_villages(register, rng), *_of_projects(register, rng)]
    return [*made, *_at_homes(register, rng)]


def sheets(register: Register) -> Iterator[Filled]:
    """The whole ledger as of the end of each folder; yields of past years, then of this one."""
    assets = ledger(register)
    rng = np.random.default_rng((register.county.seed, register.county.size, _TOPIC + 1))
    ends = [register.period.start, *(month.next_day for month in register.period.months)]
    year = register.period.first.year
    folders = [BASE, *map(str, register.period.months)]
    yields = {BASE: [year - 2, year - 1], folders[-1]: [year]}
    for folder, end in zip(folders, ends, strict=True):
        known = [each for each in assets if each.built < end]
        yield _table(folder, layouts.ASSETS, [_line(each, end - 1) for each in known])
        lines = [
            line
            for each in known
            for one in yields.get(folder, ())
            if (line := _yield(each, one, rng, is_over=one < year))
        ]
        if lines:
            yield _table(folder, layouts.ASSET_YIELDS, lines)


def _place(register: Register, village: int, site: int = -1) -> dict[str, str]:
    places = register.places
    return {
        "乡镇": places.town_name[int(places.village_town[village])],
        "行政村": places.village_name[village],
        "安置点编码": "" if site < 0 else places.sites.code[site],
    }


def _at_sites(register: Register, rng: np.random.Generator) -> Iterator[Asset]:
    """Shops, garages, a market hall and a workshop at every site: what is to be put to use."""
    sites = register.places.sites
    for site, (kind, size, opened) in enumerate(
        zip(sites.kind.tolist(), sites.size.tolist(), sites.opened.tolist(), strict=True)
    ):
        if kind == _SCATTERED:
            continue
        nouns = [labels.SITE_ASSETS[0]] * max(2, size // _HOMES_A_SHOP)
        nouns += list(labels.SITE_ASSETS[1 : 1 + min(3, size // 100)])
        for number, noun in enumerate(nouns, start=1):
            village = int(sites.village[site])
            what = {
                **_place(register, village, site),
                "资产编号": f"ZC{sites.code[site]}-{number:02d}",
                "资产名称": f"{sites.name[site]}{noun}{number}号",
                "资产类别": "房屋",
                "权属层级": "县级",
                "产权主体": "县易地搬迁后续扶持公司",
                "管护主体": "安置点管理服务中心",
            }
            built = _first_of_year(opened) + int(rng.integers(0, 300))
            yield _operating(register, rng, what, built, int(rng.integers(8, 90)) * 10_000)


def _first_of_year(opened: int) -> int:
    """Sites tell the year and month they were opened, as 201906."""
    return day(opened // 100, 1)


def _operating(
    register: Register, rng: np.random.Generator, what: dict[str, str], built: int, value: int
) -> Asset:
    """Leased, or idle; some of the idle ones are put to use in the months, some are given up."""
    start = register.period.start
    if built > start - 200:
        return Asset(what, "经营性", built, value, (State(built, "在用"),))
    operator = f"{rng.choice(labels.EMPLOYERS)}{rng.choice(('合作社', '公司', '商行'))}"
    began = max(built + 30, start - int(rng.integers(200, 1_600)))
    lease = Lease(operator, began, began + 7 * 365, max(value // 25 // 100 * 100, 1_200))
    turn = rng.random()
    if turn < 0.55:
        return Asset(what, "经营性", built, value, (State(built, "在用"),), (lease,))
    idle = State(min(built + 400, start - 30), "闲置", "没有招到商户")
    if turn < 0.68:
        again = start + int(rng.integers(5, 85))
        later = Lease(operator, again, again + 5 * 365, lease.rent)
        states = (State(built, "在用"), idle, State(again, "在用", "整体招商"))
        return Asset(what, "经营性", built, value, states, (later,))
    if turn < 0.72:
        paper = f"县政函〔{_year(start)}〕12号"
        gone = State(start - int(rng.integers(20, 120)), "已处置", "拆迁", paper)
        return Asset(what, "经营性", built, value, (gone,))
    if turn < 0.8:
        return Asset(
            what, "经营性", built, value, (State(built, "低效", "只在赶集日营业"),), (lease,)
        )
    return Asset(what, "经营性", built, value, (State(built, "在用"), idle))


def _in_villages(register: Register, rng: np.random.Generator) -> Iterator[Asset]:
    """Roads, water and squares for everybody, and some things that villages let."""
    places = register.places
    for village in range(len(places.village_code)):
        noun, category = labels.PUBLIC_ASSETS[int(rng.integers(0, len(labels.PUBLIC_ASSETS)))]
        name = places.village_name[village]
        code = f"ZC{places.village_code[village]}"
        built = day(int(rng.integers(2016, 2022)), 1) + int(rng.integers(0, 300))
        what = {
            **_place(register, village),
            "资产编号": f"{code}-01",
            "资产名称": f"{name}{noun}",
            "资产类别": category,
            "权属层级": "村级",
            "产权主体": f"{name}村民委员会",
            "管护主体": f"{name}村民委员会",
        }
        use = "损毁" if rng.random() < 0.03 else "在用"
        states = (State(built, use, "水毁" if use == "损毁" else ""),)
        yield Asset(what, "公益性", built, int(rng.integers(5, 120)) * 10_000, states)
        if rng.random() < 0.25:
            own = {
                **what,
                "资产编号": f"{code}-02",
                "资产名称": f"{name}{rng.choice(labels.VILLAGE_ASSETS)}",
                "资产类别": "设施设备",
                "产权主体": f"{name}股份经济合作社",
            }
            yield _operating(register, rng, own, built, int(rng.integers(10, 200)) * 10_000)


def _of_projects(register: Register, rng: np.random.Generator) -> Iterator[Asset]:
    """What projects of the library have left, once they were accepted."""
    for project in projects.library(register):
        accepted = project.steps[6]
        if project.kind not in ("industry", "relocation", "construction"):
            continue
        if accepted >= register.period.stop:
            continue
        what = {
            "乡镇": project.town,
            "行政村": project.village,
            "安置点编码": project.site,
            "资产编号": f"ZC{project.code}",
            "资产名称": project.name,
            "资产类别": "道路交通" if project.kind == "construction" else "设施设备",
            "项目编号": project.code,
            "权属层级": "村级",
            "产权主体": f"{project.village}股份经济合作社",
            "管护主体": f"{project.village}村民委员会",
            "移交日期": _day(project.steps[7]) if project.steps[7] < register.period.start else "",
        }
        if project.kind == "industry":
            yield _operating(register, rng, what, accepted, project.total)
        else:
            yield Asset(what, "公益性", accepted, project.total, (State(accepted, "在用"),))


def _at_homes(register: Register, rng: np.random.Generator) -> Iterator[Asset]:
    """Cattle, bees and small machines that lifted-out households were given."""
    homes = register.tables["households"]
    can = np.flatnonzero(
        (homes["class"] == 0) & (homes["first_on"] < day(2019, 1)) & ~homes["self_moved"]
    )
    count = min(len(can), register.county.size // _HOUSEHOLDS_A_HOME_ASSET + 2)
    chosen: Array = np.sort(rng.choice(can, count, replace=False))
    heads = register.home(homes["household_id"][chosen])["户主姓名"].to_pylist()
    codes = text.pick(register.household_code, chosen).to_pylist()
    for at, head, code in zip(chosen.tolist(), heads, codes, strict=True):
        noun, category = labels.HOME_ASSETS[int(rng.integers(0, len(labels.HOME_ASSETS)))]
        built = day(int(rng.integers(2019, 2023)), 3) + int(rng.integers(0, 90))
        what = {
            **_place(register, int(register.places.home[at])),
            "资产编号": f"ZCH{code}",
            "资产名称": noun,
            "资产类别": category,
            "户编号": code,
            "户主姓名": head,
            "权属层级": "农户",
        }
        yield Asset(what, "到户类", built, int(rng.integers(8, 60)) * 500, (State(built, "在用"),))


def _line(asset: Asset, on: int) -> dict[str, str]:
    """A row of the ledger as of a day."""
    state = [each for each in asset.states if each.since <= on][-1]
    lease = next((each for each in reversed(asset.leases) if each.starts <= on), None)
    has_title = asset.kind != "到户类" and asset.value % 3 > 0
    line = {
        **dict.fromkeys(layouts.ASSETS.headings, ""),
        **asset.what,
        "资产类型": asset.kind,
        "资金来源": "财政专项扶贫资金" if asset.built < day(2021, 1) else "衔接资金",
        "建成（购置）日期": _day(asset.built),
        "原值（元）": f"{asset.value}",
        "现值（元）": f"{asset.value * 7 // 10}" if asset.kind == "经营性" else "",
        "使用状况": state.use,
        "状况起始日期": _day(state.since),
        "状况说明": state.reason,
        "处置批准文号": state.paper,
    }
    if asset.kind != "到户类":
        line["是否确权登记"] = "是" if has_title else "否"
        line["确权登记日期"] = (
            _day(asset.built + 25) if has_title and asset.built + 25 <= on else ""
        )
        if has_title and asset.built + 25 > on:
            line["是否确权登记"] = "否"
    if lease is not None:
        line |= {
            "承租（经营）主体": lease.operator,
            "合同起始日期": _day(lease.starts),
            "合同终止日期": _day(lease.ends),
            "年租金（元）": f"{lease.rent}",
        }
    return line


def _yield(
    asset: Asset, year: int, rng: np.random.Generator, *, is_over: bool
) -> dict[str, str] | None:
    """What a leased asset brought in a year; of the year that goes on nothing is shared out yet."""
    first, last = day(year, 1), day(year, 12, 31)
    lease = next(
        (each for each in asset.leases if each.starts <= first and last <= each.ends), None
    )
    if lease is None:
        return None
    received = lease.rent if rng.random() < 0.85 else lease.rent // 2
    parts = dict.fromkeys(_SHARES, "")
    if is_over:
        posts = received * 4 // 10
        help_ = received * 2 // 10
        parts |= {
            "运行管护（元）": f"{received // 10}",
            "公益岗位（元）": f"{posts}",
            "困难户补助（元）": f"{help_}",
            "留归村集体（元）": f"{received - received // 10 - posts - help_}",
        }
    return {
        "资产编号": asset.what["资产编号"],
        "资产名称": asset.what["资产名称"],
        "年度": f"{year}",
        "应得收益（元）": f"{lease.rent}",
        "实得收益（元）": f"{received if is_over else received // 2}",
        **parts,
        "分配公示日期": _day(day(year, 12, 20)) if is_over else "",
    }


def _day(days: int) -> str:
    return as_date(days).isoformat()


def _year(days: int) -> int:
    return as_date(days).year


def _table(folder: str, layout: Layout, lines: Sequence[dict[str, str]]) -> Filled:
    """Rows of a sheet; empty texts are blank cells."""
    columns: dict[str, pa.Array] = {
        name: text.strings([line.get(name) or None for line in lines])  # type: ignore[misc]
        for name in layout.headings
        if name != "序号"
    }
    return Filled.of(folder, layout, columns)
