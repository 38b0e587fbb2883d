"""Values: computed now, reported by a unit, checked by the bureau; and their proofs."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.attachments import Attachment, content_type
from anju.duties.actions import values
from anju.duties.models import Indicator, IndicatorValue, ValueProof
from anju.duties.queries import indicators as queries
from anju.duties.refusals import DutyRefused
from anju.reporting.actions import indicators as computing
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.doing import Doing, carry_out
from anju.web.indicators.numbers import number
from anju.web.indicators.page import indicator_or_404, show
from anju.web.uploads import uploaded


@requires(Permission.REPORT_PROGRESS)
@require_POST
def report(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """Say a value for one's unit."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    indicator = indicator_or_404(viewer, indicator_id)

    def do(doing: Doing) -> str:
        values.report(
            by=doing.by,
            on=doing.on,
            viewer=viewer,
            indicator=indicator,
            as_of=day(request.POST.get("as_of", "")),
            value=number(request.POST.get("value", ""), indicator.unit),
            words=request.POST.get("words", ""),
            proofs=_proofs(request),
        )
        messages.success(request, _("已提交，牵头部门审核后计入。"))
        return _address(indicator)

    return carry_out(request, do, lambda problem: show(request, indicator, problem))


@requires(Permission.MANAGE_PLANS)
@require_POST
def compute(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """Compute one indicator now."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    indicator = indicator_or_404(viewer, indicator_id)

    def do(doing: Doing) -> str:
        done = computing.compute_one(
            by=doing.by,
            on=doing.on,
            viewer=viewer,
            indicator=indicator,
            as_of=day(request.POST.get("as_of", "")),
            reason=request.POST.get("reason", ""),
        )
        _tell(request, done)
        return _address(indicator)

    return carry_out(request, do, lambda problem: show(request, indicator, problem))


@requires(Permission.CHECK_PROGRESS)
@require_POST
def check(request: HttpRequest, value_id: int) -> HttpResponse:
    """Accept what a unit reported, or send it back."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        row = queries.value_for(viewer, value_id)
    except IndicatorValue.DoesNotExist:
        raise Http404 from None
    indicator = indicator_or_404(viewer, row.indicator_id)
    accept = request.POST.get("decision") == "accept"

    def do(doing: Doing) -> str:
        values.check(
            by=doing.by,
            on=doing.on,
            viewer=viewer,
            value=row,
            accept=accept,
            note=request.POST.get("note", ""),
        )
        messages.success(request, _("已认定。") if accept else _("已退回填报单位。"))
        return _address(indicator)

    return carry_out(request, do, lambda problem: show(request, indicator, problem))


@requires(Permission.VIEW_DUTIES)
@require_GET
def proof(request: HttpRequest, proof_id: int) -> HttpResponse:
    """A proof as it was attached; the audit trail notes who fetched it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        row = queries.proof_for(viewer, proof_id)
        content = values.PROOFS.fetch(row.pk)
    except (ValueProof.DoesNotExist, FileNotFoundError):
        raise Http404 from None
    record(
        by=viewer.actor(address_of(request)),
        action="indicator.fetch",
        kind="indicator",
        ids=[row.value.indicator.code],
        detail={"proof": row.pk},
    )
    answer = HttpResponse(content, content_type=content_type(row.file_name))
    answer.headers["Content-Disposition"] = content_disposition_header(True, row.file_name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def day(text: str) -> date:
    """A day of a form; refused where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DutyRefused(_("请填写日期，例如 2023-09-30。")) from None


def _proofs(request: HttpRequest) -> list[Attachment]:
    return uploaded(request, "proofs", place="indicator", most=values.MOST_PROOFS)


def _tell(request: HttpRequest, done: computing.Computed) -> None:
    if done.left:
        messages.warning(
            request, _("这一期已有数值，与现在算出的不同，没有改动。要更新的，请写明理由再算一次。")
        )
    elif done.same:
        messages.info(request, _("重新算过，数值没有变化。"))
    else:
        messages.success(request, _("已计算。"))


def _address(indicator: Indicator) -> str:
    return reverse("web:indicator", args=[indicator.pk])
