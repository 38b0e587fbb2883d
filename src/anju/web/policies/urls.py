"""Addresses of policies."""

from django.urls import path

from anju.web.policies import views

urlpatterns = [
    path("policies/", views.own, name="policies"),
    path("policies/<slug:pack_id>/", views.page, name="policy"),
]
