"""Assigning somebody to a place, changing what they owe, ending it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.models import Unit, User
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties.actions import assignments
from anju.duties.actions.assignments import Terms, Who
from anju.duties.models import AssignedLevel, Assignment, Plan
from anju.duties.queries import assignments as queries
from anju.duties.queries import plans_for
from anju.duties.refusals import DutyRefused
from anju.places import queries as places
from anju.places.models import Division, Level, Site
from anju.web.access import requires
from anju.web.assignments import wording
from anju.web.assignments.page import assignment_or_404, show
from anju.web.doing import Doing, carry_out, told_beside
from anju.web.people.choices import PlaceChoice


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Assign somebody; a site or place in the address is chosen already."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if request.method == "GET":
        given = request.GET.copy()
        given.setdefault("valid_from", viewer.on.isoformat())
        return _form(request, None, given)

    def assign(doing: Doing) -> str:
        sent = request.POST
        made = assignments.assign(
            by=doing.by,
            on=doing.on,
            viewer=viewer,
            place=_place(viewer, sent),
            who=Who(_leader(viewer, sent), sent.get("leader_post", "")[:40], _unit(viewer, sent)),
            terms=_terms(viewer, sent),
            valid_from=_day(sent.get("valid_from", "")),
        )
        messages.success(request, _("包点已安排，应走访和应开会的事项已列出。"))
        return reverse("web:assignment", args=[made.pk])

    return told_beside(request, assign, lambda refused: _form(request, None, request.POST, refused))


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Another unit, plan or rhythm."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = assignment_or_404(viewer, assignment_id)
    if request.method == "GET":
        return _form(request, row, _given(row))

    def do(doing: Doing) -> str:
        assignments.change(
            by=doing.by,
            on=doing.on,
            viewer=viewer,
            assignment=row,
            unit=_unit(viewer, request.POST),
            terms=_terms(viewer, request.POST),
        )
        messages.success(request, _("已保存。没有登记的事项按新的频次重新列出。"))
        return reverse("web:assignment", args=[row.pk])

    return told_beside(request, do, lambda refused: _form(request, row, request.POST, refused))


@requires(Permission.MANAGE_PLANS)
@require_POST
def end(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """End an assignment after a day."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = assignment_or_404(viewer, assignment_id)

    def do(doing: Doing) -> str:
        assignments.end(
            by=doing.by,
            on=doing.on,
            viewer=viewer,
            assignment=row,
            last_day=_day(request.POST.get("last_day", "")),
        )
        messages.success(request, _("包点已结束。以后到期的走访和会议不再要求。"))
        return reverse("web:assignment", args=[row.pk])

    return carry_out(request, do, lambda problem: show(request, row, problem))


def _form(
    request: HttpRequest, row: Assignment | None, given: Any, refused: Refusal | None = None
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    scope = viewer.scope_for(Permission.MANAGE_PLANS)
    context = {
        "row": row,
        "place": wording.place_of(row, wording.names_for([row])) if row else "",
        "leader": wording.leader_of(row) if row else "",
        "given": given,
        "problem": refused.zh if refused else "",
        "wrong": getattr(refused, "field", ""),
        "sites": list(places.sites_in(scope)) if row is None else [],
        "places": _places(viewer) if row is None else [],
        "leaders": queries.leaders(viewer, viewer.on) if row is None else [],
        "units": list(queries.units_to_choose(viewer)),
        "plans": list(plans_for(viewer)),
        "rhythms": wording.rhythm_choices(),
        "levels": AssignedLevel.choices,
    }
    return render(request, "web/assignments/form.html", context, status=422 if refused else 200)


def _given(row: Assignment) -> dict[str, Any]:
    return {
        "unit": str(row.unit_id or ""),
        "plan": str(row.plan_id or ""),
        "clause": row.clause,
        "visits_every": row.visits_every,
        "meetings_every": row.meetings_every,
        "level": row.level,
    }


def _places(viewer: Viewer) -> list[PlaceChoice]:
    """Towns with their villages, where the viewer assigns."""
    below = _divisions(viewer).exclude(level=Level.COUNTY)
    return [PlaceChoice(each.code, each.name, each.level) for each in below]


def _place(viewer: Viewer, sent: QueryDict) -> Division | Site:
    """The site or the division that was chosen: one of the two."""
    site, code = sent.get("site", ""), sent.get("place", "")
    if bool(site) == bool(code):
        raise DutyRefused(_("请选择一个安置点，或者一个村（社区）、乡镇。"), field="site")
    if site:
        found = places.sites_in(viewer.scope_for(Permission.MANAGE_PLANS)).filter(code=site).first()
    else:
        found = _divisions(viewer).filter(code=code).first()
    if found is None:
        raise DutyRefused(_("所选地方已不在名册中，请重新选择。"), field="site")
    return found


def _divisions(viewer: Viewer) -> QuerySet[Division]:
    here = viewer.scope_for(Permission.MANAGE_PLANS).q("code", grid=None)
    return places.divisions().filter(here, ended_on__isnull=True)


def _leader(viewer: Viewer, sent: QueryDict) -> User | None:
    username = sent.get("leader", "")
    if not username:
        return None
    found = next(
        (each for each in queries.leaders(viewer, viewer.on) if each.username == username), None
    )
    if found is None:
        raise DutyRefused(_("所选领导已不能安排，请重新选择。"), field="leader")
    return found


def _unit(viewer: Viewer, sent: QueryDict) -> Unit | None:
    number = sent.get("unit", "")
    if not number:
        return None
    found = (
        queries.units_to_choose(viewer).filter(pk=number).first() if _is_number(number) else None
    )
    if found is None:
        raise DutyRefused(_("所选单位已不在名册中，请重新选择。"), field="unit")
    return found


def _terms(viewer: Viewer, sent: QueryDict) -> Terms:
    number = sent.get("plan", "")
    plan: Plan | None = None
    if number:
        plan = plans_for(viewer).filter(pk=number).first() if _is_number(number) else None
        if plan is None:
            raise DutyRefused(_("所选方案已不在名册中，请重新选择。"), field="plan")
    return Terms(
        plan=plan,
        clause=sent.get("clause", "")[:80],
        visits_every=sent.get("visits_every", ""),
        meetings_every=sent.get("meetings_every", ""),
        level=sent.get("level", ""),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DutyRefused(_("请填写日期，例如 2023-10-08。"), field="valid_from") from None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
