"""What people raise about a household, and how a lead ends without a case."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework import books, levels
from anju.casework.actions import merging
from anju.casework.models import Channel, Lead, LeadSource, LeadState
from anju.casework.refusals import CaseRefused
from anju.casework.risks import CASE_RISKS, RANK
from anju.monitoring.models import WarningLevel
from anju.registry.models import Household
from anju.registry.queries import household_for

TOLD_LENGTH = 2_000
NOTE_LENGTH = 4


@transaction.atomic
def report(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    household: Household,
    risk: str,
    channel: Channel,
    told: str,
    reference: str = "",
    level: WarningLevel = WarningLevel.YELLOW,
) -> Lead:
    """Raise a risk of a household; where it is raised already, the open lead gets a source more.

    Refused: a household outside the viewer's places, an unknown risk, and nothing told.
    """
    household = household_for(viewer, household.code)
    if not levels.covers(viewer, Permission.REPORT_LEADS, household):
        raise CaseRefused(_("您的岗位不能为这户上报线索。"))
    if risk not in CASE_RISKS:
        raise CaseRefused(_("请选择风险类别。"))
    if len(told.strip()) < NOTE_LENGTH:
        raise CaseRefused(_("请写明反映的情况，至少 %(length)s 个字。") % {"length": NOTE_LENGTH})
    lead, is_new = _open_or_new(household, risk, level, on)
    LeadSource.objects.create(
        lead=lead,
        channel=channel,
        raised_on=on,
        told=told.strip()[:TOLD_LENGTH],
        reference=reference.strip()[:60],
        raised_by=by.username,
    )
    record(
        by=by,
        action="lead.raise",
        kind="household",
        ids=[household.code],
        detail={"lead": lead.pk, "channel": str(channel), "new": is_new},
        place=household.village_code,
    )
    return lead


@transaction.atomic
def no_risk(*, by: Actor, on: date, viewer: Viewer, lead: Lead, reason: str, note: str) -> Lead:
    """End a lead that was looked at and is none: a reason of the pack's list, and what was found."""
    lead = merging.open_lead(viewer, lead)
    known = {each.id: each for each in books.book_on(on).reasons_no_risk}
    if reason not in known:
        raise CaseRefused(
            _("请选择核实无风险的理由：%(reasons)s。")
            % {"reasons": "、".join(each.zh for each in known.values())}
        )
    if len(note.strip()) < NOTE_LENGTH:
        raise CaseRefused(_("请写明核实的情况，至少 %(length)s 个字。") % {"length": NOTE_LENGTH})
    lead.reason = reason
    lead.note = note.strip()[:TOLD_LENGTH]
    merging.end(by=by, on=on, lead=lead, state=LeadState.NO_RISK, reason=reason)
    return lead


def _open_or_new(household: Household, risk: str, level: str, on: date) -> tuple[Lead, bool]:
    """The open lead of a household's risk, brought up to date, or a new one."""
    calendar = books.calendar()
    last_day = calendar.add(books.book_on(on).limit("same_event_grouping"), on)
    open_ones = Lead.objects.select_for_update().filter(
        household=household, risk=risk, state=LeadState.OPEN
    )
    lead = open_ones.first()
    if lead is None:
        try:
            with transaction.atomic():
                due_on = books.decision_due(on, calendar) or last_day
                return _new(household, risk, level, on, due_on, last_day), True
        except IntegrityError:  # somebody raised the same a moment ago
            lead = open_ones.get()
    lead.last_on, lead.expires_on = max(lead.last_on, on), max(lead.expires_on, last_day)
    lead.level = min(lead.level, level, key=RANK.__getitem__)
    lead.save(update_fields=["last_on", "expires_on", "level"])
    return lead, False


def _new(
    household: Household, risk: str, level: str, on: date, due_on: date, expires_on: date
) -> Lead:
    return Lead.objects.create(
        household=household,
        village_code=household.village_code,
        risk=risk,
        level=level,
        first_on=on,
        last_on=on,
        due_on=due_on,
        expires_on=expires_on,
    )
