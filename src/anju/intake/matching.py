"""Whose row is this? Households by code, persons by the digest of their identity number.

Rows that name nobody the registers know, or somebody else than they say, end here.
"""

from __future__ import annotations

import polars as pl

from anju.intake.context import Context
from anju.intake.linking import HEAD, find_without_number
from anju.intake.newcomers import ask_the_household
from anju.intake.outcomes import Sieve
from anju.registry import identity
from anju.registry.columns import Schema, fetch_by

HOUSEHOLD: Schema = {
    "id": pl.Int64,
    "code": pl.String,
    "head_name": pl.String,
    "village_code": pl.String,
}
PERSON: Schema = {
    "id": pl.Int64,
    "code": pl.String,
    "name": pl.String,
    "identity_digest": pl.Binary,
}
MEMBERSHIP: Schema = {
    "id": pl.Int64,
    "household_id": pl.Int64,
    "person_id": pl.Int64,
    "relation": pl.String,
    "joined_on": pl.Date,
    "left_on": pl.Date,
    "left_reason": pl.String,
    "known_from": pl.Date,
}
OPEN = '"known_to" IS NULL'


def match_households(sieve: Sieve, context: Context) -> None:
    """`household_id`, `village_code` by `household_code`; the head's name must be of the house."""
    _name_by_head(sieve, context)
    add_households(sieve)
    sieve.catch(pl.col("household_id").is_null(), "household_unknown", value="household_code")
    _inside(sieve, context, "household_elsewhere", "household_code")
    columns = {column.field: column for column in context.layout.columns}
    if "head_name" in columns and not columns["head_name"].witness:
        _check_heads(sieve)


def _name_by_head(sieve: Sieve, context: Context) -> None:
    """Rows without a code get that of the household whose head they name, or their end."""
    without = pl.col("household_code").is_null()
    asked = Sieve(sieve.rows.filter(without), sieve.outcomes)
    if asked.rows.is_empty():
        return
    columns = [*sieve.rows.columns, "message"]
    asked.rows = asked.rows.with_columns(
        identity="head_identity", name="head_name", relation=pl.lit("head")
    )
    add_persons(asked, context)
    find_without_number(asked, context, HEAD)
    asked.catch(pl.col("person_id").is_null(), "head_unknown", value="name")
    asked.conflict(
        ~pl.col("_found") & (pl.col("name") != pl.col("_name")),
        "name_differs",
        field="head_name",
        value="name",
        register="_name",
    )
    present = memberships_of(asked.rows["person_id"]).filter(pl.col("left_on").is_null())
    homes = fetch_by("registry_household", HOUSEHOLD, "id", present["household_id"].to_list())
    found = present.join(homes, left_on="household_id", right_on="id").select(
        "person_id", household_code="code", head_name="head_name"
    )
    asked.rows = asked.rows.drop("household_code", "head_name").join(
        found.unique("person_id"), on="person_id", how="left"
    )
    asked.catch(pl.col("household_code").is_null(), "person_homeless", value="name")
    named = sieve.rows.filter(~without).with_columns(message=pl.lit(None, pl.String))
    sieve.rows = pl.concat([named.select(columns), asked.rows.select(columns)])


def add_households(sieve: Sieve) -> None:
    """Join what is known of `household_code`: `household_id`, `village_code`, `_head`."""
    known = fetch_by(
        "registry_household", HOUSEHOLD, "code", sieve.rows["household_code"].to_list()
    )
    sieve.rows = sieve.rows.join(
        known.rename({"id": "household_id", "code": "household_code", "head_name": "_head"}),
        on="household_code",
        how="left",
    )


