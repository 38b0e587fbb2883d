"""Addresses of sign-in, sign-out and language."""

from django.urls import path

from anju.web.account import views

urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("logout/", views.sign_out, name="logout"),
    path("language/", views.choose_language, name="language"),
]
