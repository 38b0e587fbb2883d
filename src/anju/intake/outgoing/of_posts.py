"""Lines of the list of public-welfare posts, as the fields of its sheet: who holds or held which."""

from __future__ import annotations

from typing import Final

import polars as pl

from anju.employment.ledger import HOLDINGS
from anju.registry.columns import Schema, fetch_all, fetch_by

_POST: Final[Schema] = {
    "id": pl.Int64, "kind": pl.String, "name": pl.String, "unit": pl.String,
    "division_code": pl.String,
}  # fmt: skip
_TERMS: Final[Schema] = {
    "post_id": pl.Int64, "places": pl.Int64, "fund": pl.String, "paper": pl.String,
}  # fmt: skip


def lines(persons: pl.DataFrame) -> pl.DataFrame:
    """Holdings of these people as known now, each with its post and the terms in force."""
    held = HOLDINGS.open_rows("person_id", persons["person_id"]).drop("household_id", "id", "note")
    wanted = held["post_id"].unique().to_list()
    terms = fetch_by(
        "employment_postterms", _TERMS, "post_id", wanted,
        where='"known_to" IS NULL AND "valid_to" IS NULL',
    )  # fmt: skip
    flag = pl.col("is_part_time")
    rows = held.with_columns(
        is_part_time=pl.when(flag.is_not_null()).then(
            pl.when(flag).then(pl.lit("yes")).otherwise(pl.lit("no"))
        )
    )
    rows = rows.join(_posts(wanted), on="post_id").join(terms, on="post_id", how="left")
    named = [name for name in rows.columns if name in persons.columns and name != "person_id"]
    told = rows.join(persons.drop(named), on="person_id")
    return told.sort("household_code", "person_code", "started_on")


def _posts(wanted: list[int]) -> pl.DataFrame:
    """Posts with their places in words: the town alone for one that is of a town."""
    posts = fetch_by("employment_welfarepost", _POST, "id", wanted)
    divisions = fetch_all("places_division", {"code": pl.String, "name": pl.String})
    names = dict(divisions.rows())
    code = pl.col("division_code")
    town = pl.concat_str(code.str.slice(0, 9), pl.lit("000"))

    def named(which: pl.Expr) -> pl.Expr:
        return which.replace_strict(names, default=None, return_dtype=pl.String)

    return posts.select(
        "kind",
        "unit",
        post_id="id",
        post_name="name",
        post_town=pl.when(~code.str.ends_with("000000")).then(named(town)),
        post_village=pl.when(~code.str.ends_with("000")).then(named(code)),
    )
