"""Addresses of exports."""

from django.urls import path

from anju.web.exports import views

urlpatterns = [
    path("exports/", views.index, name="exports"),
    path("exports/ask/", views.ask, name="export-ask"),
    path("exports/<int:request_id>/", views.page, name="export"),
    path("exports/<int:request_id>/decide/", views.decide, name="export-decide"),
    path("exports/<int:request_id>/cancel/", views.cancel, name="export-cancel"),
    path("exports/<int:request_id>/file/", views.download, name="export-file"),
]
