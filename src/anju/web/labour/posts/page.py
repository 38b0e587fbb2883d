"""One post: its terms, who holds it, who held it, and whom a free place could be offered."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.employment import post_rules, post_words
from anju.employment.models import PostFund, WelfarePost
from anju.employment.queries import posts as queries
from anju.employment.queries.post_candidates import Candidate, Turn, candidates
from anju.employment.queries.post_facts import leaving_reasons
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.labour.posts import words

TURNS = {
    Turn.ZERO_WATCHED: _("零就业户，监测对象"),
    Turn.ZERO: _("零就业户"),
    Turn.OTHER: _("本人没有就业"),
}


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, post_id: int) -> HttpResponse:
    """One post of the viewer's places."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    post = post_or_404(viewer, post_id)
    context = _context(viewer, post)
    response = render(request, "web/labour/posts/page.html", context)
    shown = {row.household.code for row, _why in context["present"]}
    shown |= {row.household.code for row in context["former"]}
    shown |= {each["who"].household.code for each in context["candidates"]}
    record(
        by=viewer.actor(address_of(request)),
        action="welfare_post.read",
        kind="household",
        ids=sorted(shown),
        detail={"post": post.pk},
        place=post.division_code,
    )
    return response


def post_or_404(viewer: Viewer, post_id: int) -> WelfarePost:
    """The post an address names."""
    try:
        return queries.post_for(viewer, post_id)
    except WelfarePost.DoesNotExist:
        raise Http404 from None


def is_open(post: WelfarePost, viewer: Viewer) -> bool:
    """Whether the post is needed today."""
    return post.ended_on is None or post.ended_on > viewer.on


def _context(viewer: Viewer, post: Any) -> dict[str, Any]:
    on = viewer.on
    held = list(queries.holdings_for(viewer).filter(post=post).order_by("started_on", "pk"))
    present = [row for row in held if row.ended_on is None or row.ended_on > on]
    reasons = leaving_reasons(present, on)
    terms = queries.terms_of(post)
    may_edit = queries.may_edit_post(viewer, post)
    free = None if post.places is None else post.places - post.taken
    has_free = is_open(post, viewer) and (free is None or free > 0)
    wanted = candidates(viewer, post, on) if may_edit and has_free and free is not None else []
    return {
        "post": post,
        "place_name": places.names([post.division_code]).village(post.division_code)
        or post.division_code,
        "fund": PostFund(post.fund).label if post.fund else None,
        "free": free,
        "too_many": -free if free is not None and free < 0 else 0,
        "present": [(row, words.reasons(reasons.get(row.pk, ()))) for row in present],
        "elsewhere": post.taken - len(present),
        "former": [row for row in held if row.ended_on is not None and row.ended_on <= on],
        "terms": [row for row in terms if row.known_to is None and row.valid_to is not None],
        "corrected": [row for row in terms if row.known_to is not None],
        "candidates": [_told(each) for each in wanted],
        "may_edit": may_edit,
        "is_open": is_open(post, viewer),
        "has_free": has_free,
    }


def _told(who: Candidate) -> dict[str, Any]:
    return {
        "who": who,
        "turn": TURNS[who.turn],
        "asked": [post_words.RULES[each.rule] for each in post_rules.unknown(who.answers)],
    }
