"""Assignments follow when villages are merged, split or renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.actions.owing import owe_for
from anju.duties.models import Assignment
from anju.places.models import Recoding
from anju.places.queries import villages_now


@transaction.atomic
def follow(*, by: Actor, on: date, recoding_id: int) -> int:
    """Give assignments in force the codes that a merger gave their villages; how many. Safe to repeat.

    What is still owed goes with them. Of a village that was split, one of the same kind begins for
    each further part. Where villages of one leader (or unit) become one, one assignment is enough: the
    other one ends. Ended assignments keep the old code.
    """
    recoding = Recoding.objects.get(pk=recoding_id)
    targets = villages_now(recoding)
    open_ones = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        open_ones, division_code__in=targets
    )
    moved = [_move(row, on, targets) for row in rows.select_related("site").order_by("pk")]
    if moved:
        record(
            by=by,
            action="assignment.recode",
            kind="assignment",
            ids=[row.pk for row in moved],
            count=len(moved),
            reason=recoding.basis[:200],
        )
    return len(moved)


def _move(row: Assignment, on: date, targets: Mapping[str, Sequence[str]]) -> Assignment:
    if row.site is not None:
        row.division_code = row.site.village_code  # the site has moved with its part
        row.save(update_fields=["division_code"])
        return row
    first, *others = targets[row.division_code]
    for code in others:
        _begin_at(row, code, on)
    if first == row.division_code:
        return row
    if _same(row, first, on).exists():
        row.valid_to = max(on, row.valid_from)
        row.save(update_fields=["valid_to"])
        row.owed.filter(held_on__isnull=True, due_on__gte=on).delete()
    else:
        row.division_code = first
        row.save(update_fields=["division_code"])
    return row


def _begin_at(row: Assignment, code: str, on: date) -> None:
    """The same for a further part of a village that was split."""
    if _same(row, code, on).exists():
        return
    made = Assignment.objects.create(
        leader=row.leader,
        leader_post=row.leader_post,
        unit=row.unit,
        division_code=code,
        plan=row.plan,
        clause=row.clause,
        visits_every=row.visits_every,
        meetings_every=row.meetings_every,
        assigned_on=on,
        valid_from=max(on, row.valid_from),
        valid_to=row.valid_to,
    )
    owe_for(on=on, assignments=[made])


def _same(row: Assignment, code: str, on: date) -> QuerySet[Assignment]:
    """Assignments in force of the same leader or unit at a place."""
    rows = Assignment.objects.filter(
        division_code=code,
        site=row.site,
        leader=row.leader,
        leader_post=row.leader_post,
        unit=row.unit,
    )
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).exclude(pk=row.pk)
