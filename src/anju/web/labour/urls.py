"""Addresses of the labour ledger's lists."""

from django.urls import path

from anju.web.labour import trainings, wishes, work

urlpatterns = [
    path("trainings/", trainings.index, name="trainings"),
    path("training-owed/", wishes.owed, name="training-owed"),
    path("labour/work/", work.index, name="labour-work"),
    path("labour/", wishes.index, name="labour"),
]
