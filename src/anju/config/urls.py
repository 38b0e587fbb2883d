"""Every address of Anju: pages come from web, nothing else answers."""

from django.urls import include, path

urlpatterns = [
    path("", include("anju.web.urls")),
    path("", include("anju.web.account.named_by_allauth")),
    path("", include("anju.api.urls")),
]

handler400 = "anju.web.errors.bad_request"
handler403 = "anju.web.errors.forbidden"
handler404 = "anju.web.errors.not_found"
handler500 = "anju.web.errors.broken"
