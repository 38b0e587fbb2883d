"""Workshops and vacancies follow when villages are merged, split or renamed."""

from __future__ import annotations

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.employment.models import Vacancy, Workshop
from anju.places.changes import restored
from anju.places.models import Recoding


@transaction.atomic
def follow(*, by: Actor, recoding_id: int) -> int:
    """Give them the codes that a merger gave their villages; how many. Safe to repeat.

    A workshop at a site goes with the site. Of a village that was split, the others stay with the part
    that keeps the rest. A workshop whose name is taken in the village it comes to keeps its old code,
    for somebody to say which of the two it is.
    """
    recoding = Recoding.objects.get(pk=recoding_id)
    villages = [each for each in restored(recoding.changes) if each.kind == "village"]
    targets = {each.old: each.new for each in villages if not each.is_part}
    old = {each.old for each in villages}
    moved = 0
    rows = Workshop.objects.select_for_update(of=("self",)).filter(division_code__in=old)
    for workshop in rows.select_related("site").order_by("pk"):
        code = targets.get(workshop.division_code, workshop.division_code)
        code = workshop.site.village_code if workshop.site else code
        taken = Workshop.objects.filter(division_code=code, name=workshop.name)
        if code != workshop.division_code and not taken.exists():
            workshop.division_code = code
            workshop.save(update_fields=["division_code"])
            moved += 1
    for before, after in targets.items():
        moved += Vacancy.objects.filter(division_code=before).update(division_code=after)
    if moved:
        record(
            by=by,
            action="workshop.recode",
            kind="workshop",
            count=moved,
            reason=recoding.basis[:200],
        )
    return moved
