"""Where households that moved live now: relocated to sites, or moved by themselves."""

from __future__ import annotations

import polars as pl

from anju.intake import labels, places
from anju.intake.columns import Column, Kind, head, household, started
from anju.intake.context import Context
from anju.intake.homes import (
    HOME_STATE,
    add_present_homes,
    catch_older,
    differs,
    write_changes,
)
from anju.intake.layout import Feed, SheetLayout
from anju.intake.matching import match_households
from anju.intake.models import Outcome
from anju.intake.outcomes import Outcomes, Sieve, changes_json
from anju.intake.showing import label_of, shown_value
from anju.registry.actions import ledger
from anju.registry.columns import fetch_all
from anju.registry.ledgers import HOUSING


def take_relocated(rows: pl.DataFrame, context: Context) -> Outcomes:
    """A listed household is relocated: it lives at the site, in the site's village."""
    # 1 m² with two decimals is 100 dm²: read like money.
    rows = rows.with_columns(area_dm2=pl.col("area"))
    sieve = Sieve(rows, Outcomes(context.layout))
    sieve.catch_repeats(["household_code"], ["site_code", "building", "entrance", "room"])
    places.add_site(sieve)
    places.add_grid(sieve)
    _matched(sieve, context)
    sieve.rows = _moved_to(sieve.rows, "site_village").with_columns(
        relocated=pl.lit(True), self_moved=pl.col("self_moved_now")
    )
    catch_older(sieve, context)
    housing_changed = _write_housing(sieve, context)
    _finish(sieve, context, housing_changed)
    return sieve.outcomes


def take_self_moved(rows: pl.DataFrame, context: Context) -> Outcomes:
    """A listed household moved by itself: it lives in the village where it is now."""
    sieve = Sieve(rows, Outcomes(context.layout))
    sieve.catch_repeats(["household_code"], ["town", "village", "grid_code"])
    places.add_village(sieve, context, town="town", village="village", as_="present_village")
    places.add_grid(sieve)
    _matched(sieve, context)
    sieve.rows = _moved_to(sieve.rows, "present_village").with_columns(
        site_id=pl.col("site_id_now"), self_moved=pl.lit(True), relocated=pl.col("relocated_now")
    )
    catch_older(sieve, context)
    _finish(sieve, context, pl.Series(dtype=pl.Int64))
    return sieve.outcomes


def _matched(sieve: Sieve, context: Context) -> None:
    match_households(sieve, context)
    sieve.rows = sieve.rows.drop("household_id", "village_code", "_head")
    sieve.rows = sieve.rows.rename({"head_name": "_head_name"})
    add_present_homes(sieve)


def _moved_to(rows: pl.DataFrame, village: str) -> pl.DataFrame:
    """The place now; the place before becomes the origin unless one is known already."""
    return rows.with_columns(
        village_code=pl.col(village),
        origin_village_code=pl.coalesce("origin_village_code_now", "village_code_now"),
        grid_id=pl.coalesce("grid_id", "grid_id_now"),
        head_name=pl.col("head_name_now"),
        household_class=pl.col("household_class_now"),
        monitored_kind=pl.col("monitored_kind_now"),
        included_on=pl.col("included_on_now"),
        risk_removed_on=pl.col("risk_removed_on_now"),
    )


def _finish(sieve: Sieve, context: Context, housing_changed: pl.Series) -> None:
    """Write what changed of the households and tell it."""
    sieve.rows = sieve.rows.with_columns(_home_changed=differs())
    write_changes(sieve.rows.filter("_home_changed"), context)
    changed = pl.col("_home_changed") | pl.col("number").is_in(housing_changed.implode())
    rows = sieve.rows.with_columns(
        outcome=pl.when(changed)
        .then(pl.lit(Outcome.UPDATED.value))
        .otherwise(pl.lit(Outcome.UNCHANGED.value))
    )
    told = changes_json(
        rows,
        {name: label_of(context.layout, name) for name in HOME_STATE},
        lambda name, value: shown_value(context.layout, name, value),
    )
    sieve.outcomes.add(rows.with_columns(pl.Series("changes", told, dtype=pl.String)))


def _write_housing(sieve: Sieve, context: Context) -> pl.Series:
    """The home at the site as a dated fact; the row numbers for which it is new or changed."""
    buildings = fetch_all(
        "places_building", {"id": pl.Int64, "site_id": pl.Int64, "number": pl.String}
    ).rename({"id": "building_id", "number": "building"})
    known = HOUSING.open_rows("household_id", sieve.rows["household_id"])
    latest = (
        known.sort("started_on", "id", nulls_last=False)
        .unique("household_id", keep="last", maintain_order=True)
        .select(
            "id",
            "known_from",
            "household_id",
            "has_title",
            "ended_on",
            **{
                f"{name}_now": name
                for name in ("building_id", "entrance", "room", "area_dm2", "started_on")
            },
        )
    )
    rows = (
        sieve.rows.join(buildings, on=["site_id", "building"], how="left")
        .join(latest, on="household_id", how="left")
        .with_columns(
            pl.coalesce(name, f"{name}_now")
            for name in ("building_id", "entrance", "room", "area_dm2", "started_on")
        )
        .with_columns(address=pl.col("site_name"))
    )
    moved = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}_now"))
        for name in ("building_id", "entrance", "room", "area_dm2", "started_on")
    )
    created, updated = (
        rows.filter(pl.col("id").is_null()),
        rows.filter(pl.col("id").is_not_null() & moved),
    )
    ledger.write(
        known_on=context.known_on,
        source=context.source,
        ledger=HOUSING,
        created=created,
        updated=updated,
    )
    return pl.concat([created["number"], updated["number"]])


_GRID = Column("grid_code", "网格编码", Kind.CODE, also=("所属网格",), limit=20)

RELOCATION = Feed(
    "relocation",
    "易地搬迁安置信息表",
    "发改",
    20,
    (
        SheetLayout(
            "relocation",
            "安置信息",
            (
                household(),
                head(),
                Column("site_kind", "安置方式", Kind.CHOICE, choices=labels.SITE_KIND),
                Column("site_code", "安置点编码", Kind.CODE, needed=True, filled=True, limit=20),
                Column("site_name", "安置点名称", limit=120),
                Column("building", "楼栋", limit=20),
                Column("entrance", "单元", limit=10),
                Column("room", "房号", limit=20),
                Column("area", "住房面积", Kind.MONEY, also=("住房面积(平方米)", "面积")),
                _GRID,
                started("入住时间"),
            ),
            take_relocated,
        ),
    ),
    unlinked="the list gives homes to households: two families of one name at a site would be given "
    "each other's, and it comes from the system that made the codes",
)

SELF_MOVED = Feed(
    "self_moved",
    "自主迁徙居民名册",
    "农业农村",
    21,
    (
        SheetLayout(
            "self_moved",
            "名册",
            (
                household(),
                head(),
                Column("town", "现居乡镇", needed=True, filled=True),
                Column("village", "现居村", needed=True, filled=True),
                _GRID,
                Column("moved_on", "迁入时间", Kind.DATE),
            ),
            take_self_moved,
        ),
    ),
    unlinked="the village in the list is the new one, so a name alone would have to tell the household",
)

FEEDS = (RELOCATION, SELF_MOVED)
