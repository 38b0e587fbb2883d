"""Villages merged, split or renamed: the projects in them follow."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.places.changes import restored
from anju.places.models import Division, Recoding
from anju.projects.actions import library
from anju.projects.facts import Told
from anju.projects.models import Project
from anju.projects.queries import known


@transaction.atomic
def follow(*, by: Actor, on: date, recoding_id: int) -> int:
    """Give projects in villages that are gone the code of the one that took the rest over; how many.

    Safe to repeat. A project at a resettlement site goes where the site went.
    """
    recoding = Recoding.objects.get(pk=recoding_id)
    targets = _targets(recoding)
    rows = Project.objects.filter(division_code__in=list(targets)).select_related("site")
    moving = {
        row: row.site.village_code if row.site else targets[row.division_code] for row in rows
    }
    moving = {row: code for row, code in moving.items() if code != row.division_code}
    if not moving:
        return 0
    held = known.held_by_id([row.pk for row in moving])
    library.write(
        known_on=on,
        source=recoding.basis,
        entries=[
            (Told(row.county_code, row.code, {"division_code": code}), held[row.pk])
            for row, code in moving.items()
        ],
    )
    record(
        by=by,
        action="project.recode",
        kind="project",
        ids=[row.pk for row in moving],
        count=len(moving),
        reason=recoding.basis[:200],
    )
    return len(moving)


def _targets(recoding: Recoding) -> dict[str, str]:
    """Village that is gone, or whose site may have gone → the one that keeps the rest of it."""
    targets: dict[str, str] = {}
    for change in sorted(restored(recoding.changes), key=lambda each: each.is_part):
        if change.kind == "village" and change.old != change.new:
            targets.setdefault(change.old, change.new)
    standing = Division.objects.filter(code__in=list(targets), ended_on__isnull=True)
    return {**targets, **{code: code for code in standing.values_list("code", flat=True)}}
