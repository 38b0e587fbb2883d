"""Addresses of the registers."""

from django.urls import path

from anju.web.registers import household, households, sites
from anju.web.registers.editing import views as editing

urlpatterns = [
    path("households/", households.index, name="households"),
    path("households/<str:code>/", household.page, name="household"),
    path("households/<str:code>/<slug:tab>/", household.page, name="household-tab"),
    path(
        "households/<str:code>/people/<str:person_code>/reveal/",
        household.reveal_numbers,
        name="reveal",
    ),
    path("households/<str:code>/edit/<slug:what>/", editing.edit, name="edit"),
    path("households/<str:code>/edit/<slug:what>/<str:key>/", editing.edit, name="edit-fact"),
    path(
        "households/<str:code>/edit/<slug:what>/<str:key>/withdraw/",
        editing.withdraw,
        name="withdraw-fact",
    ),
    path("sites/", sites.index, name="sites"),
    path("sites/<str:code>/", sites.page, name="site"),
]
