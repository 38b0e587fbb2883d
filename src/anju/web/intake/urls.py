"""Addresses of the import."""

from django.urls import path

from anju.web.intake import (
    batch,
    batches,
    decisions,
    differences,
    joining,
    layouts,
    list_checks,
    list_problems,
    mapping,
    outgoing,
)

urlpatterns = [
    path("imports/", batches.index, name="imports"),
    path("imports/layouts/", layouts.index, name="import-layouts"),
    path("imports/<int:batch_id>/", batch.page, name="import"),
    path("lists-out/", outgoing.index, name="outgoing"),
    path("lists-out/<slug:feed>/", outgoing.file, name="outgoing-file"),
    path("lists-out/<slug:feed>/check/", list_checks.start, name="outgoing-check"),
    path("lists-out/checks/<int:check_id>/", list_checks.page, name="list-check"),
    path("lists-out/checks/<int:check_id>/rows/", list_problems.index, name="list-check-rows"),
    path("lists-out/checks/<int:check_id>/cancel/", list_checks.cancel, name="list-check-cancel"),
    path("imports/<int:batch_id>/columns/", mapping.page, name="import-columns"),
    path("imports/<int:batch_id>/decisions/", decisions.page, name="import-decisions"),
    path("imports/<int:batch_id>/decisions/write/", decisions.write, name="import-decisions-write"),
    path(
        "imports/<int:batch_id>/decisions/<int:row_id>/joining/",
        joining.page,
        name="import-joining",
    ),
    path("imports/<int:batch_id>/progress/", batch.progress, name="import-progress"),
    path("imports/<int:batch_id>/confirm/", batch.confirm, name="import-confirm"),
    path("imports/<int:batch_id>/cancel/", batch.cancel, name="import-cancel"),
    path("imports/<int:batch_id>/changes/", differences.of_batch, name="import-differences"),
    path("imports/contradictions/", differences.index, name="contradictions"),
    path("imports/contradictions/<int:difference_id>/", differences.page, name="contradiction"),
    path("imports/<int:batch_id>/report/", batch.report, name="import-report"),
]
