"""Leads that belong to what is under way already: another lead, or the household's case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework import levels, queries
from anju.casework.models import Case, CaseRisk, Lead, LeadState
from anju.casework.refusals import CaseRefused


@transaction.atomic
def merge(*, by: Actor, on: date, viewer: Viewer, lead: Lead, into: Lead) -> Lead:
    """Say that a lead tells of the same as another one of the household; that one goes on.

    What was told and by whom stays with the lead that ends.
    """
    lead, into = open_lead(viewer, lead), open_lead(viewer, into)
    if lead.pk == into.pk or lead.household_id != into.household_id:
        raise CaseRefused(_("只能并入同一户的另一条线索。"))
    lead.merged_into = into
    end(by=by, on=on, lead=lead, state=LeadState.MERGED)
    into.last_on = max(into.last_on, lead.last_on)
    into.save(update_fields=["last_on"])
    return lead


@transaction.atomic
def merge_into_case(*, by: Actor, on: date, viewer: Viewer, lead: Lead, case: Case) -> Lead:
    """Take a lead into the case its household has under way, which gets its risk."""
    lead = open_lead(viewer, lead)
    case = queries.cases_for(viewer).select_for_update(of=("self",)).get(pk=case.pk)
    if case.household_id != lead.household_id or case.closed_on is not None:
        raise CaseRefused(_("只能并入这户正在办理的案件。"))
    lead.case = case
    end(by=by, on=on, lead=lead, state=LeadState.MERGED, case=case.number)
    _add_risks(case, {lead.risk: lead.first_on})
    return lead


def take_along(*, by: Actor, on: date, case: Case) -> None:
    """Open leads of a household go along with its case that is taken up again.

    Where none raised a risk, those it was closed with are looked at again. Called by the move,
    which writes the audit entry.
    """
    leads = Lead.objects.filter(household_id=case.household_id, state=LeadState.OPEN)
    risks = dict(leads.values_list("risk", "first_on"))
    leads.update(state=LeadState.CASE, case=case, ended_on=on, ended_by=by.username)
    if not risks and not case.risks.filter(solved_on__isnull=True).exists():
        risks = dict.fromkeys(case.risks.order_by("risk").values_list("risk", flat=True), on)
    _add_risks(case, risks)


def open_lead(viewer: Viewer, lead: Lead) -> Lead:
    """The lead as it is now, kept from others; refuses one that ended or is not the viewer's."""
    rows = queries.leads_for(viewer).select_for_update(of=("self",))
    held = rows.select_related("household__grid").get(pk=lead.pk)
    if not levels.may_act(viewer, held.household):
        raise CaseRefused(_("您的岗位不能办理这条线索。"))
    if held.state != LeadState.OPEN:
        raise CaseRefused(_("这条线索已经办结，请刷新页面。"))
    return held


@transaction.atomic
def end(*, by: Actor, on: date, lead: Lead, state: LeadState, **detail: str) -> None:
    """Write down how an open lead ended, with its audit entry."""
    lead.state = state
    lead.ended_on = on
    lead.ended_by = by.username
    lead.save()
    record(
        by=by,
        action="lead.end",
        kind="household",
        ids=[lead.household.code],
        detail={"lead": lead.pk, "state": state.value, **detail},
        place=lead.village_code,
    )


def _add_risks(case: Case, risks: Mapping[str, date]) -> None:
    known = set(case.risks.filter(solved_on__isnull=True).values_list("risk", flat=True))
    CaseRisk.objects.bulk_create(
        CaseRisk(case=case, risk=risk, found_on=found_on)
        for risk, found_on in risks.items()
        if risk not in known
    )
