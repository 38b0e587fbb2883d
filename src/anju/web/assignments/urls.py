"""Addresses of assignments."""

from django.urls import path

from anju.web.assignments import arranging, listing, page, place, telling

urlpatterns = [
    path("assignments/", listing.index, name="assignments"),
    path("assignments/new/", arranging.create, name="assignment-new"),
    path("assignments/sites/<str:code>/", place.of_site, name="site-assignments"),
    path("assignments/places/<str:code>/", place.of_division, name="place-assignments"),
    path("assignments/<int:assignment_id>/", page.page, name="assignment"),
    path("assignments/<int:assignment_id>/change/", arranging.change, name="assignment-change"),
    path("assignments/<int:assignment_id>/end/", arranging.end, name="assignment-end"),
    path(
        "assignments/<int:assignment_id>/owed/<int:owed_id>/",
        telling.page,
        name="assignment-tell",
    ),
]
