"""Staged acceptance of a plan: what each stage needs, whether it is there, and how it went."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Plan
from anju.duties.queries import plan_for
from anju.language import in_language
from anju.supervision.actions import acceptance as actions
from anju.supervision.models import AcceptanceResult
from anju.supervision.queries import acceptance as queries
from anju.supervision.queries.acceptance import Check, StageStanding
from anju.web import lights, words
from anju.web.access import requires
from anju.web.casework.columns import left_in_words
from anju.web.doing import Doing
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input
from anju.web.supervision.asking import Given, Sheet, answer
from anju.web.supervision.wording import NEEDS, STANDING_CLASSES, STANDINGS, basis


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Plans whose pack has stages, each with how far it is."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plans = []
    for plan in queries.plans_with_stages(viewer):
        stages = queries.stages_of(viewer, plan, viewer.on, with_checks=False)
        following = next((each for each in stages if not each.is_passed), None)
        plans.append(
            (plan, sum(each.is_passed for each in stages), len(stages), _told(following, viewer))
        )
    return render(request, "web/supervision/acceptances.html", {"plans": plans})


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The stages of one plan."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plan = _plan(viewer, plan_id)
    stages = queries.stages_of(viewer, plan, viewer.on)
    if not stages:
        raise Http404
    people = accounts.names_of({row.recorded_by for each in stages for row in each.records})
    context = {
        "plan": plan,
        "stages": [_told(each, viewer, people, plan) for each in stages],
        "may_record": viewer.scope_for(Permission.INSPECT).is_county_wide,
    }
    return render(request, "web/supervision/acceptance.html", context)


@requires(Permission.INSPECT)
@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, plan_id: int, stage_id: str) -> HttpResponse:
    """Write down how a stage went."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plan = _plan(viewer, plan_id)
    found = {each.stage.id: each for each in queries.stages_of(viewer, plan, viewer.on)}
    if stage_id not in found:
        raise Http404
    back = reverse("web:acceptance", args=[plan.pk])
    told = _told(found[stage_id], viewer, plan=plan)
    sheet = Sheet(
        title=told["name"],
        back=back,
        back_title=plan.short_title,
        fields=_FIELDS,
        done=_("已登记验收结果。"),
        button=_("登记结果"),
        choices={"result": [Choice(each.value, each.label) for each in AcceptanceResult]},
        prefill={"held_on": viewer.on},
        has_files=True,
        note=_("系统只核对有记录的事项；未达到而仍然通过的，请在情况说明里写明原因。"),
        template="web/supervision/stage.html",
        context={"told": told},
    )

    def keep(who: Doing, given: Given) -> str:
        actions.record(
            by=who.by, on=who.on, viewer=viewer, plan=plan, stage=stage_id, files=given.files,
            **given.values,
        )  # fmt: skip
        return back

    return answer(request, sheet, keep)


_FIELDS = (
    Field("held_on", _("办理日期"), Input.DATE, is_required=True),
    Field("result", _("结果"), Input.CHOICE, is_required=True),
    Field("words", _("情况说明"), Input.LONG, is_required=True, most=4000),
)


def _plan(viewer: Viewer, plan_id: int) -> Plan:
    try:
        return plan_for(viewer, plan_id)
    except Plan.DoesNotExist:
        raise Http404 from None


def _told(
    standing: StageStanding | None,
    viewer: Viewer,
    people: dict[str, str] | None = None,
    plan: Plan | None = None,
) -> dict[str, Any]:
    """A stage in words, with its checks and records."""
    if standing is None:
        return {}
    found = standing.stage
    return {
        "id": found.id,
        "name": in_language(found.name, found.name_en),
        "acts": in_language(found.acts, found.acts_en),
        "basis": basis(found.basis),
        "due_on": standing.due_on,
        "left": "" if standing.is_passed else left_in_words(standing.due_on, viewer.on),
        "badge": lights.badge(standing.light),
        "is_passed": standing.is_passed,
        "may_begin": standing.may_begin,
        "checks": [_check(each, plan) for each in standing.checks],
        "records": [
            (
                row,
                words.user(row.recorded_by, (people or {}).get(row.recorded_by, "")),
                [_check(Check(**each)) for each in row.checks],
            )
            for row in standing.records
        ],
    }


_LISTS = {
    "tasks_done": "web:tasks",
    "problems_closed": "web:problems",
    "indicators_reached": "web:indicators",
    "villages_reached": "web:village-classes",
}


def _check(each: Check, plan: Plan | None = None) -> dict[str, Any]:
    """A check in words; of today (`plan` given) with the list it was counted in."""
    name = _LISTS.get(each.need) if plan else None
    return {
        "address": f"{reverse(name)}?plan={plan.pk}" if name and plan else "",
        "need": NEEDS[each.need],
        "standing": STANDINGS[each.standing],
        "css": STANDING_CLASSES[each.standing],
        "words": each.words,
    }
