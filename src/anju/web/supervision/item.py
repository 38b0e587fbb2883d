"""One item of a sample: an inspector with a phone at the door fills in what is found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.language import in_language
from anju.places import queries as places
from anju.supervision import queries
from anju.supervision.actions import supervisions as actions
from anju.supervision.models import AnswerResult, SampleItem, SupervisionState
from anju.supervision.queries.health import hidden
from anju.supervision.refusals import SupervisionRefused
from anju.web import words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.doing import Doing, carry_out
from anju.web.registers.editing.fields import Field, Input, Wrong
from anju.web.supervision.supervision import supervision_or_404

TEMPLATE = "web/supervision/item.html"
_DAY = Field("checked_on", gettext_lazy("检查日期"), Input.DATE, is_required=True)
_WORDS = Field("words", gettext_lazy("现场情况"), Input.LONG, most=2000)


@requires(Permission.VIEW_DUTIES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """What is asked of the item, and what was found; inspectors fill it in."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    supervision = supervision_or_404(request, number)
    try:
        item = queries.item_for(viewer, supervision, position)
    except SampleItem.DoesNotExist:
        raise Http404 from None
    item.supervision = supervision
    if request.method == "POST":
        return carry_out(
            request,
            lambda who: _keep(request, who, item),
            lambda refused: _shown(request, item, refused),
        )
    record(
        by=viewer.actor(address_of(request)),
        action="supervision.read",
        kind="household" if item.household else "task",
        ids=[item.household.code if item.household else item.task.number],
        detail={"supervision": supervision.number, "item": item.position},
        place=item.household.village_code if item.household else supervision.division_code,
    )
    return _shown(request, item)


def _keep(request: HttpRequest, who: Doing, item: SampleItem) -> str:
    """Save, and go on to the next item that was not looked at."""
    supervision = item.supervision
    try:
        checked_on = _DAY.read(request.POST.get("checked_on", ""))
        told = _WORDS.read(request.POST.get("words", ""))
    except Wrong as wrong:
        raise SupervisionRefused(str(wrong)) from None
    actions.check_item(
        by=who.by,
        on=who.on,
        viewer=who.viewer,
        item=item,
        checked_on=checked_on,
        answers={
            each["id"]: request.POST.get(f"q_{each['id']}", "") for each in supervision.questions
        },
        words=told,
        about_health=request.POST.get("about_health") == "1",
        seen=request.POST.get("seen"),
    )
    messages.success(request, _("已保存第 %(n)s 个样本。") % {"n": item.position})
    if request.POST.get("then") == "problem":
        address = f"{reverse('web:problem-new')}?supervision={supervision.number}"
        return f"{address}&item={item.position}"
    waiting = queries.items_for(who.viewer, supervision).filter(checked_on__isnull=True)
    following = waiting.order_by("position").first()
    if following is None:
        return reverse("web:supervision", args=[supervision.number])
    return reverse("web:supervision-item", args=[supervision.number, following.position])


def _shown(request: HttpRequest, item: SampleItem, problem: str = "") -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    supervision = item.supervision
    is_open = supervision.state == SupervisionState.OPEN
    household = item.household
    names = places.names([household.village_code]) if household else None
    questions = _questions(request, item)
    people = accounts.names_of({item.checked_by} - {""})
    context = {
        "supervision": supervision,
        "item": item,
        "household": household,
        "place_name": names.village(household.village_code) if names and household else "",
        "questions": questions,
        "results": AnswerResult.choices,
        "is_hidden": bool(hidden(viewer, [item])),
        "may_fill": is_open and queries.may_inspect(viewer, supervision.division_code),
        "checked_on": request.POST.get("checked_on", _iso(item.checked_on or viewer.on)),
        "words": request.POST.get("words", item.words),
        "about_health": item.about_health or request.POST.get("about_health") == "1",
        "problem": problem,
        "missing": bool(problem) and any(not each["given"] for each in questions),
        "seen": actions.mark_of(item),
        "around": _around(viewer, item),
        "checked_by": words.user(item.checked_by, people.get(item.checked_by, "")),
        "problems": queries.problems_for(viewer).filter(item=item).order_by("id"),
    }
    return render(request, TEMPLATE, context, status=422 if problem else 200)


def _around(viewer: Viewer, item: SampleItem) -> tuple[int | None, int | None]:
    """The items before and behind it that the viewer may see."""
    there = (
        queries.items_for(viewer, item.supervision).order_by().values_list("position", flat=True)
    )
    before = [each for each in there if each < item.position]
    behind = [each for each in there if each > item.position]
    return max(before, default=None), min(behind, default=None)


def _questions(request: HttpRequest, item: SampleItem) -> list[dict[str, Any]]:
    """Each question in the reader's language with what was answered, and what stands there where what was
    sent is something else."""
    answers = dict(item.answers.values_list("question", "result"))
    labels = dict(AnswerResult.choices)
    found = []
    for each in item.supervision.questions:
        given = request.POST.get(f"q_{each['id']}", answers.get(each["id"], ""))
        asked = in_language(each["zh"], each["en"])
        there = answers.get(each["id"], "")
        found.append(
            {
                "id": each["id"],
                "words": asked,
                "given": given,
                "said": labels.get(given),
                "there": labels.get(there, "") if there != given else "",
            }
        )
    return found


def _iso(day: Any) -> str:
    return str(day.isoformat())
