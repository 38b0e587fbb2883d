"""Office names: which units they mean, settled once for all plans."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties.actions import offices as actions
from anju.duties.models import Plan, UnitRole
from anju.duties.office_names import Group
from anju.duties.queries import offices as queries
from anju.duties.queries.moving import Answering, Moving
from anju.duties.queries.moving import moving as tasks_moving
from anju.duties.queries.offices import NameInUse
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.plans.plan import plan_or_404

_BETWEEN = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True)
class Line:
    """One name on the page: what was typed or suggested, and what is wrong with it."""

    used: NameInUse
    typed: str
    problem: str = ""
    is_suggested: bool = False


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Names in use, of one plan or all, those that are not settled first with what they may mean."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.scope_for(Permission.MANAGE_PLANS).is_county_wide:
        raise PermissionDenied  # names mean the same units in every plan of the county
    chosen = request.GET.get("plan", "")
    plan = plan_or_404(request, int(chosen)) if chosen.isdecimal() and len(chosen) < 10 else None
    units = queries.units_by_name()
    problems: Mapping[str, str] = {}
    typed: Mapping[str, str] = {}
    if request.method == "POST":
        typed = dict(zip(request.POST.getlist("name"), request.POST.getlist("units"), strict=False))
        names, problems = _resolved(typed, units)
        moves = tasks_moving(names)
        if names and moves and not problems and "confirmed" not in request.POST:
            return _moves(request, plan, typed, moves, units)
        if names:
            try:
                actions.settle(
                    by=viewer.actor(address_of(request)),
                    on=timezone.localdate(),
                    viewer=viewer,
                    names=names,
                    moved=_chosen(request),
                )
            except Refusal as refused:
                if "confirmed" in request.POST:
                    return _moves(request, plan, typed, tasks_moving(names), units, refused.zh)
                messages.error(request, refused.zh)
            else:
                words = ngettext("已对照 %(n)s 个名称。", "已对照 %(n)s 个名称。", len(names))
                messages.success(request, words % {"n": len(names)})
        if not problems:
            query = f"?plan={plan.pk}" if plan else ""
            return HttpResponseRedirect(reverse("web:plan-offices") + query)
    lines = [
        _line(each, units, typed.get(each.name), problems.get(each.name, ""))
        for each in queries.names_in_use(plan)
    ]
    context = {
        "plan": plan,
        "waiting": [each for each in lines if each.used.settled is None or each.problem],
        "settled": [each for each in lines if each.used.settled is not None and not each.problem],
        "units": list(units),
        "groups": [str(each) for each in group_words().values()],
        "may_make_units": viewer.may(Permission.MANAGE_USERS),
    }
    return render(request, "web/plans/offices.html", context, status=422 if problems else 200)


def _moves(
    request: HttpRequest,
    plan: Plan | None,
    typed: Mapping[str, str],
    moves: Sequence[Moving],
    units: Mapping[str, Unit],
    problem: str = "",
) -> HttpResponse:
    """Before a name means other units: which tasks would move, to be chosen."""
    names = {unit.pk: unit.name for unit in units.values()}
    context = {
        "plan": plan,
        "typed": typed.items(),
        "moves": [
            (each, _said(each.now, names), _said(each.wanted, names), not each.is_by_hand)
            for each in moves
        ],
        "problem": problem,
    }
    return render(request, "web/plans/resettle.html", context, status=422 if problem else 200)


def _said(answering: Answering, names: Mapping[int, str]) -> str:
    """牵头：县人社局；配合：县财政局."""
    found: dict[str, list[str]] = {}
    for unit, role in sorted(answering, key=lambda each: names.get(each[0], "")):
        found.setdefault(role, []).append(names.get(unit, ""))
    parts = [f"{role.label}：{'、'.join(found[role])}" for role in UnitRole if role in found]
    return "；".join(parts)


def _chosen(request: HttpRequest) -> dict[str, int]:
    """Tasks ticked, with the version each had on the page; none when only the name is kept."""
    if "only" in request.POST:
        return {}
    sent = (each.rpartition(":") for each in request.POST.getlist("task"))
    return {
        number: int(seen) for number, _colon, seen in sent if seen.isdecimal() and len(seen) < 9
    }


def group_words() -> dict[Group, str]:
    """What is typed for all towns, all villages, nobody in particular."""
    return {
        Group.TOWNS: _("全部乡镇"),
        Group.VILLAGES: _("全部村（社区）"),
        Group.NOBODY: _("不针对具体单位"),
    }


def _resolved(
    typed: Mapping[str, str], units: Mapping[str, Unit]
) -> tuple[dict[str, list[Unit]], dict[str, str]]:
    """Names with their units, and what is wrong with the others; empty fields are left for later."""
    names: dict[str, list[Unit]] = {}
    problems: dict[str, str] = {}
    groups = {words: group for group, words in group_words().items()}
    for name, text in typed.items():
        given = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        unknown = [part for part in given if part not in units and part not in groups]
        if unknown:
            problems[name] = _("没有叫“%(name)s”的单位。") % {"name": "、".join(unknown)}
        elif given:
            found = {
                unit.pk: unit
                for part in given
                for unit in (
                    queries.units_of_group(groups[part]) if part in groups else [units[part]]
                )
            }
            if not found and any(groups.get(part) not in (None, Group.NOBODY) for part in given):
                problems[name] = _("还没有登记这一类单位。")
                continue
            names[name] = list(found.values())
    return names, problems


def _line(used: NameInUse, units: Mapping[str, Unit], typed: str | None, problem: str) -> Line:
    if typed is not None and problem:
        return Line(used, typed, problem)
    if used.settled is not None:
        return Line(used, _words(used.units, units))
    hint = used.suggestion
    if hint is None:
        return Line(used, "")
    if hint.group is not None:
        return Line(used, group_words()[hint.group], is_suggested=True)
    wanted = set(hint.units)
    found = [unit for unit in units.values() if unit.pk in wanted]
    return Line(used, _words(found, units), is_suggested=True)


def _words(meant: Sequence[Unit], units: Mapping[str, Unit]) -> str:
    """Units by name; all of a kind by one word, none by the word for nobody in particular."""
    wanted = {unit.pk for unit in meant}
    for group, kind in queries.KINDS.items():
        if len(wanted) > 1 and wanted == {each.pk for each in units.values() if each.kind == kind}:
            return group_words()[group]
    return "、".join(unit.name for unit in meant) or group_words()[Group.NOBODY]
