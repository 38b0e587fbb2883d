"""Rows about somebody the registers do not know, in a household they do: who is it?

A member whose name or number stands otherwise in the register, a new member, or a mistake of the list:
a person says which. What was said about such a row before holds again.
"""

from __future__ import annotations

import json

import polars as pl

from anju.intake import identities
from anju.intake.context import Context
from anju.intake.decided import decided
from anju.intake.linking import (
    as_number,
    catch_decided_nobody,
    compared_columns,
    keyed,
    likely_persons,
    named,
    remembered,
    sides,
)
from anju.intake.outcomes import Sieve
from anju.intake.places import village_codes
from anju.linkage import linking
from anju.registry import identity
from anju.registry.columns import Schema, fetch_by
from anju.registry.residents import residents_of

PROBLEM = "member_unknown"
"""The message of a row that waits here."""
_HOME: Schema = {
    "id": pl.Int64,
    "code": pl.String,
    "head_name": pl.String,
    "village_code": pl.String,
}
_NUMBERED: Schema = {"id": pl.Int64, "identity_digest": pl.Binary}
_FOUND: Schema = {
    "_key": pl.String,
    "_how": pl.String,
    "_person": pl.Int64,
    "_said": pl.String,
}
_KNOWN = ("_home", "_home_code", "_home_village")


def ask_the_household(sieve: Sieve, context: Context) -> None:
    """Rows without a `person_id` that name a household: decided before, or they wait.

    The household is that of `household_id` where the row has been given one, else the one of its
    code, of its head's number, or the only one of that head's name in the village. The others go on.
    """
    unknown = pl.col("person_id").is_null() & pl.col("name").is_not_null()
    asked = sieve.rows.filter(unknown)
    if asked.is_empty():
        return
    homes = _homes(asked, context)
    asked = asked.join(homes, on="number", how="inner")
    if asked.is_empty():
        return
    asked = _with_code(keyed(asked, context))
    _decide_again(sieve, asked)
    undecided = asked.join(sieve.rows.filter(unknown).select("number"), on="number", how="semi")
    sieve.rows = sieve.rows.join(undecided, on="number", how="anti", maintain_order="left")
    _wait(undecided, sieve, context)


def _homes(rows: pl.DataFrame, context: Context) -> pl.DataFrame:
    """By `number` the household a row names: `_home`, `_home_code`, `_home_village`."""
    if "household_id" in rows.columns:
        return rows.select(
            "number",
            _home="household_id",
            _home_code="household_code",
            _home_village="village_code",
        )
    ways = [_by_code(rows), _by_head_number(rows, context), _by_head_name(rows, context)]
    found = pl.concat([way.select("number", *_KNOWN) for way in ways])
    inside = pl.col("_home_village").str.starts_with(context.prefix)
    return found.filter(inside).unique("number", keep="first", maintain_order=True)


def _by_code(rows: pl.DataFrame) -> pl.DataFrame:
    told = _told(rows, "household_code")
    known = fetch_by("registry_household", _HOME, "code", told["household_code"])
    return told.join(_as_homes(known), left_on="household_code", right_on="code")


def _by_head_number(rows: pl.DataFrame, context: Context) -> pl.DataFrame:
    told = _told(rows, "head_identity")
    numbers = told["head_identity"].to_list()
    digests = identity.identity_digests(context.keys, numbers)
    told = told.with_columns(pl.Series("identity_digest", digests, dtype=pl.Binary))
    heads = identity.persons_by_number(context.keys, numbers, _NUMBERED, digests)
    membership: Schema = {"person_id": pl.Int64, "household_id": pl.Int64}
    present = fetch_by(
        "registry_membership", membership, "person_id", heads["id"],
        where='"known_to" IS NULL AND "left_on" IS NULL',
    ).unique("person_id", keep="none")  # fmt: skip
    known = fetch_by("registry_household", _HOME, "id", present["household_id"])
    return (
        told.join(heads, on="identity_digest")
        .join(present, left_on="id", right_on="person_id")
        .join(_as_homes(known), left_on="household_id", right_on="_home", coalesce=False)
    )


def _by_head_name(rows: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Only where one household of the village has a head of that name."""
    told = _told(rows, "head_name", "village")
    told = told.with_columns(village_codes(told["village"], context.prefix).alias("_home_village"))
    told = told.filter(pl.col("_home_village").is_not_null())
    known = fetch_by("registry_household", _HOME, "head_name", told["head_name"])
    only = _as_homes(known).unique(["head_name", "_home_village"], keep="none")
    return told.join(only, on=["head_name", "_home_village"])


def _told(rows: pl.DataFrame, *names: str) -> pl.DataFrame:
    """`number` and these columns, of the rows that have them all."""
    if not set(names) <= set(rows.columns):
        return pl.DataFrame(schema={"number": pl.Int64, **dict.fromkeys(names, pl.String)})
    return rows.select("number", *names).drop_nulls()


def _as_homes(known: pl.DataFrame) -> pl.DataFrame:
    return known.select(
        "code", "head_name", _home="id", _home_code="code", _home_village="village_code"
    )


def _with_code(rows: pl.DataFrame) -> pl.DataFrame:
    """The household's own code, which is what the page shows, whatever the row has said."""
    return rows.with_columns(household_code="_home_code")


def _decide_again(sieve: Sieve, asked: pl.DataFrame) -> None:
    """What somebody has said of rows with a number; those without one have been asked before."""
    numbered = asked.filter(pl.col("identity").is_not_null())
    before = decided(numbered["_key"].unique().to_list())
    if not before:
        return
    answers = [remembered(key, each, "证件号码不在底册") for key, each in before.items()]
    found = numbered.select("number", "_key").join(pl.DataFrame(answers, _FOUND), on="_key")
    told = pl.col("_person").is_not_null()
    rows = sieve.rows.join(found.drop("_key"), on="number", how="left", maintain_order="left")
    rows = rows.with_columns(_found=pl.col("_found") | told, _before="message")
    sieve.rows = named(rows).with_columns(message=pl.when(told).then("_said").otherwise("_before"))
    catch_decided_nobody(sieve)
    sieve.rows = sieve.rows.drop("_how", "_person", "_said", "_before")


def _wait(rows: pl.DataFrame, sieve: Sieve, context: Context) -> None:
    """The rows with every member of their household beside them."""
    if rows.is_empty():
        return
    number = pl.col("identity")
    rows = rows.with_columns(
        born_on=pl.coalesce("born_on", identities.born_on(number)),
        sex=pl.coalesce("sex", identities.sex(number)),
    )
    with_phones = rows["phone"].is_not_null().any()
    homes = rows["_home"].unique().sort().to_list()
    register = residents_of(homes, keys=context.keys if with_phones else None)
    register = register.with_columns(born=as_number(pl.col("born_on")))
    compared = compared_columns(rows, context).with_columns(household=rows["_home"])
    likely = likely_persons(linking.beside(compared, register), register)
    candidates = [json.dumps(likely.get(number, [])) for number in rows["number"].to_list()]
    waiting = Sieve(
        rows.with_columns(
            household_id="_home",
            village_code="_home_village",
            person_id=pl.lit(None, pl.Int64),
            sides=sides(rows),
            candidates=pl.Series(candidates, dtype=pl.String),
        ),
        sieve.outcomes,
    )
    waiting.wait(
        pl.lit(value=True), PROBLEM, candidates="candidates", value="name", more="household_code"
    )
