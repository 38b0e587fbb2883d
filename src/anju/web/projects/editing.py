"""Entering a project by hand, putting right what is known of it, and its payments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.projects.actions import editing, payments
from anju.projects.models import Payment, Project
from anju.projects.owing import Money
from anju.projects.queries import history, known
from anju.projects.refusals import ProjectRefused
from anju.registry.merging import merge
from anju.web.access import requires
from anju.web.doing import Doing, doing
from anju.web.projects import fields, wording
from anju.web.projects.fields import Group
from anju.web.projects.page import project_or_404
from anju.web.registers.editing.fields import Field
from anju.web.tasks import typed
from anju.web.tasks.typed import Typed

_SALT = "anju.projects.editing"
_CODE = re.compile(r"[0-9A-Za-z_-]+")


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A project that is not in the library yet."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    groups = fields.of_project(viewer, is_new=True)
    if request.method != "POST":
        return _form(request, None, groups, typed.known(_all(groups), fields.blank()), {})
    sent = typed.read(_all(groups), request.POST)
    if not _CODE.fullmatch(sent.values.get("code", "-")):
        sent.problems["code"] = _("项目编号只能有字母、数字、“-”和“_”。")
    if sent.problems:
        return _form(request, None, groups, sent, {})
    now = doing(request)
    values = {name: value for name, value in sent.values.items() if value not in (None, "")}
    told = fields.told(values["division_code"][:6], values.pop("code"), values, {}, now.on)
    try:
        project = editing.add(by=now.by, on=now.on, told=told, source=wording.source(viewer))
    except Refusal as refused:
        return _form(request, None, groups, sent, {}, refused.zh)
    messages.success(request, _("项目已登记。"))
    return HttpResponseRedirect(wording.address(project))


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, project_id: int) -> HttpResponse:
    """What is known of a project: description, funds, steps, progress."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    project = _edited(viewer, project_id)
    groups = fields.of_project(viewer, is_new=False)
    present = fields.values_of(known.held_by_id([project.pk])[project.pk])
    if request.method != "POST":
        return _form(request, project, groups, typed.known(_all(groups), present), present)
    sent = typed.read(_all(groups), request.POST)
    if sent.problems:
        return _form(request, project, groups, sent, present)
    try:
        is_changed = _correct(doing(request), project, groups, sent, present, request)
    except Refusal as refused:
        return _form(request, project, groups, sent, present, refused.zh)
    if is_changed:
        messages.success(request, _("已保存，原来的情况留在更正记录中。"))
    else:
        messages.info(request, _("没有改动，什么也没有写。"))
    return HttpResponseRedirect(wording.address(project))


def _correct(
    now: Doing,
    project: Project,
    groups: Sequence[Group],
    sent: Typed,
    present: Mapping[str, Any],
    request: HttpRequest,
) -> bool:
    """Write the fields this person changed; refused where somebody else changed one meanwhile."""
    each = {field.name: field for field in _all(groups)}
    texts = {name: field.write(present.get(name)) for name, field in each.items()}
    typed_texts = {name: field.write(sent.values[name]) for name, field in each.items()}
    merged = merge(_seen(request), texts, typed_texts)
    if merged.conflicts:
        titles = "、".join(str(each[found.name].title) for found in merged.conflicts)
        raise ProjectRefused(
            _("您填写期间，别人改了“%(fields)s”。请在新窗口打开项目核对，再保存一次。")
            % {"fields": titles}
        )
    changes = {name: sent.values[name] for name in merged.changes}
    told = fields.told(project.county_code, project.code, changes, present, now.on)
    return editing.correct(
        by=now.by, on=now.on, project=project, told=told, source=wording.source(now.viewer)
    )


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, project_id: int, payment_id: int = 0) -> HttpResponse:
    """A payment, new or put right; more than was granted is written, and said."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    project = _edited(viewer, project_id)
    old = _payment(project, payment_id) if payment_id else None
    groups = [Group("", fields.of_payment())]
    if request.method != "POST":
        present = {each.name: getattr(old, each.name) for each in _all(groups)} if old else {}
        return _form(request, project, groups, typed.known(_all(groups), present), {}, of=old)
    sent = typed.read(_all(groups), request.POST)
    if sent.problems:
        return _form(request, project, groups, sent, {}, of=old)
    now = doing(request)
    source = wording.source(viewer)
    try:
        payments.pay(
            by=now.by, on=now.on, project=project, values=sent.values, source=source, old=old
        )
    except Refusal as refused:
        return _form(request, project, groups, sent, {}, refused.zh, of=old)
    messages.success(request, _("支付已保存。"))
    _warn_of_too_much(request, project)
    return HttpResponseRedirect(wording.address(project))


@requires(Permission.EDIT_REGISTERS)
@require_POST
def withdraw(request: HttpRequest, project_id: int, payment_id: int) -> HttpResponse:
    """Take a payment back that was never made."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    project = _edited(viewer, project_id)
    payment = _payment(project, payment_id)
    now = doing(request)
    try:
        payments.withdraw(
            by=now.by, on=now.on, payment=payment, reason=request.POST.get("reason", "")[:200]
        )
    except Refusal as refused:
        messages.error(request, refused.zh)
    else:
        messages.success(request, _("已撤销。原来的记录留在更正记录中。"))
    return HttpResponseRedirect(wording.address(project))


def _edited(viewer: Viewer, project_id: int) -> Project:
    project = project_or_404(viewer, project_id)
    if not wording.may_edit(viewer, project):
        raise PermissionDenied
    return project


def _payment(project: Project, payment_id: int) -> Payment:
    try:
        return history.payment(project, payment_id)
    except Payment.DoesNotExist:
        raise Http404 from None


def _warn_of_too_much(request: HttpRequest, project: Project) -> None:
    money = Money(history.funds(project), history.payments(project))
    if money.paid > money.approved:
        messages.warning(
            request,
            _("支付合计超出批复资金，请核对支付台账和批复文件；批复资金有追加的，请更正批复资金。"),
        )


def _all(groups: Sequence[Group]) -> list[Field]:
    return [each for group in groups for each in group.fields]


def _seen(request: HttpRequest) -> dict[str, str]:
    """The texts the form was made from; `ProjectRefused` where it is not ours."""
    try:
        return dict(signing.loads(request.POST.get("version", ""), salt=_SALT))
    except signing.BadSignature:
        raise ProjectRefused(
            _("这张表已过期。下面保留了您填写的内容，请核对后再保存一次。")
        ) from None


def _form(
    request: HttpRequest,
    project: Project | None,
    groups: Sequence[Group],
    given: Typed,
    present: Mapping[str, Any],
    problem: str = "",
    of: Payment | None = None,
) -> HttpResponse:
    shown = {each.field.name: each for each in given.shown()}
    version = request.POST.get("version", "")
    if present and not _is_ours(version):
        texts = {each.name: each.write(present.get(each.name)) for each in _all(groups)}
        version = signing.dumps(texts, salt=_SALT, compress=True)
    context = {
        "project": project,
        "payment": of,
        "groups": [(group.title, [shown[each.name] for each in group.fields]) for group in groups],
        "problems": [each for each in shown.values() if each.problem],
        "problem": problem,
        "version": version,
        "is_payment": project is not None and not present,
    }
    status = 422 if problem or given.problems else 200
    return render(request, "web/projects/form.html", context, status=status)


def _is_ours(version: str) -> bool:
    try:
        signing.loads(version, salt=_SALT)
    except signing.BadSignature:
        return False
    return True
