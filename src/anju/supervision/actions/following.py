"""Classes of villages follow when villages are merged, split or renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.places.models import Recoding
from anju.places.queries import villages_now
from anju.supervision.models import VillageAttainment, VillageClass

Sources = Mapping[str, Sequence[str]]


@transaction.atomic
def follow(*, by: Actor, recoding_id: int) -> int:
    """Give the villages that a change made the class of those they were made of; how many. Safe to repeat.

    The old villages' classes end on the day of the change and stay as they were. Where villages of
    different classes, or of one and none, become one, nobody can tell its class but a person: it has none
    until then, and the audit entry names it. A village that takes others in keeps its own. A standard is
    reached by what was made of villages that had all reached it.
    """
    recoding = Recoding.objects.get(pk=recoding_id)
    now = villages_now(recoding)
    made_of: dict[str, list[str]] = {}
    for old, codes in now.items():
        for code in codes:
            made_of.setdefault(code, []).append(old)
    classes = VillageClass.objects.select_for_update().filter(division_code__in=now)
    plans = sorted(set(classes.values_list("plan", flat=True)))
    gone = [old for old, codes in now.items() if old not in codes]
    begun: list[VillageClass] = []
    undecided: set[str] = set()
    ended = 0
    for plan in plans:
        held = _classes(plan, made_of, recoding.effective_on)
        rows = _begin(by, recoding, plan, made_of, held)
        begun += rows
        undecided |= _undecided(plan, made_of, held)
        _reach(by, recoding, plan, {row.division_code: made_of[row.division_code] for row in rows})
        ended += _end(plan, gone, recoding.effective_on)
    if begun or ended:
        record(
            by=by,
            action="village_class.recode",
            kind="village_class",
            ids=[row.division_code for row in begun],
            count=len(begun),
            reason=recoding.basis[:200],
            detail={"undecided": sorted(undecided)} if undecided else None,
        )
    return len(begun)


def _begin(
    by: Actor, recoding: Recoding, plan: int, made_of: Sources, held: Mapping[str, str]
) -> list[VillageClass]:
    since = recoding.effective_on
    there = set(_open(plan, made_of).values_list("division_code", flat=True))
    rows = []
    for code, olds in made_of.items():
        of_olds = {held.get(old) for old in olds}
        (one,) = of_olds if len(of_olds) == 1 else (None,)
        if one is not None and code not in there:
            rows.append(
                VillageClass(
                    plan_id=plan,
                    division_code=code,
                    code=one,
                    basis=f"村级撤并：{recoding.basis}"[:160],
                    valid_from=since,
                    recorded_by=by.username,
                )
            )
    return VillageClass.objects.bulk_create(rows)


def _classes(plan: int, made_of: Sources, since: date) -> dict[str, str]:
    """Old village → its class when the change came, also where that has ended with it already."""
    olds = {old for each in made_of.values() for old in each}
    rows = VillageClass.objects.filter(plan=plan, division_code__in=olds)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since))
    return dict(rows.order_by("-valid_from").values_list("division_code", "code"))


def _undecided(plan: int, made_of: Sources, held: Mapping[str, str]) -> set[str]:
    """What was made of classed villages and has no class."""
    there = set(_open(plan, made_of).values_list("division_code", flat=True))
    of_classed = {code for code, olds in made_of.items() if held.keys() & set(olds)}
    return of_classed - there


def _open(plan: int, codes: Sources) -> QuerySet[VillageClass]:
    return VillageClass.objects.filter(plan=plan, division_code__in=codes, valid_to__isnull=True)


def _end(plan: int, gone: Sequence[str], since: date) -> int:
    """Classes of villages that are no more; those that began later never came to be. How many."""
    rows = VillageClass.objects.filter(plan=plan, division_code__in=gone, valid_to__isnull=True)
    later = rows.filter(valid_from__gt=since).update(valid_to=F("valid_from"))
    return later + rows.filter(valid_from__lte=since).update(valid_to=since)


def _reach(by: Actor, recoding: Recoding, plan: int, made_of: Sources) -> None:
    """Standards reached by all that a new village was made of; one it reached itself stays."""
    olds = {old for each in made_of.values() for old in each}
    reached: dict[tuple[str, str], VillageAttainment] = {
        (row.division_code, row.code): row
        for row in VillageAttainment.objects.filter(plan=plan, division_code__in=olds)
    }
    standards = {code for _village, code in reached}
    rows = []
    for village, of in made_of.items():
        for code in standards:
            found = [reached.get((old, code)) for old in of]
            last = [row for row in found if row is not None]
            if last and len(last) == len(found):
                newest = max(last, key=lambda row: row.reached_on)
                rows.append(
                    VillageAttainment(
                        plan_id=plan,
                        division_code=village,
                        code=code,
                        met=newest.met,
                        reached_on=newest.reached_on,
                        words=f"撤并前各村均已达标（{'、'.join(of)}），{recoding.basis}",
                        recorded_by=by.username,
                    )
                )
    VillageAttainment.objects.bulk_create(rows, ignore_conflicts=True)
