"""Leads and cases on the page of a household: a tab, and lines of its timeline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.models import Case, Channel, Lead
from anju.casework.queries import listing, of_household
from anju.registry.models import Household
from anju.registry.queries.history import Moment
from anju.web import words
from anju.web.casework.columns import left_in_words
from anju.web.casework.wording import Wording, state_word
from anju.web.registers.timeline import Line


@dataclass(frozen=True)
class Noted:
    """What a line of the timeline says of its row: since when it is known, and from whom."""

    pk: int
    known_from: date
    source: str
    known_to: date | None = None


def tab(viewer: Viewer, household: Household, on: date) -> dict[str, Any]:
    """The leads and cases of a household."""
    leads = list(of_household.leads_of(viewer, household))
    cases = list(of_household.cases_of(viewer, household))
    risks, wording = listing.risks_of(viewer, cases), Wording(on)
    return {
        "leads": _leads(viewer, leads, on),
        "cases": [
            (
                case,
                [words.risk(risk) if risk else listing.HIDDEN for risk in risks.get(case.pk, [])],
                wording.step(case.pack, case.procedure, case.step) if case.step else "",
                left_in_words(case.step_due_on, on) if case.step else "",
                state_word(case),
            )
            for case in cases
        ],
    }


def lines(viewer: Viewer, household: Household) -> Iterator[Line]:
    """What casework adds to the timeline: each lead raised, and each move of a case."""
    if not viewer.may(Permission.VIEW_CASES):
        return
    leads = list(of_household.leads_of(viewer, household))
    hidden = listing.hidden_leads(viewer, leads)
    channels = listing.channels_of(viewer, leads)
    for lead in leads:
        risk = listing.HIDDEN if lead.pk in hidden else words.risk(lead.risk)
        noted = Noted(lead.pk, lead.first_on, _channels(channels, lead))
        yield Line(Moment(noted, lead.first_on, None, None), _("线索"), _said(risk, lead))
    yield from _moves(viewer, household)


def _moves(viewer: Viewer, household: Household) -> Iterator[Line]:
    moves, wording = list(of_household.moves_of(viewer, household)), Wording(viewer.on)
    people = accounts.names_of({move.by for move in moves})
    for move in moves:
        case: Case = move.case
        to = wording.step(case.pack, move.procedure, move.to_step) if move.to_step else ""
        who = words.user(move.by, people.get(move.by, ""))
        source = _("案件 %(number)s，%(who)s") % {"number": case.number, "who": who}
        noted = Noted(move.pk, timezone.localtime(move.at).date(), source)
        title = _("案件：%(action)s") % {"action": wording.action_of(case, move)}
        detail = _("进入%(step)s") % {"step": to} if to else ""
        yield Line(Moment(noted, move.moved_on, None, None), title, detail)


def _leads(viewer: Viewer, leads: Sequence[Lead], on: date) -> list[tuple[Any, ...]]:
    hidden, channels = listing.hidden_leads(viewer, leads), listing.channels_of(viewer, leads)
    return [
        (
            lead,
            listing.HIDDEN if lead.pk in hidden else words.risk(lead.risk),
            _channels(channels, lead),
            left_in_words(lead.due_on, on) if lead.ended_on is None else "",
        )
        for lead in leads
    ]


def _channels(channels: dict[int, list[str]], lead: Lead) -> str:
    return _("、").join(str(Channel(each).label) for each in channels.get(lead.pk, []))


def _said(risk: words.Text, lead: Lead) -> str:
    return _("%(risk)s，%(state)s") % {"risk": risk, "state": lead.get_state_display()}
