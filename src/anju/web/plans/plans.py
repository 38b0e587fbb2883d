"""The list of plans, and uploading one: a new plan, or a new version of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.attachments import MOST_BYTES
from anju.audit.refusal import Refusal
from anju.duties import plan_files
from anju.duties import queries as duties
from anju.duties.actions import plans as actions
from anju.duties.models import Plan, PlanVersion, VersionState
from anju.duties.queries import plans as queries
from anju.duties.refusals import AlreadyThere, DutyRefused
from anju.rules import packs
from anju.web import lists
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.plans.plan import plan_or_404


@dataclass(frozen=True)
class Form:
    """What is asked with a file, as given, and what is wrong with it."""

    plan: Plan | None = None
    short_title: str = ""
    pack: str = ""
    problem: str = ""
    there: str = ""  # the address of the version that the file is already
    accept: str = plan_files.ACCEPT
    most: int = MOST_BYTES // 1024 // 1024
    packs: Sequence[str] = field(default_factory=lambda: packs.names())


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Plans in force, and for who confirms them those that wait."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {"may_change": viewer.may(Permission.MANAGE_PLANS)}
    return lists.show(request, PLANS, template="web/plans/index.html", context=context)


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Upload a plan that is not here yet."""
    form = Form(
        short_title=request.POST.get("short_title", "").strip(),
        pack=request.POST.get("pack", "").strip(),
    )
    return _upload(request, form)


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def new_version(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Upload the next version of a plan."""
    return _upload(request, Form(plan=plan_or_404(request, plan_id)))


def _upload(request: HttpRequest, form: Form) -> HttpResponse:
    """The form; a refusal shows it again with what was given."""
    status = 200
    if request.method == "POST":
        try:
            version = _take(request, form)
        except Refusal as refused:
            form = Form(form.plan, form.short_title, form.pack, refused.zh, _there(refused))
            status = 422
        else:
            address = reverse("web:plan-confirm", args=[version.plan_id, version.sequence])
            return HttpResponseRedirect(address)
    return render(request, "web/plans/upload.html", {"form": form}, status=status)


def _take(request: HttpRequest, form: Form) -> PlanVersion:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    file = request.FILES.get("file")
    if file is None:
        raise DutyRefused(gettext("请选择方案文件。"))
    given: dict[str, Any] = {
        "by": viewer.actor(address_of(request)),
        "on": timezone.localdate(),
        "viewer": viewer,
        "file_name": file.name or "",
        "content": file.read(),
    }
    if form.plan is not None:
        return actions.upload_version(**given, plan=form.plan)
    about = actions.About(short_title=form.short_title, pack=form.pack)
    return actions.upload(**given, about=about)


def _there(refused: Refusal) -> str:
    if isinstance(refused, AlreadyThere):
        return reverse("web:plan-confirm", args=[refused.plan_id, refused.sequence])
    return ""


def _rows(ask: Ask) -> Rows:
    return duties.plans_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """The version in force and the draft of each plan, and how far each is: two queries."""
    latest = queries.latest_versions(ask.viewer, rows)
    progress = queries.progress_of(each for versions in latest.values() for each in versions)
    for row in rows:
        by_state = {each.state: each for each in latest.get(row.pk, ())}
        row.live, row.draft = by_state.get(VersionState.LIVE), by_state.get(VersionState.CONFIRMING)
        row.progress = progress.get(row.draft.pk, queries.Progress()) if row.draft else None
        in_force = progress.get(row.live.pk) if row.live else None
        row.confirmed = in_force.confirmed if in_force else 0


def _state(row: Any) -> str:
    parts = []
    if row.live:
        parts.append(gettext("第%(number)s版已生效") % {"number": row.live.sequence})
    if row.draft:
        done = row.progress
        told = {"number": row.draft.sequence, "done": done.settled, "total": done.total}
        parts.append(gettext("第%(number)s版确认中（%(done)s/%(total)s）") % told)
    return "；".join(parts)


def _states(ask: Ask) -> Sequence[Choice]:
    return [
        Choice(state.value, state.label)
        for state in (VersionState.CONFIRMING, VersionState.LIVE)
        if state == VersionState.LIVE or ask.viewer.may(Permission.MANAGE_PLANS)
    ]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(versions__state=value).distinct()


PLANS = Register(
    id="plans",
    title=_("方案"),
    noun=_("个方案"),
    rows=_rows,
    prepare=_prepare,
    empty=_("还没有方案。请县级牵头部门上传方案文件，逐条确认措施后生效。"),
    filters=(Filter("state", _("状态"), _states, _by_state),),
    sorts=(Sort("new", _("新的在前"), ("-id",)),),
    columns=(
        Column(
            "short_title",
            _("方案"),
            lambda row: row.short_title,
            link=lambda row: reverse("web:plan", args=[row.pk]),
            fixed=True,
        ),
        Column("title", _("全称"), lambda row: row.title, shown=False),
        Column("number", _("发文字号"), lambda row: row.number),
        Column("issuer", _("发文机关"), lambda row: row.issuer),
        Column("dated", _("成文日期"), lambda row: row.dated, Kind.DATE),
        Column("state", _("状态"), _state),
        Column("measures", _("生效措施"), lambda row: row.confirmed, Kind.NUMBER, _("条")),
    ),
)
