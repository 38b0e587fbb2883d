"""The community on other pages: of a household, and of a site."""

from __future__ import annotations

from datetime import date
from typing import Any

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.community import queries
from anju.community.models import MaintenanceFund
from anju.community.queries import funds, requests
from anju.community.queries.services import services_of_site
from anju.places.models import Site
from anju.registry.models import Household
from anju.web.community import wording

_SHOWN = 10


def tab(viewer: Viewer, household: Household, on: date) -> dict[str, Any]:
    """What a household told and what became of it; what it paid into the fund."""
    rows = list(
        requests.requests_of_household(viewer, household).select_related("site", "building")
    )
    wording.add_words(viewer, rows, on)
    grid = household.grid.code if household.grid else ""
    return {
        "requests": rows,
        "may_tell": queries.may_tell_at(viewer, household.village_code, grid),
        "paid": funds.paid_by(viewer, household),
    }


def of_site(viewer: Viewer, site: Site, on: date) -> dict[str, Any]:
    """Requests not closed, the fund in figures, and services of a site."""
    context: dict[str, Any] = {
        "services": [(row, wording.service(row.kind)) for row in services_of_site(viewer, site)],
        "may_keep": queries.may_keep(viewer, site.village_code),
        "fund": None,
    }
    try:
        fund = queries.fund_for(viewer, site.code)
        context |= {"fund": fund, "standing": funds.standing(viewer, fund, on)}
        context["homes_paid"] = funds.homes_paid(viewer, fund)
    except MaintenanceFund.DoesNotExist:
        pass
    if viewer.may(Permission.HANDLE_REQUESTS):
        found = requests.open_of_site(viewer, site)
        rows = list(found[:_SHOWN])
        wording.add_words(viewer, rows, on)
        context |= {"requests": rows, "requests_open": found.count()}
    return context
