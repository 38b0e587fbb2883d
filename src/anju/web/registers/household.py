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
from anju.casework import levels
from anju.monitoring import queries as monitoring
from anju.places import queries as places
from anju.registry import queries
from anju.registry.actions.reveal import reveal
from anju.registry.models import Household, Person
from anju.registry.queries import Seen
from anju.registry.sides import Side
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.registers.editing.opening import may_edit
from anju.web.registers.tabs import tabs_for


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, code: str, tab: str = "") -> HttpResponse:
    """The head and one tab; htmx asks for the tab alone. Both places of a household may open it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    seen = _seen(viewer, code)
    household = seen.household
    tabs = tabs_for(viewer, seen.side)
    chosen = next((each for each in tabs if each.id == (tab or tabs[0].id)), None)
    if chosen is None:
        raise Http404
    context = {
        "household": household,
        "is_origin": seen.side is Side.ORIGIN,
        "tabs": tabs,
        "tab": chosen,
        "may_report": seen.side is Side.RESIDENCE
        and levels.covers(viewer, Permission.REPORT_LEADS, household),
        "may_edit": seen.side is Side.RESIDENCE and may_edit(viewer, household),
        **chosen.context(viewer, household, timezone.localdate()),
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if not is_fragment:
        context.update(_head(viewer, seen))
    template = "web/registers/_tab.html" if is_fragment else "web/registers/household.html"
    response = render(request, template, context)
    record(
        by=viewer.actor(address_of(request)),
        action="household.read",
        kind="household",
        ids=[household.code],
        detail={"tab": chosen.id, **({"side": "origin"} if context["is_origin"] else {})},
        place=household.village_code,
    )
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
            by=viewer.actor(address_of(request)),
            at=timezone.now(),
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


def _seen(viewer: Viewer, code: str) -> Seen:
    try:
        return queries.seen_household(viewer, code)
    except Household.DoesNotExist:
        raise Http404 from None


def _head(viewer: Viewer, seen: Seen) -> dict[str, Any]:
    """Places in words, and for the place of living the level of the latest run."""
    household = seen.household
    may_see = viewer.may(Permission.VIEW_FINDINGS) and seen.side is Side.RESIDENCE
    names = places.names([household.village_code, household.origin_village_code])
    origin = household.origin_village_code
    run = monitoring.latest_run() if may_see else None
    return {
        "place_name": names.village(household.village_code) or household.village_code,
        "origin_name": (names.village(origin) or origin) if origin else "",
        "run": run,
        "level": monitoring.level_of(viewer, run, household.pk) if run else None,
    }
