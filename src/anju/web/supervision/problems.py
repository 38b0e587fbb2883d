"""Problems as a list (问题清单), and what units did about them (整改清单)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.lights import Light, light
from anju.duties.queries import units_for
from anju.duties.queries.limits import warning_days
from anju.places import queries as places
from anju.supervision import queries
from anju.supervision.models import (
    FoundProblem,
    ProblemSource,
    ProblemState,
    RectificationState,
    Seriousness,
)
from anju.supervision.queries import desk
from anju.supervision.queries.listing import of_problems
from anju.web import lists
from anju.web.access import requires
from anju.web.casework.columns import due_filter, left_in_words
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village
from anju.web.lists.spans import span
from anju.web.supervision import choosing

HIDDEN = _("健康类（按岗位不显示细节）")


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Problems, filtered by the address; without more those that are open."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {"may_inspect": viewer.may(Permission.INSPECT)}
    return lists.show(request, PROBLEMS, template="web/supervision/problems.html", context=context)


@requires(Permission.VIEW_DUTIES)
@require_GET
def rectifications(request: HttpRequest) -> HttpResponseBase:
    """One line for each unit of each problem, with what it did last."""
    return lists.show(request, RECTIFICATIONS, template="web/supervision/rectifications.html")


def shown_problems(viewer: Viewer, rows: QuerySet[FoundProblem]) -> list[FoundProblem]:
    """Problems of a page, with what may be told of them."""
    found = list(rows.select_related("household__grid", "plan"))
    add_words(viewer, found, viewer.on)
    return found


def add_words(viewer: Viewer, rows: Sequence[Any], on: date) -> None:
    """Units, light, days left and title (where it may be told) of problems; five queries at most."""
    known = of_problems(viewer, rows)
    names = places.names([row.division_code for row in rows])
    warn = warning_days(on)
    for row in rows:
        about = known[row.pk]
        is_closed = row.state == ProblemState.CLOSED
        row.place_name = names.village(row.division_code) or row.division_code
        row.unit_names = gettext("、").join(about.units)
        row.is_hidden = about.is_hidden
        row.title_text = HIDDEN if about.is_hidden else row.title
        row.words_text = HIDDEN if about.is_hidden else row.words
        row.light = light(row.due_on, on, is_closed, warn)
        row.is_late = row.light == Light.RED
        row.left = "" if is_closed else left_in_words(row.due_on, on)
        row.latest = about.latest


def _rows(ask: Ask) -> Rows:
    """Those that are open, unless another standing is asked for."""
    rows = queries.problems_for(ask.viewer).select_related(
        "household__grid", "plan", "task", "indicator"
    )
    standing = ask.chosen("standing")
    if standing == "mine":
        mine = desk.to_rectify(ask.viewer).order_by()
        return rows.filter(pk__in=mine.values("pk"))
    if standing == "check":
        return rows.filter(pk__in=desk.to_check(ask.viewer).order_by().values("problem"))
    if standing == "all":
        return rows
    if standing == "closed":
        return rows.filter(state=ProblemState.CLOSED)
    return rows.exclude(state=ProblemState.CLOSED)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    add_words(ask.viewer, rows, ask.on)


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    """By number, or words of the title where those may be told."""
    return Found(rows.filter(Q(number=text) | Q(title__contains=text, about_health=False)))


def _standings(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("mine", _("待本单位整改")),
        Choice("check", _("待我复核")),
        Choice("closed", _("已销号")),
        Choice("all", _("全部")),
    ]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


def _choices(kind: Any) -> Any:
    def choices(ask: Ask) -> Sequence[Choice]:
        return [Choice(each.value, each.label) for each in kind]

    return choices


def _by(field: str) -> Any:
    def apply(rows: Rows, value: str, ask: Ask) -> Rows:
        return rows.filter(**{field: value})

    return apply


def _plans(ask: Ask) -> Sequence[Choice]:
    return choosing.plans(ask.viewer)


def _units(ask: Ask) -> Sequence[Choice]:
    found = units_for(ask.viewer).order_by("division_code", "name")
    return [Choice(str(pk), name) for pk, name in found.values_list("pk", "name")]


def problem_link(row: Any) -> str:
    """The page of a problem."""
    return reverse("web:problem", args=[row.number])


def _household(row: Any) -> str:
    return reverse("web:household", args=[row.household.code]) if row.household else ""


PROBLEMS = Register(
    id="supervision-problems",
    title=_("问题清单"),
    noun=pgettext_lazy("problems", "个"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="supervision_problem",
    row_id=lambda row: row.number,
    empty=_("没有待整改的问题。督查、审计、群众反映的问题在这里登记和销号。"),
    search=Search(_("问题编号、名称"), _search),
    filters=(
        Filter("standing", _("进展"), _standings, _unchanged, _("未销号")),
        Filter("state", _("状态"), _choices(ProblemState), _by("state")),
        due_filter("due_on"),
        Filter("unit", _("整改单位"), _units, _by("units__unit")),
        Filter("plan", _("方案"), _plans, _by("plan")),
        Filter("seriousness", _("程度"), _choices(Seriousness), _by("seriousness")),
        Filter("source", _("来源"), _choices(ProblemSource), _by("source")),
        town("division_code"),
        village("division_code"),
        span("found", _("发现时间"), "found_on"),
        span("closed", _("销号时间"), "closed_on"),
    ),
    sorts=(
        Sort("due", _("按整改期限"), ("due_on", "id")),
        Sort("latest", _("新的在前"), ("-id",)),
    ),
    columns=(
        Column(
            "number", _("问题编号"), lambda row: row.number, Kind.CODE, link=problem_link,
            fixed=True,
        ),
        Column("title", _("问题"), lambda row: row.title_text),
        Column("words", _("具体情况"), lambda row: row.words_text, shown=False),
        Column("units", _("整改单位"), lambda row: row.unit_names),
        Column("place", _("所在地"), lambda row: row.place_name),
        Column(
            "household", _("户编码"), lambda row: row.household.code if row.household else "",
            Kind.CODE, link=_household, shown=False,
        ),
        Column("plan", _("方案"), lambda row: row.plan.short_title if row.plan else ""),
        Column("clause", _("条款"), lambda row: row.clause, shown=False),
        Column("task", _("任务"), lambda row: row.task.number if row.task else "", shown=False),
        Column("indicator", _("指标"), lambda row: row.indicator.name if row.indicator else "", shown=False),
        Column("source", _("来源"), lambda row: row.get_source_display(), shown=False),
        Column("seriousness", _("程度"), lambda row: row.get_seriousness_display()),
        Column("found_on", _("发现日期"), lambda row: row.found_on, Kind.DATE),
        Column("due_on", _("整改期限"), lambda row: row.due_on, Kind.DATE),
        Column("light", _("进度灯"), lambda row: row.light, Kind.LIGHT),
        Column("left", _("剩余时间"), lambda row: row.left),
        Column("state", _("状态"), lambda row: row.get_state_display()),
        Column("round", _("第几轮整改"), lambda row: row.round, Kind.NUMBER, shown=False),
        Column("closed_on", _("销号日期"), lambda row: row.closed_on or "", Kind.DATE),
    ),
)  # fmt: skip


def _unit_rows(ask: Ask) -> Rows:
    rows = queries.units_of_problems(ask.viewer).filter(unit__in=units_for(ask.viewer))
    if ask.chosen("standing") != "all":
        rows = rows.exclude(problem__state=ProblemState.CLOSED)
    return rows


def _prepare_units(rows: Sequence[Any], ask: Ask) -> None:
    problems = {row.problem_id: row.problem for row in rows}
    add_words(ask.viewer, list(problems.values()), ask.on)
    for row in rows:
        problem = problems[row.problem_id]
        told = problem.latest.get(row.unit_id)
        row.problem, row.number, row.told = problem, problem.number, told
        is_told = told is not None and not problem.is_hidden
        row.words = told.words if is_told else HIDDEN if told else ""
        row.check_note = told.check_note if is_told else ""


def _told(field: str) -> Any:
    def value(row: Any) -> Any:
        return getattr(row.told, field) or "" if row.told else ""

    return value


def _told_state(row: Any) -> Any:
    if row.told is None:
        return gettext("待整改")
    return RectificationState(row.told.state).label


def _open_or_all(ask: Ask) -> Sequence[Choice]:
    return [Choice("all", _("全部"))]


RECTIFICATIONS = Register(
    id="supervision-rectifications",
    title=_("整改清单"),
    noun=_("条"),
    rows=_unit_rows,
    prepare=_prepare_units,
    audit_kind="supervision_problem",
    row_id=lambda row: row.problem.number,
    empty=_("没有要整改的问题。"),
    filters=(
        Filter("standing", _("进展"), _open_or_all, _unchanged, _("未销号")),
        Filter("unit", _("整改单位"), _units, _by("unit")),
        Filter("plan", _("方案"), _plans, _by("problem__plan")),
        due_filter("problem__due_on"),
    ),
    sorts=(Sort("due", _("按整改期限"), ("problem__due_on", "id")),),
    columns=(
        Column(
            "number", _("问题编号"), lambda row: row.problem.number, Kind.CODE, link=problem_link,
            fixed=True,
        ),
        Column("title", _("问题"), lambda row: row.problem.title_text),
        Column("unit", _("整改单位"), lambda row: row.unit.name),
        Column("due_on", _("整改期限"), lambda row: row.problem.due_on, Kind.DATE),
        Column("light", _("进度灯"), lambda row: row.problem.light, Kind.LIGHT),
        Column("words", _("整改情况"), lambda row: row.words),
        Column("submitted_on", _("报送日期"), _told("submitted_on"), Kind.DATE),
        Column("state", _("状态"), _told_state),
        Column("checked_on", _("复核日期"), _told("checked_on"), Kind.DATE),
        Column("check_note", _("复核意见"), lambda row: row.check_note),
        Column("closed_on", _("销号日期"), lambda row: row.problem.closed_on or "", Kind.DATE),
    ),
)  # fmt: skip
