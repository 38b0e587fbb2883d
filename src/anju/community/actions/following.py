"""Requests and services follow when villages are merged, split or renamed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.community.models import Request, ServicePoint
from anju.places.changes import restored
from anju.places.models import Recoding


@transaction.atomic
def follow(*, by: Actor, recoding_id: int) -> int:
    """Give requests and services the codes that a merger gave their villages; how many. Safe to repeat.

    Those at a site go with the site, a household's own matter with the household. Of a village that
    was split, the others stay with the part that keeps the rest.
    """
    recoding = Recoding.objects.get(pk=recoding_id)
    villages = [each for each in restored(recoding.changes) if each.kind == "village"]
    targets = {each.old: each.new for each in villages if not each.is_part}
    old = {each.old for each in villages}
    moved = [row.number for row in _moved(Request, ("site", "household"), old, targets)]
    services = [row.pk for row in _moved(ServicePoint, ("site",), old, targets)]
    for kind, ids in (("request", moved), ("service_point", services)):
        if ids:
            action, reason = f"{kind}.recode", recoding.basis[:200]
            record(by=by, action=action, kind=kind, ids=ids, reason=reason)
    return len(moved) + len(services)


def _moved(
    model: type[Any], related: tuple[str, ...], old: set[str], targets: dict[str, str]
) -> list[Any]:
    rows = model.objects.select_for_update(of=("self",)).filter(village_code__in=old)
    found = []
    for row in rows.select_related(*related).order_by("pk"):
        village = targets.get(row.village_code, row.village_code)
        village = row.site.village_code if row.site else village
        if getattr(row, "is_own", False):
            village = row.household.village_code
        if village != row.village_code:
            row.village_code = village
            row.save(update_fields=["village_code"])
            found.append(row)
    return found
