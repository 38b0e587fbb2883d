"""Addresses of the open pages; `web.limits` counts what is sent to them."""

from django.urls import path

from anju.web.open import board, report, status

urlpatterns = [
    path("open/<slug:token>/", board.page, name="open"),
    path("open/<slug:token>/report/", report.page, name="open-report"),
    path("open/<slug:token>/notices/<int:notice_id>/", board.object_to, name="open-objection"),
    path("open/<slug:token>/received/", status.received, name="open-received"),
    path("open/<slug:token>/status/", status.page, name="open-status"),
]
