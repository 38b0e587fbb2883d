"""Addresses of the community."""

from django.urls import path

from anju.web.community import figures, funds, listing, page, services, telling

urlpatterns = [
    path("requests/", listing.index, name="requests"),
    path("requests/new/", telling.page, name="request-new"),
    path("requests/homes/", telling.homes, name="request-homes"),
    path("requests/figures/", figures.index, name="request-figures"),
    path("requests/<str:number>/", page.page, name="request"),
    path("requests/<str:number>/lead/", page.lead, name="request-lead"),
    path("requests/<str:number>/do/<slug:what>/", page.move, name="request-move"),
    path("services/", services.index, name="services"),
    path("services/new/", services.add, name="service-new"),
    path("services/<int:service_id>/", services.edit, name="service-edit"),
    path("services/<int:service_id>/withdraw/", services.withdraw, name="service-withdraw"),
    path("funds/", funds.index, name="funds"),
    path("funds/<str:code>/", funds.page, name="fund"),
    path("funds/<str:code>/open/", funds.open_, name="fund-open"),
    path("funds/<str:code>/write/", funds.write, name="fund-write"),
    path("funds/<str:code>/pay/", funds.pay, name="fund-pay"),
    path("funds/<str:code>/<int:entry_id>/withdraw/", funds.withdraw, name="fund-withdraw"),
]
