"""Addresses of tasks."""

from django.urls import path

from anju.web.tasks import (
    arranging,
    checking,
    delegating,
    drafts,
    listing,
    page,
    reporting,
    responsibilities,
    standing,
)

urlpatterns = [
    path("tasks/", listing.index, name="tasks"),
    path("tasks/new/", arranging.add, name="task-new"),
    path("tasks/standing/", standing.page, name="task-standing"),
    path("tasks/plans/<int:plan_id>/", responsibilities.index, name="responsibilities"),
    path("tasks/proofs/<int:proof_id>/", reporting.proof, name="task-proof"),
    path("tasks/reports/<int:progress_id>/check/", checking.check, name="progress-check"),
    path("tasks/reports/<int:progress_id>/withdraw/", reporting.withdraw, name="progress-withdraw"),
    path("tasks/<str:number>/", page.page, name="task"),
    path("tasks/<str:number>/dates/", arranging.dates, name="task-dates"),
    path("tasks/<str:number>/units/", arranging.units, name="task-units"),
    path("tasks/<str:number>/end/", arranging.end, name="task-end"),
    path("tasks/<str:number>/delegate/", delegating.delegate, name="task-delegate"),
    path("tasks/<str:number>/dues/<int:due_id>/", reporting.report, name="task-report"),
    path("tasks/<str:number>/dues/<int:due_id>/draft/", drafts.keep, name="task-draft"),
    path(
        "tasks/<str:number>/dues/<int:due_id>/draft/discard/",
        drafts.discard,
        name="task-draft-discard",
    ),
]
