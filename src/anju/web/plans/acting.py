"""What is done on the confirming page: one measure, many at once, one that the reader missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties.actions import changing
from anju.duties.actions import confirming as actions
from anju.duties.doubts import doubts_of
from anju.duties.marks import mark_of
from anju.duties.models import MeasureState, PlanMeasure, PlanVersion, VersionState
from anju.duties.queries import plans as queries
from anju.duties.refusals import DutyRefused
from anju.duties.spans import Bare
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.plans.confirming import Adding, show, version_or_404
from anju.web.plans.item_markup import markup
from anju.web.plans.items import item


def _confirm(request: HttpRequest, given: dict[str, Any], measure: PlanMeasure) -> None:
    seen = request.GET.get("seen", "")
    actions.confirm(**given, on=timezone.localdate(), measure=measure, seen=seen)


def _drop(request: HttpRequest, given: dict[str, Any], measure: PlanMeasure) -> None:
    actions.drop(**given, on=timezone.localdate(), measure=measure)


def _reopen(request: HttpRequest, given: dict[str, Any], measure: PlanMeasure) -> None:
    actions.reopen(**given, measure=measure)


def _merge(request: HttpRequest, given: dict[str, Any], measure: PlanMeasure) -> None:
    changing.merge(**given, measure=measure)


def _split(request: HttpRequest, given: dict[str, Any], measure: PlanMeasure) -> None:
    changing.split(**given, measure=measure, place=_whole(request.POST.get("place", "")))


_Act = Callable[[HttpRequest, dict[str, Any], PlanMeasure], None]
ACTS: Mapping[str, _Act] = MappingProxyType(
    {"confirm": _confirm, "drop": _drop, "reopen": _reopen, "merge": _merge, "split": _split}
)
#: So many are listed to be confirmed together: nobody reads four hundred and then ticks them.
MOST_AT_ONCE = 50
#: These change other items too: the whole page is shown anew.
_WHOLE_PAGE = frozenset({"merge", "split"})


@requires(Permission.MANAGE_PLANS)
@require_POST
def one(
    request: HttpRequest, plan_id: int, sequence: int, measure_id: int, act: str
) -> HttpResponse:
    """Confirm, drop, open again, join or cut one measure."""
    version = version_or_404(request, plan_id, sequence)
    measure = measure_or_404(version, measure_id)
    if act not in ACTS:
        raise Http404
    problem = ""
    try:
        ACTS[act](request, _given(request), measure)
    except Refusal as refused:
        problem = refused.zh
    is_fragment = bool(request.htmx) and act not in _WHOLE_PAGE  # type: ignore[attr-defined]
    if is_fragment:
        return _fragment(request, version, measure_id, problem)
    if problem:
        messages.error(request, problem)
    target = measure_id if problem or act in _WHOLE_PAGE else _next(version, measure)
    return HttpResponseRedirect(f"{_page_of(version)}#item-{target}")


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def many(request: HttpRequest, plan_id: int, sequence: int) -> HttpResponse:
    """What was read plainly, listed with its words so far as a person reads them, confirmed at once."""
    version = version_or_404(request, plan_id, sequence)
    if request.method == "POST":
        told = [each.partition(":") for each in request.POST.getlist("measure")[:MOST_AT_ONCE]]
        chosen = {_whole(pk): mark for pk, _colon, mark in told}
        if not chosen:
            messages.error(request, _("没有选中任何措施，请至少勾选一条。"))
            return HttpResponseRedirect(request.get_full_path())
        try:
            done = actions.confirm_many(
                **_given(request),
                on=timezone.localdate(),
                version=version,
                measures=chosen,
                seen=chosen,
            )
        except Refusal as refused:
            messages.error(request, refused.zh)
        else:
            _tell(request, done, len(chosen) - done)
        last = _whole(request.POST.get("more", ""))
        onwards = f"{request.path}?after={last}"
        return HttpResponseRedirect(_page_of(version) if last < 0 else onwards)
    measures = list(queries.measures_of(version))
    doubts = doubts_of(version, measures)
    # What was left out of one part does not come again, ticked, in the next.
    after = _whole(request.GET.get("after", ""))
    sure = [each for each in measures if doubts.is_sure(each) and each.position > after]
    waiting = sum(each.state == MeasureState.OPEN for each in measures)
    for each in sure[:MOST_AT_ONCE]:
        each.words = " ".join(version.text[each.start : each.end].split())  # type: ignore[attr-defined]
        each.mark = mark_of(each)  # type: ignore[attr-defined]
    context = {
        "version": version,
        "plan": version.plan,
        "sure": sure[:MOST_AT_ONCE],
        "later": len(sure[MOST_AT_ONCE:]),
        "left": waiting - len(sure),
    }
    return render(request, "web/plans/many.html", context)


def _tell(request: HttpRequest, done: int, left: int) -> None:
    """How many were confirmed, and that others were changed by somebody else meanwhile."""
    words = ngettext("已确认 %(done)s 条措施。", "已确认 %(done)s 条措施。", done)
    messages.success(request, words % {"done": done})
    if left:
        said = ngettext(
            "有 %(left)s 条在您看的时候被别人改过或办过，没有一起确认，请再看一遍。",
            "有 %(left)s 条在您看的时候被别人改过或办过，没有一起确认，请再看一遍。",
            left,
        )
        messages.warning(request, said % {"left": left})


@requires(Permission.MANAGE_PLANS)
@require_POST
def add(request: HttpRequest, plan_id: int, sequence: int) -> HttpResponse:
    """A measure from a stretch of text: selected at the left, or pasted. Refused words stay in the form."""
    version = version_or_404(request, plan_id, sequence)
    try:
        start, end = _stretch(request, version)
        made = changing.add(**_given(request), version=version, start=start, end=end)
    except Refusal as refused:
        return show(request, version, Adding(request.POST.get("words", ""), refused.zh))
    messages.success(request, _("已添加，请补上责任单位。"))
    address = reverse("web:plan-measure", args=[plan_id, sequence, made.pk])
    return HttpResponseRedirect(address)


def measure_or_404(version: PlanVersion, measure_id: int) -> PlanMeasure:
    """One measure of the version."""
    try:
        measure = queries.measure_of(version, measure_id)
    except PlanMeasure.DoesNotExist:
        raise Http404 from None
    measure.version = version
    return measure


def _fragment(
    request: HttpRequest, version: PlanVersion, measure_id: int, problem: str
) -> HttpResponse:
    """The item alone, as it stands now, with the counts of the version."""
    measure = measure_or_404(version, measure_id)
    base = queries.base_of(version)
    # Without the others a warning of the text cannot be told from that of a measure around it: as good.
    doubts = doubts_of(version, [measure]).of(measure)
    shown = item(version, measure, doubts, base.text if base else "", problem)
    context = {
        "version": version,
        "plan": version.plan,
        "item": markup(shown, may_change=version.state == VersionState.CONFIRMING),
        "readiness": queries.readiness(version),
    }
    return render(request, "web/plans/_acted.html", context, status=422 if problem else 200)


def _stretch(request: HttpRequest, version: PlanVersion) -> tuple[int, int]:
    """The chosen offsets, else where the pasted words stand."""
    start, end = (request.POST.get(name, "") for name in ("start", "end"))
    if start.isdecimal() and end.isdecimal():
        return int(start[:9]), int(end[:9])
    spans = Bare.of(version.text).find(request.POST.get("words", ""))
    if not spans:
        raise DutyRefused(_("正文里没有这段文字。请从左边原样复制，空格和换行不影响。"))
    if len(spans) > 1:
        raise DutyRefused(_("这段文字在正文里出现多次，请多复制几个字，或用鼠标选中。"))
    return spans[0]


def _next(version: PlanVersion, measure: PlanMeasure) -> int:
    """The measure behind that waits, else the one itself."""
    waiting = queries.measures_of(version).filter(state=MeasureState.OPEN)
    found = waiting.filter(position__gt=measure.position).values_list("pk", flat=True).first()
    return found or measure.pk


def _given(request: HttpRequest) -> dict[str, Any]:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return {"by": viewer.actor(address_of(request)), "viewer": viewer}


def _page_of(version: PlanVersion) -> str:
    return reverse("web:plan-confirm", args=[version.plan_id, version.sequence])


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1
