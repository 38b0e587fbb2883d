"""Households in lists: their present state, what a list changes of it, and writing it."""

from __future__ import annotations

import polars as pl

from anju.intake.context import Context
from anju.intake.months import known_days
from anju.intake.outcomes import Sieve
from anju.registry.actions import rolls
from anju.registry.columns import Schema, fetch_by
from anju.registry.ledgers import HOUSEHOLD_RECORDS

HOME: Schema = {
    "id": pl.Int64,
    "code": pl.String,
    "head_name": pl.String,
    "origin_village_code": pl.String,
    "village_code": pl.String,
    "site_id": pl.Int64,
    "grid_id": pl.Int64,
    "household_class": pl.String,
    "relocated": pl.Boolean,
    "self_moved": pl.Boolean,
    "monitored_kind": pl.String,
    "included_on": pl.Date,
    "risk_removed_on": pl.Date,
}
HOME_STATE = tuple(name for name in HOME if name not in ("id", "code"))


def add_present_homes(sieve: Sieve) -> None:
    """`household_id` and `<field>_now` by `household_code`; both NULL for a new household."""
    known = fetch_by(
        "registry_household", HOME, "code", sieve.rows["household_code"].unique().to_list()
    )
    latest = HOUSEHOLD_RECORDS.open_rows("household_id", known["id"]).select(
        pl.col("household_id").alias("id"),
        pl.col("known_from").max().over("household_id").alias("home_known_from"),
    )
    known = known.join(latest.unique("id"), on="id", how="left")
    sieve.rows = sieve.rows.join(
        known.select(
            "home_known_from",
            household_id="id",
            household_code="code",
            **{f"{name}_now": name for name in HOME_STATE},
        ),
        on="household_code",
        how="left",
    )
    sieve.rows = sieve.rows.with_columns(known_days(sieve.rows, "included_on", "risk_removed_on"))


def differs() -> pl.Expr:
    """The household is otherwise than the register has it."""
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_now")) for name in HOME_STATE)


def catch_older(sieve: Sieve, context: Context) -> None:
    """An older list does not change what became known of a household later."""
    newer = pl.col("home_known_from") > context.known_on
    sieve.conflict(
        differs() & newer,
        "newer_known",
        value="home_known_from",
        fields={name: name for name in HOME_STATE},
    )


def settle_homes(sieve: Sieve, context: Context) -> None:
    """Open and change the households of a household list.

    Adds the state to every row, `household_id`, and `_home_changed`. What the list calls the
    village is where the household is registered: for those who moved, their origin.
    """
    sieve.rows = _with_state(sieve.rows)
    catch_older(sieve, context)
    rows = sieve.rows
    leads = rows.sort("_leads", "number", descending=[True, False]).unique(
        "household_code", keep="first", maintain_order=True
    )
    fresh = leads.filter(pl.col("household_id").is_null()).with_columns(
        pl.col("household_code").alias("code")
    )
    if fresh.height:
        opened = rolls.open_households(
            known_on=context.known_on, source=context.source, rows=fresh
        ).select("household_code", _opened="household_id")
        rows = rows.join(opened, on="household_code", how="left").with_columns(
            household_id=pl.coalesce("household_id", "_opened")
        )
        rows = rows.drop("_opened")
    changed = leads.filter(pl.col("household_id").is_not_null() & differs())
    write_changes(changed, context)
    sieve.rows = rows.with_columns(
        _home_changed=pl.col("household_code").is_in(changed["household_code"].implode()),
        village_code=pl.col("village_code"),
    )


def _with_state(rows: pl.DataFrame) -> pl.DataFrame:
    """The household's columns as they will be, from its leading row."""
    moved = (pl.col("relocated_now") | pl.col("self_moved_now")).fill_null(False)
    leads = rows.sort("_leads", "number", descending=[True, False]).unique(
        "household_code", keep="first", maintain_order=True
    )
    is_head = pl.col("relation") == "head"
    led = leads.select(
        "household_code",
        _head_name=pl.when(is_head).then("name"),
        _first_name=pl.col("name"),
        **{
            f"_{name}": pl.col(name)
            for name in ("household_class", "monitored_kind", "included_on", "risk_removed_on")
        },
        _grid=pl.col("grid_id"),
        _listed=pl.col("listed_village"),
    )
    rows = rows.join(led, on="household_code")
    return rows.with_columns(
        head_name=pl.coalesce("_head_name", "head_name_now", "_first_name"),
        village_code=pl.when(moved).then("village_code_now").otherwise("_listed"),
        origin_village_code=pl.when(moved).then("_listed").otherwise("origin_village_code_now"),
        site_id=pl.col("site_id_now"),
        grid_id=pl.when(moved)
        .then(pl.col("grid_id_now"))
        .otherwise(pl.coalesce("_grid", "grid_id_now")),
        relocated=pl.col("relocated_now").fill_null(False),
        self_moved=pl.col("self_moved_now").fill_null(False),
        **{
            name: pl.coalesce(f"_{name}", f"{name}_now")
            for name in ("household_class", "monitored_kind", "included_on", "risk_removed_on")
        },
    ).drop(pl.selectors.starts_with("_") - pl.selectors.by_name("_leads", "_leader"))


def write_changes(rows: pl.DataFrame, context: Context) -> None:
    """Write the state columns of `rows` (one a household) and their records."""
    if rows.is_empty():
        return
    records = HOUSEHOLD_RECORDS.open_rows("household_id", rows["household_id"])
    latest = (
        records.filter(pl.col("ended_on").is_null())
        .sort("started_on", "id", nulls_last=False)
        .unique("household_id", keep="last", maintain_order=True)
        .select("household_id", "started_on", "ended_on", "known_from", record_id="id")
    )
    columns = ["household_id", *HOME_STATE]
    rolls.change_households(
        known_on=context.known_on,
        source=context.source,
        rows=rows.select(columns).join(latest, on="household_id"),
    )
