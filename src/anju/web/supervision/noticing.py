"""Writing a notice to units: a new one, from a problem with what is known of it, or one not signed yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import unit_of
from anju.reporting.actions import notices as actions
from anju.reporting.actions.elements import Elements
from anju.reporting.actions.writing import LONGEST_REASON
from anju.reporting.queries.notices import may_change
from anju.supervision import queries
from anju.supervision.models import (
    FoundProblem,
    NoticeKind,
    Replacing,
    Supervision,
    SupervisionNotice,
)
from anju.supervision.queries.health import hidden
from anju.web.access import requires
from anju.web.doing import Doing
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input
from anju.web.reports import elements
from anju.web.reports.opened import version_of
from anju.web.supervision import choosing
from anju.web.supervision.asking import Given, Sheet, answer
from anju.web.supervision.notice import notice_or_404
from anju.web.supervision.supervision import supervision_or_404

_FIELDS = (
    Field("kind", _("类别"), Input.CHOICE, is_required=True),
    Field("title", _("标题"), is_required=True),
    Field("words", _("内容"), Input.LONG, is_required=True, most=4000),
    Field("issued_on", _("印发日期"), Input.DATE, is_required=True),
    Field("plan", _("方案"), Input.CHOICE),
    Field("copies", _("抄送机关"), most=300),
    Field(
        "on_paper", _("已在线下发文"), Input.YES_NO,
        note=_("已在线下发文的只登记，不在系统里签发和编号。"),
    ),
)  # fmt: skip


_REASON = Field(
    "replacing_reason", _("更正或撤回的原因"), Input.LONG, is_required=True, most=LONGEST_REASON
)


@requires(Permission.INSPECT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put a notice on record; from a problem with what is known of that."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    problem, supervision = _about(request), _of(request)
    named = problem or supervision
    places = [named.division_code] if named else _everywhere(viewer)
    if not places:
        raise Http404
    sheet = _sheet(
        request,
        SupervisionNotice(issuing_unit=unit_of(viewer), issued_on=viewer.on),
        Elements(),
        title=_("登记通知"),
        back=reverse("web:problem", args=[problem.number])
        if problem
        else reverse("web:supervision-notices"),
        back_title=problem.number if problem else _("督查通知"),
        done=_("已登记通知。"),
        button=_("登记通知"),
        prefill={
            "kind": NoticeKind.ORDER,
            "issued_on": viewer.on,
            **({"plan": str(supervision.plan_id or "")} if supervision else {}),
            **(_of_problem(viewer, problem) if problem else {}),
        },
        chosen=list(problem.units.values_list("unit_id", flat=True)) if problem else (),
    )

    def keep(who: Doing, given: Given) -> str:
        row = actions.draft(
            by=who.by, on=who.on, viewer=viewer, carried=elements.asked(request),
            division_code=places[0], problem=problem, supervision=supervision,
            **_said(viewer, given),
        )  # fmt: skip
        return reverse("web:supervision-notice", args=[row.number])

    return answer(request, sheet, keep)


@requires(Permission.INSPECT)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Write one anew that is not signed yet."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = notice_or_404(request, number)
    is_hidden = row.problem is not None and bool(hidden(viewer, [row.problem]))
    if is_hidden or not may_change(viewer, row):
        raise Http404
    back = reverse("web:supervision-notice", args=[number])
    sheet = _sheet(
        request,
        row,
        None,
        title=_("修改通知"),
        back=back,
        back_title=number,
        done=_("已保存；联署机关会签过的，要重新会签。"),
        button=_("保存"),
        prefill={each.name: getattr(row, each.name) for each in _fields(row)}
        | {"plan": str(row.plan_id or "")},
        chosen=list(row.units.values_list("unit_id", flat=True)),
    )

    def keep(who: Doing, given: Given) -> str:
        actions.change(
            by=who.by, on=who.on, viewer=viewer, notice=row, version=version_of(request),
            carried=elements.asked(request), **_said(viewer, given),
        )  # fmt: skip
        return back

    return answer(request, sheet, keep)


def _sheet(
    request: HttpRequest,
    row: SupervisionNotice,
    carried: Elements | None,
    *,
    chosen: Sequence[int],
    prefill: dict[str, Any],
    **said: Any,
) -> Sheet:
    """The form; `carried` is what the document carries so far, None for what the row says."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    typed = elements.asked(request) if request.method == "POST" else carried
    return Sheet(
        fields=_fields(row),
        choices={
            "kind": [Choice(each.value, each.label) for each in NoticeKind],
            "plan": choosing.plans(viewer),
        },
        prefill=prefill,
        units=choosing.units(viewer),
        units_title=_("发往单位"),
        chosen=chosen,
        note=_("通知针对单位，不针对个人。约谈、通报批评按政策包的规则计扣分。"),
        template="web/supervision/notice_form.html",
        context={"elements": elements.form(viewer, row, typed), "version": row.version},
        **said,
    )


def _fields(row: SupervisionNotice) -> tuple[Field, ...]:
    """What is asked of a notice: of one that replaces another also why; a withdrawal needs no words."""
    if not row.replacing:
        return _FIELDS
    withdraws = row.replacing == Replacing.WITHDRAWAL
    asked = [
        replace(each, is_required=False) if withdraws and each.name == "words" else each
        for each in _FIELDS
    ]
    return (_REASON, *asked)


def _said(viewer: Viewer, given: Given) -> dict[str, Any]:
    plan = choosing.plan_of(viewer, given.values["plan"])
    return {**given.values, "plan": plan, "units": given.units}


def _everywhere(viewer: Viewer) -> list[str]:
    """The widest place the viewer inspects; nothing for who inspects none."""
    return [each.value for each in choosing.divisions(viewer)[:1]]


def _of(request: HttpRequest) -> Supervision | None:
    """The inspection that the address names."""
    number = request.GET.get("supervision", "")
    return supervision_or_404(request, number) if number else None


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
