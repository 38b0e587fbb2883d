"""Correcting what is known of a household: a form, what others changed meanwhile, taking back."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.registry.actions.editing import Edit, Overtaken, save
from anju.registry.actions.fact_sheets import FactSheet
from anju.registry.refusals import RegistryRefused
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.registers.editing import typed as forms
from anju.web.registers.editing.opening import Opened, opened
from anju.web.registers.editing.typed import Typed

FORM = "web/registers/editing/form.html"
OVERTAKEN = "web/registers/editing/overtaken.html"
NOTHING: Mapping[str, Any] = MappingProxyType({})
GONE = "web/registers/editing/gone.html"


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, what: str, key: str = "") -> HttpResponse:
    """The form with the present values, and saving it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        return answered(request, opened(viewer, code, what, key))
    except RegistryRefused as gone:
        return _gone(request, code, gone)


def answered(
    request: HttpRequest, asked: Opened, given: Mapping[str, Any] = NOTHING
) -> HttpResponse:
    """Save what was sent, or show the form; `given` stands in it where nothing is known yet.

    Raises RegistryRefused where what is to be corrected was taken back.
    """
    if request.method == "POST":
        return _save(request, asked)
    values = {**given, **asked.sheet.values()}
    return render(request, FORM, _names(asked, values, forms.shown(asked, values)))


@requires(Permission.EDIT_REGISTERS)
@require_POST
def withdraw(request: HttpRequest, code: str, what: str, key: str) -> HttpResponse:
    """Take a fact back that was never so."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        asked = opened(viewer, code, what, key)
        sheet = asked.sheet
        if not asked.form.can_withdraw or not isinstance(sheet, FactSheet) or sheet.row is None:
            raise Http404
        edit = _edit(request, viewer)
        reason = request.POST.get("reason", "")[:200]
        sheet.withdraw(edit, reason)
    except RegistryRefused as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:edit-fact", args=[code, what, key]))
    messages.success(request, _("已撤销。原来的记录留在时间线中。"))
    return HttpResponseRedirect(_back(asked))


def _save(request: HttpRequest, asked: Opened) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    sent = forms.read(asked, request.POST.dict())
    if sent.problems:
        return _again(request, asked, sent)
    try:
        edit = _edit(request, viewer, sent)
        changed = save(edit=edit, sheet=asked.sheet, seen=sent.seen, typed=sent.values)
    except Overtaken as overtaken:
        return _overtaken(request, asked, sent, overtaken)
    except Refusal as refused:
        return _again(request, asked, sent, refused.zh)
    if not changed:
        messages.info(request, _("没有改动，什么也没有写。"))
    else:
        done = (
            _("已登记“%(title)s”。")
            if asked.is_new
            else _("已保存“%(title)s”，原来的记录留在时间线中。")
        )
        messages.success(request, done % {"title": asked.form.title})
    return HttpResponseRedirect(_back(asked))


def _edit(request: HttpRequest, viewer: Viewer, sent: Typed | None = None) -> Edit:
    return Edit(
        by=viewer.actor(address_of(request)),
        on=timezone.localdate(),
        source=_("%(name)s（%(username)s）页面填写")
        % {"name": viewer.name[:60], "username": viewer.username[:40]},
        since=sent.since if sent else None,
    )


def _again(request: HttpRequest, asked: Opened, sent: Typed, problem: str = "") -> HttpResponse:
    """The form as it was typed, with what is wrong; nothing typed is lost."""
    try:
        values = asked.sheet.values()
    except RegistryRefused as gone:
        return _gone(request, asked.asked.household.code, gone, asked, sent)
    shown = forms.shown(asked, values, texts=sent.texts, problems=sent.problems)
    names = _names(asked, values, shown, since=sent.since_text, version=request.POST.get("version"))
    if "" in sent.problems:
        names["version"] = forms.sealed_version(asked, values)
    names["problem"] = problem or sent.problems.get("", "")
    names["since_problem"] = sent.problems.get("since", "")
    return render(request, FORM, names, status=422)


def _overtaken(
    request: HttpRequest, asked: Opened, sent: Typed, overtaken: Overtaken
) -> HttpResponse:
    """Somebody else was quicker: what was seen, what is now, what was typed."""
    values = asked.sheet.values()
    texts = forms.merged_texts(asked, sent, overtaken)
    rows = forms.told(asked, overtaken)
    undecided = {row.field.name for row in rows if row.is_conflict}
    names = _names(asked, values, [], since=sent.since_text) | {
        "rows": rows,
        "mine": forms.untouched(asked, overtaken),
        "kept": [(name, text) for name, text in texts.items() if name not in undecided],
        "has_conflicts": bool(undecided),
    }
    return render(request, OVERTAKEN, names, status=409)


def _gone(
    request: HttpRequest,
    code: str,
    gone: RegistryRefused,
    asked: Opened | None = None,
    sent: Typed | None = None,
) -> HttpResponse:
    """The row is no longer there; what was typed can still be read and copied."""
    typed = []
    if sent is not None and asked is not None:
        typed = [(each.title, sent.texts[each.name]) for each in asked.fields]
    elif request.method == "POST":
        typed = [(name, text) for name, text in request.POST.items() if not _is_ours(name)]
    names = {"code": code, "problem": gone.zh, "typed": typed}
    return render(request, GONE, names, status=409)


def _is_ours(name: str) -> bool:
    return name in ("version", "csrfmiddlewaretoken", "since")


def _names(
    asked: Opened,
    values: dict[str, Any],
    fields: list[Any],
    *,
    since: str = "",
    version: Any = None,
) -> dict[str, Any]:
    return {
        "asked": asked,
        "form": asked.form,
        # A household without a home has a sheet for it, but nothing to correct.
        "is_first": asked.is_new or not any(values.values()),
        "household": asked.asked.household,
        "fields": fields,
        "version": version or forms.sealed_version(asked, values),
        "since": since,
        "today": timezone.localdate(),
        "back": _back(asked),
    }


def _back(asked: Opened) -> str:
    return asked.back or reverse(
        "web:household-tab", args=[asked.asked.household.code, asked.form.tab]
    )
