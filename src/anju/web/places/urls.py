"""Addresses of changes of villages and grids."""

from django.urls import path

from anju.web.places import recodings

urlpatterns = [
    path("places/recodings/", recodings.index, name="recodings"),
    path("places/recodings/template/", recodings.blank_table, name="recoding-template"),
    path("places/recodings/<int:recoding_id>/", recodings.page, name="recoding"),
    path("places/recodings/<int:recoding_id>/confirm/", recodings.confirm, name="recoding-confirm"),
    path("places/recodings/<int:recoding_id>/cancel/", recodings.cancel, name="recoding-cancel"),
]
