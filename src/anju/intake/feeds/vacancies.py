"""岗位需求表: vacancies of employers near and far, by the human resources bureau."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from anju.employment import checking, elsewhere, phones, written
from anju.employment.actions import rolls
from anju.employment.actions.rolls import ListedVacancy
from anju.employment.models import Vacancy
from anju.employment.queries import known
from anju.employment.queries.known import Told
from anju.intake import labels, places
from anju.intake import labels_of_work as words
from anju.intake.columns import Column, Kind
from anju.intake.context import Context
from anju.intake.layout import Feed, SheetLayout
from anju.intake.outcomes import Outcomes, Sieve
from anju.intake.showing import label_of
from anju.intake.telling import outcome, shown, tell, with_present

UNLINKED: Final = (
    "vacancies are told apart by employer, post, place and day; nobody of the register"
)
_PLAIN: Final = (
    "employer", "trade", "address", "wanted", "filled", "wage_from", "wage_to", "age_from",
    "age_to", "requirements", "keep", "contact", "opened_on", "closes_on",
)  # fmt: skip
_FEN: Final = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line against the register. `changes`: field → (from, to); `problem`: what cannot be."""

    row: Mapping[str, Any]
    listed: ListedVacancy
    changes: dict[str, tuple[Any, Any]]
    problem: str | None
    newest: date | None


def _take(rows: pl.DataFrame, context: Context) -> Outcomes:
    """New vacancies are added; of known ones what is told otherwise is put right."""
    sieve = Sieve(rows, Outcomes(context.layout))
    _read_ends(sieve, "wage", "wage_from", "wage_to", _FEN)
    _read_ends(sieve, "ages", "age_from", "age_to", 1)
    _add_place(sieve, context)
    key = ["employer", "trade", "division_code", "opened_on"]
    sieve.catch_repeats(key, [name for name in rows.columns if name not in ("number", *key)])
    lines = _lines(sieve, context)
    left = _sieved(sieve, lines)
    changed = [each.listed for each in left if each.listed.held is None or each.changes]
    rolls.write_vacancies(known_on=context.known_on, source=context.source, rows=changed)
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


def _read_ends(sieve: Sieve, cell: str, low: str, high: str, factor: int) -> None:
    """Two ends from one cell, where the two columns say nothing."""
    read = [written.ends(text or "") for text in sieve.rows[cell].to_list()]
    sieve.rows = sieve.rows.with_columns(
        pl.Series("_unread", [each is None for each in read], dtype=pl.Boolean),
        _low=pl.Series([each and each[0] for each in read], dtype=pl.Int64) * factor,
        _high=pl.Series([each and each[1] for each in read], dtype=pl.Int64) * factor,
    )
    sieve.catch(pl.col("_unread"), "ends_unread", field=cell)
    sieve.rows = sieve.rows.with_columns(
        pl.coalesce(low, "_low").alias(low), pl.coalesce(high, "_high").alias(high)
    ).drop("_unread", "_low", "_high")


def _add_place(sieve: Sieve, context: Context) -> None:
    """`division_code`: by town and village, else by the code, else by the province the address begins
    with; where none of them says it, not known, which is never taken for the county."""
    codes = [
        elsewhere.padded(row["work_code"]) if row["work_code"] else _far(row)
        for row in sieve.rows.select("work_code", "town", "village", "address").to_dicts()
    ]
    sieve.rows = sieve.rows.with_columns(_far=pl.Series(codes, dtype=pl.String))
    unread = pl.col("work_code").is_not_null() & (pl.col("_far") == "")
    sieve.catch(unread, "work_code_unknown", field="work_code")
    is_near = pl.col("town").is_not_null() | pl.col("village").is_not_null()
    near = Sieve(sieve.rows.filter(is_near), sieve.outcomes)
    places.add_division(near, context, town="town", village="village", as_="division_code")
    far = Sieve(sieve.rows.filter(~is_near), sieve.outcomes)
    far.rows = far.rows.with_columns(division_code=pl.col("_far").fill_null(""))
    if context.prefix[6:]:
        inside = pl.col("division_code").str.starts_with(context.prefix)
        far.catch(~inside, "place_outside", field="address")
    columns = [*(name for name in sieve.rows.columns if name != "_far"), "division_code"]
    sieve.rows = pl.concat([near.rows.select(columns), far.rows.select(columns)])


def _far(row: Mapping[str, Any]) -> str:
    return elsewhere.province_of(row["address"] or "")


def _lines(sieve: Sieve, context: Context) -> list[Line]:
    rows = sieve.rows.to_dicts()
    county = context.prefix[:6] or places.only_county()
    keys: list[Told] = [
        (county, row["employer"], row["trade"], row["division_code"], row["opened_on"])
        for row in rows
    ]
    held = known.vacancies(keys)
    shops = known.workshop_ids({(row["division_code"], row["employer"]) for row in rows})
    return [
        _line(row, key, held.get(key), shops.get((row["division_code"], row["employer"])), context)
        for row, key in zip(rows, keys, strict=True)
    ]


