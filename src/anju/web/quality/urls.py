"""Addresses of quality checks."""

from django.urls import path

from anju.web.quality import overview, problems

urlpatterns = [
    path("quality/", overview.index, name="quality"),
    path("quality/problems/", problems.index, name="quality-problems"),
    path("quality/<int:inspection_id>/cancel/", overview.cancel, name="quality-cancel"),
]
