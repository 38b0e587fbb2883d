"""A form of supervision: fields, units to choose, files to attach; read, saved, or shown again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.audit import attachments
from anju.audit.attachments import Attachment
from anju.audit.refusal import Refusal
from anju.supervision.proofs import MOST_FILES
from anju.web.doing import Doing, told_beside
from anju.web.lists import Choice
from anju.web.lists.declaration import Text
from anju.web.registers.editing.fields import Field, Input, Shown, Wrong
from anju.web.uploads import uploaded

TEMPLATE = "web/supervision/form.html"
_MOST_TEXT = 5_000


@dataclass(frozen=True)
class Given:
    """What a form gave: values of its fields, the units chosen, and the files, looked at."""

    values: Mapping[str, Any]
    units: Sequence[Unit]
    files: Sequence[Attachment]


@dataclass(frozen=True)
class Sheet:
    """What is asked. `units` are those that may be chosen, with those chosen already."""

    title: Text
    back: str
    back_title: Text
    fields: Sequence[Field]
    done: Text
    button: Text
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    prefill: Mapping[str, Any] = field(default_factory=dict)
    units: Sequence[Unit] = ()
    units_title: Text = ""
    chosen: Sequence[int] = ()
    has_files: bool = False
    note: Text = ""
    template: str = TEMPLATE
    context: Mapping[str, Any] = field(default_factory=dict)


def answer(request: HttpRequest, sheet: Sheet, keep: Callable[[Doing, Given], str]) -> HttpResponse:
    """The form; sent, it is kept and leads where `keep` says, or is shown with what is wrong."""
    if request.method != "POST":
        return _shown(request, sheet)
    texts, values, problems = _read(sheet, request)
    if problems:
        return _shown(request, sheet, texts, problems)

    def do(who: Doing) -> str:
        address = keep(who, Given(values, _units(sheet, request), _files(sheet, request)))
        messages.success(request, str(sheet.done))
        return address

    return told_beside(request, do, lambda refused: _refused(request, sheet, texts, refused))


def _refused(
    request: HttpRequest, sheet: Sheet, texts: Mapping[str, str], refused: Refusal
) -> HttpResponse:
    """The form with the reason, beside the field that it is about."""
    field = getattr(refused, "field", "")
    if field in texts:
        return _shown(request, sheet, texts, {field: refused.zh})
    return _shown(request, sheet, texts, {}, refused.zh)


def _read(
    sheet: Sheet, request: HttpRequest
) -> tuple[dict[str, str], dict[str, Any], dict[str, str]]:
    """What was typed, what it means, and what is wrong with it."""
    texts = {each.name: request.POST.get(each.name, "")[:_MOST_TEXT] for each in sheet.fields}
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for each in sheet.fields:
        text = texts[each.name].strip()
        try:
            values[each.name] = each.read(text)
            offered = {choice.value for choice in sheet.choices.get(each.name, ())}
            if each.input is Input.CHOICE and text and text not in offered:
                raise Wrong(_("请从列表中选择。"))
        except Wrong as wrong:
            problems[each.name] = str(wrong)
    return texts, values, problems


def _choices(sheet: Sheet, each: Field) -> Sequence[Choice]:
    if each.input is Input.YES_NO:
        return [Choice("1", _("是")), Choice("0", _("否"))]
    return sheet.choices.get(each.name, ())


def _units(sheet: Sheet, request: HttpRequest) -> list[Unit]:
    wanted = set(request.POST.getlist("units"))
    return [unit for unit in sheet.units if str(unit.pk) in wanted]


def _files(sheet: Sheet, request: HttpRequest) -> list[Attachment]:
    if not sheet.has_files:
        return []
    return uploaded(request, "files", place="supervision", most=MOST_FILES)


def _shown(
    request: HttpRequest,
    sheet: Sheet,
    texts: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    problem: str = "",
) -> HttpResponse:
    found = problems or {}
    shown = [
        Shown(
            each,
            (texts or {}).get(each.name, each.write(sheet.prefill.get(each.name))),
            _choices(sheet, each),
            found.get(each.name, ""),
        )
        for each in sheet.fields
    ]
    wanted = {int(text) for text in request.POST.getlist("units") if text.isdecimal()}
    context = {
        "sheet": sheet,
        "shown_fields": shown,
        "problem": problem,
        "problems": [each for each in shown if each.problem],
        "chosen": wanted or set(sheet.chosen),
        "accept": attachments.ACCEPT,
        **sheet.context,
    }
    status = 422 if problem or found else 200
    return render(request, sheet.template, context, status=status)
