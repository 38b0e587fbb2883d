"""The confirming page: the document with marks at the left, what was read from it at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.doubts import Doubts, doubts_of
from anju.duties.models import MeasureState, PlanMeasure, PlanVersion, VersionState
from anju.duties.queries import plans as queries
from anju.web.access import requires
from anju.web.lists import Choice
from anju.web.plans.item_markup import markup
from anju.web.plans.items import items, text_of

SHOWN = (
    Choice("", _("全部")),
    Choice("open", _("待确认")),
    Choice("odd", _("存疑")),
    Choice("confirmed", _("已确认")),
    Choice("dropped", _("不采用")),
)


@dataclass(frozen=True)
class Odd:
    """A measure that waits, with what is odd about it, for the list at the top."""

    measure: PlanMeasure
    words: str


@dataclass(frozen=True)
class Adding:
    """Words that should have become a measure, and why they did not."""

    words: str
    problem: str


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, plan_id: int, sequence: int) -> HttpResponse:
    """A version of a plan and its measures; what is in force or was is shown, not changed."""
    return show(request, version_or_404(request, plan_id, sequence))


def show(request: HttpRequest, version: PlanVersion, adding: Adding | None = None) -> HttpResponse:
    """The page; `adding` is what could not be added, with the reason."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    measures = list(queries.measures_of(version))
    doubts = doubts_of(version, measures)
    wanted = request.GET.get("show", "")
    shown = [each for each in measures if _is_shown(each, doubts, wanted)]
    base = queries.base_of(version)
    is_draft = version.state == VersionState.CONFIRMING
    may_change = is_draft and viewer.may(Permission.MANAGE_PLANS)
    rows = items(version, shown, doubts, {base.pk: base.text} if base else {})
    context = {
        "version": version,
        "plan": version.plan,
        "may_change": may_change,
        "text": text_of(version, measures, doubts.of_document),
        "items": mark_safe("".join(markup(each, may_change=may_change) for each in rows)),  # noqa: S308
        "odd": []
        if not may_change
        else [
            Odd(each, "；".join(dict.fromkeys(doubt.text for doubt in doubts.of(each))))
            for each in measures
            if each.state == MeasureState.OPEN and doubts.of(each)
        ],
        "of_document": doubts.of_document,
        "sure": sum(doubts.is_sure(each) for each in measures),
        "readiness": queries.readiness(version),
        "gone": _gone(base, measures) if is_draft else [],
        "base": base,
        "choices": SHOWN,
        "show": wanted,
        "adding": adding,
    }
    return render(request, "web/plans/confirm.html", context, status=422 if adding else 200)


def version_or_404(request: HttpRequest, plan_id: int, sequence: int) -> PlanVersion:
    """One version through its gate."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        return queries.version_for(viewer, plan_id, sequence)
    except PlanVersion.DoesNotExist:
        raise Http404 from None


def _is_shown(measure: PlanMeasure, doubts: Doubts, wanted: str) -> bool:
    if wanted == "odd":
        return measure.state == MeasureState.OPEN and bool(doubts.of(measure))
    return not wanted or wanted not in MeasureState.values or measure.state == wanted


def _gone(base: PlanVersion | None, measures: Sequence[PlanMeasure]) -> list[PlanMeasure]:
    """Confirmed measures of the version before that this one says nothing of."""
    if base is None:
        return []
    kept = {each.carried_from_id for each in measures}
    confirmed = base.measures.filter(state=MeasureState.CONFIRMED)
    return [each for each in confirmed if each.pk not in kept]
