"""From a request that shows hardship to a lead: casework looks at it, with what is known already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework import levels
from anju.casework.actions import leads
from anju.casework.models import Channel as LeadChannel
from anju.casework.risks import CASE_RISKS
from anju.community import queries
from anju.community.actions import closing
from anju.community.models import Channel, Request
from anju.community.refusals import CommunityRefused
from anju.registry import queries as registry
from anju.registry.models import Household
from anju.web import words
from anju.web.community.wording import kind
from anju.web.doing import Doing
from anju.web.lists import Choice

_CHANNELS: Final = {
    Channel.VISIT: LeadChannel.GRID,
    Channel.HOTLINE: LeadChannel.HOTLINE,
}
#: What stands in the form: the risk that such a request most often is about.
_USUAL: Final = {"repair": "housing", "hazard": "housing"}


@dataclass(frozen=True)
class Offered:
    """The household a lead would be of, and the risks to choose from."""

    household: Household
    risks: list[Choice]
    usual: str


def offered(viewer: Viewer, row: Request) -> Offered | None:
    """What the page offers; None where no household is known, or the viewer may not report it."""
    if row.lead_id is not None:
        return None
    household = _household(viewer, row)
    if household is None or not levels.covers(viewer, Permission.REPORT_LEADS, household):
        return None
    risks = [Choice(risk, words.risk(risk)) for risk in CASE_RISKS]
    return Offered(household, risks, _USUAL.get(row.kind, ""))


@transaction.atomic
def report(who: Doing, row: Request, risk: str) -> None:
    """Raise the lead, and note it in the story; both or neither."""
    household = _household(who.viewer, row)
    if household is None:
        raise CommunityRefused(_("这件诉求没有写是哪一户，请从农户页面上报线索。"))
    lead = leads.report(
        by=who.by,
        on=who.on,
        viewer=who.viewer,
        household=household,
        risk=risk,
        channel=_channel(who.viewer, row),
        told=_("%(kind)s：%(words)s") % {"kind": kind(row.kind), "words": row.words},
        reference=row.number,
    )
    closing.note_lead(by=who.by, on=who.on, viewer=who.viewer, request=row, lead_id=lead.pk)


def _channel(viewer: Viewer, row: Request) -> LeadChannel:
    told = queries.steps_of(viewer, row).exclude(channel="").first()
    way = Channel(told.channel) if told else Channel.OTHER
    return _CHANNELS.get(way, LeadChannel.HOUSEHOLD)


def _household(viewer: Viewer, row: Request) -> Household | None:
    if row.household is None:
        return None
    try:
        return registry.household_for(viewer, row.household.code)
    except Household.DoesNotExist:
        return None
