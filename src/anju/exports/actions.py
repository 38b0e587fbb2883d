"""What becomes of an export: asked for, decided, produced, fetched, expired. Each step is audited."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.queries import post_numbers
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.audit.keys import provider
from anju.audit.refusal import Refusal
from anju.exports import queries
from anju.exports.files import EXPORTS
from anju.exports.models import ExportRequest, ExportState, SavedView
from anju.queue.actions import enqueue
from anju.queue.progress import Progress

JOB_KIND = "exports.produce"
REASON_LENGTH = 4
MOST_ADDRESS = 500
_OPEN = (ExportState.WAITING, ExportState.PRODUCING)


class ExportRefused(Refusal):
    """This cannot be done with an export."""


@transaction.atomic
def ask(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    register: str,
    title: str,
    file_format: str,
    description: Mapping[str, Any],
    address: str,
    ranges: list[list[str]],
    terms: Mapping[str, Any],
    rows: int,
    reason: str,
    must: int = 0,
    go_ahead: str = "",
) -> ExportRequest:
    """Ask for an export of more rows than one person may take out alone.

    `must`: how many problems of its rows have to be mended; with any, `go_ahead` says why it is
    to go out all the same. The second person reads it.

    `terms`: permission, filters and columns that the list has now; with the posts that the asker
    holds now they bound what will be written once it is approved.
    """
    reason = _reason(
        reason, _("请写明导出的用途，至少 %(length)s 个字，例如“上报市局三季度台账”。")
    )
    if must:
        go_ahead = _reason(
            go_ahead, _("名单里还有必须改的问题。请写明不改就报送的理由，至少 %(length)s 个字。")
        )
        description = {**description, "must": must, "go_ahead": go_ahead}
        terms = {**terms, "go_ahead": go_ahead}
    request = ExportRequest(
        asker_id=viewer.user_id,
        register=register,
        title=title,
        format=file_format,
        description=dict(description),
        ranges=ranges,
        terms={**terms, "posts": post_numbers(viewer)},
        rows=rows,
        reason=reason,
        asked_at=at,
    )
    _keep(request, address)
    told = {"must": must, "go_ahead": go_ahead} if must else {}
    _note(by, "export.ask", request, reason=reason, format=file_format, **told)
    return request


@transaction.atomic
def start(
    *, by: Actor, at: datetime, viewer: Viewer, found: Mapping[str, Any], address: str, reason: str
) -> ExportRequest:
    """Have a file written that no second person need approve; one that is being written already is
    given back.

    `found`: what there is to say of it, as for `ask`. Whoever writes it looks again whether it still
    may go out alone (`alone` among its terms).
    """
    terms = {**found["terms"], "alone": True, "posts": post_numbers(viewer)}
    request = ExportRequest(
        asker_id=viewer.user_id,
        register=found["register"],
        title=found["title"],
        format=found["format"],
        description=dict(found["description"]),
        ranges=found["ranges"],
        terms=terms,
        rows=found["rows"],
        reason=reason[:200],
        state=ExportState.PRODUCING,
        asked_at=at,
    )
    under_way = ExportRequest.objects.filter(
        asker_id=viewer.user_id, register=request.register, state=ExportState.PRODUCING
    )
    same = next((each for each in under_way if each.terms == terms), None)
    if same is not None:
        return same
    _keep(request, address)
    _produce(by, at, request)
    _note(by, "export.start", request, reason=reason, format=request.format)
    return request


def _keep(request: ExportRequest, address: str) -> None:
    """Store it with its address sealed under its number."""
    request.address_sealed = b""
    request.save()
    request.address_sealed = provider().seal(address, queries.ADDRESS, request.pk)
    request.save(update_fields=["address_sealed"])


def _produce(by: Actor, at: datetime, request: ExportRequest) -> None:
    """Let the worker write the file."""
    job = enqueue(
        by=by,
        kind=JOB_KIND,
        key=f"{JOB_KIND}:{request.pk}",
        payload={"request_id": request.pk},
        at=at,
    )
    request.job_id = job.pk
    request.save()


@transaction.atomic
def approve(
    *, by: Actor, at: datetime, viewer: Viewer, request_id: int, reason: str = ""
) -> ExportRequest:
    """A second person lets the export be produced."""
    request = _to_decide(viewer, request_id)
    request.state = ExportState.PRODUCING
    request.approver_id = viewer.user_id
    request.decided_at = at
    request.decision_reason = reason.strip()[:200]
    _produce(by, at, request)
    _note(by, "export.approve", request, reason=request.decision_reason)
    return request


@transaction.atomic
def refuse(
    *, by: Actor, at: datetime, viewer: Viewer, request_id: int, reason: str
) -> ExportRequest:
    """A second person does not let it out, and says why."""
    reason = _reason(reason, _("请写明不批准的原因，至少 %(length)s 个字，申请人会看到。"))
    request = _to_decide(viewer, request_id)
    request.state = ExportState.REFUSED
    request.approver_id = viewer.user_id
    request.decided_at = at
    request.decision_reason = reason
    request.save()
    _note(by, "export.refuse", request, reason=reason)
    return request


@transaction.atomic
def cancel(*, by: Actor, viewer: Viewer, request_id: int) -> ExportRequest:
    """The asker takes the request back, or gives up a file that is ready."""
    request = _locked(request_id)
    if request.asker_id != viewer.user_id:
        raise ExportRefused(_("只有申请人本人可以撤回。"))
    if request.state not in (*_OPEN, ExportState.READY):
        raise ExportRefused(_("这个导出已经结束，不必撤回。"))
    request.state = ExportState.CANCELLED
    request.save(update_fields=["state"])
    _note(by, "export.cancel", request)
    transaction.on_commit(lambda: EXPORTS.remove(request.pk))
    return request


def produced(
    *, progress: Progress, at: datetime, request_id: int, content: bytes, summary: Mapping[str, Any]
) -> None:
    """Keep the produced file sealed and let it be fetched; nothing if it was taken back meanwhile.

    `summary`: number and digest of the rows (`anju.audit.rows`). The file is on the disk before
    the transaction ends; a file of a transaction that did not is removed by `expire`.
    """
    EXPORTS.store(request_id, content)
    with transaction.atomic():
        request = _locked(request_id)
        if request.state == ExportState.PRODUCING:
            request.state = ExportState.READY
            request.ready_at = at
            request.expires_at = at + timedelta(hours=settings.EXPORT_HOURS)
            request.written_rows = summary["count"]
            request.digest = summary["sm3"]
            request.save()
            by = Actor(request.asker.username, request.asker.name)
            _note(by, "export.produce", request, rows=dict(summary))
        progress.complete({"rows": summary["count"]})


@transaction.atomic
def closed(*, state: str, message: str, at: datetime, request_id: int) -> None:
    """The job ended as `failed` or `cancelled` without a file."""
    request = _locked(request_id)
    if request.state != ExportState.PRODUCING:
        return
    request.state = ExportState.FAILED
    request.problem = message[:200]
    request.save(update_fields=["state", "problem"])
    _note(SYSTEM, "export.fail", request, state=state)


@transaction.atomic
def fetch(
    *, by: Actor, at: datetime, viewer: Viewer, request_id: int
) -> tuple[ExportRequest, bytes]:
    """The file, for the asker alone and while it lasts."""
    request = _locked(request_id)
    if request.asker_id != viewer.user_id:
        raise ExportRefused(_("只有申请人本人可以下载。"))
    if request.state != ExportState.READY or request.expires_at is None or request.expires_at <= at:
        raise ExportRefused(_("文件已过期或已删除，请重新申请。"))
    if not queries.is_still_theirs(viewer, request):
        raise ExportRefused(
            _("您现在的岗位已不包括这份名单的全部区域，不能下载。如仍需要，请重新申请。")
        )
    content = EXPORTS.fetch(request.pk)
    request.fetched_at = at
    request.save(update_fields=["fetched_at"])
    _note(by, "export.fetch", request)
    return request, content


def expire(*, progress: Progress, at: datetime) -> dict[str, Any]:
    """Delete files whose time is over; end requests nobody decided in ten times as long.

    Safe to repeat: a file goes after its request is marked, and files without a request that may
    still be fetched are looked for as well.
    """
    progress.step(_("删除过期的导出文件"))
    over = ExportRequest.objects.filter(state=ExportState.READY, expires_at__lte=at)
    long_ago = at - 10 * timedelta(hours=settings.EXPORT_HOURS)
    left = ExportRequest.objects.filter(state=ExportState.WAITING, asked_at__lte=long_ago)
    count = 0
    for request_id in [*over.values_list("pk", flat=True), *left.values_list("pk", flat=True)]:
        count += _expire(request_id)
    alive = set(
        ExportRequest.objects.filter(
            state__in=[ExportState.READY, ExportState.PRODUCING]
        ).values_list("pk", flat=True)
    )
    for request_id in EXPORTS.kept():
        if request_id not in alive:
            EXPORTS.remove(request_id)
    return {"expired": count}


@transaction.atomic
def _expire(request_id: int) -> int:
    request = _locked(request_id)
    if request.state not in (ExportState.READY, ExportState.WAITING):
        return 0
    request.state = ExportState.EXPIRED
    request.save(update_fields=["state"])
    _note(SYSTEM, "export.expire", request)
    return 1


@transaction.atomic
def save_view(
    *, by: Actor, at: datetime, viewer: Viewer, name: str, title: str, address: str
) -> SavedView:
    """Keep the address of a filtered list under a name of one's own; the same name is replaced.

    `address`: of this server, without searches: a list of filters, orders and columns.
    """
    name = name.strip()[:60]
    if not name:
        raise ExportRefused(_("请给视图起个名字。"))
    if len(address) > MOST_ADDRESS:
        raise ExportRefused(_("条件太多，存不下。请减少显示的列或筛选。"))
    view, _created = SavedView.objects.update_or_create(
        owner_id=viewer.user_id,
        name=name,
        defaults={"title": title[:80], "address": address, "saved_at": at},
    )
    record(by=by, action="view.save", kind="view", ids=[view.pk])
    return view


@transaction.atomic
def forget_view(*, by: Actor, viewer: Viewer, view_id: int) -> None:
    """Let go of one of one's own views; nothing if it is gone."""
    if queries.views_of(viewer).filter(pk=view_id).delete()[0]:
        record(by=by, action="view.forget", kind="view", ids=[view_id])


