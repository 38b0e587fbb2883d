"""Workshops, vacancies and public-welfare posts follow when villages are merged, split or renamed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.employment.models import Vacancy, WelfarePost, Workshop
from anju.places.changes import restored
from anju.places.models import Recoding


def _vacancies(targets: Mapping[str, str]) -> int:
    """Vacancies; one that is told of both villages already keeps its old code."""
    moved = 0
    rows = Vacancy.objects.select_for_update(of=("self",)).filter(division_code__in=targets)
    for row in rows.order_by("pk"):
        same = {name: getattr(row, name) for name in _TOLD_APART}
        code = targets[row.division_code]
        if not Vacancy.objects.filter(**same, division_code=code).exists():
            row.division_code = code
            row.save(update_fields=["division_code"])
            moved += 1
    return moved


def _posts(targets: Mapping[str, str]) -> int:
    """Posts by the same rules; one that is there already under its new village keeps its old code."""
    moved = 0
    rows = WelfarePost.objects.select_for_update(of=("self",)).filter(division_code__in=targets)
    for post in rows.select_related("site").order_by("pk"):
        code = post.site.village_code if post.site else targets[post.division_code]
        taken = WelfarePost.objects.filter(
            division_code=code, unit=post.unit, kind=post.kind, name=post.name
        )
        if code != post.division_code and not taken.exists():
            post.division_code = code
            post.save(update_fields=["division_code"])
            moved += 1
    return moved


#: What tells vacancies apart, beside their place.
_TOLD_APART = ("county_code", "employer", "trade", "opened_on")


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
    moved += _vacancies(targets)
    moved += _posts(targets)
    if moved:
        record(
            by=by,
            action="workshop.recode",
            kind="workshop",
            count=moved,
            reason=recoding.basis[:200],
        )
    return moved
