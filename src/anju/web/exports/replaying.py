"""Opening an address for somebody without their browser: to describe an export, and to write it.

The very view that the person saw is called, with the person as viewer on the day it happens: whoever
lost the permission or the place meanwhile gets nothing. No second way to the rows exists.
"""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from anju.accounts.models import User
from anju.accounts.viewer import Viewer
from anju.exports.actions import ExportRefused
from anju.web.access import PUBLIC, access_of
from anju.web.lists.export import Describe, Write


def describe(address: str, user: User, viewer: Viewer) -> dict[str, Any]:
    """What an export of this address would take out; `ExportRefused` if it is no list."""
    purpose = Describe()
    _open(address, user, viewer, purpose)
    if not purpose.found:
        raise ExportRefused(_("这个网址不是可以导出的名单，请回到名单页重新点“导出”。"))
    return purpose.found


def write(address: str, user: User, viewer: Viewer, purpose: Write) -> None:
    """Write the list into the purpose's file; `ExportRefused` if the viewer may not any more."""
    _open(address, user, viewer, purpose)
    if purpose.summary is None:
        raise ExportRefused(_("名单的行数已超过一次导出的上限，请缩小范围后重新申请。"))


def _open(address: str, user: User, viewer: Viewer, purpose: Describe | Write) -> None:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        raise ExportRefused(_("这个网址不是可以导出的名单，请回到名单页重新点“导出”。"))
    try:
        match = resolve(parts.path)
        if access_of(match.func) == PUBLIC:
            raise Http404
        match.func(
            _request(parts.path, parts.query, user, viewer, purpose), *match.args, **match.kwargs
        )
    except Resolver404:
        raise ExportRefused(_("这个网址不是可以导出的名单，请回到名单页重新点“导出”。")) from None
    except (PermissionDenied, Http404):
        raise ExportRefused(_("申请人已没有导出这份名单的权限，不能生成。")) from None


def _request(
    path: str, query: str, user: User, viewer: Viewer, purpose: Describe | Write
) -> HttpRequest:
    """A request as the middleware would have made it."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META["QUERY_STRING"] = query
    request.GET = QueryDict(query)
    request.user = user
    request.viewer = viewer  # type: ignore[attr-defined]
    request.htmx = False  # type: ignore[attr-defined]
    request.export_purpose = purpose  # type: ignore[attr-defined]
    return request
