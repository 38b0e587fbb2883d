"""What of leads and cases is on the viewer's desk: what they hold, late ones first."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework import queries
from anju.casework.queries import clinic_cases, listing
from anju.places import queries as places
from anju.web import words
from anju.web.casework.columns import left_in_words
from anju.web.casework.wording import Wording
from anju.web.desk.item import Item, few

_CASES_SHOWN, _LEADS_SHOWN, _CLINICS_SHOWN = 20, 10, 10


@dataclass(frozen=True)
class Waiting:
    """How much waits, with the addresses of the lists of it."""

    counts: queries.DeskCounts
    cases: str
    late: str
    leads: str
    late_leads: str


def waiting(viewer: Viewer) -> Waiting | None:
    """What waits for the viewer in numbers; None for who does not see cases, or has nothing."""
    if not viewer.may(Permission.VIEW_CASES):
        return None
    counts = queries.counts(viewer, viewer.on)
    if not counts.cases and not counts.leads:
        return None
    cases = f"{reverse('web:cases')}?standing=mine&sort=due"
    leads = f"{reverse('web:leads')}?state=mine"
    return Waiting(counts, cases, f"{cases}&due=late", leads, f"{leads}&due=late")


def items(viewer: Viewer) -> Iterator[Item]:
    """The cases and leads with the fewest days left."""
    if not viewer.may(Permission.VIEW_CASES):
        return
    yield from _cases(viewer)
    yield from _leads(viewer)
    yield from _clinics(viewer)


def _cases(viewer: Viewer) -> Iterator[Item]:
    rows = list(queries.on_desk(viewer).select_related("household")[:_CASES_SHOWN])
    names, wording = places.names([row.village_code for row in rows]), Wording(viewer.on)
    for row in rows:
        due = row.step_due_on
        step = wording.step(row.pack, row.procedure, row.step)
        told = (names.village(row.village_code), left_in_words(due, viewer.on), row.number)
        yield Item(
            title=_("%(name)s户：%(step)s") % {"name": row.household.head_name, "step": step},
            detail=" · ".join(part for part in told if part),
            address=reverse("web:case", args=[row.number]),
            since=row.step_since or row.opened_on,
            is_late=due is not None and due < viewer.on,
            due_on=due,
        )


def _leads(viewer: Viewer) -> Iterator[Item]:
    rows = few(queries.leads_on_desk(viewer).select_related("household__grid"), _LEADS_SHOWN)
    names = places.names([row.village_code for row in rows])
    hidden = listing.hidden_leads(viewer, rows)
    for row in rows:
        risk = listing.HIDDEN if row.pk in hidden else words.risk(row.risk)
        told = (names.village(row.village_code), left_in_words(row.due_on, viewer.on))
        yield Item(
            title=_("核实线索：%(name)s户 %(risk)s")
            % {"name": row.household.head_name, "risk": risk},
            detail=" · ".join(part for part in told if part),
            address=reverse("web:lead", args=[row.pk]),
            since=row.first_on,
            is_late=row.due_on < viewer.on,
            due_on=row.due_on,
        )


def _clinics(viewer: Viewer) -> Iterator[Item]:
    """Blank spots in clinics whose step the viewer holds."""
    rows = list(clinic_cases.on_desk(viewer)[:_CLINICS_SHOWN])
    names = places.names([row.village_code for row in rows]) if rows else None
    wording = Wording(viewer.on)
    for row in rows:
        due, step = row.step_due_on, wording.step(row.pack, row.procedure, row.step)
        village = names.village(row.village_code) if names else ""
        told = (left_in_words(due, viewer.on), row.number)
        yield Item(
            title=_("%(village)s村卫生室空白点：%(step)s") % {"village": village, "step": step},
            detail=" · ".join(part for part in told if part),
            address=reverse("web:clinic", args=[row.village_code]),
            since=row.step_since or row.opened_on,
            is_late=due is not None and due < viewer.on,
            due_on=due,
        )
