"""One household, one page: the head, and tabs that load on demand."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.refusal import Refusal
from anju.monitoring import queries as monitoring
from anju.places import queries as places
from anju.registry import queries
from anju.registry.actions.reveal import reveal
from anju.registry.models import Household, Person
from anju.web.access import requires
from anju.web.registers.tabs import tabs_for


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, code: str, tab: str = "people") -> HttpResponse:
    """The head and one tab; htmx asks for the tab alone."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    household = _household(viewer, code)
    tabs = tabs_for(viewer)
    chosen = next((each for each in tabs if each.id == tab), None)
    if chosen is None:
        raise Http404
    context = {
        "household": household,
        "tabs": tabs,
        "tab": chosen,
        **chosen.context(viewer, household, timezone.localdate()),
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if not is_fragment:
        context.update(_head(viewer, household))
    record(
        by=viewer.actor(request.META.get("REMOTE_ADDR", "")),
        action="household.read",
        kind="household",
        ids=[household.code],
        detail={"tab": chosen.id},
    )
    template = "web/registers/_tab.html" if is_fragment else "web/registers/household.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


@requires(Permission.REVEAL_IDENTITY)
@require_POST
def reveal_numbers(request: HttpRequest, code: str, person_code: str) -> HttpResponse:
    """The full numbers of one member, once, with a reason; never kept."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    household = _household(viewer, code)
    try:
        person = queries.member_of(household, person_code)
    except Person.DoesNotExist:
        raise Http404 from None
    context: dict[str, Any] = {"household": household, "person": person}
    status = 200
    try:
        context["revealed"] = reveal(
            by=viewer.actor(request.META.get("REMOTE_ADDR", "")),
            viewer=viewer,
            household=household,
            person=person,
            reason=request.POST.get("reason", ""),
        )
    except Refusal as refused:
        context["problem"] = refused.zh
        status = 422
    template = "_revealed.html" if request.htmx else "revealed.html"  # type: ignore[attr-defined]
    return render(request, f"web/registers/{template}", context, status=status)


def _household(viewer: Viewer, code: str) -> Household:
    try:
        return queries.household_for(viewer, code)
    except Household.DoesNotExist:
        raise Http404 from None


def _head(viewer: Viewer, household: Household) -> dict[str, Any]:
    """Places in words, and the level of the latest run."""
    names = places.names([household.village_code, household.origin_village_code])
    origin = household.origin_village_code
    run = monitoring.latest_run() if viewer.may(Permission.VIEW_FINDINGS) else None
    return {
        "place_name": names.village(household.village_code) or household.village_code,
        "origin_name": (names.village(origin) or origin) if origin else "",
        "run": run,
        "level": monitoring.level_of(viewer, run, household.pk) if run else None,
    }
