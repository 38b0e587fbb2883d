"""Setting posts up, putting them right, giving them other terms, ending them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.employment.actions import posts
from anju.employment.actions.posts import PostRefused
from anju.employment.models import WelfarePost
from anju.employment.queries import posts as queries
from anju.web.access import requires
from anju.web.assets.forms import Typed, scope_of
from anju.web.doing import Doing
from anju.web.labour.posts import forms
from anju.web.labour.posts.page import post_or_404
from anju.web.labour.sheets import Sheet, answer, source, told

_EDIT = ["GET", "POST"]


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """A post nobody has listed."""
    fields = (*forms.POST, *forms.TERMS)
    back = reverse("web:welfare-posts")
    sheet = Sheet(_("设岗"), fields, {}, crumb(), back)

    def do(done: Doing, typed: Typed) -> str:
        said = dict(typed.values)
        terms = {name: said.pop(name) for name in posts.TERMS}
        _inside(done.viewer, said)
        post = posts.add(
            by=done.by, on=done.on, values=said, terms=terms, source=source(done.viewer)
        )
        messages.success(request, _("已登记。"))
        return page_of(post)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    """What the post is, was noted wrongly."""
    post = editable(request, post_id)
    values = {name: getattr(post, name) for name in posts.FIELDS}
    sheet = Sheet(_("更正岗位"), forms.POST, values, crumb(), page_of(post), post.name)

    def do(done: Doing, typed: Typed) -> str:
        _inside(done.viewer, typed.values)
        changed = posts.correct(
            by=done.by, on=done.on, post=post, values=typed.values, source=source(done.viewer)
        )
        told(request, changed)
        return page_of(post)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def terms(request: HttpRequest, post_id: int) -> HttpResponse:
    """Other places, pay or funds from a day on, or put right."""
    post: Any = editable(request, post_id)
    fields = (*forms.TERMS, forms.SINCE)
    values = {name: getattr(post, name) for name in posts.TERMS}
    sheet = Sheet(_("人数、补贴和资金"), fields, values, crumb(), page_of(post), post.name)

    def do(done: Doing, typed: Typed) -> str:
        said = dict(typed.values)
        since = said.pop("since")
        changed = posts.change_terms(
            by=done.by, on=done.on, post=post, since=since, values=said, source=source(done.viewer)
        )
        told(request, changed)
        return page_of(post)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def end(request: HttpRequest, post_id: int) -> HttpResponse:
    """The post is needed no more."""
    post = editable(request, post_id)
    if post.ended_on is not None:
        raise PermissionDenied
    sheet = Sheet(
        _("撤岗"), forms.END_POST, {}, crumb(), page_of(post), post.name,
        note=gettext_lazy("还有人在岗的，先逐人登记退岗。岗位和以前的聘用、发放记录都会保留。"),
    )  # fmt: skip

    def do(done: Doing, typed: Typed) -> str:
        posts.end(by=done.by, on=done.on, post=post, **typed.values)
        told(request, True)
        return page_of(post)

    return answer(request, sheet, do)


def editable(request: HttpRequest, post_id: int) -> WelfarePost:
    """The post an address names, if the viewer may change it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    post = post_or_404(viewer, post_id)
    if not queries.may_edit_post(viewer, post):
        raise PermissionDenied
    return post


def crumb() -> tuple[str, str]:
    """The list that every page of posts leads back to."""
    return reverse("web:welfare-posts"), _("公益性岗位")


def page_of(post: WelfarePost) -> str:
    """The address of a post."""
    return reverse("web:welfare-post", args=[post.pk])


def _inside(viewer: Viewer, values: Any) -> None:
    """Nobody puts a post out of their own sight."""
    site = values.get("site")
    code = site.village_code if site else values["division_code"]
    if not code or not scope_of(viewer).covers(code):
        raise PostRefused(_("请选择所在地：您负责的村、乡镇或县。"), "division_code")
