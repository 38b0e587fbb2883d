"""Address of the page about entering once."""

from django.urls import path

from anju.web.entering import page

urlpatterns = [path("enter-once/", page.index, name="enter-once")]
