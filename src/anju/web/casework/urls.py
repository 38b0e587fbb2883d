"""Addresses of leads and cases."""

from django.urls import path

from anju.web.casework import (
    assigning,
    case,
    cases,
    clearing,
    clinic,
    clinics,
    deputies,
    drafts,
    figures,
    holidays,
    lead,
    leads,
    moving,
    opening_many,
    records,
    reporting,
    visits,
)
from anju.web.casework.open_urls import urlpatterns as open_urls

urlpatterns = [
    path("clearing/", clearing.index, name="clearing"),
    path("clearing/clinics/", clinics.index, name="clinics"),
    path("clearing/clinics/<str:village_code>/", clinic.page, name="clinic"),
    path("clearing/clinics/<str:village_code>/move/", clinic.act, name="clinic-move"),
    path("figures/", figures.index, name="figures"),
    *open_urls,
    path("leads/", leads.index, name="leads"),
    path("leads/assign/", assigning.of_leads, name="leads-assign"),
    path("leads/<int:lead_id>/", lead.page, name="lead"),
    path("leads/<int:lead_id>/open/", lead.open_case, name="lead-open"),
    path("leads/<int:lead_id>/no-risk/", lead.no_risk, name="lead-no-risk"),
    path("leads/<int:lead_id>/merge/", lead.merge, name="lead-merge"),
    path("follow-ups/", visits.index, name="follow-ups"),
    path("households/<str:code>/report/lead/", reporting.page, name="lead-report"),
    path("monitoring/runs/<int:run_id>/cases/", opening_many.page, name="run-cases"),
    path("cases/", cases.index, name="cases"),
    path("cases/assign/", assigning.of_cases, name="cases-assign"),
    path("cases/<str:number>/", case.page, name="case"),
    path("cases/<str:number>/move/", moving.act, name="case-move"),
    path("cases/<str:number>/record/<slug:what>/", records.page, name="case-record"),
    path("cases/<str:number>/record/<slug:what>/draft/", drafts.keep, name="case-draft"),
    path(
        "cases/<str:number>/record/<slug:what>/discard/", drafts.discard, name="case-draft-discard"
    ),
    path("deputies/", deputies.index, name="deputies"),
    path("deputies/<int:deputy_id>/end/", deputies.end, name="deputy-end"),
    path("calendar/", holidays.index, name="holidays"),
    path("calendar/remove/", holidays.remove, name="holidays-remove"),
]
