"""One household, one page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.registry import queries
from anju.registry.models import Household
from anju.web.access import requires


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, code: str, tab: str = "people") -> HttpResponse:
    """The head and one tab; htmx asks for the tab alone."""
    try:
        household = queries.household_for(request.viewer, code)  # type: ignore[attr-defined]
    except Household.DoesNotExist:
        raise Http404 from None
    return render(request, "web/registers/household.html", {"household": household})
