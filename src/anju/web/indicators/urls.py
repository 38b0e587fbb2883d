"""Addresses of indicators."""

from django.urls import path

from anju.web.indicators import listing, many, page, references, settings, values, workbook

urlpatterns = [
    path("indicators/", listing.index, name="indicators"),
    path("indicators/new/", settings.create, name="indicator-new"),
    path("indicators/pack/", settings.take_over_pack, name="indicators-of-pack"),
    path("indicators/report/", many.page, name="indicators-report"),
    path("indicators/report/workbook/", workbook.page, name="indicators-workbook"),
    path("indicators/references/", references.index, name="regional-incomes"),
    path(
        "indicators/references/<int:reference_id>/remove/",
        references.remove,
        name="regional-income-remove",
    ),
    path("indicators/<int:indicator_id>/", page.page, name="indicator"),
    path("indicators/<int:indicator_id>/report/", values.report, name="indicator-report"),
    path("indicators/<int:indicator_id>/compute/", values.compute, name="indicator-compute"),
    path("indicators/<int:indicator_id>/change/", settings.change, name="indicator-change"),
    path("indicators/<int:indicator_id>/target/", settings.target, name="indicator-target"),
    path("indicators/<int:indicator_id>/end/", settings.end, name="indicator-end"),
    path("indicators/values/<int:value_id>/check/", values.check, name="indicator-check"),
    path("indicators/proofs/<int:proof_id>/", values.proof, name="indicator-proof"),
]
