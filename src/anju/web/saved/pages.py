"""Saving the address of a filtered list under a name, and the list of such names."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.audit.refusal import Refusal
from anju.exports import actions, queries
from anju.web.access import PUBLIC, access_of, requires
from anju.web.address import address_of

#: Not kept: a search may be a name; a position and an export are of the moment.
_NOT_KEPT = ("q", "after", "before", "export")


@requires()
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The viewer's own views."""
    viewer = request.viewer  # type: ignore[attr-defined]
    return render(request, "web/saved/index.html", {"views": queries.views_of(viewer)})


@requires()
@require_http_methods(["GET", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Ask for a name, or keep the address under it."""
    given = request.POST if request.method == "POST" else request.GET
    address = kept(given.get("address", ""))
    title = given.get("title", "")[:80]
    context = {"address": address, "title": title, "name": given.get("name", "")}
    if request.method == "GET":
        return render(request, "web/saved/save.html", context)
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        actions.save_view(
            by=viewer.actor(address_of(request)),
            at=timezone.now(),
            viewer=viewer,
            name=given.get("name", ""),
            title=title,
            address=address,
        )
    except Refusal as refused:
        context["problem"] = refused.zh
        return render(request, "web/saved/save.html", context, status=422)
    messages.success(request, _("视图已保存，在“我的视图”中打开。"))
    return HttpResponseRedirect(address)


@requires()
@require_POST
def forget(request: HttpRequest, view_id: int) -> HttpResponse:
    """Let go of a view."""
    viewer = request.viewer  # type: ignore[attr-defined]
    actions.forget_view(by=viewer.actor(address_of(request)), viewer=viewer, view_id=view_id)
    return HttpResponseRedirect(reverse("web:saved-views"))


def kept(address: str) -> str:
    """The part of an address that is kept; 404 for one that is no page of this server."""
    parts = urlsplit(address)
    try:
        page = resolve(parts.path)
    except Resolver404:
        raise Http404 from None
    if parts.scheme or parts.netloc or access_of(page.func) == PUBLIC:
        raise Http404
    asked = QueryDict(parts.query, mutable=True)
    for name in _NOT_KEPT:
        asked.pop(name, None)
    for name in [name for name, values in asked.lists() if not any(values)]:
        asked.pop(name)
    return f"{parts.path}?{asked.urlencode()}" if asked else parts.path
