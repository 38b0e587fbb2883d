"""行政区划与安置点: divisions, resettlement sites, buildings and grids."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from anju.intake import labels
from anju.intake.columns import Column, Kind
from anju.intake.context import Context
from anju.intake.layout import Feed, SheetLayout
from anju.intake.models import Outcome
from anju.intake.outcomes import Outcomes, Sieve
from anju.places.actions import loading


def _code(field: str, label: str, *, filled: bool = True, limit: int = 12) -> Column:
    return Column(field, label, Kind.CODE, needed=True, filled=filled, limit=limit)


def _taker(
    key: list[str], write: Callable[..., dict[str, str]], check: Callable[[Sieve, Context], None]
) -> Callable[[pl.DataFrame, Context], Outcomes]:
    """Take the rows of one sheet: repeats out, checks, then the action of `places`."""

    def take(rows: pl.DataFrame, context: Context) -> Outcomes:
        sieve = Sieve(rows, Outcomes(context.layout))
        sieve.catch_repeats(key, [name for name in rows.columns if name != "number"])
        check(sieve, context)
        records: list[dict[str, Any]] = sieve.rows.to_dicts()
        done = write(rows=records)
        keyed = pl.concat_str([pl.col(name).fill_null("") for name in key], separator="|")
        outcome = keyed.replace_strict(
            done, default=Outcome.UNCHANGED.value, return_dtype=pl.String
        )
        sieve.outcomes.add(sieve.rows.with_columns(outcome=outcome).select("number", "outcome"))
        return sieve.outcomes

    return take


def _check_divisions(sieve: Sieve, context: Context) -> None:
    """A code has the digits of its level, lies in its parent, and the parent is known."""
    code, level = pl.col("code"), pl.col("level").cast(pl.Int32)
    zeros = pl.when(level == 6).then(6).when(level == 9).then(3).otherwise(0)
    shaped = (code.str.len_chars() == 12) & code.str.contains(r"^[1-9]\d{11}$")
    tail = code.str.slice(12 - zeros).str.strip_chars("0") == ""
    sieve.catch(~shaped | ~tail, "division_code", field="code")
    _inside(sieve, context, "code")
    known = {*loading.division_codes(), *sieve.rows["code"].to_list()}
    parent = pl.col("parent_code")
    orphan = (level > 6) & (parent.is_null() | ~parent.is_in(list(known)))
    sieve.catch(orphan, "parent_unknown", field="parent_code")


def _check_village(sieve: Sieve, context: Context) -> None:
    """The village of a site or grid must be known."""
    village = pl.col("village_code")
    sieve.catch(
        ~village.is_in(list(loading.division_codes())), "division_unknown", field="village_code"
    )
    _inside(sieve, context, "village_code")


def _check_grid(sieve: Sieve, context: Context) -> None:
    """The village of a grid, and its site if it has one."""
    _check_village(sieve, context)
    site = pl.col("site_code")
    unknown = site.is_not_null() & ~site.is_in(list(loading.site_ids()))
    sieve.catch(unknown, "site_unknown", field="site_code", value="site_code")


def _check_site(sieve: Sieve, context: Context) -> None:
    """The site of a building must be known."""
    known = pl.col("site_code").is_in(list(loading.site_ids()))
    sieve.catch(~known, "site_unknown", field="site_code", value="site_code")


def _inside(sieve: Sieve, context: Context, field: str) -> None:
    if context.prefix:
        outside = ~pl.col(field).str.starts_with(context.prefix)
        sieve.catch(outside, "place_outside", field=field, value=field)


PLACES = Feed(
    "places",
    "行政区划与安置点",
    "民政",
    0,
    (
        SheetLayout(
            "divisions",
            "行政区划",
            (
                _code("code", "行政区划代码"),
                Column("name", "名称", needed=True, filled=True),
                Column(
                    "level",
                    "级别",
                    Kind.CHOICE,
                    needed=True,
                    filled=True,
                    choices=labels.DIVISION_LEVEL,
                ),
                _code("parent_code", "上级代码", filled=False),
            ),
            _taker(["code"], loading.load_divisions, _check_divisions),
            writes_at_once=True,
            key=("code",),
        ),
        SheetLayout(
            "sites",
            "安置点",
            (
                _code("code", "安置点编码", limit=20),
                Column("name", "安置点名称", needed=True, filled=True),
                Column(
                    "kind",
                    "安置方式",
                    Kind.CHOICE,
                    needed=True,
                    filled=True,
                    choices=labels.SITE_KIND,
                ),
                _code("village_code", "所在村代码"),
                Column("planned_households", "规划户数", Kind.WHOLE),
                Column("opened_on", "建成时间", Kind.DATE),
            ),
            _taker(["code"], loading.load_sites, _check_village),
            writes_at_once=True,
            key=("code",),
        ),
        SheetLayout(
            "buildings",
            "楼栋",
            (
                _code("site_code", "安置点编码", limit=20),
                Column("number_", "楼栋", needed=True, filled=True, limit=20),
                Column("entrance", "单元", needed=True, limit=10),
            ),
            _taker(["site_code", "number_", "entrance"], loading.load_buildings, _check_site),
            writes_at_once=True,
            key=("site_code", "number_", "entrance"),
        ),
        SheetLayout(
            "grids",
            "网格",
            (
                _code("code", "网格编码", limit=20),
                Column("name", "网格名称", needed=True, filled=True),
                _code("village_code", "所在村代码"),
                _code("site_code", "安置点编码", filled=False, limit=20),
            ),
            _taker(["code"], loading.load_grids, _check_grid),
            writes_at_once=True,
            key=("code",),
        ),
    ),
)
