"""Places as lists name them: town and village by name, grids and sites by code."""

from __future__ import annotations

import polars as pl

from anju.intake.context import Context
from anju.intake.outcomes import Sieve
from anju.places.queries import successors
from anju.registry.columns import fetch_all


def add_village(sieve: Sieve, context: Context, *, town: str, village: str, as_: str) -> None:
    """The code of a village named by town and village; unknown names are refused."""
    villages = _villages().rename({"town_name": town, "village_name": village, "code": as_})
    sieve.rows = sieve.rows.join(villages, on=[town, village], how="left").with_columns(
        _named=pl.concat_str(town, village)
    )
    sieve.catch(pl.col(as_).is_null(), "place_unknown", field=village, value="_named")
    if context.prefix:
        outside = ~pl.col(as_).str.starts_with(context.prefix)
        sieve.catch(outside, "place_outside", field=village, value="_named")


def add_division(sieve: Sieve, context: Context, *, town: str, village: str, as_: str) -> None:
    """The code of a village, of a town where no village is named, of the county where neither is."""
    divisions = fetch_all(
        "places_division", {"code": pl.String, "level": pl.Int64, "name": pl.String}
    )
    towns = divisions.filter(pl.col("level") == 9).unique("name", keep="none")
    county = divisions.filter(pl.col("level") == 6)["code"].to_list()
    villages = _villages().rename({"town_name": town, "village_name": village, "code": "_village"})
    sieve.rows = (
        sieve.rows.join(villages, on=[town, village], how="left")
        .join(towns.select(pl.col("name").alias(town), _town="code"), on=town, how="left")
        .with_columns(
            pl.when(pl.col(village).is_not_null())
            .then("_village")
            .when(pl.col(town).is_not_null())
            .then("_town")
            .otherwise(pl.lit(county[0] if len(county) == 1 else None, pl.String))
            .alias(as_),
            _named=pl.concat_str(town, village, ignore_nulls=True),
        )
        .drop("_village", "_town")
    )
    sieve.catch(pl.col(as_).is_null(), "division_not_found", field=town, value="_named")
    if context.prefix:
        outside = ~pl.col(as_).str.starts_with(context.prefix)
        sieve.catch(outside, "place_outside", field=town, value="_named")


def only_county() -> str:
    """The six digits of the county; of several the first, for what belongs to none of them alone."""
    divisions = fetch_all("places_division", {"code": pl.String, "level": pl.Int64})
    codes = divisions.filter(pl.col("level") == 6)["code"].sort().to_list()
    return str(codes[0])[:6] if codes else ""


def _villages() -> pl.DataFrame:
    """Village code by the names of its town and of itself; names that are not unique stay out.

    A village that was merged whole into another is still found by its old name.
    """
    divisions = fetch_all(
        "places_division",
        {"code": pl.String, "level": pl.Int64, "name": pl.String, "parent_id": pl.String},
    )
    merged = successors()
    divisions = divisions.with_columns(pl.col("code").replace(merged)) if merged else divisions
    towns = divisions.filter(pl.col("level") == 9).select(parent_id="code", town_name="name")
    return (
        divisions.filter(pl.col("level") == 12)
        .join(towns, on="parent_id")
        .select("town_name", "code", village_name="name")
        .unique()
        .unique(["town_name", "village_name"], keep="none")
    )


def village_codes(names: pl.Series, prefix: str) -> pl.Series:
    """Codes of villages given by name alone, with or without the town's before it.

    NULL where no village of the place is called that, or several are.
    """
    villages = _villages().filter(pl.col("code").str.starts_with(prefix))
    known = pl.concat(
        [
            villages.select(village="village_name", code="code"),
            villages.select(village=pl.concat_str("town_name", "village_name"), code="code"),
        ]
    ).unique("village", keep="none")
    asked = names.alias("village").cast(pl.String).to_frame()
    return asked.join(known, on="village", how="left", maintain_order="left")["code"]


def add_grid(sieve: Sieve) -> None:
    """`grid_id` by `grid_code`, which may be empty."""
    grids = fetch_all("places_grid", {"id": pl.Int64, "code": pl.String})
    sieve.rows = sieve.rows.join(
        grids.rename({"id": "grid_id", "code": "grid_code"}), on="grid_code", how="left"
    )
    unknown = pl.col("grid_code").is_not_null() & pl.col("grid_id").is_null()
    sieve.catch(unknown, "grid_unknown", field="grid_code", value="grid_code")


def add_site(sieve: Sieve) -> None:
    """`site_id` and the village of the site by `site_code`."""
    sites = fetch_all("places_site", {"id": pl.Int64, "code": pl.String, "village_code": pl.String})
    sieve.rows = sieve.rows.join(
        sites.rename({"id": "site_id", "code": "site_code", "village_code": "site_village"}),
        on="site_code",
        how="left",
    )
    sieve.catch(pl.col("site_id").is_null(), "site_unknown", field="site_code", value="site_code")
