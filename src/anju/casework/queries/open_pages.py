"""The open pages of villages, and what of a village anybody may read there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.casework import receipts
from anju.casework.models import Notice, NoticeEntry, Objection, OpenPage, SelfReport
from anju.places import queries as places
from anju.places.models import Division

#: Whoever may do one of these in a village looks after its open page and its notices.
CARERS = (Permission.ACT_IN_VILLAGE, Permission.ACT_IN_TOWN, Permission.ACT_IN_COUNTY)


@dataclass(frozen=True, slots=True)
class OpenVillage:
    """What an address of an open page leads to: a village of today."""

    code: str
    name: str
    token: str
    contact: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """How far something stands that was sent in; never what it says, nor about whom."""

    reference: str
    is_objection: bool
    received_on: date
    handled_on: date | None
    is_taken_up: bool | None
    reason: str = ""


def cared_for(viewer: Viewer) -> Scope:
    """The villages whose open pages and notices the viewer looks after."""
    scope = Scope()
    for permission in CARERS:
        scope |= Scope(viewer.scope_for(permission).ranges)
    return scope


def villages_for(viewer: Viewer) -> QuerySet[Division]:
    """The villages themselves, those without an open page too."""
    scope = cared_for(viewer) & Scope(viewer.scope.ranges)
    return places.villages_in(scope)


def pages_in(village_codes: Iterable[str]) -> dict[str, OpenPage]:
    """The pages in use of some villages, by code."""
    rows = OpenPage.objects.filter(village_id__in=list(village_codes), closed_on__isnull=True)
    return {page.village_id: page for page in rows}


def page_in(village_code: str) -> OpenPage | None:
    """The page in use of a village; None where there is none."""
    return OpenPage.objects.filter(village_id=village_code, closed_on__isnull=True).first()


def village_at(token: str) -> OpenVillage | None:
    """Whose page stands at an address; None for an address nobody gave out or that was given up.

    Sheets outlive mergers: the address of a village that went into another leads to that one.
    """
    page = OpenPage.objects.filter(token=token, closed_on__isnull=True).first()
    if page is None:
        return None
    code = places.successors().get(page.village_id, page.village_id)
    contact = page.contact
    if code != page.village_id and (present := page_in(code)) is not None:
        contact = present.contact
    name = places.names([code]).village(code) or code
    return OpenVillage(code, name, page.token, contact)


def current_notices(village: OpenVillage, *, on: date) -> QuerySet[Notice]:
    """What hangs on a village's board on a day: nothing that is over or was taken down."""
    return Notice.objects.filter(
        village_code=village.code,
        posted_on__lte=on,
        ends_on__gte=on,
        taken_down_on__isnull=True,
    ).prefetch_related(Prefetch("entries", queryset=NoticeEntry.objects.order_by("id")))


def receipt(village: OpenVillage, typed: str) -> Receipt | None:
    """How far something stands that was sent in here, by its receipt number; None when unknown."""
    reference = receipts.normal(typed)
    report = SelfReport.objects.filter(village_code=village.code, reference=reference).first()
    if report is not None:
        return Receipt(
            reference,
            is_objection=False,
            received_on=localdate(report.received_at),
            handled_on=report.handled_on,
            is_taken_up=report.lead_id is not None if report.handled_on else None,
            reason=report.refused_reason,
        )
    said = Objection.objects.filter(notice__village_code=village.code, reference=reference).first()
    if said is None:
        return None
    return Receipt(
        reference,
        is_objection=True,
        received_on=localdate(said.received_at),
        handled_on=said.answered_on,
        is_taken_up=said.is_upheld,
    )
