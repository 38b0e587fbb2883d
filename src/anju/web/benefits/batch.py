"""One payment batch: its lines (the list for finance), sending it, its results, giving it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.benefits import results_file
from anju.benefits.actions import payouts
from anju.benefits.models import Batch, LineResult, Scheme
from anju.benefits.queries import batch_for, lines_for, may
from anju.benefits.queries.paying import Waiting, waiting_by_town
from anju.benefits.refusals import BenefitRefused, ChangedMeanwhile, Problem, RowsRefused
from anju.web import lists
from anju.web.access import requires
from anju.web.benefits import scheme, words
from anju.web.doing import doing
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village
from anju.web.tasks import typed

_MOST_BYTES = 20 * 1024 * 1024


@requires(Permission.PAY_BENEFITS)
@require_http_methods(["GET", "POST"])
def draw_up(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """What waits for money, town by town; the chosen ones become a batch."""
    row = scheme.scheme_or_404(request, scheme_id)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    waiting = waiting_by_town(viewer, row)
    if request.method != "POST":
        return _drawing(request, row, waiting)
    chosen = set(request.POST.getlist("town"))
    villages = [code for each in waiting if each.code in chosen for code in each.villages]
    now = doing(request)
    try:
        if not villages:
            raise BenefitRefused(gettext("请至少选择一个乡镇。"))
        batch = payouts.draw_up(by=now.by, on=now.on, viewer=viewer, scheme=row, villages=villages)
    except Refusal as refused:
        return _drawing(request, row, waiting, refused.zh)
    messages.success(
        request,
        gettext("已编制批次 %(number)s，请核对后导出清单送财政。") % {"number": batch.number},
    )
    return HttpResponseRedirect(words.batch_address(batch))


@requires(Permission.VIEW_BENEFITS)
@require_GET
def page(request: HttpRequest, number: str) -> HttpResponseBase:
    """The batch with its lines; the workbook of them is what finance gets."""
    return _shown(request, batch_or_404(request, number))


@requires(Permission.PAY_BENEFITS)
@require_POST
def act(request: HttpRequest, number: str) -> HttpResponseBase:
    """It was handed to finance, or is given up."""
    batch, now = batch_or_404(request, number), doing(request)
    verb, seen = request.POST.get("do", ""), typed.seen(request)
    try:
        if verb == "send":
            payouts.send(by=now.by, on=now.on, viewer=now.viewer, batch=batch, seen=seen)
            messages.success(request, gettext("已记为送财政，结果回来后在这里上传。"))
        elif verb == "cancel":
            reason = request.POST.get("reason", "")[:200]
            payouts.cancel(
                by=now.by, on=now.on, viewer=now.viewer, batch=batch, seen=seen, reason=reason
            )
            messages.success(request, gettext("批次已取消，其中的申领回到待发放。"))
        else:
            raise Http404
    except ChangedMeanwhile as refused:
        return _told(request, batch_or_404(request, number), refused.zh, 409)
    except Refusal as refused:
        return _told(request, batch_or_404(request, number), refused.zh)
    return HttpResponseRedirect(words.batch_address(batch))


@requires(Permission.PAY_BENEFITS)
@require_POST
def results(request: HttpRequest, number: str) -> HttpResponseBase:
    """What came back of it, as a workbook: all of it is taken, or nothing."""
    batch, now = batch_or_404(request, number), doing(request)
    file = request.FILES.get("file")
    try:
        content = _content(file)
        found = results_file.read(content, file.name or "", batch=batch, on=now.on)  # type: ignore[union-attr]
        if found.problems:
            raise RowsRefused(found.problems)
        done = payouts.record_results(
            by=now.by, on=now.on, viewer=now.viewer, batch=batch, given=found.given
        )
    except RowsRefused as refused:
        return _told(request, batch, refused.zh, problems=refused.problems)
    except Refusal as refused:
        return _told(request, batch, refused.zh)
    told = gettext("结果已登记：发放 %(paid)s 笔，失败 %(failed)s 笔。")
    messages.success(request, told % {"paid": done.claims - done.failed, "failed": done.failed})
    return HttpResponseRedirect(words.batch_address(batch))


def batch_or_404(request: HttpRequest, number: str) -> Batch:
    """A batch of the viewer's county."""
    try:
        return batch_for(request.viewer, number)  # type: ignore[attr-defined]
    except Batch.DoesNotExist:
        raise Http404 from None


