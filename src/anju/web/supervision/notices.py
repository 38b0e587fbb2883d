"""Notices to units (督办、约谈、通报批评): the list, and putting one on record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.supervision import queries
from anju.supervision.actions import notices as actions
from anju.supervision.models import FoundProblem, NoticeKind, Urgency
from anju.supervision.queries.health import hidden
from anju.supervision.queries.listing import units_of_notices
from anju.web import lists
from anju.web.access import requires
from anju.web.doing import Doing
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.registers.editing.fields import Field, Input
from anju.web.supervision import choosing
from anju.web.supervision.asking import Given, Sheet, answer
from anju.web.supervision.problems import HIDDEN


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Notices, the latest first."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {"may_inspect": viewer.may(Permission.INSPECT)}
    return lists.show(request, NOTICES, template="web/supervision/notices.html", context=context)


@requires(Permission.INSPECT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put a notice on record; from a problem with what is known of that."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    problem = _about(request)
    divisions = choosing.divisions(viewer)
    places = [problem.division_code] if problem else [each.value for each in divisions[:1]]
    if not places:
        raise Http404
    back = reverse("web:supervision-notices")
    sheet = Sheet(
        title=_("登记通知"),
        back=reverse("web:problem", args=[problem.number]) if problem else back,
        back_title=problem.number if problem else _("督查通知"),
        fields=_FIELDS,
        done=_("已登记通知。"),
        button=_("登记通知"),
        choices={
            "kind": [Choice(each.value, each.label) for each in NoticeKind],
            "plan": choosing.plans(viewer),
            "urgency": [Choice(each.value, each.label) for each in Urgency],
        },
        prefill={
            "kind": NoticeKind.ORDER,
            "issued_on": viewer.on,
            **(_of_problem(viewer, problem) if problem else {}),
        },
        units=choosing.units(viewer),
        units_title=_("发往单位"),
        chosen=list(problem.units.values_list("unit_id", flat=True)) if problem else (),
        note=_("通知针对单位，不针对个人。约谈、通报批评按政策包的规则计扣分。"),
    )

    def keep(who: Doing, given: Given) -> str:
        values = {**given.values, "plan": choosing.plan_of(viewer, given.values["plan"])}
        row = actions.issue(
            by=who.by, on=who.on, viewer=viewer, division_code=places[0], units=given.units,
            problem=problem, **values,
        )  # fmt: skip
        return reverse("web:supervision-notice", args=[row.number])

    return answer(request, sheet, keep)


_FIELDS = (
    Field("kind", _("类别"), Input.CHOICE, is_required=True),
    Field("title", _("标题"), is_required=True),
    Field("words", _("内容"), Input.LONG, is_required=True, most=4000),
    Field("issued_on", _("印发日期"), Input.DATE, is_required=True),
    Field("plan", _("方案"), Input.CHOICE),
    Field("urgency", _("紧急程度"), Input.CHOICE),
    Field("copies", _("抄送机关"), most=300),
)


def _about(request: HttpRequest) -> FoundProblem | None:
    number = request.GET.get("problem", "")
    if not number:
        return None
    try:
        return queries.problem_for(request.viewer, number)  # type: ignore[attr-defined]
    except FoundProblem.DoesNotExist:
        raise Http404 from None


def _of_problem(viewer: Viewer, problem: FoundProblem) -> dict[str, str]:
    """What the problem says already; its words only to who may read them."""
    known = {"plan": str(problem.plan_id or "")}
    if not hidden(viewer, [problem]):
        known |= {"title": problem.title, "words": problem.words}
    return known


def _rows(ask: Ask) -> Rows:
    return queries.notices_for(ask.viewer).select_related("plan", "problem__household__grid")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Units, and whether what it is about may be told: two queries."""
    units = units_of_notices(ask.viewer, rows)
    secret = hidden(ask.viewer, [row.problem for row in rows if row.problem])
    for row in rows:
        row.unit_names = gettext("、").join(units.get(row.pk, []))
        is_hidden = row.problem is not None and row.problem.pk in secret
        row.title_text = HIDDEN if is_hidden else row.title
        row.words_text = HIDDEN if is_hidden else row.words


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(each.value, each.label) for each in NoticeKind]


def _by_kind(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(kind=value)


def _plans(ask: Ask) -> Sequence[Choice]:
    return choosing.plans(ask.viewer)


def _by_plan(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(plan=value)


def _problem(row: Any) -> str:
    return reverse("web:problem", args=[row.problem.number]) if row.problem else ""


def _page(row: Any) -> str:
    return reverse("web:supervision-notice", args=[row.number])


NOTICES = Register(
    id="supervision-notices",
    title=_("督查通知"),
    noun=_("份"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="supervision_notice",
    row_id=lambda row: row.number,
    empty=_("没有督办、约谈和通报批评的记录。"),
    filters=(
        Filter("kind", _("类别"), _kinds, _by_kind),
        Filter("plan", _("方案"), _plans, _by_plan),
    ),
    sorts=(Sort("latest", _("新的在前"), ("-id",)),),
    columns=(
        Column("number", _("编号"), lambda row: row.number, Kind.CODE, link=_page, fixed=True),
        Column("kind", _("类别"), lambda row: row.get_kind_display()),
        Column("title", _("标题"), lambda row: row.title_text),
        Column("units", _("发往单位"), lambda row: row.unit_names),
        Column("issued_on", _("印发日期"), lambda row: row.issued_on, Kind.DATE),
        Column("plan", _("方案"), lambda row: row.plan.short_title if row.plan else ""),
        Column(
            "problem", _("问题编号"), lambda row: row.problem.number if row.problem else "",
            Kind.CODE, link=_problem,
        ),
        Column("document", _("发文字号"), lambda row: row.document_number),
        Column("urgency", _("紧急程度"), lambda row: row.get_urgency_display()),
        Column("words", _("内容"), lambda row: row.words_text),
    ),
)  # fmt: skip
