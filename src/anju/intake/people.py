"""Persons of household lists: who they are, what is new about them, and writing it."""

from __future__ import annotations

from datetime import date

import polars as pl

from anju.intake import identities
from anju.intake.context import Context
from anju.intake.matching import PERSON, memberships_of
from anju.intake.months import known_days
from anju.intake.outcomes import Sieve
from anju.registry import identity
from anju.registry.actions import ledger, rolls
from anju.registry.columns import fetch_by
from anju.registry.ledgers import MEMBERSHIPS, PERSON_RECORDS

UNDATED = ("nation", "phone")
DATED = ("sex", "born_on", "education", "schooling", "labour", "health")
STATE = (*DATED, *UNDATED)
ADULT_FROM = 22  # older than this, a blank cell means "not at school", "no labour"


def catch_repeated_persons(sieve: Sieve) -> None:
    """One person, one row: by identity number, and by person code."""
    compared = [name for name in sieve.rows.columns if name != "number"]
    sieve.rows = sieve.rows.with_columns(
        _who=pl.coalesce("identity", pl.concat_str(pl.lit("code:"), pl.col("person_code")))
    )
    sieve.catch_repeats(["_who"], compared)
    sieve.rows = sieve.rows.drop("_who")
    sieve.catch_repeats(["person_code"], compared)


def identify(sieve: Sieve, context: Context) -> None:
    """`person_id` by identity number, else by person code; contradictions end here.

    `identity_digest` stays beside the number: a new person is kept with it.
    """
    numbers = sieve.rows["identity"].to_list()
    digests = identity.identity_digests(context.keys, numbers)
    rows = sieve.rows.with_columns(pl.Series("identity_digest", digests, dtype=pl.Binary))
    by_number = identity.persons_by_number(context.keys, numbers, PERSON, digests).select(
        "identity_digest", _id="id", _name="name", _code="code"
    )
    by_code = fetch_by("registry_person", PERSON, "code", rows["person_code"].to_list()).select(
        pl.col("code").alias("person_code"),
        _code_id="id",
        _code_name="name",
        _code_numbered=pl.col("identity_digest").is_not_null(),
    )
    sieve.rows = rows.join(by_number, on="identity_digest", how="left").join(
        by_code, on="person_code", how="left"
    )
    found, coded = pl.col("_id").is_not_null(), pl.col("_code_id").is_not_null()
    sieve.conflict(
        found & (pl.col("_name") != pl.col("name")), "name_differs", field="name", register="_name"
    )
    sieve.conflict(
        found & (pl.col("_code") != pl.col("person_code")),
        "person_code_differs",
        field="person_code",
        register="_code",
    )
    other_number = ~found & coded & pl.col("_code_numbered") & pl.col("identity").is_not_null()
    sieve.conflict(other_number, "person_code_taken", field="person_code")
    sieve.conflict(
        ~found & coded & (pl.col("_code_name") != pl.col("name")),
        "name_differs",
        field="name",
        register="_code_name",
    )
    sieve.rows = sieve.rows.with_columns(
        person_id=pl.coalesce("_id", "_code_id"),
        gains_number=~found & coded & pl.col("identity").is_not_null(),
    ).drop("_id", "_name", "_code", "_code_id", "_code_name", "_code_numbered")


def complete(rows: pl.DataFrame, known_on: date) -> pl.DataFrame:
    """Birth date and sex from the identity number where the cells are blank."""
    number = pl.col("identity")
    return rows.with_columns(
        born_on=pl.coalesce("born_on", identities.born_on(number)),
        sex=pl.coalesce("sex", identities.sex(number)),
    )


def add_present_state(sieve: Sieve, context: Context) -> None:
    """`<field>_now` as the register has it; new values filled up where the list is silent."""
    ids = sieve.rows["person_id"].drop_nulls()
    persons = fetch_by(
        "registry_person",
        {"id": pl.Int64, "nation": pl.String, "phone_sealed": pl.Binary},
        "id",
        ids.to_list(),
    )
    phones = context.keys.open_many(
        persons["phone_sealed"].to_list(), identity.PHONE.place, persons["id"].to_list()
    )
    persons = persons.with_columns(pl.Series("phone", phones, dtype=pl.String))
    records = PERSON_RECORDS.open_rows("person_id", ids).filter(pl.col("ended_on").is_null())
    records = records.sort("person_id", "started_on", nulls_last=False).unique(
        "person_id", keep="last", maintain_order=True
    )
    known = persons.select(person_id="id", nation_now="nation", phone_now="phone").join(
        records.select(
            "person_id",
            "started_on",
            "ended_on",
            record_id="id",
            record_known_from="known_from",
            **{f"{name}_now": name for name in DATED},
        ),
        on="person_id",
        how="left",
    )
    rows = sieve.rows.join(known, on="person_id", how="left")
    rows = rows.with_columns(pl.coalesce(name, f"{name}_now") for name in STATE)
    sieve.rows = rows.with_columns(
        _unless_adult(name, context.known_on) for name in ("schooling", "labour")
    )


def catch_older(sieve: Sieve, context: Context) -> None:
    """An older list does not change what became known of a person later."""
    changed = pl.any_horizontal(pl.col(n).ne_missing(pl.col(f"{n}_now")) for n in DATED)
    newer = pl.col("record_known_from") > context.known_on
    sieve.conflict(
        changed & newer,
        "newer_known",
        value="record_known_from",
        fields={name: name for name in DATED},
    )


