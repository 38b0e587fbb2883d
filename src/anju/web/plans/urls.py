"""Addresses of plans."""

from django.urls import path

from anju.web.plans import acting, comparing, confirming, measure, offices, plan, plans

urlpatterns = [
    path("plans/", plans.index, name="plans"),
    path("plans/new/", plans.new, name="plan-new"),
    path("plans/offices/", offices.index, name="plan-offices"),
    path("plans/<int:plan_id>/", plan.page, name="plan"),
    path("plans/<int:plan_id>/about/", plan.about, name="plan-about"),
    path("plans/<int:plan_id>/new/", plans.new_version, name="plan-new-version"),
    path("plans/<int:plan_id>/<int:sequence>/", confirming.page, name="plan-confirm"),
    path("plans/<int:plan_id>/<int:sequence>/many/", acting.many, name="plan-confirm-many"),
    path("plans/<int:plan_id>/<int:sequence>/add/", acting.add, name="plan-add"),
    path("plans/<int:plan_id>/<int:sequence>/adopt/", plan.adopt, name="plan-adopt"),
    path("plans/<int:plan_id>/<int:sequence>/discard/", plan.discard, name="plan-discard"),
    path("plans/<int:plan_id>/<int:sequence>/file/", plan.file, name="plan-file"),
    path("plans/<int:plan_id>/<int:sequence>/compare/", comparing.page, name="plan-compare"),
    path(
        "plans/<int:plan_id>/<int:sequence>/measures/<int:measure_id>/",
        measure.page,
        name="plan-measure",
    ),
    path(
        "plans/<int:plan_id>/<int:sequence>/measures/<int:measure_id>/<slug:act>/",
        acting.one,
        name="plan-measure-act",
    ),
]
