"""Addresses of the project library."""

from django.urls import path

from anju.web.projects import editing, listing, page

urlpatterns = [
    path("projects/", listing.index, name="projects"),
    path("projects/new/", editing.add, name="project-new"),
    path("projects/<int:project_id>/", page.page, name="project"),
    path("projects/<int:project_id>/edit/", editing.edit, name="project-edit"),
    path("projects/<int:project_id>/pay/", editing.pay, name="project-pay"),
    path(
        "projects/<int:project_id>/payments/<int:payment_id>/",
        editing.pay,
        name="project-payment",
    ),
    path(
        "projects/<int:project_id>/payments/<int:payment_id>/withdraw/",
        editing.withdraw,
        name="project-payment-withdraw",
    ),
]
