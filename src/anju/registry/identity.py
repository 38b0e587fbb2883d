"""Where sealed numbers of persons stand, and how they are found again.

The columns and purposes are bound into seals and digests: changing one makes old rows unreadable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from anju.registry.columns import Schema, fetch_by
from anju.sealing import CryptoProvider

TABLE = "registry_person"
IDENTITY_PURPOSE = "person.identity"
TAIL_PURPOSE = "person.identity_tail"
ACCOUNT_PURPOSE = "person.bank_account"
TAIL_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is kept sealed: its field on `Person`; `digests` are (field, purpose)."""

    name: str
    digests: tuple[tuple[str, str], ...] = ()

    @property
    def field(self) -> str:
        """The column of the sealed value."""
        return f"{self.name}_sealed"

    @property
    def place(self) -> str:
        """What is bound into the seal beside the row."""
        return f"{TABLE}.{self.field}"


IDENTITY = Number(
    "identity",
    (("identity_digest", IDENTITY_PURPOSE), ("identity_tail_digest", TAIL_PURPOSE)),
)
PHONE = Number("phone")
DISABILITY_CARD = Number("disability_card")
BANK_ACCOUNT = Number("bank_account", (("bank_account_digest", ACCOUNT_PURPOSE),))
NUMBERS = (IDENTITY, PHONE, DISABILITY_CARD, BANK_ACCOUNT)


def identity_digests(keys: CryptoProvider, numbers: Sequence[str | None]) -> list[bytes | None]:
    """The digests by which identity numbers (18 characters, upper case) are looked up."""
    return keys.digest_many(numbers, IDENTITY_PURPOSE)


def digested(
    keys: CryptoProvider, numbers: Sequence[str | None], purpose: str, key_id: int | None = None
) -> list[bytes | None]:
    """The digests of a column of numbers for a purpose; of tails, the last four characters."""
    if purpose == TAIL_PURPOSE:
        numbers = [None if number is None else number[-TAIL_LENGTH:] for number in numbers]
    return keys.digest_many(numbers, purpose, key_id)


def tail_digests(keys: CryptoProvider, numbers: Sequence[str | None]) -> list[bytes | None]:
    """The digests of the last four characters, for the search by them."""
    return digested(keys, numbers, TAIL_PURPOSE)


def all_digests(keys: CryptoProvider, text: str, purpose: str) -> list[bytes]:
    """What a text may be stored as: while the digest key changes, by the old and the new key."""
    return [keys.digest(text, purpose, key_id) for key_id in keys.digest_key_ids]


def persons_by_number(
    keys: CryptoProvider,
    numbers: Sequence[str | None],
    schema: Schema,
    present: Sequence[bytes | None] | None = None,
) -> pl.DataFrame:
    """Persons with one of these identity numbers; `identity_digest` is that of the present key.

    `schema` names the columns to read, `identity_digest` among them. `present`: the digests of the
    numbers by the present key, where the caller has them already.
    """
    present = identity_digests(keys, numbers) if present is None else present
    found = [fetch_by(TABLE, schema, "identity_digest", present)]
    for key_id in keys.digest_key_ids:
        if key_id == keys.digest_key_id:
            continue
        older = keys.digest_many(numbers, IDENTITY_PURPOSE, key_id)
        renewed = pl.DataFrame(
            {"identity_digest": older, "_present": present},
            schema={"identity_digest": pl.Binary, "_present": pl.Binary},
        ).unique("identity_digest")
        rows = fetch_by(TABLE, schema, "identity_digest", older).join(
            renewed, on="identity_digest", how="left"
        )
        found.append(rows.with_columns(identity_digest="_present").select(list(schema)))
    return pl.concat(found)
