"""Notices to units (督办、约谈、通报批评) as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.reporting.queries.notices import notices_for
from anju.supervision.models import OUT, REPLACED, NoticeKind
from anju.supervision.queries.health import hidden
from anju.supervision.queries.listing import units_of_notices
from anju.web import lists
from anju.web.access import requires
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.reports.standing import standing, standings
from anju.web.supervision import choosing
from anju.web.supervision.problems import HIDDEN


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Notices, the latest first."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {"may_inspect": viewer.may(Permission.INSPECT)}
    return lists.show(request, NOTICES, template="web/supervision/notices.html", context=context)


def _rows(ask: Ask) -> Rows:
    return notices_for(ask.viewer).select_related("plan", "problem__household__grid", "replacement")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Units, and whether what it is about may be told: two queries."""
    units = units_of_notices(ask.viewer, rows)
    secret = hidden(ask.viewer, [row.problem for row in rows if row.problem])
    for row in rows:
        row.unit_names = gettext("、").join(units.get(row.pk, []))
        is_hidden = row.problem is not None and row.problem.pk in secret
        row.title_text = HIDDEN if is_hidden else row.title
        row.standing = standing(row)
        row.words_text = HIDDEN if is_hidden else row.words


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(each.value, each.label) for each in NoticeKind]


def _by_kind(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(kind=value)


def _plans(ask: Ask) -> Sequence[Choice]:
    return choosing.plans(ask.viewer)


def _by_plan(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(plan=value)


def _by_standing(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(REPLACED) if value == "replaced" else rows.filter(OUT).exclude(REPLACED)


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
        Filter("standing", _("效力"), standings, _by_standing),
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
        Column("standing", _("效力"), lambda row: row.standing, Kind.CODE),
        Column("replacing", _("替代方式"), lambda row: row.get_replacing_display(), shown=False),
        Column("urgency", _("紧急程度"), lambda row: row.get_urgency_display()),
        Column("words", _("内容"), lambda row: row.words_text),
    ),
)  # fmt: skip