def _content(file: UploadedFile | None) -> bytes:
    if file is None:
        raise BenefitRefused(gettext("请选择填好支付结果的工作簿。"))
    if file.size is not None and file.size > _MOST_BYTES:
        raise BenefitRefused(gettext("文件超过 20 MB，请核对是否选错了文件。"))
    return file.read()


def _drawing(
    request: HttpRequest, row: Scheme, waiting: Sequence[Waiting], problem: str = ""
) -> HttpResponse:
    context = {
        "scheme": row,
        "waiting": waiting,
        "count": sum(each.count for each in waiting),
        "amount": sum(each.amount for each in waiting),
        "may": "draw_up" in may.on_scheme(request.viewer, row),  # type: ignore[attr-defined]
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "web/benefits/draw_up.html", context, status=status)


def _shown(request: HttpRequest, batch: Batch) -> HttpResponseBase:
    return lists.show(
        request,
        LINES,
        template="web/benefits/batch.html",
        given={"batch": batch},
        context=_about(request, batch),
    )


def _told(
    request: HttpRequest,
    batch: Batch,
    problem: str,
    status: int = 422,
    problems: dict[int, Problem] | None = None,
) -> HttpResponse:
    """The batch without its lines, and all that is wrong row by row."""
    context = {
        **_about(request, batch),
        "problem": problem,
        "problems": [(row, each.column, each.said) for row, each in (problems or {}).items()],
    }
    return render(request, "web/benefits/batch_problem.html", context, status=status)


def _about(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    verbs = may.on_batch(viewer, batch)
    return {
        "batch": batch,
        "scheme": batch.scheme,
        "verbs": verbs,
        "is_approver": batch.state == "sent" and "cancel" in verbs and "record" not in verbs,
    }


def _rows(ask: Ask) -> Rows:
    rows = lines_for(ask.viewer).filter(batch=ask.given["batch"])
    return rows.select_related("claim__household", "claim__person")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    words.add_places([row.claim for row in rows])


def _results(ask: Ask) -> Sequence[Choice]:
    return [Choice(each, each.label) for each in LineResult]


def _by_result(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(result=value)


def _why(row: Any) -> str:
    if not row.failure:
        return ""
    return row.note if row.failure == "other" and row.note else str(row.get_failure_display())


LINES = Register(
    id="benefit-lines",
    title=_("补贴发放清单"),
    noun=_("笔"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="claim",
    row_id=lambda row: row.claim.number,
    export_permission=Permission.PAY_BENEFITS,
    empty=_("这个批次没有申领。"),
    filters=(
        town("claim__village_code"),
        village("claim__village_code"),
        Filter("result", _("结果"), _results, _by_result),
    ),
    sorts=(Sort("place", _("按村"), ("claim__village_code", "id")),),
    columns=(
        Column("number", _("申领号"), lambda row: row.claim.number, Kind.CODE,
               link=lambda row: words.claim_address(row.claim), fixed=True),
        Column("household", _("户编码"), lambda row: row.claim.household.code if row.claim.household else "",
               Kind.CODE, fixed=True),
        Column("name", _("领取人"), lambda row: words.recipient(row.claim), fixed=True),
        Column("amount", _("金额"), lambda row: row.amount_fen, Kind.MONEY, unit=_("元"), fixed=True),
        Column("place", _("村（社区）"), lambda row: row.claim.place_name, shown=False),
        Column("result", _("支付结果"), lambda row: row.get_result_display(), fixed=True),
        Column("paid_on", _("支付日期"), lambda row: row.paid_on or "", Kind.DATE, fixed=True),
        Column("failure", _("失败原因"), _why, fixed=True),
    ),
)  # fmt: skip
