"""The tables checks read, for the households of one list: the registers, with what the list says.

What the list's columns hold is taken from the list as it is written, read back; the rest from the
registers as known now.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow.parquet as pq

from anju.employment.ledger import EMPLOYMENTS
from anju.inspection.actions.list_rows import Said
from anju.inspection.actions.number_table import looked_at, shared
from anju.intake.feeds.facts import Facts
from anju.intake.layout import SheetLayout
from anju.intake.outgoing.filling import Known
from anju.quality.items import item_of
from anju.registry.ledgers import EVENTS, HOUSING, INCOMES, STATUSES, Ledger

_HOMES: Final = (
    "household_id", "village_code", "monitored_kind", "included_on", "risk_removed_on",
)  # fmt: skip
_PERSONS: Final = (
    "person_id", "household_id", "born_on", "schooling", "labour", "joined_on", "left_on", "sex",
    "relation", "education", "health",
)  # fmt: skip
_ALLOWANCES: Final = ("dibao", "tekun", "dibao_marginal")
_NAMES: Final = {
    "statuses": STATUSES,
    "events": EVENTS,
    "incomes": INCOMES,
    "employments": EMPLOYMENTS,
}


class TableFiles:
    """The tables in a folder, written part by part; the one of numbers when all parts are there."""

    def __init__(self, folder: Path) -> None:
        """Make the folder."""
        folder.mkdir()
        self._folder = folder
        self._files: dict[str, pq.ParquetWriter] = {}
        self._numbers: list[pl.DataFrame] = []

    def add(self, found: Known, said: Said) -> None:
        """The households of one part of the list."""
        for name, rows in tables(found, said).items():
            told = rows.to_arrow()
            if name not in self._files:
                path = self._folder / f"{name}.parquet"
                self._files[name] = pq.ParquetWriter(path, told.schema)
            self._files[name].write_table(told.cast(self._files[name].schema))
        self._numbers.append(_numbers(found, said))

    def __enter__(self) -> TableFiles:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()
        if self._numbers:
            told = shared(pl.concat(self._numbers).unique("person_id"))
            pq.write_table(told.sort("person_id").to_arrow(), self._folder / "numbers.parquet")


def tables(found: Known, said: Said) -> dict[str, pl.DataFrame]:
    """Table → rows, but for the numbers. `said`: sheet → its layout and lines, each with whose it is."""
    members = _members(found, said)
    facts = {name: _facts(ledger, found, said) for name, ledger in _NAMES.items()}
    statuses = facts["statuses"]
    kinds = zip(statuses["kind"], statuses["reference"], strict=True)
    category = [
        item_of(text or "") if kind == "help_measure" else text if kind == "disabled" else None
        for kind, text in kinds
    ]
    return {
        "households": _homes(found, said),
        "persons": members.select(
            *_PERSONS,
            has_identity=pl.col("identity").is_not_null(),
            has_phone=pl.col("phone").is_not_null(),
        ),
        "statuses": statuses.with_columns(pl.Series("category", category, dtype=pl.String)),
        "events": facts["events"],
        "incomes": facts["incomes"],
        "employments": facts["employments"].with_columns(
            has_employer=pl.col("employer").is_not_null()
        ),
    }


def _numbers(found: Known, said: Said) -> pl.DataFrame:
    """What can be said of the numbers of members, one by one: none of them is in it."""
    return looked_at(
        _members(found, said)
        .unique("person_id")
        .select(
            "person_id",
            _identity="identity",
            _phone="phone",
            _disability_card="card",
            _digest=pl.col("identity").hash(),
        )
    )


def _homes(found: Known, said: Said) -> pl.DataFrame:
    homes = found.homes
    for sheet in ("households", "monitored"):
        if sheet in said:
            lines = said[sheet][1].unique("household_id", keep="first", maintain_order=True)
            told = ("monitored_kind", "included_on", "risk_removed_on")
            homes = _over(homes, lines, "household_id", told)
    housing = (
        HOUSING.open_rows("household_id", homes["household_id"])
        .sort("started_on", "id", nulls_last=False)
        .unique("household_id", keep="last", maintain_order=True)
        .select("household_id", "area_dm2")
    )
    if "relocation" in said:
        lines = said["relocation"][1].unique("household_id").rename({"area": "area_dm2"})
        housing = _over(housing, lines, "household_id", ("area_dm2",))
    return homes.select(*_HOMES, **{"class": pl.col("household_class")}).join(
        housing, on="household_id", how="left"
    )


def _members(found: Known, said: Said) -> pl.DataFrame:
    members = found.members
    if "households" in said:
        # Not telephones: readers take the first of several columns of them, or none.
        told = (
            "sex", "born_on", "relation", "education", "schooling", "health", "labour", "identity",
        )  # fmt: skip
        lines = said["households"][1].unique("person_id", keep="first", maintain_order=True)
        members = _over(members, lines, "person_id", told)
    return members


def _over(rows: pl.DataFrame, lines: pl.DataFrame, key: str, told: tuple[str, ...]) -> pl.DataFrame:
    """Rows with what the lines say in some columns; rows the lines do not have stay."""
    names = [name for name in told if name in lines.columns]
    new = lines.select(
        key, *(pl.col(name).alias(f"_{name}") for name in names), _there=pl.lit(True)
    )
    return (
        rows.join(new, on=key, how="left")
        .with_columns(
            pl.when("_there").then(pl.col(f"_{name}")).otherwise(pl.col(name)).alias(name)
            for name in names
        )
        .drop("_there", *(f"_{name}" for name in names))
    )


def _facts(ledger: Ledger, found: Known, said: Said) -> pl.DataFrame:
    """What the registers hold in a ledger of the households and their people, but for the kinds the
    list tells of: those are as the list tells them."""
    parts = []
    if "household_id" in ledger.owners:
        parts.append(ledger.open_rows("household_id", found.homes["household_id"]))
    if "person_id" in ledger.owners:
        parts.append(ledger.open_rows("person_id", found.persons["person_id"]))
    known = pl.concat(parts, how="diagonal").drop("id", "known_from")
    for layout, lines in said.values():
        kinds = _kinds(ledger, layout)
        if kinds is None:
            continue
        told = _shaped(ledger, layout, lines)
        kept = known.clear() if kinds == () else known.filter(~pl.col("kind").is_in(list(kinds)))
        known = pl.concat([kept, told], how="diagonal_relaxed")
    return known


def _kinds(ledger: Ledger, layout: SheetLayout) -> tuple[str, ...] | None:
    """The kinds of a ledger that a sheet tells of; empty: all of it; None: nothing of it."""
    if ledger is STATUSES and layout.id in ("allowance", "help_measure"):
        return _ALLOWANCES if layout.id == "allowance" else ("help_measure",)
    if not isinstance(layout.take, Facts) or layout.take.ledger is not ledger:
        return None
    return (layout.take.kind,) if layout.take.kind is not None else ()


def _shaped(ledger: Ledger, layout: SheetLayout, lines: pl.DataFrame) -> pl.DataFrame:
    """Lines of a sheet as rows of the ledger."""
    take = layout.take
    named: Mapping[str, Any] = take.fields if isinstance(take, Facts) else {}
    made: list[pl.Expr] = [
        pl.col(owner).cast(pl.Int64)
        if owner in lines.columns
        else pl.lit(None, pl.Int64).alias(owner)
        for owner in ledger.owners
    ]
    for name, dtype in ledger.columns.items():
        source = named.get(name, name)
        if name == "kind" and isinstance(take, Facts) and take.kind is not None:
            made.append(pl.lit(take.kind).alias(name))
        elif name == "kind" and layout.id == "help_measure":
            made.append(pl.lit("help_measure").alias(name))
        elif source in lines.columns:
            made.append(pl.col(source).cast(dtype).alias(name))
        else:
            made.append(pl.lit(None, dtype).alias(name))
    return lines.select(made)
