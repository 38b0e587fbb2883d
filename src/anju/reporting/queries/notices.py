"""Notices of supervision as documents: what one says, who may change, countersign and sign it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import unit_of
from anju.papers.official import Document
from anju.reporting import attached, notices
from anju.reporting.models import Issuer, ReportPartner
from anju.reporting.queries.annexes import of_notice
from anju.reporting.queries.partners import partners_of, rows_of
from anju.reporting.replacing import called
from anju.supervision import queries
from anju.supervision.models import SupervisionNotice
from anju.supervision.queries.listing import units_of_notices


def notices_for(viewer: Viewer) -> QuerySet[SupervisionNotice]:
    """Notices that the viewer sees in supervision, and those that their unit issues too."""
    theirs = ReportPartner.objects.filter(unit=_signing_unit(viewer), notice__isnull=False)
    seen = Q(problem__isnull=True) | Q(problem__in=queries.problems_for(viewer))
    shared = Q(pk__in=theirs.values("notice")) & seen
    known = Q(pk__in=queries.notices_for(viewer).values("pk"))
    if _signing_unit(viewer) is None:
        return SupervisionNotice.objects.filter(known)
    return SupervisionNotice.objects.filter(known | shared)


def notice_for(viewer: Viewer, number: str) -> SupervisionNotice:
    """One notice by its number; raises SupervisionNotice.DoesNotExist for who may not see it."""
    rows = notices_for(viewer).select_related(
        "plan", "problem__household__grid", "issuing_unit", "replaces"
    )
    return rows.get(number=number)


def composed_notice(viewer: Viewer, notice: SupervisionNotice, copy: int = 1) -> Document:
    """A notice (of a gate) as an official document; `copy` is the 份号 where copies are numbered."""
    units = units_of_notices(viewer, [notice]).get(notice.pk, [])
    issuer = Issuer.objects.filter(unit=notice.issuing_unit_id).first()
    said = attached.read(notice.attachments)
    if not notice.document_number:
        said = of_notice(viewer, notice, said, viewer.on)
    replaced = named(notice.replaces) if notice.replaces else ""
    return notices.document(notice, units, issuer, partners_of(notice), said, copy, replaced)


def named(notice: SupervisionNotice) -> str:
    """A notice that is out as another document names it: as it is headed, and its number."""
    signer = "" if rows_of(notice).exists() else notice.signer
    return called(notices.title_of(notice, signer), notice.document_number)


def replacement_of(viewer: Viewer, notice: SupervisionNotice) -> SupervisionNotice | None:
    """What corrects or withdraws a notice, from its first draft on."""
    return notices_for(viewer).filter(replaces=notice).first()


def may_sign(viewer: Viewer, notice: SupervisionNotice) -> bool:
    """Whether the viewer may sign it off: who issues for its unit, and did not write it."""
    if notice.document_number or notice.on_paper or notice.issuing_unit is None:
        return False
    scope = viewer.scope_for(Permission.ISSUE_REPORTS)
    return scope.covers(notice.issuing_unit.division_code) and notice.issued_by != viewer.username


def may_change(viewer: Viewer, notice: SupervisionNotice) -> bool:
    """Whether the viewer may write it anew, until it is signed or, sent on paper, corrected."""
    if notice.document_number or not writes(viewer, notice):
        return False
    return not (notice.on_paper and SupervisionNotice.objects.filter(replaces=notice).exists())


def writes(viewer: Viewer, notice: SupervisionNotice) -> bool:
    """Whether the viewer writes it, corrects it, withdraws it: an inspector of its unit, or who wrote it."""
    if not viewer.may(Permission.INSPECT):
        return False
    unit = unit_of(viewer)
    of_unit = unit is not None and unit.pk == notice.issuing_unit_id
    return of_unit or notice.issued_by == viewer.username


def partner_to_sign(viewer: Viewer, notice: SupervisionNotice) -> ReportPartner | None:
    """The viewer's unit among those that issue a notice too, while its signature is missing."""
    unit = _signing_unit(viewer)
    if unit is None or notice.document_number or notice.on_paper:
        return None
    rows = rows_of(notice).filter(unit=unit, signed_on__isnull=True)
    return rows.select_related("unit").first()


def to_countersign(viewer: Viewer) -> QuerySet[SupervisionNotice]:
    """Notices that wait for the signature of the viewer's unit."""
    unit = _signing_unit(viewer)
    if unit is None:
        return SupervisionNotice.objects.none()
    waiting = ReportPartner.objects.filter(unit=unit, signed_on__isnull=True, notice__isnull=False)
    rows = notices_for(viewer).filter(document_number="", on_paper=False)
    return rows.filter(pk__in=waiting.values("notice"))


def to_sign(viewer: Viewer) -> QuerySet[SupervisionNotice]:
    """Notices that wait to be signed off by the viewer: all that issue them too have signed."""
    scope = viewer.scope_for(Permission.ISSUE_REPORTS).q("issuing_unit__division_code", grid=None)
    waiting = ReportPartner.objects.filter(signed_on__isnull=True, notice__isnull=False)
    rows = queries.notices_for(viewer).filter(scope, document_number="", on_paper=False)
    rows = rows.filter(issuing_unit__isnull=False).exclude(issued_by=viewer.username)
    return rows.exclude(pk__in=waiting.values("notice"))


def _signing_unit(viewer: Viewer) -> Unit | None:
    """The unit for which the viewer countersigns."""
    return unit_of(viewer) if viewer.may(Permission.WRITE_REPORTS) else None
