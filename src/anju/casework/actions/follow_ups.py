"""Visits that follow a case (跟踪回访): one is always due next, by the rhythm of the pack.

After the risk was removed they go on in a longer rhythm, so that what the registers say of the household
stays right; not where nobody of it is left, nor while another case of it is under way.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.casework.models import Case, CaseState, FollowUp, RemovalKind
from anju.casework.queries.lines import limit, months_after
from anju.casework.queries.mandates import mandate_of
from anju.casework.refusals import CaseRefused

INTERVAL, AFTER_REMOVAL = "follow_up_interval", "follow_up_after_removal"
_AT_ONCE = 2_000


def schedule(*, case: Case, since: date, rhythm: str = INTERVAL) -> FollowUp | None:
    """The next visit, one interval after a day; None where the pack states none.

    `rhythm`: the pack's limit that says how long it is until then.

    In the caller's transaction and under the caller's audit entry. A visit that is due stays.
    """
    months = limit(rhythm, since, pack=case.pack)
    if months is None:
        return None
    waiting = case.follow_ups.filter(done_on=None).first()
    if waiting is not None:
        return waiting
    due = _free_day(case, months_after(since, months))
    return FollowUp.objects.create(case=case, village_code=case.village_code, due_on=due)


def is_followed(case: Case) -> bool:
    """Whether visits go on: while the household is helped, and after its risk was removed by help."""
    if case.state == CaseState.INCLUDED:
        return case.closed_on is None
    return removed().filter(pk=case.pk).exists()


def removed() -> QuerySet[Case]:
    """Cases whose risk was removed by help, of households without another case under way."""
    later = Case.objects.filter(
        household=OuterRef("household"), kind=OuterRef("kind"), closed_on__isnull=True
    )
    by_help = ~Q(removal_kind=RemovalKind.NATURAL) | Q(removal_kind__isnull=True)
    latest = Case.objects.filter(
        household=OuterRef("household"), kind=OuterRef("kind"), state=CaseState.REMOVED
    )
    newest = latest.order_by("-removed_on", "-id").values("pk")[:1]
    rows = Case.objects.filter(by_help, ~Exists(later), state=CaseState.REMOVED)
    return rows.filter(pk=Subquery(newest))


def _free_day(case: Case, day: date) -> date:
    """The day, or the first after it on which no visit of the case was due."""
    taken = set(case.follow_ups.values_list("due_on", flat=True))
    while day in taken:
        day += timedelta(days=1)
    return day


def schedule_many(*, cases: Iterable[Case], since: date) -> int:
    """The same for many cases of the county's pack of which none has a visit yet; how many."""
    months = limit(INTERVAL, since)
    if months is None:
        return 0
    due = months_after(since, months)
    rows = [FollowUp(case=case, village_code=case.village_code, due_on=due) for case in cases]
    return len(FollowUp.objects.bulk_create(rows, batch_size=_AT_ONCE))


@transaction.atomic
def record(
    *,
    by: Actor,
    viewer: Viewer,
    on: date,
    case: Case,
    done_on: date,
    found: str,
    is_steady: bool,
) -> FollowUp:
    """Write down a visit, the one that is due or one between, and set the next.

    Refused: a case that is not followed, a day outside the time of help, a day that has a visit
    already, nothing found.
    """
    if not mandate_of(viewer, case).levels:
        raise CaseRefused(_("您的岗位不能登记这一户的回访。"))
    if not is_followed(case):
        raise CaseRefused(_("只有在监测期内或风险消除后的案件才登记回访。"))
    first = case.removed_on or case.included_on or case.opened_on
    if not first <= done_on <= on:
        told = {"first": first, "last": on}
        raise CaseRefused(_("回访日期应在 %(first)s 至 %(last)s 之间，请核对。") % told)
    if not found.strip():
        raise CaseRefused(_("请填写回访情况。"))
    # Whoever writes down a visit of the case at the same time waits here for this one.
    Case.objects.select_for_update().get(pk=case.pk)
    if case.follow_ups.filter(done_on=done_on).exists():
        raise CaseRefused(_("这一天的回访已经登记过了，不必重复登记。"))
    row = case.follow_ups.filter(done_on=None).order_by("due_on").first() or FollowUp(
        case=case, due_on=_free_day(case, done_on)
    )
    row.village_code = case.village_code
    row.done_on, row.done_by = done_on, by.username
    row.found, row.is_steady = found.strip(), is_steady
    row.save()
    latest = case.follow_ups.filter(done_on__isnull=False).latest("done_on")
    is_removed = case.state == CaseState.REMOVED
    rhythm = AFTER_REMOVAL if is_removed else INTERVAL
    schedule(case=case, since=latest.done_on, rhythm=rhythm)
    audit(
        by=by,
        action="follow_up.record",
        kind="household",
        ids=[case.household.code],
        detail={"case": case.number, "row": row.pk, "is_steady": is_steady},
        place=case.village_code,
    )
    return row


@transaction.atomic
def resume(*, by: Actor, on: date) -> int:
    """Set the next visit of every case that is followed after its removal and has none due; how many.

    Visits of cases that are no longer followed are dropped: another case of the household goes on.
    Safe to repeat.
    """
    due = FollowUp.objects.filter(done_on__isnull=True)
    followed = removed()
    due.filter(case__state=CaseState.REMOVED).exclude(case__in=followed.values("pk")).delete()
    without = followed.filter(~Exists(due.filter(case=OuterRef("pk")))).order_by("id")
    count = 0
    for case in list(without):
        count += schedule(case=case, since=on, rhythm=AFTER_REMOVAL) is not None
    if count:
        audit(by=by, action="follow_up.schedule", kind="case", count=count)
    return count


def drop_waiting(*, case: Case) -> None:
    """Nothing is due any more, in the caller's transaction: the case is over, or taken up again."""
    case.follow_ups.filter(done_on=None).delete()
