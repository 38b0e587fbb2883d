"""Giving leads and cases to somebody: many at once, after they were looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anju.accounts.models import User
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal
from anju.casework import queries
from anju.casework.models import LeadState
from anju.casework.queries import assigning

MOST = 500
Seen = Mapping[int, int | None]
"""Id of a lead or case → id of whom it was given to when it was looked at (None: nobody)."""


class AssigningRefused(Refusal):
    """Nothing can be given out this way."""


@dataclass(frozen=True)
class Assigned:
    """How many were given, and how many were not because somebody was quicker or may not act there."""

    given: int
    left: int


@transaction.atomic
def give_leads(*, by: Actor, on: date, viewer: Viewer, seen: Seen, to: User | None) -> Assigned:
    """Give open leads to whoever checks homes there; `to=None` takes them back from everybody.

    Those that were ended, or given to somebody else, since they were looked at stay as they are.
    """
    open_leads = queries.leads_for(viewer).filter(state=LeadState.OPEN)
    allowed = _TO_NOBODY if to is None else assigning.can_take(to, Permission.CHECK_HOMES, on)
    return _give(by, viewer, open_leads.filter(allowed), seen, to, "lead.assign")


@transaction.atomic
def give_cases(*, by: Actor, on: date, viewer: Viewer, seen: Seen, to: User | None) -> Assigned:
    """Give cases at a step to somebody of the level that holds it there; None: to all of them."""
    waiting = queries.cases_for(viewer).exclude(step="")
    allowed = _TO_NOBODY if to is None else assigning.can_hold(to, on)
    return _give(by, viewer, waiting.filter(allowed), seen, to, "case.assign")


_TO_NOBODY = Q()


def _give(
    by: Actor, viewer: Viewer, rows: QuerySet[Any], seen: Seen, to: User | None, action: str
) -> Assigned:
    _refuse(seen, viewer)
    found = assigning.to_assign(viewer, rows).filter(pk__in=list(seen)).order_by("pk")
    known = found.values_list("pk", "assigned_to_id", "household__code", "village_code")
    as_seen = [row for row in known if row[1] == seen[row[0]]]
    changed = {row[0]: row for row in as_seen if row[1] != (to.pk if to else None)}
    rows.model._default_manager.filter(pk__in=list(changed)).update(assigned_to=to)
    places = {village for _pk, _was, _code, village in changed.values()}
    record(
        by=by,
        action=action,
        kind="household",
        ids=[code for _pk, _was, code, _village in changed.values()],
        count=len(changed),
        detail={"to": to.username if to else "", "rows": sorted(changed)},
        place=next(iter(places)) if len(places) == 1 else "",
    )
    return Assigned(given=len(changed), left=len(seen) - len(as_seen))


def _refuse(seen: Seen, viewer: Viewer) -> None:
    if assigning.places_to_assign(viewer).is_empty:
        raise AssigningRefused(_("您的岗位不能分派。请由村、乡镇或县级经办人员分派。"))
    if not seen:
        raise AssigningRefused(_("没有选中任何一条。请至少勾选一条再分派。"))
    if len(seen) > MOST:
        raise AssigningRefused(
            _("一次最多分派 %(most)s 条。请先按村或期限缩小范围。") % {"most": MOST}
        )
