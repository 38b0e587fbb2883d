"""Lists of places, and of what is seen there, as lines: divisions, sites, buildings, grids, clinics.

They are told as known today, and name nobody. What was merged away is no longer in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import polars as pl

from anju.accounts.scope import Scope
from anju.intake.outgoing import of_assets, of_projects, of_work
from anju.places import queries as places
from anju.registry.columns import Schema
from anju.registry.queries import clinics, homes


def _divisions(scope: Scope) -> pl.DataFrame:
    """The county, its towns, their villages: whoever reads them meets a place before what lies in it."""
    rows = places.divisions_in(scope).order_by("level", "code")
    found = _frame(
        rows.values_list("code", "name", "level", "parent_id"),
        {"code": pl.String, "name": pl.String, "level": pl.Int64, "parent_code": pl.String},
    )
    return found.with_columns(pl.col("level").cast(pl.String), village_code="code")


def _sites(scope: Scope) -> pl.DataFrame:
    names: Schema = {
        "code": pl.String, "name": pl.String, "kind": pl.String, "village_code": pl.String,
        "planned_households": pl.Int64, "opened_on": pl.Date,
    }  # fmt: skip
    return _frame(places.sites_in(scope).values_list(*names), names)


def _buildings(scope: Scope) -> pl.DataFrame:
    """A line an entrance; a building whose entrances nobody lives at has one line without."""
    columns = ("id", "site__code", "number", "site__village_code")
    buildings = _frame(
        places.buildings_in(scope).values_list(*columns),
        {"id": pl.Int64, "site_code": pl.String, "number_": pl.String, "village_code": pl.String},
    )
    entrances = _frame(
        homes.entrances_of(buildings["id"].to_list()), {"id": pl.Int64, "entrance": pl.String}
    )
    return buildings.join(entrances, on="id", how="left").sort("site_code", "number_", "entrance")


def with_entrances(lines: pl.DataFrame, came: pl.DataFrame) -> pl.DataFrame:
    """Entrances are not kept for themselves: those a file had of buildings that are there still are
    told with the others."""
    place = ["site_code", "number_"]
    if came.is_empty():
        return lines
    theirs = came.select(*place, "entrance").join(
        lines.select(*place, "village_code").unique(), on=place
    )
    both = pl.concat([lines.drop("id", strict=False), theirs], how="diagonal").unique(
        [*place, "entrance"]
    )
    is_told = pl.col("entrance").is_not_null().any().over(place)
    return both.filter(pl.col("entrance").is_not_null() | ~is_told).sort(*place, "entrance")


def _grids(scope: Scope) -> pl.DataFrame:
    columns = ("code", "name", "village_code", "site__code")
    return _frame(
        places.grids_in(scope).values_list(*columns),
        {"code": pl.String, "name": pl.String, "village_code": pl.String, "site_code": pl.String},
    )


def _clinics(scope: Scope) -> pl.DataFrame:
    """What was seen last in each village where somebody looked."""
    villages = dict(places.villages_in(scope).values_list("code", "name"))
    names = places.names(villages)
    rows = [
        (
            names.of(f"{code[:9]}000"),
            villages[code],
            "yes" if seen.has_clinic else "no",
            "yes" if seen.has_staff else "no",
            seen.arrangement or None,
            seen.seen_on,
            code,
        )
        for code, seen in sorted(clinics.latest(villages).items())
    ]
    schema: Schema = {
        "town": pl.String, "village": pl.String, "has_clinic": pl.String, "has_staff": pl.String,
        "arrangement": pl.String, "seen_on": pl.Date, "village_code": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _frame(rows: Any, schema: Schema) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=schema, orient="row")


#: Sheet → everything it tells of a scope, with the fields of its columns; `village_code` says where.
LINES: Final[Mapping[str, Callable[[Scope], pl.DataFrame]]] = {
    "divisions": _divisions,
    "sites": _sites,
    "buildings": _buildings,
    "grids": _grids,
    "clinics": _clinics,
    "assets": of_assets.ledger,
    "asset_yields": of_assets.yields,
    "projects": of_projects.library,
    "project_payments": of_projects.payments,
    "workshops": of_work.workshops,
    "vacancies": of_work.vacancies,
}
