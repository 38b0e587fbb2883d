"""自主申报: what households sent in; matched to a household, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.refusal import Refusal
from anju.casework.actions import self_reports as actions
from anju.casework.models import SelfReport
from anju.casework.queries import self_reports as queries
from anju.casework.risks import CASE_RISKS
from anju.places import queries as places
from anju.registry import queries as registry
from anju.registry.models import Household
from anju.web import lists, words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.doing import Doing, carry_out
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village
from anju.web.open.report import DIFFICULTIES

_SHOWN = 20
_DONE, _ALL = "done", "all"


@requires(Permission.REPORT_LEADS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Reports of the viewer's villages; without a state those that wait."""
    return lists.show(request, SELF_REPORTS)


@requires(Permission.REPORT_LEADS)
@require_GET
def page(request: HttpRequest, report_id: int) -> HttpResponse:
    """What somebody wrote, and the households it may be about."""
    report = _report(request, report_id)
    record(
        by=request.viewer.actor(address_of(request)),  # type: ignore[attr-defined]
        action="self_report.read",
        kind="self_report",
        ids=[report.reference],
        place=report.village_code,
    )
    return _shown(request, report)


@requires(Permission.REPORT_LEADS)
@require_POST
def take_up(request: HttpRequest, report_id: int) -> HttpResponse:
    """It is of this household: make it a source of a lead."""
    report = _report(request, report_id)

    def do(doing: Doing) -> str:
        household = _household(doing.viewer, request.POST.get("household", ""))
        lead = actions.take_up(
            by=doing.by,
            on=doing.on,
            viewer=doing.viewer,
            report=report,
            household=household,
            risk=request.POST.get("risk", ""),
        )
        messages.success(request, gettext("已受理，申报成为这户的线索。"))
        return reverse("web:lead", args=[lead.pk])

    return _done(request, report, do)


@requires(Permission.REPORT_LEADS)
@require_POST
def refuse(request: HttpRequest, report_id: int) -> HttpResponse:
    """It is not taken up, with a reason that the sender can read."""
    report = _report(request, report_id)

    def do(doing: Doing) -> str:
        actions.refuse(
            by=doing.by,
            on=doing.on,
            viewer=doing.viewer,
            report=report,
            reason=request.POST.get("reason", "")[:200],
        )
        messages.success(request, gettext("已记为不受理，申报人凭回执编号可以看到理由。"))
        return reverse("web:self-reports")

    return _done(request, report, do)


@requires(Permission.REPORT_LEADS)
@require_POST
def phone(request: HttpRequest, report_id: int) -> HttpResponse:
    """The number to call back, once; every look is in the audit trail."""
    report = _report(request, report_id)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    by = viewer.actor(address_of(request))
    return _shown(request, report, phone=actions.phone_of(by=by, viewer=viewer, report=report))


def _done(request: HttpRequest, report: SelfReport, do: Callable[[Doing], str]) -> HttpResponse:
    """Refused, the report as it is now, with the reason."""

    def again(problem: str) -> HttpResponse:
        return _shown(request, _report(request, report.pk), problem=problem)

    return carry_out(request, do, again)


def _report(request: HttpRequest, report_id: int) -> SelfReport:
    try:
        return queries.self_report_for(request.viewer, report_id)  # type: ignore[attr-defined]
    except SelfReport.DoesNotExist:
        raise Http404 from None


def _household(viewer: Viewer, code: str) -> Household:
    try:
        return registry.household_for(viewer, code)
    except Household.DoesNotExist:
        raise _NoneChosen(gettext("请选择申报的是哪一户。")) from None


class _NoneChosen(Refusal):
    """No household was chosen."""


def _shown(
    request: HttpRequest, report: SelfReport, *, problem: str = "", phone: str | None = None
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    wanted = (request.GET.get("name") or request.POST.get("name") or "").strip()[:60]
    homes: list[Household] = []
    if report.handled_on is None:
        match = queries.candidates(viewer, report, wanted)
        homes = list(match.households.select_related("grid").order_by("code")[:_SHOWN])
    code = report.village_code
    context = {
        "report": report,
        "place_name": places.names([code]).village(code) or code,
        "difficulty": DIFFICULTIES.get(report.risk, report.risk),
        "risks": [(each, words.risk(each)) for each in CASE_RISKS],
        "risk": request.POST.get("risk", report.risk),
        "households": homes,
        "wanted": wanted or report.name,
        "phone": phone,
        "chosen": request.POST.get("household", ""),
        "reason": request.POST.get("reason", ""),
        "problem": problem,
    }
    return render(request, "web/casework/self_report.html", context, status=422 if problem else 200)


def _rows(ask: Ask) -> Rows:
    rows = queries.self_reports_for(ask.viewer).select_related("lead")
    state = ask.chosen("state")
    if state == _ALL:
        return rows
    return rows.filter(handled_on__isnull=state != _DONE)


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice(_DONE, _("已处理")), Choice(_ALL, _("全部"))]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    names = places.names([row.village_code for row in rows])
    for row in rows:
        row.place_name = names.village(row.village_code) or row.village_code


def _standing(row: SelfReport) -> Any:
    if row.handled_on is None:
        return _("待处理")
    return _("已转为线索") if row.lead_id is not None else _("不受理")


SELF_REPORTS = Register(
    id="self_reports",
    title=_("自主申报"),
    noun=_("件"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="self_report",
    row_id=lambda row: row.reference,
    empty=_("没有等待处理的申报。农户在本村公开页提交后会出现在这里；请先开通公开页并张贴二维码。"),
    filters=(
        Filter("state", _("状态"), _states, _unchanged, _("待处理")),
        town(),
        village(),
    ),
    sorts=(
        Sort("place", _("按村"), ("village_code", "id")),
        Sort("latest", _("新的在前"), ("-id",)),
    ),
    columns=(
        Column(
            "name",
            _("申报人"),
            lambda row: row.name,
            link=lambda row: reverse("web:self-report", args=[row.pk]),
            fixed=True,
        ),
        Column("place", _("村（社区）"), lambda row: row.place_name),
        Column("risk", _("困难"), lambda row: DIFFICULTIES.get(row.risk, row.risk)),
        Column("received", _("收到时间"), lambda row: row.received_at, Kind.MOMENT),
        Column("state", _("状态"), _standing),
        Column("handled", _("处理日期"), lambda row: row.handled_on or "", Kind.DATE),
    ),
)
