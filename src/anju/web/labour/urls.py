"""Addresses of the labour ledger's lists."""

from django.urls import path

from anju.web.labour import (
    offers,
    seekers,
    trainings,
    vacancies,
    vacancy,
    vacancy_forms,
    wishes,
    work,
    workshop,
    workshop_forms,
    workshops,
)

urlpatterns = [
    path("trainings/", trainings.index, name="trainings"),
    path("training-owed/", wishes.owed, name="training-owed"),
    path("at-work/", work.index, name="labour-work"),
    path("labour/", wishes.index, name="labour"),
    path("seekers/", seekers.index, name="seekers"),
    path("workshops/", workshops.index, name="workshops"),
    path("workshops/new/", workshop_forms.add, name="workshop-new"),
    path("workshops/<int:workshop_id>/", workshop.page, name="workshop"),
    path("workshops/<int:workshop_id>/edit/", workshop_forms.edit, name="workshop-edit"),
    path("workshops/<int:workshop_id>/count/", workshop_forms.count, name="workshop-count-new"),
    path(
        "workshops/<int:workshop_id>/count/<int:key>/",
        workshop_forms.count,
        name="workshop-count",
    ),
    path(
        "workshops/<int:workshop_id>/count/<int:key>/withdraw/",
        workshop_forms.withdraw,
        name="workshop-withdraw",
    ),
    path("vacancies/", vacancies.index, name="vacancies"),
    path("vacancies/new/", vacancy_forms.add, name="vacancy-new"),
    path("vacancies/<int:vacancy_id>/", vacancy.page, name="vacancy"),
    path("vacancies/<int:vacancy_id>/edit/", vacancy_forms.edit, name="vacancy-edit"),
    path("vacancies/<int:vacancy_id>/offer/", offers.make, name="offer-new"),
    path("offers/<int:offer_id>/", offers.respond, name="offer"),
    path("offers/<int:offer_id>/withdraw/", offers.withdraw, name="offer-withdraw"),
]
