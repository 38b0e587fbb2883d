"""Addresses of leads and cases."""

from django.urls import path

from anju.web.casework import assigning, case, cases, clearing, lead, leads, moving, records
from anju.web.casework.open_urls import urlpatterns as open_urls

urlpatterns = [
    path("clearing/", clearing.index, name="clearing"),
    *open_urls,
    path("leads/", leads.index, name="leads"),
    path("leads/assign/", assigning.of_leads, name="leads-assign"),
    path("leads/<int:lead_id>/", lead.page, name="lead"),
    path("leads/<int:lead_id>/open/", lead.open_case, name="lead-open"),
    path("leads/<int:lead_id>/no-risk/", lead.no_risk, name="lead-no-risk"),
    path("leads/<int:lead_id>/merge/", lead.merge, name="lead-merge"),
    path("cases/", cases.index, name="cases"),
    path("cases/assign/", assigning.of_cases, name="cases-assign"),
    path("cases/<str:number>/", case.page, name="case"),
    path("cases/<str:number>/move/", moving.act, name="case-move"),
    path("cases/<str:number>/record/<slug:what>/", records.page, name="case-record"),
]
