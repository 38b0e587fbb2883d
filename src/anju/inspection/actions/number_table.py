"""What checks ask of sealed numbers, as a table beside a snapshot: lengths, yes or no, and groups.

The numbers of members of covered households are opened in parts, looked at in memory and let go:
the table holds none, and neither a digest. Who shares a telephone number gets a group that counts
from one in every inspection.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import polars as pl
import pyarrow.parquet as pq

from anju.audit.keys import provider
from anju.intake.identities import born_on, check_digit
from anju.registry import identity
from anju.registry.columns import Schema, fetch_by

_AT_ONCE: Final = 50_000
_SCHEMA: Final[Schema] = {
    "id": pl.Int64,
    "identity_sealed": pl.Binary,
    "identity_digest": pl.Binary,
    "phone_sealed": pl.Binary,
    "disability_card_sealed": pl.Binary,
}
# Segments come and go: what tells a mobile from a land line is that it has 11 digits and begins with 1.
_MOBILE: Final = r"^1[0-9]{10}$"
_CARD: Final = r"^.{18}[1-7][1-4](?:[A-Z][0-9])?$"
_COLUMNS: Final[Schema] = {
    "person_id": pl.Int64,
    "identity_length": pl.Int64,
    "identity_valid": pl.Boolean,
    "identity_twice": pl.Boolean,
    "card_valid": pl.Boolean,
    "phone_digits": pl.Int64,
    "phone_valid": pl.Boolean,
    "phone_group": pl.Int64,
}


def write(snapshot: Path, as_of: date) -> int:
    """Write `numbers` for the members of covered households of a snapshot; how many were opened."""
    ids = _covered(snapshot, as_of)
    keys = provider()
    parts = []
    for start in range(0, len(ids), _AT_ONCE):
        rows = fetch_by(identity.TABLE, _SCHEMA, "id", ids[start : start + _AT_ONCE])
        plain = rows.select(person_id="id", _digest="identity_digest").with_columns(
            pl.Series(
                f"_{number.name}",
                keys.open_many(rows[number.field].to_list(), number.place, rows["id"].to_list()),
                dtype=pl.String,
            )
            for number in (identity.IDENTITY, identity.PHONE, identity.DISABILITY_CARD)
        )
        # Of a telephone number only its hash goes on, to be compared: it is not kept either.
        parts.append(looked_at(plain))
    told = shared(pl.concat(parts)) if parts else pl.DataFrame(schema=_COLUMNS)
    pq.write_table(told.sort("person_id").to_arrow(), snapshot / "numbers.parquet")
    return len(ids)


def _covered(snapshot: Path, as_of: date) -> list[int]:
    """Present members of lifted-out and monitored households."""
    homes = pl.read_parquet(
        snapshot / "households.parquet", columns=["household_id", "class", "monitored_kind"]
    ).filter((pl.col("class") == "lifted_out") | pl.col("monitored_kind").is_not_null())
    members = pl.read_parquet(
        snapshot / "persons.parquet", columns=["person_id", "household_id", "joined_on", "left_on"]
    ).filter(
        (pl.col("joined_on") <= as_of) & (pl.col("left_on").is_null() | (pl.col("left_on") > as_of))
    )
    there = members.join(homes, on="household_id", how="semi")
    return there["person_id"].unique().sort().to_list()


def looked_at(plain: pl.DataFrame) -> pl.DataFrame:
    """What can be said of each number alone, of persons whose numbers are given in columns `_identity`,
    `_phone` and `_disability_card`, with anything that is equal for equal identity numbers in `_digest`.
    """
    number, card, phone = pl.col("_identity"), pl.col("_disability_card"), pl.col("_phone")
    return plain.with_columns(
        identity_length=number.str.len_chars().cast(pl.Int64),
        identity_valid=_is_valid(number),
        card_valid=card.str.contains(_CARD)
        & _is_valid(card.str.slice(0, 18))
        & (card.str.slice(0, 18) == number).fill_null(True),
        phone_digits=phone.str.len_chars().cast(pl.Int64),
        phone_valid=phone.str.contains(_MOBILE),
        _phone=phone.hash(),
    ).drop("_identity", "_disability_card")


def _is_valid(number: pl.Expr) -> pl.Expr:
    """GB 11643: a day inside and the check digit that the rest demands; null without a number."""
    fits = (number.str.slice(17, 1) == check_digit(number)) & born_on(number).is_not_null()
    return pl.when(number.is_not_null()).then(fits.fill_null(False))


def shared(told: pl.DataFrame) -> pl.DataFrame:
    """The table of all that were looked at: also who has a number that somebody else has too; of telephones, together with whom."""
    groups = (
        told.group_by("_phone")
        .agg(pl.col("person_id").min().alias("_first"), pl.len().alias("_many"))
        .filter(pl.col("_phone").is_not_null() & (pl.col("_many") > 1))
        .sort("_first")
        .with_row_index("phone_group", offset=1)
        .select("_phone", pl.col("phone_group").cast(pl.Int64))
    )
    twice = pl.when(pl.col("_digest").is_not_null()).then(pl.col("_digest").is_duplicated())
    return (
        told.join(groups, on="_phone", how="left")
        .with_columns(identity_twice=twice)
        .select(list(_COLUMNS))
    )
