"""Addresses of monitoring."""

from django.urls import path

from anju.web.monitoring import comparison, findings, run, runs

urlpatterns = [
    path("monitoring/runs/", runs.index, name="runs"),
    path("monitoring/runs/<int:run_id>/", run.page, name="run"),
    path("monitoring/runs/<int:run_id>/cancel/", run.cancel, name="run-cancel"),
    path("monitoring/findings/", findings.index, name="findings"),
    path("monitoring/compare/", comparison.index, name="compare"),
]
