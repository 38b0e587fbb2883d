"""What lists of leads and cases show besides their own columns; health only to whoever may see it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.models import Case, CaseRisk, Lead, LeadSource
from anju.privacy import HEALTH_RISKS
from anju.registry.queries.health import with_health

HIDDEN = gettext_lazy("健康类（按岗位不显示细节）")
"""What stands instead of the risk where the viewer may not see health."""


def hidden_leads(viewer: Viewer, leads: Sequence[Lead]) -> set[int]:
    """The ids of leads whose risk may not be shown; at most one query."""
    about = [lead for lead in leads if lead.risk in HEALTH_RISKS]
    allowed = with_health(viewer, [lead.household for lead in about])
    return {lead.pk for lead in about if lead.household_id not in allowed}


def leads_of_risk(viewer: Viewer, leads: QuerySet[Lead], risk: str) -> QuerySet[Lead]:
    """Leads of one risk; of a risk of health only where the viewer may see health."""
    return leads.filter(_may_be_told(viewer, "risk"), risk=risk)


def leads_by_channel(viewer: Viewer, leads: QuerySet[Lead], channel: str) -> QuerySet[Lead]:
    """Leads that somebody of this channel raised."""
    raised = LeadSource.objects.filter(lead=OuterRef("pk"), channel=channel)
    return leads.filter(Exists(raised))


def channels_of(viewer: Viewer, leads: Sequence[Lead]) -> dict[int, list[str]]:
    """Lead → its channels, each once, in the order they came; one query."""
    rows = LeadSource.objects.filter(lead__in=[lead.pk for lead in leads]).order_by("id")
    found: dict[int, list[str]] = {}
    for lead_id, channel in rows.values_list("lead_id", "channel"):
        channels = found.setdefault(lead_id, [])
        if channel not in channels:
            channels.append(channel)
    return found


def risks_of(viewer: Viewer, cases: Sequence[Case]) -> dict[int, list[str]]:
    """Case → its unsolved risks; a risk of health that may not be shown is the empty text.

    At most two queries.
    """
    rows = CaseRisk.objects.filter(case__in=[case.pk for case in cases], solved_on__isnull=True)
    allowed = with_health(viewer, [case.household for case in cases])
    households = {case.pk: case.household_id for case in cases}
    found: dict[int, list[str]] = {}
    for case_id, risk in rows.order_by("id").values_list("case_id", "risk"):
        is_hidden = risk in HEALTH_RISKS and households[case_id] not in allowed
        found.setdefault(case_id, []).append("" if is_hidden else risk)
    return found


def cases_of_risk(viewer: Viewer, cases: QuerySet[Case], risk: str) -> QuerySet[Case]:
    """Cases with this unsolved risk; of a risk of health only where the viewer may see health."""
    having = CaseRisk.objects.filter(case=OuterRef("pk"), risk=risk, solved_on__isnull=True)
    rows = cases.filter(Exists(having))
    return rows.filter(_places_with_health(viewer)) if risk in HEALTH_RISKS else rows


def _may_be_told(viewer: Viewer, field: str) -> Q:
    return _places_with_health(viewer) | ~Q(**{f"{field}__in": HEALTH_RISKS})


def _places_with_health(viewer: Viewer) -> Q:
    scope = viewer.scope_for(Permission.VIEW_HEALTH)
    return scope.q("village_code", "household__grid__code")
