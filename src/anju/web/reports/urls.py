"""Addresses of reports."""

from django.urls import path

from anju.web.reports import beginning, issuers, making, moving, report, reports, writing

urlpatterns = [
    path("reports/", reports.index, name="reports"),
    path("reports/new/", beginning.new, name="report-new"),
    path("reports/issuers/", issuers.index, name="report-issuers"),
    path("reports/issuers/<int:unit_id>/", issuers.edit, name="report-issuer"),
    path("reports/<int:report_id>/", report.page, name="report"),
    path("reports/<int:report_id>/edit/", writing.edit, name="report-edit"),
    path("reports/<int:report_id>/keep/", writing.keep, name="report-keep"),
    path("reports/<int:report_id>/submit/", moving.submit, name="report-submit"),
    path("reports/<int:report_id>/send-back/", moving.send_back, name="report-send-back"),
    path("reports/<int:report_id>/issue/", moving.issue, name="report-issue"),
    path("reports/<int:report_id>/countersign/", moving.countersign, name="report-countersign"),
    path("reports/<int:report_id>/replace/", moving.replace, name="report-replace"),
    path("reports/<int:report_id>/discard/", moving.discard, name="report-discard"),
    path("reports/<int:report_id>/report.<slug:kind>", making.download, name="report-file"),
]
