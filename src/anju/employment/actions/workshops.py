"""Workshops and what they tell of their posts and workers: entered, put right, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.employment import checking
from anju.employment.actions.merged import changes
from anju.employment.actions.refusing import reasoned, refuse
from anju.employment.models import Workshop, WorkshopCount
from anju.employment.refusals import WorkRefused, WrongWork
from anju.registry.actions.superseding import supersede

FIELDS: Final = (
    "division_code", "site", "name", "kind", "operator", "products", "opened_on", "closed_on",
    "rating", "rated_on",
)  # fmt: skip
COUNT: Final = ("posts", "workers", "lifted_out", "relocated", "average_wage")


@transaction.atomic
def add(*, by: Actor, on: date, values: Mapping[str, Any], source: str) -> Workshop:
    """A workshop nobody has listed yet; `values` are of `FIELDS`."""
    workshop = Workshop(known_on=on, source=source)
    _put(workshop, values)
    _check(workshop, on)
    workshop.save()
    _audit(by, "workshop.add", workshop, {})
    return workshop


@transaction.atomic
def correct(
    *,
    by: Actor,
    on: date,
    workshop: Workshop,
    seen: Mapping[str, Any],
    typed: Mapping[str, Any],
    source: str,
) -> set[str]:
    """Put fields right; the names of those that changed. `seen`: the values they were typed over."""
    present = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    wanted = changes(present, FIELDS, seen, typed)
    if not wanted:
        return set()
    before = state(present, FIELDS)
    _put(present, wanted)
    if present.division_code[:6] != before["division_code"][:6]:
        raise WorkRefused(_("不能改到别的县。请在那个县登记。"))
    _check(present, on)
    present.known_on, present.source = max(on, present.known_on), source
    present.save()
    _audit(by, "workshop.correct", present, before)
    return set(wanted)


@transaction.atomic
def record_count(
    *,
    by: Actor,
    on: date,
    workshop: Workshop,
    told_on: date,
    values: Mapping[str, Any],
    source: str,
) -> WorkshopCount:
    """What it told on a day; refused where that day is known already."""
    refuse(checking.of_count({**values, "told_on": told_on}, workshop.opened_on, on))
    known = WorkshopCount.objects.filter(workshop=workshop, told_on=told_on, known_to__isnull=True)
    if known.exists():
        raise WrongWork(_("这一天的人数已经登记过，请更正那一条。"), "told_on")
    row = WorkshopCount.objects.create(
        workshop=workshop, told_on=told_on, known_from=on, source=source, **values
    )
    _audit_count(by, "workshop.count", row, {}, state(row, ("told_on", *COUNT)))
    return row


@transaction.atomic
def correct_count(
    *, by: Actor, on: date, row: WorkshopCount, values: Mapping[str, Any], source: str
) -> WorkshopCount:
    """A day's numbers were noted wrongly; what was known before stays on record."""
    wanted = {**state(row, COUNT), **values, "told_on": row.told_on}
    refuse(checking.of_count(wanted, row.workshop.opened_on, on))
    before = state(row, COUNT)
    now = supersede(row, on=on, source=source, changes=values)
    _audit_count(by, "workshop.correct_count", now, before, state(now, COUNT))
    return now


@transaction.atomic
def withdraw_count(*, by: Actor, on: date, row: WorkshopCount, reason: str) -> None:
    """Take back what was never told; it stays on record as having been known until then."""
    if row.known_to is not None:
        raise WorkRefused(_("这一条已被后来的情况取代，请刷新页面。"))
    said = reasoned(reason)
    row.known_to = max(on, row.known_from)
    row.save(update_fields=["known_to"])
    record(
        by=by,
        action="workshop.withdraw_count",
        kind="workshop",
        ids=[str(row.workshop_id)],
        reason=said,
        detail={"row": row.pk},
        place=row.workshop.division_code,
    )


def _put(workshop: Workshop, values: Mapping[str, Any]) -> None:
    """Set fields; one at a site stands where the site is."""
    for name, value in values.items():
        setattr(workshop, name, value)
    workshop.name = workshop.name.strip()
    if workshop.site is not None:
        workshop.division_code = workshop.site.village_code
    workshop.county_code = workshop.division_code[:6]


def _check(workshop: Workshop, on: date) -> None:
    refuse(checking.of_workshop(state(workshop, FIELDS), on))
    same = Workshop.objects.filter(division_code=workshop.division_code, name=workshop.name)
    if same.exclude(pk=workshop.pk).exists():
        raise WrongWork(_("这个地方已经登记过同名的车间，请更正现有的一个。"), "name")


def _audit(by: Actor, action: str, workshop: Workshop, before: Mapping[str, Any]) -> None:
    record(
        by=by,
        action=action,
        kind="workshop",
        ids=[str(workshop.pk)],
        detail={"changes": between(Workshop, before, state(workshop, FIELDS))},
        place=workshop.division_code,
    )


def _audit_count(
    by: Actor,
    action: str,
    row: WorkshopCount,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    record(
        by=by,
        action=action,
        kind="workshop",
        ids=[str(row.workshop_id)],
        detail={"row": row.pk, "changes": between(WorkshopCount, before, after)},
        place=row.workshop.division_code,
    )
