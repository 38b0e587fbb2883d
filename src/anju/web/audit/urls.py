"""Addresses of the audit trail."""

from django.urls import path

from anju.web.audit import entries, entry

urlpatterns = [
    path("audit/", entries.index, name="audit"),
    path("audit/check/", entry.check, name="audit-check"),
    path("audit/<int:sequence>/", entry.page, name="audit-entry"),
]
