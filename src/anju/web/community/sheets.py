"""Forms of the community: their fields with what is in them, and what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.web.doing import Doing, doing
from anju.web.lists.declaration import Choice, Text
from anju.web.registers.editing.fields import Field, Input, Shown, Wrong

FORM = "web/community/form.html"


@dataclass(frozen=True)
class Sheet:
    """One form: its title, fields, what stands in them at first, and where it leads back."""

    title: Text
    fields: Sequence[Field]
    values: Mapping[str, Any]
    back: str
    area: Text = ""
    area_address: str = ""
    note: Text = ""
    withdraw: str = ""


@dataclass(frozen=True)
class Typed:
    """What came in; `problems` by field."""

    texts: dict[str, str]
    values: dict[str, Any]
    problems: dict[str, str] = field(default_factory=dict)


def read(viewer: Viewer, fields: Sequence[Field], sent: Mapping[str, str]) -> Typed:
    """Read what was sent; what cannot be meant is told beside its field."""
    typed = Typed({}, {})
    for each in fields:
        text = typed.texts[each.name] = sent.get(each.name, "")[: each.most + 1]
        try:
            value = each.read(text)
            if each.choices and value not in {"", *(c.value for c in each.choices(viewer))}:
                raise Wrong(_("请从列出的选项中选择。"))
            typed.values[each.name] = value
        except Wrong as wrong:
            typed.problems[each.name] = str(wrong)
    return typed


def shown(
    viewer: Viewer,
    fields: Sequence[Field],
    texts: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
) -> list[Shown]:
    """The fields with what is in them."""
    wrong = problems or {}
    return [
        Shown(
            each,
            texts.get(each.name, ""),
            _choices(viewer, each),
            wrong.get(each.name, ""),
        )
        for each in fields
    ]


def _choices(viewer: Viewer, each: Field) -> Sequence[Choice]:
    if each.input is Input.YES_NO:
        return [Choice("1", _("是")), Choice("0", _("否"))]
    return each.choices(viewer) if each.choices else ()


def written(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, str]:
    """Values as they stand in the inputs."""
    return {each.name: each.write(values.get(each.name)) for each in fields}


def answer(
    request: HttpRequest, sheet: Sheet, do: Callable[[Doing, dict[str, Any]], str]
) -> HttpResponse:
    """Show the form, or do what it says and go to the address that this answers."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if request.method != "POST":
        return _page(request, sheet, written(sheet.fields, sheet.values), {})
    typed = read(viewer, sheet.fields, request.POST)
    if not typed.problems:
        try:
            return HttpResponseRedirect(do(doing(request), typed.values))
        except Refusal as refused:
            typed.problems[""] = refused.zh
    return _page(request, sheet, typed.texts, typed.problems)


def refused(request: HttpRequest, sheet: Sheet, said: str) -> HttpResponse:
    """The form as it stands, with why something else on its page was refused."""
    return _page(request, sheet, written(sheet.fields, sheet.values), {"": said})


def _page(
    request: HttpRequest, sheet: Sheet, texts: Mapping[str, str], problems: Mapping[str, str]
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {
        "sheet": sheet,
        "fields": shown(viewer, sheet.fields, texts, problems),
        "problem": problems.get("", ""),
    }
    return render(request, FORM, context, status=422 if problems else 200)
