"""Every address of Anju: pages come from web, nothing else answers."""

from django.urls import include, path

urlpatterns = [path("", include("anju.web.urls"))]
