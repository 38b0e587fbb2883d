"""扶贫项目资产台账: relief assets, where and whose they are and in what state, by the agriculture bureau."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from anju.assets.actions import rolls
from anju.assets.checking import WRONG
from anju.assets.queries import known
from anju.intake import labels, places
from anju.intake import labels_of_assets as words
from anju.intake.asset_lines import COLUMNS, Line, line
from anju.intake.columns import Column, Kind
from anju.intake.context import Context
from anju.intake.layout import Feed, SheetLayout
from anju.intake.matching import match_households
from anju.intake.outcomes import Outcomes, Sieve
from anju.intake.showing import label_of
from anju.intake.telling import outcome, shown, tell, with_present
from anju.places.queries import names as place_names
from anju.registry.columns import fetch_all

UNLINKED: Final = (
    "assets are told by their numbers, those of a household by its code; it names no persons"
)


def _take(rows: pl.DataFrame, context: Context) -> Outcomes:
    """New assets are added; of known ones what is said otherwise is put right, with from → to."""
    sieve = Sieve(rows, Outcomes(context.layout))
    sieve.catch_repeats(["code"], [name for name in rows.columns if name not in ("number", "code")])
    _add_places(sieve, context)
    _add_ids(sieve, "places_site", "site_id", "site_code", "site_unknown")
    _add_ids(sieve, "projects_project", "project_id", "project_code", "project_unknown")
    lines = _lines(sieve, context)
    left = _sieved(sieve, context, lines)
    new = [each.told for each in left if each.held is None]
    rolls.open_assets(known_on=context.known_on, source=context.source, rows=new)
    changed = [each.changed for each in left if each.held is not None and each.changes]
    rolls.change_assets(known_on=context.known_on, source=context.source, rows=changed)
    told = {
        each.row["number"]: (
            outcome(each.held is None, bool(each.changes)),
            _from_to(context, each) if each.held is not None and each.changes else None,
        )
        for each in left
    }
    tell(sieve, told)
    return sieve.outcomes


def _add_places(sieve: Sieve, context: Context) -> None:
    """`division_code` and `household_id`: a household's asset is where the household lives."""
    is_home = pl.col("kind") == "household"
    missing = is_home & pl.col("household_code").is_null()
    sieve.catch(missing, "asset_without_household", field="household_code")
    at_home = Sieve(sieve.rows.filter(is_home), sieve.outcomes)
    match_households(at_home, context)
    elsewhere = Sieve(sieve.rows.filter(~is_home), sieve.outcomes)
    places.add_division(elsewhere, context, town="town", village="village", as_="division_code")
    columns = [*sieve.rows.columns, "division_code", "household_id"]
    homes = at_home.rows.with_columns(division_code="village_code")
    others = elsewhere.rows.with_columns(household_id=pl.lit(None, pl.Int64))
    sieve.rows = pl.concat([homes.select(columns), others.select(columns)]).with_columns(
        county=pl.col("division_code").str.slice(0, 6)
    )


def _add_ids(sieve: Sieve, table: str, as_: str, code: str, problem: str) -> None:
    """The id of what a row names by its code, where it names one."""
    found = fetch_all(table, {"id": pl.Int64, "code": pl.String}).unique("code", keep="none")
    sieve.rows = sieve.rows.join(found.rename({"id": as_, "code": code}), on=code, how="left")
    unknown = pl.col(code).is_not_null() & pl.col(as_).is_null()
    sieve.catch(unknown, problem, field=code, value=code)


def _lines(sieve: Sieve, context: Context) -> list[Line]:
    rows = sieve.rows.to_dicts()
    held = known.held_by_code({(row["county"], row["code"]) for row in rows})
    return [line(row, held.get((row["county"], row["code"])), context.known_on) for row in rows]


def _sieved(sieve: Sieve, context: Context, lines: Sequence[Line]) -> list[Line]:
    """The lines with nothing wrong; the others meet their end."""
    bad = {each.row["number"]: each for each in lines if each.problem}
    sieve.rows = sieve.rows.with_columns(
        _problem=pl.col("number").replace_strict(
            {number: each.problem for number, each in bad.items()},
            default=None,
            return_dtype=pl.String,
        ),
        _now=pl.lit(None, pl.String),
    )
    for code in sorted({str(each.problem) for each in bad.values()}):
        which = pl.col("_problem") == code
        if code == "newer_known":
            days = {n: str(each.newest) for n, each in bad.items() if each.newest}
            sieve.rows = with_present(sieve.rows, days)
            sieve.conflict(which, code, value="_now")
        elif any(each.is_conflict for each in bad.values() if each.problem == code):
            name = WRONG[code].field
            present = {n: getattr(each.held.asset, name) for n, each in bad.items() if each.held}
            sieve.rows = with_present(sieve.rows, present)
            sieve.conflict(which, code, field=name, register="_now")
        else:
            sieve.catch(which, code, field=WRONG[code].field)
    return [each for each in lines if each.problem is None]


