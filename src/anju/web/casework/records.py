"""The pages on which something is written down about a case: authorisation, check, comparison, review."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework import books
from anju.casework.actions import drafts as draft_actions
from anju.casework.models import Draft
from anju.casework.queries import drafts
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework.asked import Asked
from anju.web.casework.case import case_of, head
from anju.web.casework.forms import form_of
from anju.web.casework.recording import Form, Prefill, Saving, typed
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input, Shown, Wrong

TEMPLATE = "web/casework/record.html"


@requires(Permission.VIEW_CASES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """The form, and saving it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = Asked(viewer, case_of(viewer, number), viewer.on)
    if not books.has_pack(asked.case):
        return HttpResponseRedirect(reverse("web:case", args=[number]))  # which says why
    form = form_of(asked, what)
    if form is None:
        raise Http404
    if not form.may(asked):
        raise PermissionDenied
    if request.method == "POST":
        return _save(request, asked, form)
    draft = drafts.draft_for(viewer, asked.case, form.id) if form.keeps_draft else None
    return _render(request, asked, form, draft.texts if draft else {}, {}, draft=draft)


def _save(request: HttpRequest, asked: Asked, form: Form) -> HttpResponse:
    texts, values, problems = _read(form.fields(asked), asked, request)
    if problems:
        return _render(request, asked, form, texts, problems)
    at = timezone.now()
    seen = request.POST.get("seen", "")
    saving = Saving(
        by=asked.viewer.actor(address_of(request)),
        viewer=asked.viewer,
        at=at,
        on=timezone.localdate(at),
        seen=int(seen) if seen.isdecimal() and len(seen) < 9 else -1,
    )
    try:
        with transaction.atomic():
            form.keep(asked, saving, values)
            draft_actions.end(by=saving.by, case=asked.case, form=form.id, is_handed_in=True)
    except Refusal as refused:
        return _render(request, asked, form, texts, {}, refused.zh)
    messages.success(request, str(form.done))
    return HttpResponseRedirect(_back(asked, form))


def _read(
    fields: Sequence[Field], asked: Asked, request: HttpRequest
) -> tuple[dict[str, str], dict[str, Any], dict[str, str]]:
    """What was typed, what it means, and what is wrong with it."""
    texts = typed(fields, request.POST)
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for each in fields:
        try:
            values[each.name] = each.read(texts[each.name])
            if each.input is Input.CHOICE and texts[each.name]:
                _refuse_strange(each, asked, texts[each.name].strip())
        except Wrong as wrong:
            problems[each.name] = str(wrong)
    return texts, values, problems


def _refuse_strange(each: Field, asked: Asked, text: str) -> None:
    if all(choice.value != text for choice in _choices(each, asked)):
        raise Wrong(_("请从列表中选择。"))


def _render(
    request: HttpRequest,
    asked: Asked,
    form: Form,
    texts: Mapping[str, str],
    problems: Mapping[str, str],
    problem: str = "",
    draft: Draft | None = None,
) -> HttpResponse:
    fields = form.fields(asked)
    prefill = form.prefill(asked)
    shown = [_shown(each, asked, prefill.get(each.name), texts, problems) for each in fields]
    context = {
        **head(asked),
        "asked": asked,
        "form": form,
        "to_ask": [each for each in shown if not each.source],
        "known": [each for each in shown if each.source],
        "problem": problem,
        "problems": [each for each in shown if each.problem],
        "back": _back(asked, form),
        "draft": draft,
        "draft_months": settings.KEEP_DRAFTS_MONTHS,
        "seen": request.POST.get("seen", asked.case.version),
    }
    return render(request, TEMPLATE, context, status=422 if problem or problems else 200)


def _shown(
    each: Field,
    asked: Asked,
    prefill: Prefill | None,
    texts: Mapping[str, str],
    problems: Mapping[str, str],
) -> Shown:
    text = each.write(prefill.value) if prefill else ""
    is_known = prefill is not None and prefill.value is not None
    return Shown(
        each,
        texts.get(each.name, text),
        _choices(each, asked),
        problems.get(each.name, ""),
        prefill.source if prefill and is_known else "",
        prefill.on if prefill and is_known else None,
    )


def _choices(each: Field, asked: Asked) -> Sequence[Choice]:
    if each.input is Input.YES_NO:
        return [Choice("1", _("是")), Choice("0", _("否"))]
    return each.choices(asked) if each.choices else ()


def _back(asked: Asked, form: Form) -> str:
    return f"{reverse('web:case', args=[asked.case.number])}#{form.section}"
