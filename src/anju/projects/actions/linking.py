"""Projects and the units that answer for them: linked by name once the units are there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.projects.actions import library
from anju.projects.facts import Told
from anju.projects.models import Project
from anju.projects.queries import known
from anju.projects.queries.units import units_by_name


@transaction.atomic
def link_units(*, by: Actor, on: date, source: str, also: Mapping[str, int] | None = None) -> int:
    """Link projects that name a unit without being linked to one; how many. Safe to repeat.

    `also`: names that were settled to mean one unit elsewhere, as plans' office names are. A name
    that fits no unit, or several, stays a name.
    """
    rows = list(Project.objects.filter(unit__isnull=True).exclude(unit_name=""))
    names = {row.unit_name for row in rows}
    units = {**(also or {}), **units_by_name(names)}
    linked = [row for row in rows if row.unit_name in units]
    if not linked:
        return 0
    held = known.held_by_id([row.pk for row in linked])
    known_on = max(on, *(held[row.pk].description.known_from for row in linked))
    library.write(
        known_on=known_on,
        source=source,
        entries=[
            (Told(row.county_code, row.code, {"unit_id": units[row.unit_name]}), held[row.pk])
            for row in linked
        ],
    )
    record(
        by=by,
        action="project.link_units",
        kind="project",
        ids=[row.pk for row in linked],
        count=len(linked),
    )
    return len(linked)