def _unless_adult(name: str, known_on: date) -> pl.Expr:
    """Blank cells of grown-ups say `none`; of others they say nothing."""
    age = _age(pl.col("born_on"), known_on)
    grown = pl.col(name).is_null() & (age > ADULT_FROM)
    return pl.when(grown).then(pl.lit("none")).otherwise(pl.col(name)).alias(name)


def _age(born: pl.Expr, on: date) -> pl.Expr:
    """Completed years."""
    before = (pl.lit(on.month) < born.dt.month()) | (
        (pl.lit(on.month) == born.dt.month()) & (pl.lit(on.day) < born.dt.day())
    )
    return pl.lit(on.year) - born.dt.year() - before.cast(pl.Int32)


def add_present_membership(sieve: Sieve) -> None:
    """`membership_id`, `<field>_now` of the latest membership in the row's household."""
    known = memberships_of(sieve.rows["person_id"].drop_nulls())
    latest = (
        known.sort("joined_on", "id", nulls_last=False)
        .unique(["household_id", "person_id"], keep="last", maintain_order=True)
        .select(
            "household_id",
            "person_id",
            membership_id="id",
            membership_known_from="known_from",
            relation_now="relation",
            joined_on_now="joined_on",
            left_on_now="left_on",
            left_reason_now="left_reason",
        )
    )
    rows = sieve.rows.join(latest, on=["household_id", "person_id"], how="left")
    sieve.rows = rows.with_columns(known_days(rows, "joined_on"))


def catch_members_elsewhere(sieve: Sieve, on: pl.Expr) -> None:
    """Who still belongs to another household on that day cannot join this one."""
    known = memberships_of(sieve.rows["person_id"].drop_nulls())
    pairs = sieve.rows.select("number", "person_id", _here=pl.col("household_id"), _day=on).join(
        known, on="person_id"
    )
    still = pl.col("left_on").is_null() | (pl.col("left_on") > pl.col("_day"))
    elsewhere = pairs.filter(still & pl.col("household_id").ne_missing(pl.col("_here")))
    if elsewhere.is_empty():
        return
    codes = fetch_by(
        "registry_household",
        {"id": pl.Int64, "code": pl.String},
        "id",
        elsewhere["household_id"].to_list(),
    )
    named = (
        elsewhere.join(codes, left_on="household_id", right_on="id")
        .unique("number")
        .select("number", _elsewhere="code")
    )
    sieve.rows = sieve.rows.join(named, on="number", how="left")
    sieve.conflict(pl.col("_elsewhere").is_not_null(), "member_elsewhere", value="_elsewhere")
    sieve.rows = sieve.rows.drop("_elsewhere")


def write_persons(rows: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Add and change persons; the rows again with `person_id`, `_new`, `_changed`."""
    is_new = pl.col("person_id").is_null()
    added = rows.filter(is_new)
    if added.height:
        added = rolls.add_persons(
            known_on=context.known_on, source=context.source, rows=added, keys=context.keys
        )
    known = rows.filter(~is_new).with_columns(
        _undated=pl.any_horizontal(pl.col(n).ne_missing(pl.col(f"{n}_now")) for n in UNDATED)
        | pl.col("gains_number"),
        _dated=pl.any_horizontal(pl.col(n).ne_missing(pl.col(f"{n}_now")) for n in DATED),
    )
    rolls.change_persons(
        rows=known.filter(pl.col("_undated") | pl.col("_dated")).with_columns(
            identity=pl.when("gains_number").then("identity"),
            phone=pl.when(pl.col("phone").ne_missing(pl.col("phone_now"))).then("phone"),
        ),
        keys=context.keys,
    )
    _write_records(known.filter("_dated"), context)
    return pl.concat(
        [
            added.with_columns(_new=pl.lit(True), _changed=pl.lit(False)),
            known.with_columns(
                _new=pl.lit(False), _changed=pl.col("_dated") | pl.col("_undated")
            ).drop("_dated", "_undated"),
        ],
        how="diagonal",
    )


def _write_records(changed: pl.DataFrame, context: Context) -> None:
    """Records of persons who are otherwise than the register has them."""
    ledger.write(
        known_on=context.known_on,
        source=context.source,
        ledger=PERSON_RECORDS,
        created=changed.filter(pl.col("record_id").is_null()),
        updated=changed.filter(pl.col("record_id").is_not_null()).with_columns(
            id=pl.col("record_id"), known_from=pl.col("record_known_from")
        ),
    )


def write_memberships(rows: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Join and change members; the rows again with `_joined` and `_moved`.

    Rows have `household_id`, `person_id`, `relation`, `joined_on`, `left_on`, `left_reason`, and of
    the membership they continue `membership_id`, `membership_known_from`, `<field>_now`.
    """
    known = pl.col("membership_id").is_not_null()
    moved = known & pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}_now"))
        for name in ("relation", "joined_on", "left_on")
    )
    rows = rows.with_columns(_joined=~known, _moved=moved)
    ledger.write(
        known_on=context.known_on,
        source=context.source,
        ledger=MEMBERSHIPS,
        created=rows.filter("_joined"),
        updated=rows.filter("_moved").with_columns(
            id=pl.col("membership_id"), known_from=pl.col("membership_known_from")
        ),
    )
    rolls.recount(
        on=context.known_on,
        household_ids=rows.filter(pl.col("_joined") | pl.col("_moved"))["household_id"].to_list(),
    )
    return rows
