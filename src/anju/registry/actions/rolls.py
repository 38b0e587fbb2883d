"""Writing many households and persons at once, from checked and matched lists.

The state columns of `Household` and `Person` repeat their open records; both are written here. In
the caller's transaction; the audit entry is the batch's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl
from django.db import connection

from anju.registry import identity
from anju.registry.actions import bulk, ledger, numbers
from anju.registry.identity import IDENTITY_PURPOSE
from anju.registry.initials import initials
from anju.registry.ledgers import HOUSEHOLD_RECORDS, PERSON_RECORDS
from anju.sealing import CryptoProvider

STATE = (
    "village_code",
    "site_id",
    "grid_id",
    "household_class",
    "relocated",
    "self_moved",
    "monitored_kind",
    "included_on",
    "risk_removed_on",
)
_AT_ONCE = 5_000


def open_households(*, known_on: date, source: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Add households: `code`, `head_name`, `origin_village_code` and the state columns.

    Returns the frame with the new `household_id`. The first record has no beginning: the list does
    not say since when it has been so.
    """
    ids = bulk.new_ids("registry_household", rows.height)
    rows = rows.with_columns(pl.Series("household_id", list(ids), dtype=pl.Int64))
    bulk.insert(
        "registry_household",
        rows.select(
            pl.col("household_id").alias("id"),
            "code",
            "head_name",
            _initials(rows["head_name"]).alias("head_initials"),
            pl.lit(0).alias("size"),
            pl.col("origin_village_code").fill_null(""),
            *STATE,
        ),
    )
    empty = pl.lit(None, pl.Date)
    ledger.write(
        known_on=known_on,
        source=source,
        ledger=HOUSEHOLD_RECORDS,
        created=rows.with_columns(started_on=empty, ended_on=empty),
    )
    return rows


def change_households(*, known_on: date, source: str, rows: pl.DataFrame) -> None:
    """Set the state of households: `household_id`, `head_name`, `origin_village_code`, the state
    columns, and of the open record `record_id`, `started_on`, `ended_on`, `known_from`."""
    if rows.is_empty():
        return
    bulk.update(
        "registry_household",
        rows.select(
            pl.col("household_id").alias("id"),
            "head_name",
            _initials(rows["head_name"]).alias("head_initials"),
            pl.col("origin_village_code").fill_null(""),
            *STATE,
        ),
    )
    ledger.write(
        known_on=known_on,
        source=source,
        ledger=HOUSEHOLD_RECORDS,
        updated=rows.with_columns(id=pl.col("record_id")),
    )


def add_persons(
    *, known_on: date, source: str, rows: pl.DataFrame, keys: CryptoProvider
) -> pl.DataFrame:
    """Add persons: `person_code`, `name`, `sex`, `born_on`, `nation`, `identity`, `identity_digest`,
    `phone`, `education`, `schooling`, `labour`, `health`. Returns the frame with the new `person_id`.
    """
    ids = bulk.new_ids("registry_person", rows.height)
    rows = rows.with_columns(pl.Series("person_id", list(ids), dtype=pl.Int64))
    sealed = {identity.IDENTITY: rows["identity"], identity.PHONE: rows["phone"]}
    bulk.insert(
        "registry_person",
        rows.select(
            pl.col("person_id").alias("id"),
            pl.col("person_code").alias("code"),
            "name",
            _initials(rows["name"]).alias("initials"),
            pl.col("sex").fill_null(""),
            "born_on",
            pl.col("nation").fill_null(""),
            *numbers.columns(keys, ids, sealed, {IDENTITY_PURPOSE: rows["identity_digest"]}),
        ),
    )
    empty = pl.lit(None, pl.Date)
    ledger.write(
        known_on=known_on,
        source=source,
        ledger=PERSON_RECORDS,
        created=rows.with_columns(started_on=empty, ended_on=empty),
    )
    return rows


def change_persons(*, rows: pl.DataFrame, keys: CryptoProvider) -> None:
    """Set what is not dated: `person_id`, `sex`, `born_on`, `nation`, `identity`, `phone`.

    An identity number or telephone that is NULL leaves the one that is sealed there.
    """
    bulk.update(
        "registry_person",
        rows.select(
            pl.col("person_id").alias("id"), pl.col("sex", "nation").fill_null(""), "born_on"
        ),
    )
    for number in (identity.IDENTITY, identity.PHONE):
        numbers.set_many(keys=keys, ids=rows["person_id"], number=number, plain=rows[number.name])


def recount(*, on: date, household_ids: Iterable[int]) -> None:
    """Set the size of households to the number of persons who belong to them on a day."""
    ids = sorted(set(household_ids))
    bulk.now_or_later(lambda: _recount(on, ids))


def _recount(on: date, ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            sql = (
                "UPDATE registry_household SET size = (SELECT count(*) FROM registry_membership m"  # noqa: S608
                " WHERE m.household_id = registry_household.id AND m.known_to IS NULL"
                " AND (m.joined_on IS NULL OR m.joined_on <= %s)"
                f" AND (m.left_on IS NULL OR m.left_on > %s)) WHERE id IN ({marks})"
            )
            cursor.execute(sql, [on.isoformat(), on.isoformat(), *part])


def _initials(names: pl.Series) -> pl.Series:
    return pl.Series(names.name, [initials(name) for name in names.to_list()], dtype=pl.String)


def part_person_records(*, known_on: date, source: str, rows: pl.DataFrame) -> None:
    """From `changed_on` on, `schooling` holds; until then what the record said.

    Rows carry an open record's columns with `record_id`, `known_from` and `schooling_now`. Where
    the record begins that very day, it is replaced.
    """
    starts_there = (pl.col("started_on") == pl.col("changed_on")).fill_null(False)
    before = rows.with_columns(id=pl.col("record_id"))
    replaced = before.filter(starts_there)
    parted = before.filter(~starts_there)
    ledger.write(
        known_on=known_on,
        source=source,
        ledger=PERSON_RECORDS,
        created=parted.with_columns(started_on=pl.col("changed_on")),
        updated=pl.concat(
            [
                replaced,
                parted.with_columns(
                    schooling=pl.col("schooling_now"), ended_on=pl.col("changed_on")
                ),
            ]
        ),
    )
