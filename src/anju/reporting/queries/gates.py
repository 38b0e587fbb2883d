"""The gate of reports: what is issued in one's places, what one's unit writes, what one may issue."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from anju.accounts.models import Unit, User
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import unit_of
from anju.reporting.models import OPEN, Issuer, Report, ReportPartner, ReportState


def reports_for(viewer: Viewer) -> QuerySet[Report]:
    """Issued reports of units in the viewer's places; all of the viewer's own unit; what was handed in
    that it issues too; and, for who issues them, those that units there still write or have submitted.
    """
    if not viewer.may(Permission.VIEW_DUTIES):
        return Report.objects.none()
    issued = Q(state=ReportState.ISSUED) & _in(viewer, Permission.VIEW_DUTIES)
    theirs = User.objects.filter(pk=viewer.user_id, unit__isnull=False).values("unit")
    own = Q(unit__in=theirs)
    mine = own if viewer.may(Permission.WRITE_REPORTS) else own & Q(state=ReportState.ISSUED)
    if viewer.may(Permission.WRITE_REPORTS):
        shared = ReportPartner.objects.filter(unit__in=theirs).values("report")
        mine |= Q(pk__in=shared) & ~Q(state__in=OPEN)
    return Report.objects.filter(issued | mine | _in(viewer, Permission.ISSUE_REPORTS))


def report_for(viewer: Viewer, report_id: int) -> Report:
    """One report; raises Report.DoesNotExist for who may not see it."""
    return reports_for(viewer).select_related("unit", "replaces").get(pk=report_id)


def replacement_of(viewer: Viewer, report: Report) -> Report | None:
    """What corrects or withdraws a report, from its first draft on for who may see that."""
    return reports_for(viewer).filter(replaces=report).first()


def issuers_for(viewer: Viewer) -> QuerySet[Issuer]:
    """How units are headed and numbered, for who issues their reports."""
    return Issuer.objects.filter(_in(viewer, Permission.ISSUE_REPORTS)).select_related("unit")


def units_issued_by(viewer: Viewer) -> QuerySet[Unit]:
    """Units whose reports the viewer issues."""
    scope = viewer.scope_for(Permission.ISSUE_REPORTS)
    return Unit.objects.filter(scope.q("division_code", grid=None))


def writes(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer may write this report: it is their unit's, and for the whole county they
    also see all of it."""
    unit = unit_of(viewer)
    may = viewer.may(Permission.WRITE_REPORTS) and unit is not None and unit.pk == report.unit_id
    return may and (not report.is_whole or writes_whole(viewer))


def writes_whole(viewer: Viewer) -> bool:
    """Whether the viewer may write the report of the whole county: the lead bureau does."""
    return viewer.may(Permission.WRITE_REPORTS) and issues_for_the_county(viewer)


def issues_for_the_county(viewer: Viewer) -> bool:
    """Whether the viewer issues reports of the whole county."""
    return viewer.scope_for(Permission.ISSUE_REPORTS).is_county_wide


def partner_to_sign(viewer: Viewer, report: Report) -> ReportPartner | None:
    """The viewer's unit among those that issue a report too, while its signature is missing."""
    unit = unit_of(viewer) if viewer.may(Permission.WRITE_REPORTS) else None
    if unit is None or report.state != ReportState.SUBMITTED:
        return None
    rows = report.partners.filter(unit=unit, signed_on__isnull=True)
    return rows.select_related("unit").first()


def to_countersign(viewer: Viewer) -> QuerySet[Report]:
    """Reports that wait for the signature of the viewer's unit."""
    unit = unit_of(viewer) if viewer.may(Permission.WRITE_REPORTS) else None
    waiting = ReportPartner.objects.filter(unit=unit, signed_on__isnull=True)
    rows = reports_for(viewer).filter(state=ReportState.SUBMITTED)
    return rows.filter(pk__in=waiting.values("report")) if unit else rows.none()


def issues(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer may issue this report or send it back: not who submitted it."""
    scope = viewer.scope_for(Permission.ISSUE_REPORTS)
    return scope.covers(report.unit.division_code) and report.submitted_by != viewer.username


def _in(viewer: Viewer, permission: Permission) -> Q:
    return viewer.scope_for(permission).q("unit__division_code", grid=None)
