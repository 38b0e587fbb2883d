"""Addresses of the register of assets."""

from django.urls import path

from anju.web.assets import changing, listing, page

urlpatterns = [
    path("assets/", listing.index, name="assets"),
    path("assets/new/", changing.add, name="asset-new"),
    path("assets/<int:asset_id>/", page.page, name="asset"),
    path("assets/<int:asset_id>/edit/", changing.edit, name="asset-edit"),
    path("assets/<int:asset_id>/state/", changing.state, name="asset-state"),
    path("assets/<int:asset_id>/turn/<slug:what>/", changing.turn, name="asset-turn"),
    path("assets/<int:asset_id>/restore/", changing.restore, name="asset-restore"),
    path("assets/<int:asset_id>/lease/", changing.lease, name="asset-lease-new"),
    path("assets/<int:asset_id>/lease/<int:key>/", changing.lease, name="asset-lease"),
    path("assets/<int:asset_id>/yield/", changing.year, name="asset-yield-new"),
    path("assets/<int:asset_id>/yield/<int:key>/", changing.year, name="asset-yield"),
    path(
        "assets/<int:asset_id>/<slug:what>/<int:key>/withdraw/",
        changing.withdraw,
        name="asset-withdraw",
    ),
]
