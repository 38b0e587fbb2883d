"""项目库清单: the county's project library, by the agriculture bureau: what, where, money, how far."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from anju.intake import labels, places
from anju.intake.columns import Column, Kind
from anju.intake.context import Context
from anju.intake.layout import Feed, SheetLayout
from anju.intake.models import Outcome
from anju.intake.outcomes import Outcomes, Sieve
from anju.intake.showing import label_of, shown_value
from anju.projects import facts
from anju.projects.actions import library
from anju.projects.facts import Change, Held, Told
from anju.projects.models import FundSource, Step
from anju.projects.queries import known
from anju.projects.queries.units import units_by_name
from anju.registry.columns import fetch_all

#: Step → the column with the day it was reached.
STEPS: Final = {step: f"{step}_on" for step in Step}
FUNDS: Final = {fund: f"fund_{fund}" for fund in FundSource}
_PLAIN: Final = (
    "name", "kind", "subkind", "content", "unit_name", "builder", "entered_year", "plan_year",
    "planned_start", "planned_finish", "households", "labour_percent", "labour_base",
)  # fmt: skip
_YES_NO: Final = ("is_key", "is_work_relief")
_YEARS: Final = ("entered_year", "plan_year")


def _take(rows: pl.DataFrame, context: Context) -> Outcomes:
    """New projects are added; of known ones what is said otherwise is put right, with from → to."""
    sieve = Sieve(rows, Outcomes(context.layout))
    sieve.catch_repeats(["code"], [name for name in rows.columns if name not in ("number", "code")])
    places.add_division(sieve, context, town="town", village="village", as_="division_code")
    _add_site(sieve)
    _check_numbers(sieve)
    pairs = list(_told(sieve.rows, context))
    _check_steps(sieve, pairs)
    pairs = [pair for pair in pairs if pair[0].code in set(sieve.rows["code"])]
    changed = {each.code: list(facts.changes(each, now)) for each, now in pairs}
    outcome = {each.code: _outcome(now, changed[each.code]) for each, now in pairs}
    _check_newer(sieve, context, changed)
    left = set(sieve.rows["code"])
    library.write(
        known_on=context.known_on,
        source=context.source,
        entries=[(each, now) for each, now in pairs if each.code in left and changed[each.code]],
    )
    said = {code: _from_to(context, changed[code]) for code in left}
    sieve.outcomes.add(
        sieve.rows.select(
            "number",
            pl.col("code").replace_strict(outcome, default=None).alias("outcome"),
            pl.col("code")
            .map_elements(lambda code: said[code] if outcome[code] == Outcome.UPDATED else None,
                          return_dtype=pl.String)
            .alias("changes"),
            village_code="division_code",
        )
    )  # fmt: skip
    return sieve.outcomes


def _add_site(sieve: Sieve) -> None:
    """`site_id` where the row names a resettlement site."""
    sites = fetch_all("places_site", {"id": pl.Int64, "code": pl.String})
    sieve.rows = sieve.rows.join(
        sites.rename({"id": "site_id", "code": "site_code"}), on="site_code", how="left"
    )
    unknown = pl.col("site_code").is_not_null() & pl.col("site_id").is_null()
    sieve.catch(unknown, "site_unknown", field="site_code", value="site_code")


def _check_numbers(sieve: Sieve) -> None:
    for name in _YEARS:
        sieve.catch(~pl.col(name).is_between(2000, 2100), "year_format", field=name)
    for name in ("labour_percent", "progress"):
        sieve.catch(pl.col(name) > 100, "percent_above", field=name)
    parts = pl.sum_horizontal(pl.col(name).fill_null(0) for name in FUNDS.values())
    sieve.rows = sieve.rows.with_columns(_sum=parts // 100, _total=pl.col("total") // 100)
    is_whole = pl.any_horizontal(pl.col(name).is_not_null() for name in FUNDS.values())
    differs = is_whole & ((pl.col("total") - parts).abs() >= 100)
    sieve.catch(differs, "funds_total", field="total", value="_total", more="_sum")


def _told(rows: pl.DataFrame, context: Context) -> Iterator[tuple[Told, Held | None]]:
    """What each row says, beside what is held of its project. An empty cell says nothing."""
    units = units_by_name(rows["unit_name"].drop_nulls().unique().to_list())
    keys = set(zip(rows["division_code"].str.slice(0, 6), rows["code"], strict=True))
    held = known.held_by_code(keys)
    for row in rows.iter_rows(named=True):
        county = row["division_code"][:6]
        now = held.get((county, row["code"]))
        described = _described(row, units)
        if now is None or row["town"] or row["village"]:
            described["division_code"] = row["division_code"]
        steps, funds = _given(row, STEPS), _given(row, FUNDS)
        yield Told(county, row["code"], described, steps, funds, _progress(row, now, context)), now


def _described(row: Mapping[str, Any], units: Mapping[str, int]) -> dict[str, Any]:
    described: dict[str, Any] = {name: row[name] for name in _PLAIN if row[name] is not None}
    described.update({name: row[name] == "yes" for name in _YES_NO if row[name] is not None})
    if row["site_id"] is not None:
        described["site_id"] = row["site_id"]
    if row["unit_name"] is not None:
        described["unit_id"] = units.get(row["unit_name"])
    return described


def _progress(row: Mapping[str, Any], held: Held | None, context: Context) -> dict[date, int]:
    """Of the day the row names; without one of the list's day, unless nothing has moved since."""
    percent, seen_on = row["progress"], row["seen_on"]
    if percent is None:
        return {}
    if seen_on is None and held is not None and held.progress:
        latest = held.progress[max(held.progress)]
        if latest.value == percent:
            return {}
    return {seen_on or context.known_on: percent}


