"""Loading the division tree, sites, buildings and grids from checked rows.

Places are few, and what they were called last year decides nothing: rows are set as the list says.
Each loader returns for the key of each row whether it was created, updated or is unchanged; the
audit entry is the batch's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from anju.places.models import Building, Division, Grid, Site

Row = Mapping[str, Any]


def division_codes() -> set[str]:
    """The codes of every known division."""
    return set(Division.objects.values_list("code", flat=True))


def site_ids() -> dict[str, int]:
    """Code → id of every known site."""
    return dict(Site.objects.values_list("code", "id"))


def load_divisions(*, rows: Sequence[Row]) -> dict[str, str]:
    """Rows: `code`, `level` (6, 9, 12), `name`, `parent_code` or None; parents before children."""
    ordered = sorted(rows, key=lambda row: int(row["level"]))
    wanted = {
        row["code"]: {
            "level": int(row["level"]),
            "name": row["name"],
            "parent_id": row["parent_code"],
        }
        for row in ordered
    }
    return _load(Division, "code", wanted)


def load_sites(*, rows: Sequence[Row]) -> dict[str, str]:
    """Rows: `code`, `name`, `kind`, `village_code`, `opened_on`, `planned_households`."""
    fields = ("name", "kind", "village_code", "opened_on", "planned_households")
    return _load(Site, "code", {row["code"]: {name: row[name] for name in fields} for row in rows})


def load_grids(*, rows: Sequence[Row]) -> dict[str, str]:
    """Rows: `code`, `name`, `village_code`, `site_code` or None."""
    sites = site_ids()
    wanted = {
        row["code"]: {
            "name": row["name"],
            "village_code": row["village_code"],
            "site_id": sites[row["site_code"]] if row["site_code"] else None,
        }
        for row in rows
    }
    return _load(Grid, "code", wanted)


def load_buildings(*, rows: Sequence[Row]) -> dict[str, str]:
    """Rows, one an entrance: `site_code`, `number_`, `entrance`; a building is added once."""
    sites = site_ids()
    known = set(Building.objects.values_list("site_id", "number"))
    done: dict[str, str] = {}
    added = []
    for row in rows:
        building = (sites[row["site_code"]], row["number_"])
        created = building not in known
        if created:
            known.add(building)
            added.append(Building(site_id=building[0], number=building[1]))
        key = "|".join((row["site_code"], row["number_"], row["entrance"] or ""))
        done[key] = "created" if created else "unchanged"
    Building.objects.bulk_create(added, batch_size=1_000)
    return done


def _load(model: type[Model], key: str, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Add what is new, set what differs."""
    present = {getattr(each, key): each for each in _present(model, key, wanted)}
    done: dict[str, str] = {}
    created, updated = [], []
    for code, values in wanted.items():
        row = present.get(code)
        if row is None:
            created.append(model(**{key: code}, **values))
            done[code] = "created"
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            updated.append(row)
            done[code] = "updated"
        else:
            done[code] = "unchanged"
    manager = model._default_manager
    manager.bulk_create(created, batch_size=1_000)
    if updated:
        fields = list(next(iter(wanted.values())))
        manager.bulk_update(updated, fields, batch_size=1_000)
    return done


def _present(model: type[Model], key: str, wanted: Iterable[str]) -> list[Model]:
    codes = list(wanted)
    found: list[Model] = []
    for start in range(0, len(codes), 5_000):
        part = codes[start : start + 5_000]
        found += model._default_manager.filter(**{f"{key}__in": part})
    return found
