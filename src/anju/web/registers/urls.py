"""Addresses of the registers."""

from django.urls import path

from anju.web.registers import household, households, sites

urlpatterns = [
    path("households/", households.index, name="households"),
    path("households/<str:code>/", household.page, name="household"),
    path("households/<str:code>/<slug:tab>/", household.page, name="household-tab"),
    path(
        "households/<str:code>/people/<str:person_code>/reveal/",
        household.reveal_numbers,
        name="reveal",
    ),
    path("sites/", sites.index, name="sites"),
    path("sites/<str:code>/", sites.page, name="site"),
]
