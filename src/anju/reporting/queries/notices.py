"""Notices of supervision as documents: what one says, and who may sign it off."""

from __future__ import annotations

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.papers.official import Document
from anju.reporting import notices
from anju.reporting.models import Issuer
from anju.supervision.models import SupervisionNotice
from anju.supervision.queries.listing import units_of_notices


def composed_notice(viewer: Viewer, notice: SupervisionNotice) -> Document:
    """A notice (of a gate) as an official document."""
    units = units_of_notices(viewer, [notice]).get(notice.pk, [])
    issuer = Issuer.objects.filter(unit=notice.issuing_unit_id).first()
    return notices.document(notice, units, issuer)


def may_sign(viewer: Viewer, notice: SupervisionNotice) -> bool:
    """Whether the viewer may sign it off: who issues for its unit, and did not write it."""
    if notice.document_number or notice.issuing_unit is None:
        return False
    scope = viewer.scope_for(Permission.ISSUE_REPORTS)
    return scope.covers(notice.issuing_unit.division_code) and notice.issued_by != viewer.username
