"""Staff addresses around the open pages: self-reports, notices, objections, sheets."""

from django.urls import path

from anju.web.casework import notices, objections, open_pages, self_reports

urlpatterns = [
    path("self-reports/", self_reports.index, name="self-reports"),
    path("self-reports/<int:report_id>/", self_reports.page, name="self-report"),
    path("self-reports/<int:report_id>/take-up/", self_reports.take_up, name="self-report-take-up"),
    path("self-reports/<int:report_id>/refuse/", self_reports.refuse, name="self-report-refuse"),
    path("self-reports/<int:report_id>/phone/", self_reports.phone, name="self-report-phone"),
    path("notices/", notices.index, name="notices"),
    path("notices/new/", notices.compose, name="notice-new"),
    path("notices/<int:notice_id>/", notices.page, name="notice"),
    path("notices/<int:notice_id>/take-down/", notices.take_down, name="notice-take-down"),
    path("notices/<int:notice_id>/objections/", objections.write_down, name="objection-new"),
    path("objections/<int:objection_id>/", objections.page, name="objection"),
    path("objections/<int:objection_id>/phone/", objections.phone, name="objection-phone"),
    path("open-pages/", open_pages.index, name="open-pages"),
    path("open-pages/<slug:village_code>/", open_pages.page, name="open-page"),
    path("open-pages/<slug:village_code>/sheet/", open_pages.sheet, name="open-sheet"),
]
