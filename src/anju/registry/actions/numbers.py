"""Writing sealed numbers of persons: the seal and the digests of a number always go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import polars as pl

from anju.audit.keys import provider
from anju.registry.actions import bulk
from anju.registry.identity import (
    IDENTITY_PURPOSE,
    TABLE,
    Number,
    all_digests,
    digested,
)
from anju.registry.models import Person
from anju.sealing import CryptoProvider

Plain = Sequence[str | None]


def columns(
    keys: CryptoProvider,
    ids: Sequence[int],
    numbers: Mapping[Number, Plain | pl.Series],
    known: Mapping[str, pl.Series],
) -> list[pl.Series]:
    """The sealed columns and digests of new rows of persons, for these numbers.

    `known`: purpose → the digests of the present key, where they have been made already.
    """
    made = [pl.Series("digest_key_id", [keys.digest_key_id] * len(ids), dtype=pl.Int64)]
    for number, plain in numbers.items():
        made += _of_number(keys, ids, number, list(plain), known)
    return made


def set_many(
    *,
    keys: CryptoProvider,
    ids: Sequence[int] | pl.Series,
    number: Number,
    plain: Plain | pl.Series,
) -> int:
    """Set a number of persons; None leaves what is there. In the caller's transaction; how many.

    While the digest key changes, such a row is marked for being digested anew as a whole.
    """
    known = [(pk, value) for pk, value in zip(ids, plain, strict=True) if value is not None]
    rows = [pk for pk, _ in known]
    sealed = _of_number(keys, rows, number, [value for _, value in known])
    if number.digests:
        oldest = [keys.digest_key_ids[0]] * len(rows)
        sealed.append(pl.Series("digest_key_id", oldest, dtype=pl.Int64))
    return bulk.update(TABLE, pl.DataFrame([pl.Series("id", rows, dtype=pl.Int64), *sealed]))


def set_one(*, person: Person, numbers: Mapping[Number, str | None]) -> None:
    """Set numbers of one person who is in the table; None leaves what is there."""
    given = {number: plain for number, plain in numbers.items() if plain is not None}
    for number, plain in given.items():
        set_many(keys=provider(), ids=[person.pk], number=number, plain=[plain])
    if given:
        person.refresh_from_db(fields=[name for number in given for name in fields_of(number)])


def is_taken(identity: str) -> bool:
    """Whether somebody in the register has this identity number."""
    digests = all_digests(provider(), identity, IDENTITY_PURPOSE)
    return Person.objects.filter(identity_digest__in=digests).exists()


def fields_of(number: Number) -> tuple[str, ...]:
    """The columns in which a number stands: its seal and its digests."""
    return (number.field, *(field for field, _ in number.digests))


def _of_number(
    keys: CryptoProvider,
    ids: Sequence[int],
    number: Number,
    plain: Plain,
    known: Mapping[str, pl.Series] = MappingProxyType({}),
) -> list[pl.Series]:
    sealed = keys.seal_many(plain, number.place, ids)
    return [
        pl.Series(number.field, sealed, dtype=pl.Binary),
        *(
            known[purpose].alias(field)
            if purpose in known
            else pl.Series(field, digested(keys, plain, purpose), dtype=pl.Binary)
            for field, purpose in number.digests
        ),
    ]