def _given(row: Mapping[str, Any], fields: Mapping[Any, str]) -> dict[Any, Any]:
    return {name: row[column] for name, column in fields.items() if row[column] is not None}


def _check_steps(sieve: Sieve, pairs: list[tuple[Told, Held | None]]) -> None:
    """What cannot be of a row together with what is held of its project."""
    for told, held in pairs:
        problem = facts.problem_of(told, held)
        if problem is None:
            continue
        against = label_of(sieve.outcomes.layout, _field_of_step(problem.against))
        sieve.rows = sieve.rows.with_columns(
            _day=pl.lit(problem.day, pl.Date), _against=pl.lit(against)
        )
        sieve.catch(
            pl.col("code") == told.code,
            problem.code,
            field=_field_of_step(problem.about),
            value="_day",
            more="_against",
        )


def _field_of_step(name: str) -> str:
    """The column of a step; the name itself where it is a column's."""
    return STEPS[Step(name)] if name in Step.values else name


def _outcome(held: Held | None, changed: list[Change]) -> str:
    if held is None:
        return Outcome.CREATED.value
    return Outcome.UPDATED.value if changed else Outcome.UNCHANGED.value


def _check_newer(sieve: Sieve, context: Context, changed: Mapping[str, list[Change]]) -> None:
    """An older list does not overwrite what became known later."""
    newest = {
        code: max((each.fact.known_from for each in found if each.fact is not None), default=None)
        for code, found in changed.items()
    }
    sieve.rows = sieve.rows.with_columns(
        _known=pl.col("code").map_elements(newest.get, return_dtype=pl.Date)
    )
    sieve.conflict(pl.col("_known") > context.known_on, "newer_known", value="_known")


def _from_to(context: Context, changed: list[Change]) -> str:
    """The changed fields by their headings, `{label: [from, to]}`."""
    told: dict[str, list[Any]] = {}
    for each in changed:
        field = _field_of(each)
        if field:
            before, after = (_shown(context, field, value) for value in (each.before, each.after))
            told[label_of(context.layout, field)] = [before, after]
    return json.dumps(told, ensure_ascii=False)


def _field_of(change: Change) -> str:
    if change.part == "steps":
        return STEPS[change.name]
    if change.part == "funds":
        return FUNDS[change.name]
    if change.part == "progress":
        return "progress"
    return {"division_code": "village", "site_id": "site_code", "unit_id": ""}.get(
        change.name, change.name
    )


