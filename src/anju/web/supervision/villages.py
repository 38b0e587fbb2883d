"""Classes of villages under a plan: which are in which, what each must meet, how goals stand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Plan
from anju.duties.queries import plan_for
from anju.language import in_language
from anju.places import queries as places
from anju.places.models import Division
from anju.supervision import books
from anju.supervision import queries as supervision
from anju.supervision.actions import villages as actions
from anju.supervision.book_model import ClassOfVillages
from anju.supervision.queries import villages as queries
from anju.supervision.queries.villages import GoalStanding
from anju.supervision.refusals import SupervisionRefused
from anju.web import lists, words
from anju.web.access import requires
from anju.web.doing import Doing, carry_out
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town
from anju.web.registers.editing.fields import Field, Input, Wrong
from anju.web.supervision.wording import basis

_DAY = Field("day", _("日期"), Input.DATE, is_required=True)


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Villages with their classes under one plan; the goals of the plan above."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plans = queries.plans_with_classes(viewer)
    if not plans:
        return render(request, "web/supervision/no_villages.html")
    wanted = request.GET.get("plan", "")
    plan = next((each for each in plans if str(each.pk) == wanted), None)
    if plan is None:
        asked = request.GET.copy()
        asked["plan"] = str(plans[0].pk)
        return HttpResponseRedirect(f"?{asked.urlencode()}")
    context = {
        "plan": plan,
        "plans": plans,
        "goals": [_goal(each, plan) for each in queries.goals(viewer, plan, viewer.on)],
        "classes": books.book_of_plan(plan).village_classes,
    }
    return lists.show(
        request,
        VILLAGES,
        template="web/supervision/villages.html",
        given={"plan": plan},
        context=context,
    )


@requires(Permission.VIEW_DUTIES)
@require_http_methods(["GET", "POST"])
def village(request: HttpRequest, plan_id: int, code: str) -> HttpResponse:
    """One village: its classes over time, the standards of its class, whether they are reached."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        plan = plan_for(viewer, plan_id)
        place = places.villages_in(viewer.scope_for(Permission.VIEW_DUTIES)).get(code=code)
    except (Plan.DoesNotExist, Division.DoesNotExist):
        raise Http404 from None
    if not books.book_of_plan(plan).village_classes:
        raise Http404
    if request.method == "POST":
        return carry_out(
            request,
            lambda who: _keep(request, who, plan, code),
            lambda refused: _village(request, plan, place, refused),
        )
    return _village(request, plan, place)


def _keep(request: HttpRequest, who: Doing, plan: Plan, code: str) -> str:
    """Put it into a class, or write down that it reached the standard."""
    post = request.POST
    try:
        day = _DAY.read(post.get("day", ""))
    except Wrong as wrong:
        raise SupervisionRefused(str(wrong)) from None
    told = post.get("words", "")[:2000]
    if post.get("what") == "attain":
        actions.attain(
            by=who.by, on=who.on, viewer=who.viewer, plan=plan, division_code=code,
            code=post.get("code", ""), met=post.getlist("met"), reached_on=day, words=told,
        )  # fmt: skip
        messages.success(request, gettext("已认定达标。"))
    else:
        actions.classify(
            by=who.by, viewer=who.viewer, plan=plan, division_code=code,
            code=post.get("code", ""), basis=told[:160], valid_from=day,
        )  # fmt: skip
        messages.success(request, gettext("已登记分类。"))
    return reverse("web:village-class", args=[plan.pk, code])


def _village(request: HttpRequest, plan: Plan, place: Division, problem: str = "") -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    book = books.book_of_plan(plan)
    history = list(queries.history_of(viewer, plan, place.code))
    now = next((each for each in history if each.valid_to is None), None)
    reached = list(queries.attainments(viewer, plan).filter(division_code=place.code))
    names = places.names([place.code])
    people = accounts.names_of({each.recorded_by for each in history})
    context = {
        "plan": plan,
        "place": place,
        "place_name": names.village(place.code) or place.name,
        "classes": [(each.id, _name(each)) for each in book.village_classes],
        "history": [
            (
                each,
                _class_name(plan, each.code),
                words.user(each.recorded_by, people.get(each.recorded_by, "")),
            )
            for each in history
        ],
        "now": now,
        "standards": [_standards(each, request) for each in book.village_classes],
        "reached": [(each, _class_name(plan, each.code)) for each in reached],
        "reached_codes": {each.code for each in reached},
        "may_act": supervision.may_inspect(viewer, place.code),
        "typed": request.POST if request.POST.get("what") == "classify" else {},
        "today": viewer.on,
        "problem": problem,
    }  # fmt: skip
    return render(request, "web/supervision/village.html", context, status=422 if problem else 200)


