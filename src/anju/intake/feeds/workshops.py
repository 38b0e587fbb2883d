"""就业帮扶车间台账: workshops near homes with their posts and workers, by the human resources bureau."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from anju.employment import checking
from anju.employment.actions import rolls
from anju.employment.actions.rolls import ListedWorkshop
from anju.employment.actions.workshops import COUNT, FIELDS
from anju.employment.models import Workshop, WorkshopCount
from anju.employment.queries import known
from anju.intake import labels_of_work as words
from anju.intake import places
from anju.intake.columns import Column, Kind
from anju.intake.context import Context
from anju.intake.layout import Feed, SheetLayout
from anju.intake.outcomes import Outcomes, Sieve
from anju.intake.showing import label_of
from anju.intake.telling import outcome, shown, tell, with_present
from anju.registry.columns import fetch_all

UNLINKED: Final = "workshops are told apart by place and name; the list names no persons"
_PLAIN: Final = tuple(name for name in FIELDS if name not in ("division_code", "site"))
_NUMBERS: Final = tuple(name for name in COUNT)


@dataclass(frozen=True, slots=True)
class Line:
    """One line against the register. `changes`: field → (from, to); `problem`: what cannot be;
    `newest`: since when the register knows better than an old list."""

    row: Mapping[str, Any]
    listed: ListedWorkshop
    changes: dict[str, tuple[Any, Any]]
    problem: str | None
    newest: date | None


def _take(rows: pl.DataFrame, context: Context) -> Outcomes:
    """New workshops are added, known ones put right, and the numbers of the day noted."""
    sieve = Sieve(rows, Outcomes(context.layout))
    _add_place(sieve, context)
    key = ["division_code", "name"]
    sieve.catch_repeats(key, [name for name in rows.columns if name not in ("number", *key)])
    lines = _lines(sieve, context)
    left = _sieved(sieve, lines)
    changed = [each for each in left if each.listed.held is None or each.changes]
    rolls.write_workshops(
        known_on=context.known_on, source=context.source, rows=[each.listed for each in changed]
    )
    told = {
        each.row["number"]: (
            outcome(each.listed.held is None, bool(each.changes)),
            _from_to(context, each) if each.listed.held is not None and each.changes else None,
        )
        for each in left
    }
    sieve.rows = sieve.rows.with_columns(code=pl.lit(None, pl.String))
    tell(sieve, told)
    return sieve.outcomes


def _add_place(sieve: Sieve, context: Context) -> None:
    """`division_code` and `site_id`: a workshop at a site stands where the site is."""
    sites = fetch_all("places_site", {"id": pl.Int64, "code": pl.String, "village_code": pl.String})
    sites = sites.rename({"id": "site_id", "code": "site_code", "village_code": "division_code"})
    at_sites = Sieve(sieve.rows.filter(pl.col("site_code").is_not_null()), sieve.outcomes)
    at_sites.rows = at_sites.rows.join(sites, on="site_code", how="left")
    at_sites.catch(pl.col("site_id").is_null(), "site_unknown", field="site_code")
    outside = ~pl.col("division_code").str.starts_with(context.prefix)
    at_sites.catch(outside, "place_outside", field="site_code")
    others = Sieve(sieve.rows.filter(pl.col("site_code").is_null()), sieve.outcomes)
    places.add_division(others, context, town="town", village="village", as_="division_code")
    columns = [*sieve.rows.columns, "division_code", "site_id"]
    elsewhere = others.rows.with_columns(site_id=pl.lit(None, pl.Int64))
    sieve.rows = pl.concat([at_sites.rows.select(columns), elsewhere.select(columns)])


def _lines(sieve: Sieve, context: Context) -> list[Line]:
    rows = sieve.rows.to_dicts()
    held = known.workshops({(row["division_code"], row["name"]) for row in rows})
    counts = known.counts([each.pk for each in held.values()])
    return [
        _line(row, held.get((row["division_code"], row["name"])), counts, context.known_on)
        for row in rows
    ]


def _line(
    row: Mapping[str, Any],
    held: Workshop | None,
    counts: Mapping[tuple[int, date], WorkshopCount],
    known_on: date,
) -> Line:
    values = {name: row[name] for name in _PLAIN if row[name] is not None}
    values["division_code"] = row["division_code"]
    if row["site_id"] is not None:
        values["site_id"] = row["site_id"]
    numbers = {name: row[name] for name in _NUMBERS if row[name] is not None}
    counted = counts.get((held.pk, row["told_on"])) if held and row["told_on"] else None
    problem = _problem(row, values, held, numbers, counted, known_on)
    changes = {
        name: (getattr(held, name) if held else None, value)
        for name, value in values.items()
        if held is None or getattr(held, name) != value
    }
    told = {
        name: value
        for name, value in numbers.items()
        if counted is None or getattr(counted, name) != value
    }
    changes |= {name: (getattr(counted, name, None), value) for name, value in told.items()}
    count = {**({} if counted else {"told_on": row["told_on"]}), **told} if told else {}
    new = {name: value for name, (_before, value) in changes.items() if name in values}
    whole = {**new, "county_code": row["division_code"][:6]} if held is None else new
    days = [held.known_on] if held and new else []
    days += [counted.known_from] if counted and told else []
    newest = max((day for day in days if day > known_on), default=None)
    return Line(row, ListedWorkshop(whole, held, count, counted), changes, problem, newest)


def _problem(
    row: Mapping[str, Any],
    values: Mapping[str, Any],
    held: Workshop | None,
    numbers: Mapping[str, Any],
    counted: WorkshopCount | None,
    known_on: date,
) -> str | None:
    facts = {name: getattr(held, name) for name in _PLAIN} if held else {}
    wrong = checking.of_workshop({**facts, **values}, known_on)
    if wrong or not numbers:
        return wrong
    if row["told_on"] is None:
        return "count_day_missing"
    before = {name: getattr(counted, name) for name in _NUMBERS} if counted else {}
    told = {**before, **numbers, "told_on": row["told_on"]}
    return checking.of_count(told, {**facts, **values}.get("opened_on"), known_on)


def _sieved(sieve: Sieve, lines: Sequence[Line]) -> list[Line]:
    """The lines with nothing wrong; the others meet their end."""
    bad = {each.row["number"]: each.problem for each in lines if each.problem}
    late = {
        each.row["number"]: str(each.newest)
        for each in lines
        if each.newest is not None and not each.problem
    }
    sieve.rows = with_present(sieve.rows, late).with_columns(
        _problem=pl.col("number").replace_strict(bad, default=None, return_dtype=pl.String)
    )
    for code in sorted({str(code) for code in bad.values()}):
        sieve.catch(pl.col("_problem") == code, code, field=checking.WRONG[code].field)
    sieve.conflict(pl.col("_now").is_not_null(), "newer_known", value="_now")
    return [each for each in lines if each.problem is None and each.newest is None]


def _from_to(context: Context, line: Line) -> str:
    """The changed fields by their headings, `{label: [from, to]}`."""
    layout = context.layout
    found: dict[str, list[Any]] = {}
    for name, (before, after) in line.changes.items():
        if name == "site_id":
            site = line.listed.held.site if line.listed.held else None
            found[label_of(layout, "site_code")] = [site and site.code, line.row["site_code"]]
        else:
            found[label_of(layout, name)] = [shown(layout, name, each) for each in (before, after)]
    return json.dumps(found, ensure_ascii=False)


WORKSHOPS = Feed(
    "workshops",
    "就业帮扶车间台账",
    "人社",
    82,
    (
        SheetLayout(
            "workshops",
            "帮扶车间",
            (
                Column("town", "乡镇", also=("所在乡镇", "乡镇名称", "乡(镇)")),
                Column("village", "行政村", also=("所在村", "村名称", "村(社区)", "所在社区")),
                Column("site_code", "安置点编码", Kind.CODE, limit=20),
                Column("name", "车间名称", also=("帮扶车间名称", "工厂名称", "新社区工厂名称", "社区工厂名称"),
                       needed=True, filled=True, limit=80),
                Column("kind", "车间类型", Kind.CHOICE, also=("载体类型", "工厂类型"), choices=words.KIND,
                       needed=True, filled=True),
                Column("operator", "经营主体", also=("运营主体", "经营单位", "所属企业"), limit=80),
                Column("products", "主要产品", also=("主营业务", "经营范围", "主要产品或业务"), limit=80),
                Column("opened_on", "开办日期", Kind.DATE,
                       also=("成立时间", "认定时间", "认定日期", "投产时间", "开办(认定)日期")),
                Column("closed_on", "停办日期", Kind.DATE, also=("停产时间", "关停日期")),
                Column("rating", "评定结果", Kind.CHOICE, also=("是否四好", "四好评定"), choices=words.RATING),
                Column("rated_on", "评定日期", Kind.DATE, also=("评定时间",)),
                Column("told_on", "统计日期", Kind.DATE, also=("填报日期", "截止日期")),
                Column("posts", "岗位数", Kind.WHOLE, also=("提供岗位数", "设置岗位数", "用工岗位数")),
                Column("workers", "吸纳就业人数", Kind.WHOLE, also=("就业人数", "务工人数", "用工人数", "员工总数")),
                Column("lifted_out", "其中脱贫人口", Kind.WHOLE,
                       also=("吸纳脱贫人口数", "脱贫劳动力人数", "其中脱贫劳动力", "其中脱贫人口(含监测对象)")),
                Column("relocated", "其中搬迁群众", Kind.WHOLE,
                       also=("吸纳搬迁群众数", "搬迁劳动力人数", "其中搬迁劳动力")),
                Column("average_wage", "月平均工资(元)", Kind.MONEY, also=("月均工资", "人均月工资", "平均月工资")),
            ),
            _take,
            writes_at_once=True,
            key=("town", "village", "name"),
        ),
    ),
    UNLINKED,
)  # fmt: skip
