"""A form of the labour ledger: its fields, what stands in them, and carrying out what was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.employment.refusals import WrongWork
from anju.web.assets import forms
from anju.web.assets.forms import Typed
from anju.web.doing import Doing, doing
from anju.web.lists.declaration import Choice, Text
from anju.web.registers.editing.fields import Field, Input

_FORM = "web/labour/form.html"


@dataclass(frozen=True)
class Sheet:
    """One form: its title, fields, values, and the pages it belongs to (`crumb`: address, name)."""

    title: Text
    fields: Sequence[Field]
    values: Mapping[str, Any]
    crumb: tuple[str, Text]
    back: str
    subject: str = ""
    note: Text = ""
    withdraw: str = ""


def answer(request: HttpRequest, sheet: Sheet, do: Callable[[Doing, Typed], str]) -> HttpResponse:
    """The form; or what was sent, carried out, or shown again with what is wrong."""
    done = doing(request)
    present = forms.written(sheet.fields, sheet.values)
    if request.method == "GET":
        return _form(request, sheet, present, forms.sealed(present), {})
    typed = forms.read(done.viewer, sheet.fields, request.POST.dict())
    problems = dict(typed.problems)
    if not problems:
        try:
            return HttpResponseRedirect(do(done, typed))
        except WrongWork as wrong:
            is_asked = any(each.name == wrong.field for each in sheet.fields)
            problems[wrong.field if is_asked else ""] = wrong.zh
        except Refusal as refused:
            problems[""] = refused.zh
    return _form(request, sheet, typed.texts, request.POST.get("version", ""), problems)


def _form(
    request: HttpRequest,
    sheet: Sheet,
    texts: Mapping[str, str],
    version: str,
    problems: Mapping[str, str],
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    names = {
        "sheet": sheet,
        "fields": forms.shown(viewer, sheet.fields, texts, problems),
        "version": version,
        "problem": problems.get("", ""),
    }
    return render(request, _FORM, names, status=422 if problems else 200)


def choice(name: str, title: Text, pairs: Sequence[tuple[str, Any]], **more: Any) -> Field:
    """A field with one of a code list."""
    choices = [Choice(value, label) for value, label in pairs]
    return Field(name, title, Input.CHOICE, lambda viewer: choices, **more)


def source(viewer: Viewer) -> str:
    """Who typed it, as it stands beside what is known."""
    return _("%(name)s（%(username)s）页面填写") % {
        "name": viewer.name[:60],
        "username": viewer.username[:40],
    }


def told(request: HttpRequest, is_changed: bool) -> None:
    """What came of saving."""
    if is_changed:
        messages.success(request, _("已保存，原来的记录留在审计中。"))
    else:
        messages.info(request, _("没有改动，什么也没有写。"))