def _to_decide(viewer: Viewer, request_id: int) -> ExportRequest:
    request = _locked(request_id)
    if request.asker_id == viewer.user_id:
        raise ExportRefused(_("不能审批自己的导出申请，请由另一位有审批权限的同事处理。"))
    if not queries.may_decide(viewer, request):
        raise ExportRefused(_("这个导出涉及的区域不在您的审批范围内。"))
    if request.state != ExportState.WAITING:
        raise ExportRefused(_("这个申请已经处理过了，请刷新页面。"))
    return request


def _locked(request_id: int) -> ExportRequest:
    return ExportRequest.objects.select_for_update(of=("self",)).get(pk=request_id)


def _reason(text: str, message: str) -> str:
    """A reason that says something."""
    reason = text.strip()[:200]
    if len(reason) < REASON_LENGTH:
        raise ExportRefused(message % {"length": REASON_LENGTH})
    return reason


def _note(by: Actor, action: str, request: ExportRequest, reason: str = "", **detail: Any) -> None:
    record(
        by=by,
        action=action,
        kind="export",
        ids=[request.pk],
        count=request.rows,
        reason=reason,
        detail={"register": request.register, **detail},
        place=_place(request.ranges),
    )


def _place(ranges: list[list[str]]) -> str:
    """The place of an export that reaches one place alone."""
    return ranges[0][0] if len(ranges) == 1 else ""
