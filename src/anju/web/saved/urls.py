"""Addresses of saved views."""

from django.urls import path

from anju.web.saved import pages

urlpatterns = [
    path("views/", pages.index, name="saved-views"),
    path("views/new/", pages.save, name="save-view"),
    path("views/<int:view_id>/forget/", pages.forget, name="forget-view"),
]