def _line(
    row: Mapping[str, Any], key: Told, held: Vacancy | None, shop: int | None, context: Context
) -> Line:
    values = {name: row[name] for name in _PLAIN if row[name] is not None}
    values["division_code"] = row["division_code"]
    if row["needs_skill"] is not None:
        values["needs_skill"] = row["needs_skill"] == "yes"
    if shop is not None:
        values["workshop_id"] = shop
    before = {name: getattr(held, name) for name in (*_PLAIN, "needs_skill")} if held else {}
    problem = checking.of_vacancy({**before, **values}, context.known_on)
    changes = {
        name: (getattr(held, name) if held else None, value)
        for name, value in values.items()
        if held is None or getattr(held, name) != value
    }
    phone = row["phone"] or ""
    if held is not None and phone and phone != phones.opened(held):
        changes["phone"] = ("*", "*")
    new = {name: value for name, (_was, value) in changes.items() if name != "phone"}
    whole = {**new, "county_code": key[0]} if held is None else new
    newest = held.known_on if held and changes and held.known_on > context.known_on else None
    is_said = phone and (held is None or "phone" in changes)
    return Line(row, ListedVacancy(whole, held, phone if is_said else ""), changes, problem, newest)


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
    """The changed fields by their headings, `{label: [from, to]}`; of a telephone only that it is
    another."""
    layout = context.layout
    found: dict[str, list[Any]] = {}
    for name, pair in line.changes.items():
        if name == "phone":
            found[label_of(layout, name)] = list(pair)
        elif name != "workshop_id":
            found[label_of(layout, name)] = [shown(layout, name, each) for each in pair]
    return json.dumps(found, ensure_ascii=False)


VACANCIES = Feed(
    "vacancies",
    "岗位需求表",
    "人社",
    83,
    (
        SheetLayout(
            "vacancies",
            "岗位需求",
            (
                Column("employer", "用人单位", also=("企业名称", "单位名称", "招聘单位", "用工单位", "用工企业"),
                       needed=True, filled=True, limit=120),
                Column("trade", "岗位名称", also=("招聘岗位", "岗位", "工种", "岗位(工种)", "招聘工种"),
                       needed=True, filled=True),
                Column("town", "乡镇", also=("所在乡镇", "工作地乡镇")),
                Column("village", "行政村", also=("所在村", "工作地村", "村(社区)")),
                Column("work_code", "工作地代码", Kind.CODE, also=("工作地区划代码",), limit=12),
                Column("address", "工作地点", also=("工作地址", "用工地点", "工作地", "单位地址"), limit=120),
                Column("wanted", "招聘人数", Kind.WHOLE, also=("需求人数", "用工人数", "招工人数", "拟招人数"),
                       needed=True, filled=True),
                Column("filled", "已招人数", Kind.WHOLE, also=("已到岗人数", "已录用人数")),
                Column("wage_from", "月工资下限(元)", Kind.MONEY, also=("最低月薪", "最低工资")),
                Column("wage_to", "月工资上限(元)", Kind.MONEY, also=("最高月薪", "最高工资")),
                Column("wage", "月工资", also=("薪资待遇", "工资待遇", "月薪", "薪酬", "薪资", "工资")),
                Column("age_from", "年龄下限", Kind.WHOLE, also=("最低年龄",)),
                Column("age_to", "年龄上限", Kind.WHOLE, also=("最高年龄",)),
                Column("ages", "年龄要求", also=("年龄", "年龄范围")),
                Column("needs_skill", "是否要求技能", Kind.CHOICE, also=("是否需要技能", "是否要求持证"),
                       choices=labels.YES_NO),
                Column("requirements", "其他要求", also=("岗位要求", "招聘条件", "任职要求", "要求"), limit=200),
                Column("keep", "食宿", Kind.CHOICE, also=("食宿情况", "食宿条件", "是否包食宿"),
                       choices=words.KEEP),
                Column("contact", "联系人", limit=40),
                Column("phone", "联系电话", Kind.PHONE, also=("招聘电话", "咨询电话", "电话")),
                Column("opened_on", "发布日期", Kind.DATE, also=("发布时间", "招聘开始日期", "招聘时间"),
                       needed=True, filled=True),
                Column("closes_on", "截止日期", Kind.DATE, also=("有效期至", "招聘截止日期", "截止时间"),
                       future=True),
            ),
            _take,
            writes_at_once=True,
            key=("employer", "trade", "opened_on"),
        ),
    ),
    UNLINKED,
)  # fmt: skip
