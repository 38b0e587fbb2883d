"""Everybody who lives in a place now, as columns: for finding whose a row without a number is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from django.db import connection

from anju.registry import identity
from anju.registry.columns import Schema, frame
from anju.sealing import CryptoProvider

_SCHEMA: Schema = {
    "person": pl.Int64,
    "household": pl.Int64,
    "name": pl.String,
    "sex": pl.String,
    "born_on": pl.Date,
    "relation": pl.String,
    "head": pl.String,
    "village": pl.String,
    "phone_sealed": pl.Binary,
}
_SQL = """
SELECT p.id, m.household_id, p.name, p.sex, p.born_on, m.relation, h.head_name, h.village_code, {phone}
FROM registry_membership m
JOIN registry_household h ON h.id = m.household_id
JOIN registry_person p ON p.id = m.person_id
WHERE m.known_to IS NULL AND m.left_on IS NULL AND {where}
"""
_AT_ONCE = 8_000


def residents(prefix: str, *, keys: CryptoProvider | None = None) -> pl.DataFrame:
    """Present members of households in places whose code begins with `prefix`, a line a person.

    Columns `person`, `household`, `name`, `sex`, `born_on`, `relation`, `head`, `village`, and with
    `keys` `phone` (opened: keep it in memory only).
    """
    where = "h.village_code >= %s AND h.village_code < %s"  # ":" follows "9"
    return _read(where, [prefix, f"{prefix}:"], keys)


def residents_of(households: Sequence[int], *, keys: CryptoProvider | None = None) -> pl.DataFrame:
    """The same of single households, given by id."""
    parts = [households[at : at + _AT_ONCE] for at in range(0, len(households), _AT_ONCE)]
    found = [
        _read(f"m.household_id IN ({', '.join(['%s'] * len(part))})", part, keys) for part in parts
    ]
    return pl.concat(found) if found else _read("1 = 0", [], keys)


def _read(where: str, parameters: Sequence[Any], keys: CryptoProvider | None) -> pl.DataFrame:
    phone = "p.phone_sealed" if keys is not None else "NULL"
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(phone=phone, where=where), parameters)
        found = frame(cursor.fetchall(), _SCHEMA)
    found = found.unique("person", keep="first", maintain_order=True)
    if keys is None:
        return found.drop("phone_sealed")
    phones = keys.open_many(
        found["phone_sealed"].to_list(), identity.PHONE.place, found["person"].to_list()
    )
    return found.drop("phone_sealed").with_columns(pl.Series("phone", phones, dtype=pl.String))
