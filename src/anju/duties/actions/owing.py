"""What assignments owe: written down a period ahead, and told when it was done.

Nothing is asked but the day and what came of it: no place, no picture, no time spent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.models import Assignment, Owed, OwedKind, Rhythm
from anju.duties.periods import Period, period_of, periods
from anju.duties.queries.assignments import in_force, may_record
from anju.duties.refusals import DutyRefused
from anju.duties.rhythms_owed import rhythms_of
from anju.privacy.masking import holds_a_number

MOST_WORDS = 2000


@transaction.atomic
def owe(*, by: Actor, on: date) -> int:
    """Every day: what falls due in the periods in course. How many were added; safe to repeat."""
    assignments = Assignment.objects.filter(in_force(on)).select_related("plan")
    added = owe_for(on=on, assignments=list(assignments))
    if added:
        record(by=by, action="assignment.owe", kind="assignment", count=added)
    return added


def owe_for(*, on: date, assignments: Iterable[Assignment], since: date | None = None) -> int:
    """Add what these owe by the end of each period in course, periods missed meanwhile included.

    Nothing that was due before `since`, and nothing that nobody asked for on the day it was due.
    """
    held = list(assignments)
    last = _last_due(held)
    rows = [
        Owed(assignment=each, kind=kind, period=label, due_on=due)
        for each in held
        for kind, every in rhythms_of(each, on).items()
        for label, due in _due(each, every, last.get((each.pk, kind.value)), on, since)
        if rhythms_of(each, due).get(kind) == every
    ]
    Owed.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def owe_anew(*, on: date, assignment: Assignment, kinds: Sequence[OwedKind]) -> None:
    """After a change of rhythm: open periods in course make way for those of the new rhythm."""
    assignment.owed.filter(kind__in=kinds, held_on__isnull=True, due_on__gte=on).delete()
    owe_for(on=on, assignments=[assignment], since=on)


def mark_of(owed: Owed) -> str:
    """Tells what is written down from what was written down before."""
    return sha256(repr((owed.held_on, owed.recorded_by, owed.words)).encode()).hexdigest()[:12]


@transaction.atomic
def tell(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    owed: Owed,
    held_on: date,
    words: str,
    seen: str | None = None,
) -> None:
    """Write down on which day it was done and what came of it; once more corrects it.

    `seen` is its mark (`mark_of`) when the form was opened; None does not ask. Refused: somebody wrote
    it down meanwhile, who neither owes it nor arranges assignments there, a day outside the period (later is
    allowed, until today), no words, and numbers of persons in them.
    """
    row = Owed.objects.select_for_update(of=("self",)).select_related("assignment").get(pk=owed.pk)
    if not may_record(viewer, row.assignment):
        raise DutyRefused(_("只有包点领导、包抓单位或牵头部门可以登记。"))
    if seen is not None and seen != mark_of(row):
        raise DutyRefused(
            _("您填写时，别人已经登记了这一项：%(words)s。请核对后再保存，保存后以您的为准。")
            % {"words": row.words},
            field="words",
        )
    words = _said(words)
    first = max(_period(row).first_day, row.assignment.valid_from)
    if not first <= held_on <= on:
        raise DutyRefused(
            _("日期应在 %(first)s 至 %(last)s 之间。")
            % {"first": first.isoformat(), "last": on.isoformat()},
            field="held_on",
        )
    is_correction = row.held_on is not None
    row.held_on, row.words, row.recorded_by = held_on, words, by.username
    row.save(update_fields=["held_on", "words", "recorded_by"])
    record(
        by=by,
        action="assignment.correct" if is_correction else "assignment.tell",
        kind="assignment",
        ids=[row.assignment_id],
        detail={"what": row.kind, "period": row.period, "held_on": held_on.isoformat()},
        place=row.assignment.division_code,
    )


def _said(words: str) -> str:
    """What came of it, as it is kept; refused where there is nothing, too much, or a person's number."""
    words = words.strip()
    if not words:
        raise DutyRefused(_("请写明了解到的情况和议定的事项。"), field="words")
    if len(words) > MOST_WORDS:
        raise DutyRefused(_("最多 %(most)s 个字。") % {"most": MOST_WORDS}, field="words")
    if holds_a_number(words):
        raise DutyRefused(_("不要写证件号码、电话和银行账号。"), field="words")
    return words


def _due(
    assignment: Assignment, every: Rhythm, last: date | None, on: date, since: date | None
) -> list[tuple[str, date]]:
    """Periods after the last one that is known, up to the one in course."""
    until = period_of(every, on).last_day
    if assignment.valid_to is not None:
        until = min(until, assignment.valid_to - timedelta(days=1))
    begins = last + timedelta(days=1) if last is not None else None
    if since is not None:
        begins = since if begins is None else max(begins, since)
    if begins is None:
        begins = _first_day(every, max(assignment.valid_from, assignment.assigned_on))
    return periods(every, begins, until)


def _first_day(every: Rhythm, start: date) -> date:
    """A first period of which less than a third is left is not owed: the next one is the first."""
    period = period_of(every, start)
    whole, left = period.last_day - period.first_day, period.last_day - start
    return start if left * 3 >= whole else period.last_day + timedelta(days=1)


def _last_due(assignments: list[Assignment]) -> dict[tuple[int, str], date]:
    """(assignment, kind) → the last due day that is known; one query."""
    rows = Owed.objects.filter(assignment__in=assignments).order_by()
    found = rows.values_list("assignment", "kind").annotate(last=Max("due_on"))
    return {(pk, kind): last for pk, kind, last in found}


def _period(row: Owed) -> Period:
    """The period a row is named after: of the rhythms, the one that calls its due day so."""
    named = (period_of(every, row.due_on) for every in Rhythm)
    return next(each for each in named if each.label == row.period)
