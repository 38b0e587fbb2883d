"""Setting when a task is due and who answers for it; adding one; ending one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties.actions import tasks
from anju.duties.actions.tasks import RHYTHMS, Dates, Wanted
from anju.duties.models import Plan, Task, TaskState, UnitRole
from anju.duties.queries import answering, listing, plan_for, plans_for
from anju.web.access import requires
from anju.web.doing import doing
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input
from anju.web.tasks import page, typed

_MOST = 500


def _rhythms(asked: object) -> Sequence[Choice]:
    return [Choice(each, each.label) for each in RHYTHMS]


def _date_fields() -> list[Field]:
    return [
        Field("due_on", _("到期日期"), Input.DATE,
              note=_("定期任务填其中一期的到期日，以后各期照此推算；不填为每期最后一天。")),
        Field("every", _("频次"), Input.CHOICE, _rhythms, note=_("一次性任务不选。")),
        Field("ends_on", _("定期任务终止日期"), Input.DATE, note=_("不填则到方案终止。")),
    ]  # fmt: skip


def _reason(is_required: bool = True) -> Field:
    return Field("reason", _("理由"), is_required=is_required, most=_MOST)


@requires(Permission.VIEW_DUTIES)
@require_http_methods(["GET", "POST"])
def dates(request: HttpRequest, number: str) -> HttpResponse:
    """When it is due."""
    task = _managed(request, number)
    had_one = task.due_on is not None or bool(task.every)
    fields = [*_date_fields(), *([_reason()] if had_one else [])]

    def do(given: dict[str, Any], values: Mapping[str, Any]) -> None:
        said = {name: value or "" if name == "every" else value for name, value in values.items()}
        reason = said.pop("reason", "")
        tasks.set_dates(**given, dates=Dates(**said), reason=reason)
        messages.success(request, _("期限已保存，节点已按新的期限列出。"))

    known = {"due_on": task.due_on, "every": task.every, "ends_on": task.ends_on}
    title = _("调整期限") if had_one else _("设置期限")
    return _ask(request, task, title, fields, known, do)


@requires(Permission.VIEW_DUTIES)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, number: str) -> HttpResponse:
    """End it, with the reason."""
    task = _managed(request, number)

    def do(given: dict[str, Any], values: Mapping[str, Any]) -> None:
        tasks.end(**given, reason=values["reason"])
        messages.success(request, _("任务已终止，不再要求填报。"))

    return _ask(
        request, task, _("终止任务"), [_reason()], {}, do,
        note=_("分项和交办出去的任务一并终止；已经填报的内容保留。"),
    )  # fmt: skip


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def units(request: HttpRequest, number: str) -> HttpResponse:
    """Who answers for it."""
    task = _managed(request, number)
    chosen = {each.unit_id: each.role for each in listing.units_of([task]).get(task.pk, [])}

    def do(given: dict[str, Any], values: Mapping[str, Any]) -> None:
        tasks.set_units(**given, units=_roles(request), reason=values["reason"])
        messages.success(request, _("责任单位已保存。"))

    return _ask(request, task, _("调整单位"), [_reason()], {}, do, context=_units(request, chosen))


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A task that no plan's measure names."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plans = list(plans_for(viewer))
    fields = [
        Field("plan", _("方案"), Input.CHOICE,
              lambda _asked: [Choice(str(each.pk), each.short_title) for each in plans], is_required=True),
        Field("title", _("任务名称"), is_required=True, most=200),
        Field("clause", _("条款"), most=80, note=_("依据方案哪一条，没有的不填。")),
        *_date_fields(),
        Field("goal", _("目标值（不低于）"), Input.DECIMAL),
        Field("goal_unit", _("计量单位"), most=20, note=_("例如 人、户、%。")),
        Field("requirement", _("工作要求"), Input.LONG, most=2000),
    ]  # fmt: skip
    sent = typed.read(fields, request.POST) if request.method == "POST" else None
    problem = ""
    if sent is not None and not sent.problems:
        try:
            made = _added(request, viewer, dict(sent.values))
        except Refusal as refused:
            problem = refused.zh
        else:
            messages.success(request, _("任务已添加，责任单位的工作台会按期提醒。"))
            return HttpResponseRedirect(page.address(made))
    wanted = request.GET.get("plan", "")
    given = sent or typed.known(fields, {"plan": wanted})
    return _render(request, None, _("添加任务"), given, problem, _units(request, {}))


def _added(request: HttpRequest, viewer: Viewer, values: dict[str, Any]) -> Task:
    try:
        plan = plan_for(viewer, int(values.pop("plan")))
    except Plan.DoesNotExist:
        raise Http404 from None
    when = Dates(values.pop("due_on"), values.pop("every") or "", values.pop("ends_on"))
    now = doing(request)
    return tasks.add(
        by=now.by,
        on=now.on,
        viewer=viewer,
        plan=plan,
        wanted=Wanted(**values, dates=when),
        units=_roles(request),
    )


def _managed(request: HttpRequest, number: str) -> Task:
    task = page.task_or_404(request, number)
    if not answering.may_manage(request.viewer, task) or task.state != TaskState.OPEN:  # type: ignore[attr-defined]
        raise PermissionDenied
    return task


def _ask(
    request: HttpRequest,
    task: Task,
    title: str,
    fields: Sequence[Field],
    known: Mapping[str, Any],
    do: Callable[[dict[str, Any], Mapping[str, Any]], None],
    *,
    note: str = "",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """One form about a task: asked, read, done, or shown again."""
    more = {"note": note, **(context or {})}
    if request.method != "POST":
        return _render(request, task, title, typed.known(fields, known), "", more)
    sent = typed.read(fields, request.POST)
    if sent.problems:
        return _render(request, task, title, sent, "", more)
    now = doing(request)
    given = {"by": now.by, "on": now.on, "viewer": now.viewer, "task": task}
    try:
        do({**given, "seen": typed.seen(request)}, sent.values)
    except Refusal as refused:
        return _render(request, task, title, sent, refused.zh, more)
    return HttpResponseRedirect(page.address(task))


def _units(request: HttpRequest, chosen: Mapping[int, str]) -> dict[str, Any]:
    """Every unit with its role in the task; what was sent stays."""
    if request.method == "POST":
        chosen = dict(_roles(request))
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = [(each, chosen.get(each.pk, "")) for each in listing.units_to_choose(viewer)]
    return {
        "units": [each for each in found if each[1]],
        "other_units": [each for each in found if not each[1]],
        "roles": [Choice(each, each.label) for each in UnitRole],
    }


def _roles(request: HttpRequest) -> list[tuple[int, str]]:
    """Units with a role, as sent: a field a unit."""
    sent = ((name.removeprefix("role_"), value) for name, value in request.POST.items() if value)
    ids = [
        (name, value)
        for name, value in sent
        if name.isascii() and name.isdigit() and len(name) < 19
    ]
    return [(int(name), value) for name, value in ids if value in UnitRole.values]


def _render(
    request: HttpRequest,
    task: Task | None,
    title: str,
    given: typed.Typed,
    problem: str,
    more: Mapping[str, Any],
) -> HttpResponse:
    shown = given.shown()
    context = {
        "task": task,
        "title": title,
        "fields": shown,
        "problems": [each for each in shown if each.problem],
        "problem": problem,
        "seen": request.POST.get("seen", task.version if task else 0),
        **more,
    }
    status = 422 if problem or given.problems else 200
    return render(request, "web/tasks/arrange.html", context, status=status)
