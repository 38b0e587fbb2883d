"""Addresses of the registers."""

from django.urls import path

from anju.web.registers import household, households

urlpatterns = [
    path("households/", households.index, name="households"),
    path("households/<str:code>/", household.page, name="household"),
    path("households/<str:code>/<slug:tab>/", household.page, name="household-tab"),
]
