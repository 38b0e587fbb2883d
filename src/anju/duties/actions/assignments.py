"""Assigning leaders and units to sites and villages, changing what they owe, and ending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anju.accounts.models import Unit, User
from anju.accounts.permissions import Permission
from anju.accounts.queries import viewer_of
from anju.accounts.viewer import Viewer
from anju.audit import changes
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.actions import owing
from anju.duties.models import AssignedLevel, Assignment, OwedKind, Plan
from anju.duties.queries.assignments import may_arrange
from anju.duties.refusals import DutyRefused
from anju.duties.rhythms_owed import OFFERED, rhythms_of
from anju.places.models import Division, Level, Site


@dataclass(frozen=True, slots=True)
class Who:
    """Who is assigned: a user, or the post of a leader without an account; the unit behind them."""

    leader: User | None = None
    leader_post: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the assignment rests on and asks for; an empty rhythm is that of the policy pack."""

    plan: Plan | None = None
    clause: str = ""
    visits_every: str = ""
    meetings_every: str = ""
    level: str = ""


@transaction.atomic
def assign(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    place: Division | Site,
    who: Who,
    terms: Terms,
    valid_from: date,
) -> Assignment:
    """Assign somebody to a site, village or town from a day on; what they owe is written down.

    Refused: a place outside the viewer's, a county as a place, nobody, a leader who could not read
    what they owe, and the same leader (or unit) at the same place for overlapping days.
    """
    code, site = _where(place)
    _refuse_others(viewer, code)
    _refuse_wrong_people(who, code, on)
    _refuse_wrong_terms(terms)
    _wait_for_others(who)
    _refuse_overlap(code, site, who, valid_from)
    made = Assignment.objects.create(
        leader=who.leader,
        leader_post=who.leader_post.strip(),
        unit=who.unit,
        division_code=code,
        site=site,
        assigned_on=on,
        valid_from=valid_from,
        **_said(terms),
    )
    owing.owe_for(on=on, assignments=[made])
    _note(by, "assignment.assign", made, {"from": valid_from.isoformat()})
    return made


@transaction.atomic
def change(
    *, by: Actor, on: date, viewer: Viewer, assignment: Assignment, unit: Unit | None, terms: Terms
) -> None:
    """Change the unit, the plan or the rhythms. What is still open of another rhythm is owed anew.

    Another leader is another assignment: this one ends, so that it stays told who answered when.
    """
    row = _locked(viewer, assignment)
    _refuse_ended(row, on)
    _refuse_wrong_terms(terms)
    if unit is None and (row.leader_id is None or row.leader_post):
        raise DutyRefused(_("领导没有账号或没有指定领导时，须有包抓单位。"), field="unit")
    values = {"unit": unit, **_said(terms)}
    changed = changes.between(Assignment, changes.state(row, list(values)), values)
    if not changed:
        return
    before = rhythms_of(row, on)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    after = rhythms_of(row, on)
    owing.owe_anew(
        on=on,
        assignment=row,
        kinds=[kind for kind in OwedKind if before.get(kind) != after.get(kind)],
    )
    _note(by, "assignment.change", row, {"changes": changed})


@transaction.atomic
def end(*, by: Actor, on: date, viewer: Viewer, assignment: Assignment, last_day: date) -> None:
    """End an assignment after its last day; what falls due later is not owed any more."""
    row = _locked(viewer, assignment)
    _refuse_ended(row, on)
    if last_day < row.valid_from:
        raise DutyRefused(
            _("最后一天不能早于起始日期 %(day)s。") % {"day": row.valid_from.isoformat()}
        )
    row.valid_to = last_day + timedelta(days=1)
    row.save(update_fields=["valid_to"])
    row.owed.filter(held_on__isnull=True, due_on__gt=last_day).delete()
    owing.owe_for(on=on, assignments=[row])
    _note(by, "assignment.end", row, {"to": last_day.isoformat()})


def _where(place: Division | Site) -> tuple[str, Site | None]:
    if isinstance(place, Site):
        return place.village_code, place
    if place.level == Level.COUNTY:
        raise DutyRefused(_("请选择安置点、村（社区）或乡镇。"), field="site")
    return place.code, None


def _refuse_others(viewer: Viewer, code: str) -> None:
    if not may_arrange(viewer, code):
        raise DutyRefused(_("您的岗位不能为这个地方安排包点。"), field="site")


def _refuse_wrong_people(who: Who, code: str, on: date) -> None:
    if who.leader is None and who.unit is None:
        raise DutyRefused(
            _("请选择包点领导或包抓单位；领导没有账号的，写职务并选择单位。"), field="leader"
        )
    if who.leader is not None and who.leader_post.strip():
        raise DutyRefused(_("领导有账号时不用再写职务。"), field="leader_post")
    if who.leader is None:
        return
    theirs = viewer_of(who.leader, on=on).scope_for(Permission.VIEW_DUTIES)
    if not who.leader.is_active or not theirs.covers(code):
        raise DutyRefused(
            _("所选领导看不到这个地方的责任清单，请先为其安排岗位，或写职务。"), field="leader"
        )


def _refuse_wrong_terms(terms: Terms) -> None:
    if {terms.visits_every, terms.meetings_every} - {"", *OFFERED}:
        raise DutyRefused(_("请选择频次。"))
    if terms.level not in {"", *AssignedLevel.values}:
        raise DutyRefused(_("请从列表中选择包抓层级。"), field="level")


def _wait_for_others(who: Who) -> None:
    """Of two who assign the same leader or unit at once, the second waits and finds the first."""
    if who.leader is not None:
        User.objects.select_for_update().get(pk=who.leader.pk)
    elif who.unit is not None:
        Unit.objects.select_for_update().get(pk=who.unit.pk)


def _refuse_overlap(code: str, site: Site | None, who: Who, valid_from: date) -> None:
    """An assignment is open-ended when it is made, so whatever has not ended by then overlaps."""
    same = Assignment.objects.filter(division_code=code, site=site, leader=who.leader)
    if who.leader is None:
        same = same.filter(unit=who.unit, leader_post=who.leader_post.strip())
    if same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)).exists():
        raise DutyRefused(
            _("同一领导或单位在这个地方已有包点，请先结束原来的，或另选起始日期。"),
            field="valid_from",
        )


def _refuse_ended(row: Assignment, on: date) -> None:
    if row.valid_to is not None and row.valid_to <= on:
        raise DutyRefused(_("这项包点已经结束。"))


def _locked(viewer: Viewer, assignment: Assignment) -> Assignment:
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    _refuse_others(viewer, row.division_code)
    return row


def _said(terms: Terms) -> dict[str, object]:
    return {
        "plan": terms.plan,
        "clause": terms.clause.strip(),
        "visits_every": terms.visits_every,
        "meetings_every": terms.meetings_every,
        "level": terms.level,
    }


def _note(by: Actor, action: str, row: Assignment, detail: dict[str, object]) -> None:
    record(
        by=by,
        action=action,
        kind="assignment",
        ids=[row.pk],
        detail=detail,
        place=row.division_code,
    )
