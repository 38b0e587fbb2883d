"""Handing a post over in one step: what will move is shown before, what moved after."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts import queries, work
from anju.accounts.actions import handovers, posts
from anju.accounts.models import Post
from anju.accounts.permissions import Permission
from anju.places import queries as places
from anju.web.access import requires
from anju.web.people import choices
from anju.web.people.posts import day_of, post_of
from anju.web.people.user import actor


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, post_id: int) -> HttpResponse:
    """Choose the successor, the day and the reason; then hand over."""
    post = post_of(request, post_id)
    if request.method == "GET":
        return render(request, "web/people/hand_over.html", _names(request, post))
    viewer = request.viewer  # type: ignore[attr-defined]
    chosen = queries.users_for(viewer).filter(username=request.POST.get("successor", "")).first()
    try:
        if chosen is None:
            raise handovers.HandoverRefused(_("请选择接任的人。"))
        done = handovers.hand_over(
            by=actor(request),
            on=day_of(request, "on") or timezone.localdate(),
            post=post,
            successor=chosen,
            reason=request.POST.get("reason", "")[:200],
            works=work.kinds(),
        )
    except (handovers.HandoverRefused, posts.PostRefused) as refused:
        post.refresh_from_db()
        names = {**_names(request, post), "problem": refused.zh}
        return render(request, "web/people/hand_over.html", names, status=422)
    moved = sum(done.moved.values())
    said = _("已交接给%(name)s，转交未办事项 %(count)s 件。") % {
        "name": chosen.name,
        "count": moved,
    }
    messages.success(request, said)
    return HttpResponseRedirect(reverse("web:user", args=[chosen.username]))


def _names(request: HttpRequest, post: Post) -> dict[str, Any]:
    """What the page shows: the post, its open work, who could take it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    place = places.names([post.division_code]).village(post.division_code)
    open_work = handovers.open_work(by=actor(request), post=post, works=work.kinds())
    others = queries.users_for(viewer).filter(is_active=True).exclude(pk=post.user_id)
    return {
        "post": post,
        "role": choices.role_name(post.role),
        "place": place or post.division_code,
        "open_work": open_work,
        "others": others.order_by("name", "username"),
        "today": viewer.on,
        "given": request.POST,
    }
