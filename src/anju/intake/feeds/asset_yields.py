"""资产收益分配台账: what assets brought in a year, and what it was shared out for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from anju.assets import checking
from anju.assets.actions import rolls
from anju.assets.checking import SHARES, WRONG
from anju.assets.models import Yield
from anju.assets.queries import known
from anju.intake.columns import Column, Kind
from anju.intake.context import Context
from anju.intake.feeds.assets import CODE, UNLINKED
from anju.intake.layout import Feed, SheetLayout
from anju.intake.models import Outcome
from anju.intake.outcomes import Outcomes, Sieve
from anju.intake.showing import label_of
from anju.intake.telling import shown, tell, with_present

_SAID: Final = ("due", "received", *SHARES, "published_on")


@dataclass(slots=True)
class _Sorted:
    """Rows by what is to become of them, by their numbers; and what is to be written."""

    told: dict[int, tuple[str, str | None]] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)
    newer: dict[int, str] = field(default_factory=dict)
    created: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[Yield, dict[str, Any]]] = field(default_factory=list)


def _take(rows: pl.DataFrame, context: Context) -> Outcomes:
    """A year's yield of each asset; what is known of it otherwise is put right."""
    sieve = Sieve(rows, Outcomes(context.layout))
    sieve.catch_repeats(["code", "year"], list(_SAID))
    _add_assets(sieve, context)
    held = known.yields_by_year(sieve.rows["asset_id"].unique().to_list())
    found = _Sorted()
    for row in sieve.rows.to_dicts():
        _sort(row, held.get((row["asset_id"], row["year"])), found, context)
    _catch(sieve, found)
    rolls.write_yields(
        known_on=context.known_on,
        source=context.source,
        created=found.created,
        changed=found.changed,
    )
    tell(sieve, found.told)
    return sieve.outcomes


def _sort(row: dict[str, Any], now: Yield | None, found: _Sorted, context: Context) -> None:
    """An empty cell says nothing: what the register knows stays."""
    number = row["number"]
    said = {name: row[name] for name in _SAID if row[name] is not None}
    present = {name: getattr(now, name) for name in _SAID} if now else {}
    facts = {**present, **said, "kind": row["kind"], "built_on": row["built_on"]}
    problem = checking.of_yield({**facts, "year": row["year"]}, context.known_on)
    differs = {name: value for name, value in said.items() if present.get(name) != value}
    if problem:
        found.problems[number] = problem
    elif now is None:
        found.created.append({"asset_id": row["asset_id"], "year": row["year"], **said})
        found.told[number] = (Outcome.CREATED.value, None)
    elif not differs:
        found.told[number] = (Outcome.UNCHANGED.value, None)
    elif now.known_from > context.known_on:
        found.newer[number] = str(now.known_from)
    else:
        found.changed.append((now, differs))
        found.told[number] = (Outcome.UPDATED.value, _from_to(context, present, differs))


def _from_to(context: Context, present: Mapping[str, Any], differs: Mapping[str, Any]) -> str:
    layout = context.layout
    pairs = {
        label_of(layout, name): [shown(layout, name, present[name]), shown(layout, name, value)]
        for name, value in differs.items()
    }
    return json.dumps(pairs, ensure_ascii=False)


def _add_assets(sieve: Sieve, context: Context) -> None:
    """`asset_id` and what the checks ask of the asset that a row names; it must be of the place."""
    codes = sieve.rows["code"].unique().to_list()
    found = known.by_number(codes, context.prefix)
    schema = {
        "code": pl.String, "asset_id": pl.Int64, "kind": pl.String, "built_on": pl.Date,
        "division_code": pl.String,
    }  # fmt: skip
    assets = pl.DataFrame(
        [(a.code, a.pk, a.kind, a.built_on, a.division_code) for a in found],
        schema=schema,
        orient="row",
    ).unique("code", keep="none")
    sieve.rows = sieve.rows.join(assets, on="code", how="left")
    sieve.catch(pl.col("asset_id").is_null(), "asset_unknown", field="code", value="code")


def _catch(sieve: Sieve, found: _Sorted) -> None:
    for code in sorted(set(found.problems.values())):
        which = [number for number, problem in found.problems.items() if problem == code]
        sieve.catch(pl.col("number").is_in(which), code, field=WRONG[code].field)
    sieve.rows = with_present(sieve.rows, found.newer)
    sieve.conflict(pl.col("_now").is_not_null(), "newer_known", value="_now")


YIELDS = Feed(
    "asset_yields",
    "资产收益分配台账",
    "农业农村",
    79,
    (
        SheetLayout(
            "asset_yields",
            "收益分配",
            (
                CODE,
                Column("name", "资产名称", limit=80),
                Column("year", "年度", Kind.WHOLE, also=("收益年度", "年份"), needed=True, filled=True),
                Column("due", "应得收益(元)", Kind.MONEY, also=("应收收益", "应得收益"), needed=True),
                Column("received", "实得收益(元)", Kind.MONEY, also=("实收收益", "到账收益", "实得收益"),
                       needed=True),
                Column("upkeep", "运行管护(元)", Kind.MONEY, also=("用于管护", "项目管护")),
                Column("posts", "公益岗位(元)", Kind.MONEY, also=("用于公益岗位", "公益岗补助")),
                Column("public", "公益事业(元)", Kind.MONEY, also=("用于公益事业", "村级公益事业")),
                Column("hardship", "困难户补助(元)", Kind.MONEY, also=("困难户", "用于困难户")),
                Column("collective", "留归村集体(元)", Kind.MONEY, also=("村集体", "村集体留存")),
                Column("other", "其他分配(元)", Kind.MONEY, also=("其他",)),
                Column("published_on", "分配公示日期", Kind.DATE, also=("公示日期", "公示时间")),
            ),
            _take,
            writes_at_once=True,
            key=("code", "year"),
        ),
    ),
    UNLINKED,
)  # fmt: skip
