"""Notices and objections: what of them a viewer may read and answer."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.casework.models import Case, Notice, NoticeEntry, Objection
from anju.casework.queries import gates
from anju.casework.queries.open_pages import cared_for


def notices_for(viewer: Viewer) -> QuerySet[Notice]:
    """Notices of the viewer's villages, with how many households and open objections each has."""
    return gates.notices_for(viewer).annotate(
        households=Count("entries", distinct=True),
        unanswered=Count(
            "objections", filter=Q(objections__answered_on__isnull=True), distinct=True
        ),
    )


def notice_for(viewer: Viewer, notice_id: int) -> Notice:
    """One notice with its entries; raises Notice.DoesNotExist outside the viewer's villages."""
    entries = NoticeEntry.objects.select_related("case").order_by("id")
    rows = notices_for(viewer).prefetch_related(Prefetch("entries", queryset=entries))
    return rows.get(pk=notice_id)


def answerable(viewer: Viewer) -> Scope:
    """The villages whose objections the viewer reads and answers.

    Neighbours tell of illness too, and not only of those on the notice.
    """
    return cared_for(viewer) & Scope(viewer.scope_for(Permission.VIEW_HEALTH).ranges)


def objections_for(viewer: Viewer) -> QuerySet[Objection]:
    """What was said against notices, for who answers it."""
    scope = answerable(viewer) & Scope(viewer.scope.ranges)
    rows = Objection.objects.filter(scope.q("notice__village_code", None))
    return rows.select_related("notice", "entry__case")


def objection_for(viewer: Viewer, objection_id: int) -> Objection:
    """One of them; raises Objection.DoesNotExist outside the viewer's villages."""
    return objections_for(viewer).get(pk=objection_id)


def unanswered(viewer: Viewer) -> QuerySet[Objection]:
    """Objections that wait for an answer, the oldest first."""
    return objections_for(viewer).filter(answered_on__isnull=True).order_by("id")


def objections_to(entry: NoticeEntry) -> list[Objection]:
    """What was said against one household on a notice, and against the notice as a whole."""
    about = Q(entry=entry) | Q(entry__isnull=True, notice=entry.notice_id)
    return list(Objection.objects.filter(about).order_by("id"))


def entries_of(case: Case) -> list[NoticeEntry]:
    """Everything that was published of a case, the latest first, with its notice."""
    entries = NoticeEntry.objects.filter(case=case).select_related("notice")
    return list(entries.order_by("-notice__posted_on", "-id"))
