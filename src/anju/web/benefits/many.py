"""Checking or approving several rolls at once: what would be decided first, then exactly that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.benefits.actions import rolls as actions
from anju.benefits.models import Roll
from anju.benefits.queries import listing, may
from anju.benefits.queries.listing import Tally
from anju.benefits.refusals import ChangedMeanwhile
from anju.benefits.states import State, Step
from anju.web.access import requires
from anju.web.benefits import words
from anju.web.benefits.rolls import ROLLS
from anju.web.doing import doing
from anju.web.lists import Ask, state

_MOST = 200
_VERBS = {
    "check": (Step.TOWN, State.CLEARED, actions.check),
    "approve": (Step.COUNTY, State.CHECKED, actions.approve),
}


@dataclass(frozen=True)
class Row:
    """A roll to decide about: how many lines wait, what they come to, how many stay behind."""

    roll: Roll
    place: str
    count: int
    amount: int
    left: int


@requires(Permission.VIEW_BENEFITS)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, verb: str) -> HttpResponse:
    """The rolls the address asks for that wait for the viewer's word; ticked and sent, they have it."""
    if request.method != "POST":
        return _preview(request, verb)
    seen = _seen(request.POST.getlist("roll"))
    now = doing(request)
    try:
        done = _VERBS[verb][2](by=now.by, on=now.on, viewer=now.viewer, rolls=seen)
    except ChangedMeanwhile as refused:
        return _preview(request, verb, refused.zh, 409)
    except Refusal as refused:
        return _preview(request, verb, refused.zh, 422)
    told = ngettext("已办理 %(count)s 册", "已办理 %(count)s 册", len(done))
    messages.success(request, told % {"count": len(done)})
    return HttpResponseRedirect(reverse("web:benefit-rolls"))


def _preview(request: HttpRequest, verb: str, problem: str = "", status: int = 200) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    step, wanted, _act = _VERBS[verb]
    ask = Ask(viewer, request.GET, viewer.on)
    asked = state.read(ROLLS, ask)
    left = listing.waiting_at(asked.narrowed().rows, step).order_by("village_code", "id")
    mine = [
        each
        for each in left[:_MOST]
        if step in may.steps(viewer, each.scheme, each.village_code) and each.scheme.is_open
    ]
    rows = _rows(mine, wanted)
    context = {
        "verb": verb,
        "title": _("批量审核花名册") if verb == "check" else _("批量审定花名册"),
        "button": _("审核通过选中的") if verb == "check" else _("审定选中的"),
        "rows": rows,
        "count": sum(each.count for each in rows),
        "amount": sum(each.amount for each in rows),
        "most": _MOST if len(left[: _MOST + 1]) > _MOST else 0,
        "query": request.GET.urlencode(),
        "problem": problem,
    }
    return render(request, "web/benefits/decide.html", context, status=status)


def _rows(mine: Sequence[Roll], wanted: State) -> list[Row]:
    words.add_places(mine)
    tallies = listing.of_rolls([each.pk for each in mine])
    return [_row(each, tallies.get(each.pk, listing.NOTHING), wanted) for each in mine]


def _row(roll: Roll, tally: Tally, wanted: State) -> Row:
    part = tally.of([wanted])
    objected = tally.of([State.OBJECTED]).count
    return Row(roll, roll.place_name, part.count, part.amount, objected)  # type: ignore[attr-defined]


def _seen(sent: Sequence[str]) -> dict[int, int]:
    """`id:version` of each roll ticked; what was changed by hand is left out."""
    seen: dict[int, int] = {}
    for each in sent:
        roll, _colon, version = each.partition(":")
        if all(part.isascii() and part.isdigit() and len(part) < 19 for part in (roll, version)):
            seen[int(roll)] = int(version)
    return seen
