"""The address of the cockpit."""

from django.urls import path

from anju.web.cockpit import views

urlpatterns = [path("cockpit/", views.cockpit, name="cockpit")]