def _check_heads(sieve: Sieve) -> None:
    """A name beside a household code must be that of somebody in the household."""
    doubtful = sieve.rows.filter(pl.col("head_name") != pl.col("_head"))
    if doubtful.is_empty():
        return
    members = fetch_by(
        "registry_membership", MEMBERSHIP, "household_id", doubtful["household_id"].to_list()
    )
    persons = fetch_by("registry_person", PERSON, "id", members["person_id"].to_list())
    names = members.join(persons, left_on="person_id", right_on="id").select(
        "household_id", head_name="name"
    )
    strangers = doubtful.join(names, on=["household_id", "head_name"], how="anti")
    sieve.conflict(
        pl.col("number").is_in(strangers["number"].implode()),
        "head_differs",
        field="head_name",
        value="head_name",
        register="_head",
    )


def match_persons(sieve: Sieve, context: Context, *, day: str) -> None:
    """`person_id`, `household_id`, `village_code` by `identity`, or without it by what else is there.

    The household is the one the person belongs to on the `day` of the row; failing that, the one
    left last before, then the one joined first after.
    """
    add_persons(sieve, context)
    find_without_number(sieve, context)
    ask_the_household(sieve, context)
    unknown = pl.col("person_id").is_null()
    sieve.catch(unknown & pl.col("identity").is_null(), "person_not_found", value="name")
    sieve.catch(unknown, "person_unknown", field="identity", value="name")
    sieve.conflict(
        ~pl.col("_found") & (pl.col("name") != pl.col("_name")),
        "name_differs",
        field="name",
        value="name",
        register="_name",
    )
    _add_membership(sieve, day)
    sieve.catch(pl.col("household_id").is_null(), "person_homeless", field="identity", value="name")
    _inside(sieve, context, "household_elsewhere", "_household_code")


def add_persons(sieve: Sieve, context: Context) -> None:
    """Join what is known of `identity`: `person_id`, `_name`, `_person_code`."""
    numbers = sieve.rows["identity"].to_list()
    digests = identity.identity_digests(context.keys, numbers)
    rows = sieve.rows.with_columns(pl.Series("_digest", digests, dtype=pl.Binary))
    known = identity.persons_by_number(context.keys, numbers, PERSON, digests)
    sieve.rows = rows.join(
        known.rename(
            {
                "id": "person_id",
                "name": "_name",
                "code": "_person_code",
                "identity_digest": "_digest",
            }
        ),
        on="_digest",
        how="left",
    )


def memberships_of(persons: pl.Series) -> pl.DataFrame:
    """What is known now of where those persons belong or belonged."""
    return fetch_by("registry_membership", MEMBERSHIP, "person_id", persons.to_list(), where=OPEN)


def _add_membership(sieve: Sieve, day: str) -> None:
    known = memberships_of(sieve.rows["person_id"]).select(
        "person_id", "household_id", "joined_on", "left_on"
    )
    on = pl.col(day)
    began = pl.col("joined_on").is_null() | (pl.col("joined_on") <= on)
    ended = pl.col("left_on").is_not_null() & (pl.col("left_on") <= on)
    rank = pl.when(began & ~ended).then(0).when(ended).then(1).otherwise(2)
    distance = (pl.coalesce("left_on", "joined_on") - on).dt.total_days().abs()
    chosen = (
        sieve.rows.select("number", "person_id", day)
        .join(known, on="person_id")
        .with_columns(_rank=rank, _distance=distance)
        .sort("number", "_rank", "_distance", "household_id", nulls_last=True)
        .unique("number", keep="first", maintain_order=True)
        .select("number", "household_id")
    )
    homes = fetch_by("registry_household", HOUSEHOLD, "id", chosen["household_id"].to_list())
    sieve.rows = sieve.rows.join(chosen, on="number", how="left").join(
        homes.select(household_id="id", village_code="village_code", _household_code="code"),
        on="household_id",
        how="left",
    )


def _inside(sieve: Sieve, context: Context, problem: str, value: str) -> None:
    """Rows of other places than the batch's are not ours to write."""
    if context.prefix:
        outside = ~pl.col("village_code").str.starts_with(context.prefix)
        sieve.catch(outside, problem, value=value)