def _from_to(context: Context, told: Line) -> str:
    """The changed fields by their headings, `{label: [from, to]}`."""
    layout = context.layout
    found: dict[str, list[Any]] = {}
    names = place_names(told.changes.get("division_code", ()))
    for name, (before, after) in told.changes.items():
        column = COLUMNS.get(name, name)
        if name.endswith("_id"):
            other = getattr(told.held.asset, name.removesuffix("_id")) if told.held else None
            before, after = other and other.code, told.row[column]
        elif name == "division_code":
            before, after = names.village(before), names.village(after)
        found[label_of(layout, column)] = [shown(layout, column, v) for v in (before, after)]
    return json.dumps(found, ensure_ascii=False)


def _choice(field: str, label: str, choices: Mapping[str, str], *also: str, **more: Any) -> Column:
    return Column(field, label, Kind.CHOICE, also=also, choices=choices, **more)


def _day(field: str, label: str, *also: str, **more: Any) -> Column:
    return Column(field, label, Kind.DATE, also=also, **more)


CODE: Final = Column(
    "code", "资产编号", Kind.CODE, also=("资产编码", "资产代码"), needed=True, filled=True, limit=40
)

ASSETS = Feed(
    "assets",
    "扶贫项目资产台账",
    "农业农村",
    78,
    (
        SheetLayout(
            "assets",
            "资产台账",
            (
                CODE,
                Column("name", "资产名称", needed=True, filled=True, limit=80),
                _choice("kind", "资产类型", words.KIND, "资产性质", needed=True, filled=True),
                _choice("category", "资产类别", words.CATEGORY, "资产分类", needed=True, filled=True),
                Column("town", "乡镇", also=("所在乡镇", "乡镇名称", "乡(镇)")),
                Column("village", "行政村", also=("所在村", "村名称", "村(社区)")),
                Column("site_code", "安置点编码", Kind.CODE, limit=20),
                Column("household_code", "户编号", Kind.CODE, also=("户编码", "所属户编号"), limit=20),
                Column("head_name", "户主姓名", Kind.NAME, also=("户主", "所属农户")),
                Column("address", "坐落", also=("坐落位置", "详细地址", "资产坐落"), limit=120),
                Column("project_code", "项目编号", Kind.CODE, also=("形成项目编号", "项目编码"), limit=40),
                _choice("fund", "资金来源", words.FUND, "主要资金来源"),
                _day("built_on", "建成(购置)日期", "建成时间", "购建时间", "建成(购置)时间", needed=True,
                     filled=True),
                Column("original_value", "原值(元)", Kind.MONEY, also=("资产原值", "原值"), needed=True,
                       filled=True),
                Column("present_value", "现值(元)", Kind.MONEY, also=("资产现值", "现值", "净值")),
                _choice("holder_level", "权属层级", words.LEVEL, "产权层级", "资产权属"),
                Column("title_holder", "产权主体", also=("所有权人", "产权归属", "产权单位"), limit=80),
                _choice("has_title", "是否确权登记", labels.YES_NO, "是否确权", "是否登记"),
                _day("titled_on", "确权登记日期", "确权时间", "登记日期"),
                Column("title_number", "权证编号", also=("产权证号", "不动产权证号")),
                Column("keeper", "管护主体", also=("管护单位", "管护责任单位"), limit=80),
                Column("keeper_duty", "管护责任", also=("管护岗位", "管护职责"), limit=120),
                _day("handed_over_on", "移交日期", "资产移交日期", "移交时间"),
                _choice("use", "使用状况", words.USE, "资产状态", "运行状况", "使用情况", needed=True,
                        filled=True),
                _day("since", "状况起始日期", "状况开始日期"),
                Column("reason", "状况说明", also=("闲置原因", "原因说明"), limit=200),
                Column("paper", "处置批准文号", also=("处置文号", "处置批复"), limit=120),
                Column("operator", "承租(经营)主体", also=("承租方", "经营主体", "承包经营主体"), limit=80),
                _day("starts_on", "合同起始日期", "合同起", "租赁起始日期", future=True),
                _day("ends_on", "合同终止日期", "合同止", "租赁终止日期", future=True),
                Column("yearly_rent", "年租金(元)", Kind.MONEY, also=("年租金", "租金")),
            ),
            _take,
            writes_at_once=True,
            key=("code",),
        ),
    ),
    UNLINKED,
)  # fmt: skip