def _name(found: ClassOfVillages) -> str:
    return in_language(found.name, found.name_en)


def _class_name(plan: Plan, code: str) -> str:
    found = books.book_of_plan(plan).village_class(code)
    return _name(found) if found else code


def _standards(found: ClassOfVillages, request: HttpRequest) -> dict[str, Any]:
    """What a class asks for, with what was ticked and written where that was refused."""
    post = request.POST
    is_sent = post.get("what") == "attain" and post.get("code") == found.id
    met = set(post.getlist("met")) if is_sent else set()
    return {
        "id": found.id,
        "name": _name(found),
        "rows": [
            (each.id, in_language(each.zh, each.en), basis(each.basis), each.id in met)
            for each in found.standards
        ],
        "day": post.get("day", "") if is_sent else "",
        "words": post.get("words", "") if is_sent else "",
    }


def _goal(each: GoalStanding, plan: Plan) -> dict[str, Any]:
    """A goal in words: what by when, how many of how many, met or not."""
    is_share = each.goal.counts == "share"
    return {
        "name": in_language(each.indicator.name, each.indicator.name_en),
        "class": _class_name(plan, each.goal.village_class),
        "by": each.target.by,
        "target": _percent(each.target.value) if is_share else f"{each.target.value:f}",
        "value": _percent(each.value) if is_share else f"{each.reached:,}",
        "counted": gettext("%(reached)s / %(of)s 个村") % {"reached": each.reached, "of": each.of},
        "is_met": each.is_met,
        "basis": basis(each.target.basis),
    }


def _percent(share: Decimal | None) -> str:
    return str(words.UNKNOWN) if share is None else f"{share * 100:.0f}%"


def _rows(ask: Ask) -> Rows:
    rows = places.villages_in(ask.viewer.scope_for(Permission.VIEW_DUTIES))
    wanted = ask.chosen("class")
    if not wanted:
        return rows
    held = queries.classes_on(ask.viewer, ask.given["plan"], ask.on)
    if wanted == "none":
        return rows.exclude(code__in=held.values("division_code"))
    return rows.filter(code__in=held.filter(code=wanted).values("division_code"))


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names, classes, and days on which standards were reached: three queries."""
    plan, codes = ask.given["plan"], [row.code for row in rows]
    names = places.names(codes)
    held = queries.classes_on(ask.viewer, plan, ask.on).filter(division_code__in=codes)
    classes = {each.division_code: each for each in held}
    reached = queries.attainments(ask.viewer, plan).filter(division_code__in=codes)
    days = {(each.division_code, each.code): each.reached_on for each in reached}
    for row in rows:
        found = classes.get(row.code)
        row.place_name = names.village(row.code) or row.name
        row.link = reverse("web:village-class", args=[plan.pk, row.code])
        row.class_name = _class_name(plan, found.code) if found else ""
        row.since, row.basis = (found.valid_from, found.basis) if found else ("", "")
        row.reached = days.get((row.code, found.code), "") if found else ""
        row.model = days.get((row.code, "model"), "")


def _classes(ask: Ask) -> Sequence[Choice]:
    found = books.book_of_plan(ask.given["plan"]).village_classes
    return [*(Choice(each.id, _name(each)) for each in found), Choice("none", _("未分类"))]


def _plans(ask: Ask) -> Sequence[Choice]:
    return [Choice(str(p.pk), p.short_title) for p in queries.plans_with_classes(ask.viewer)]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # the view, or `_rows`, has read it


VILLAGES = Register(
    id="village-classes",
    title=_("村庄分类"),
    noun=_("个村"),
    rows=_rows,
    prepare=_prepare,
    empty=_("没有村（社区）。"),
    filters=(
        Filter("plan", _("方案"), _plans, _unchanged),
        Filter("class", _("类别"), _classes, _unchanged),
        narrowing.behind("village-classes"),
        town("code"),
    ),
    sorts=(Sort("place", _("按村"), ("code",)),),
    columns=(
        Column(
            "place", _("村（社区）"), lambda row: row.place_name, link=lambda row: row.link,
            fixed=True,
        ),
        Column("class", _("类别"), lambda row: row.class_name),
        Column("since", _("起始日期"), lambda row: row.since, Kind.DATE),
        Column("basis", _("分类依据"), lambda row: row.basis),
        Column("reached", _("本类达标日期"), lambda row: row.reached, Kind.DATE),
        Column("model", _("达到示范标准日期"), lambda row: row.model, Kind.DATE),
    ),
)  # fmt: skip
