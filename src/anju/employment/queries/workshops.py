"""Reads of workshops, of what they told, and of who of the register works there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.employment.models import Channel, Employment, Workshop, WorkshopCount
from anju.places import queries as places
from anju.registry.models import Household, Membership
from anju.registry.queries.gates import within


def workshops_for(viewer: Viewer) -> QuerySet[Workshop]:
    """Workshops in the viewer's places."""
    rows = Workshop.objects.filter(viewer.scope.q("division_code", None))
    return rows.select_related("site")


def workshop_for(viewer: Viewer, pk: int) -> Workshop:
    """One workshop; raises Workshop.DoesNotExist outside the viewer's places."""
    return workshops_for(viewer).get(pk=pk)


def may_edit_workshop(viewer: Viewer, workshop: Workshop) -> bool:
    """Whether the viewer may correct what is known of it."""
    return viewer.scope_for(Permission.EDIT_REGISTERS).covers(workshop.division_code)


def named(workshops: QuerySet[Workshop], text: str) -> QuerySet[Workshop]:
    """Those whose name, operator or product holds the text."""
    return workshops.filter(
        Q(name__contains=text) | Q(operator__contains=text) | Q(products__contains=text)
    )


def running(on: date) -> Q:
    """Workshops that are open on a day; one without a first day has always been."""
    begun = Q(opened_on__isnull=True) | Q(opened_on__lte=on)
    return begun & (Q(closed_on__isnull=True) | Q(closed_on__gt=on))


def counts_of(workshop: Workshop) -> QuerySet[WorkshopCount]:
    """What it told, as known now, the latest first."""
    return WorkshopCount.objects.filter(workshop=workshop, known_to__isnull=True).order_by(
        "-told_on", "-id"
    )


def count_of(workshop: Workshop, pk: int) -> WorkshopCount:
    """One of them; raises WorkshopCount.DoesNotExist."""
    return counts_of(workshop).select_related("workshop").get(pk=pk)


def last_counts(workshops: Collection[int], on: date) -> dict[int, WorkshopCount]:
    """Workshop → what it told last by a day; one query for a page."""
    rows = WorkshopCount.objects.filter(
        workshop__in=workshops, told_on__lte=on, known_to__isnull=True
    )
    return {row.workshop_id: row for row in rows.order_by("told_on", "id")}


def workers_of(viewer: Viewer, workshop: Workshop, on: date) -> QuerySet[Employment]:
    """Who of the viewer's places works there by the labour ledger: in a workshop, with an employer of
    its name or of its operator's."""
    return _at_work_in((workshop.name, workshop.operator), on).filter(_of_members(viewer))


def _at_work_in(names: tuple[str, ...], on: date) -> QuerySet[Employment]:
    rows = Employment.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        known_to__isnull=True,
        channel=Channel.WORKSHOP,
        started_on__lte=on,
        employer__in=[name for name in names if name],
    )
    return rows.select_related("person").order_by("started_on", "id")


def _of_members(viewer: Viewer) -> Q:
    members = Membership.objects.filter(
        within(viewer, "household__"), person=OuterRef("person"), known_to__isnull=True
    )
    return Q(Exists(members))


def homes_of(viewer: Viewer, person_ids: Collection[int]) -> dict[int, Household]:
    """Person → the household in the viewer's places they belong to, as known now."""
    rows = Membership.objects.filter(
        within(viewer, "household__"),
        person__in=person_ids,
        left_on__isnull=True,
        known_to__isnull=True,
    ).select_related("household")
    return {row.person_id: row.household for row in rows.order_by("pk")}


def place_names(workshops: Collection[Workshop]) -> dict[str, str]:
    """Codes of where they stand → names."""
    codes = {each.division_code for each in workshops}
    names = places.names(codes)
    return {code: names.village(code) or code for code in codes}