def _shown(context: Context, field: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return None if value == "" else shown_value(context.layout, field, value)


def _fund(fund: FundSource, label: str, *also: str) -> Column:
    return Column(FUNDS[fund], label, Kind.MONEY, also=also)


def _step(step: Step, label: str, *also: str) -> Column:
    return Column(STEPS[step], label, Kind.DATE, also=also)


PROJECTS = Feed(
    "projects",
    "项目库清单",
    "农业农村",
    76,
    (
        SheetLayout(
            "projects",
            "项目库",
            (
                Column("code", "项目编号", Kind.CODE, also=("项目编码", "项目代码"), needed=True,
                       filled=True, limit=40),
                Column("name", "项目名称", needed=True, filled=True, limit=200),
                Column("kind", "项目类型", Kind.CHOICE, also=("项目类别",), needed=True, filled=True,
                       choices=labels.PROJECT_KIND),
                Column("subkind", "项目二级类型", also=("二级项目类型", "项目子类型")),
                Column("town", "乡镇", also=("建设地点乡镇", "实施乡镇", "乡(镇)")),
                Column("village", "行政村", also=("建设地点村", "实施村", "村(社区)")),
                Column("site_code", "安置点编码", Kind.CODE, limit=20),
                Column("content", "建设内容", also=("建设任务", "建设内容及规模"), limit=500),
                Column("is_key", "是否重点项目", Kind.CHOICE, also=("重点项目",), choices=labels.YES_NO),
                Column("unit_name", "责任单位", also=("项目主管部门", "主管单位", "牵头单位"), limit=80),
                Column("builder", "施工单位", also=("实施单位", "项目实施单位", "建设单位"), limit=120),
                Column("entered_year", "入库年度", Kind.WHOLE, also=("入库年份",)),
                Column("plan_year", "实施年度", Kind.WHOLE, also=("计划年度", "实施年份")),
                Column("planned_start", "计划开工日期", Kind.DATE, also=("计划开工时间",), future=True),
                Column("planned_finish", "计划完工日期", Kind.DATE, also=("计划完工时间",), future=True),
                Column("households", "受益户数", Kind.WHOLE),
                Column("is_work_relief", "是否以工代赈", Kind.CHOICE,
                       also=("以工代赈", "是否采用以工代赈方式"), choices=labels.YES_NO),
                Column("labour_percent", "劳务报酬应占比例(%)", Kind.WHOLE, also=("劳务报酬占比要求",)),
                Column("labour_base", "劳务报酬计算基数", Kind.CHOICE, choices=labels.LABOUR_BASE),
                Column("total", "资金合计", Kind.MONEY, also=("项目资金合计", "批复资金合计", "资金规模")),
                _fund(FundSource.CENTRAL, "中央衔接资金", "中央资金"),
                _fund(FundSource.PROVINCE, "省级衔接资金", "省级资金", "自治区衔接资金"),
                _fund(FundSource.CITY, "市级衔接资金", "市级资金"),
                _fund(FundSource.COUNTY, "县级衔接资金", "县级资金"),
                _fund(FundSource.COOPERATION, "东西部协作资金", "协作资金"),
                _fund(FundSource.SOCIAL, "社会帮扶资金", "社会资金"),
                _fund(FundSource.OTHER, "其他资金"),
                _step(Step.PROPOSED, "申报日期", "申报时间"),
                _step(Step.REVIEWED, "审核日期", "审核时间"),
                _step(Step.APPRAISED, "论证日期", "论证时间"),
                _step(Step.ENTERED, "入库日期", "入库时间"),
                _step(Step.STARTED, "开工日期", "实际开工日期", "开工时间"),
                _step(Step.FINISHED, "完工日期", "实际完工日期", "完工时间"),
                _step(Step.ACCEPTED, "验收日期", "验收时间"),
                _step(Step.HANDED_OVER, "移交日期", "移交时间"),
                _step(Step.DROPPED, "退库日期", "退库时间"),
                Column("progress", "形象进度(%)", Kind.WHOLE, also=("工程进度", "形象进度")),
                Column("seen_on", "统计日期", Kind.DATE, also=("进度统计日期",)),
            ),
            _take,
            writes_at_once=True,
            key=("code",),
        ),
    ),
)  # fmt: skip
