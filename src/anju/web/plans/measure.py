"""One measure: putting right what was read, and cutting it in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties.actions import changing
from anju.duties.doubts import doubts_of
from anju.duties.models import PlanMeasure, VersionState
from anju.duties.queries import offices
from anju.duties.queries import plans as queries
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.plans.acting import measure_or_404
from anju.web.plans.confirming import version_or_404
from anju.web.plans.item_markup import words
from anju.web.plans.items import item
from anju.web.plans.measure_forms import Form

_ENDS = re.compile(r"[^。；;\n]*[。；;\n]+")
_BRACKET_ALONE = re.compile(r"(?:[（(〔\[【][^）)〕\]】]*[）)〕\]】][。；;\s]*)*")
MOST_SENTENCES = 80


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, plan_id: int, sequence: int, measure_id: int) -> HttpResponse:
    """The form of a measure beside its words."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    version = version_or_404(request, plan_id, sequence)
    measure = measure_or_404(version, measure_id)
    back = f"{reverse('web:plan-confirm', args=[plan_id, sequence])}#item-{measure_id}"
    form, problem = Form(measure, request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and not form.problems:
        try:
            changing.change(
                by=viewer.actor(address_of(request)),
                on=timezone.localdate(),
                viewer=viewer,
                measure=measure,
                wanted=form.wanted(),
                confirms=request.POST.get("then") == "confirm",
            )
        except Refusal as refused:
            problem = refused.zh
        else:
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(back)
    problems = [*form.problems, *([problem] if problem else [])]
    base = queries.base_of(version)
    shown = item(
        version, measure, doubts_of(version, [measure]).of(measure), base.text if base else ""
    )
    context = {
        "plan": version.plan,
        "version": version,
        "each": shown,
        "measure": measure,
        "was": words(shown.was),
        "words": version.text[measure.start : measure.end],
        "form": form,
        "problems": problems,
        "sentences": list(_sentences(version.text, measure)),
        "names": offices.names(),
        "may_change": version.state == VersionState.CONFIRMING,
        "back": back,
    }
    return render(request, "web/plans/measure.html", context, status=422 if problems else 200)


def _says_something(words: str) -> bool:
    """Whether more is left than the offices in brackets at the end, which are no measure."""
    return not _BRACKET_ALONE.fullmatch(words.strip())


def _sentences(text: str, measure: PlanMeasure) -> Iterator[tuple[int, str]]:
    """Where a measure may be cut: the beginning of each sentence but the first, with its words."""
    ends = [match.end() for match in _ENDS.finditer(text, measure.start, measure.end)]
    starts = [place for place in ends if _says_something(text[place : measure.end])]
    for place, after in zip(starts[:MOST_SENTENCES], [*starts[1:], measure.end], strict=False):
        yield place, " ".join(text[place:after].split())[:60]
