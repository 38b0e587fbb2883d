"""Giving a user a post, and ending one."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.accounts import queries
from anju.accounts.actions import posts
from anju.accounts.models import Post
from anju.accounts.permissions import Permission
from anju.web.access import requires
from anju.web.people.user import actor, found, show


@requires(Permission.MANAGE_USERS)
@require_POST
def give(request: HttpRequest, username: str) -> HttpResponse:
    """Give a post from a day, for good or until a day."""
    user = found(request, username)
    try:
        posts.give(
            by=actor(request),
            on=day_of(request, "on") or timezone.localdate(),
            user=user,
            role=request.POST.get("role", ""),
            division_code=request.POST.get("place", ""),
            grid_code=request.POST.get("grid", "").strip()[:20],
            until=day_of(request, "until"),
        )
    except posts.PostRefused as refused:
        return show(request, user, problem=refused.zh, given=request.POST)
    messages.success(request, _("岗位已安排。"))
    return HttpResponseRedirect(reverse("web:user", args=[user.username]))


@requires(Permission.MANAGE_USERS)
@require_POST
def end(request: HttpRequest, post_id: int) -> HttpResponse:
    """End a post on a day."""
    post = post_of(request, post_id)
    reason = request.POST.get("reason", "").strip()[:200]
    try:
        if not reason:
            raise posts.PostRefused(_("请写明理由，如“轮岗”“调离”。"))
        on = day_of(request, "on") or timezone.localdate()
        posts.end(by=actor(request), on=on, post=post, reason=reason)
    except posts.PostRefused as refused:
        return show(request, post.user, problem=refused.zh)
    messages.success(request, _("岗位已终止。"))
    return HttpResponseRedirect(reverse("web:user", args=[post.user.username]))


def post_of(request: HttpRequest, post_id: int) -> Post:
    """The post of an address, or 404."""
    post = queries.posts_for(request.viewer).filter(pk=post_id).first()  # type: ignore[attr-defined]
    if post is None:
        raise Http404
    return post


def day_of(request: HttpRequest, field: str) -> date | None:
    """A day typed in a form; None when it was left empty."""
    typed = request.POST.get(field, "").strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise posts.PostRefused(_("日期应写成 2023-09-30 的样子。")) from None
