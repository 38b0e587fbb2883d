"""Pages for what went wrong: they say what to do next and show nothing of the inside."""

from datetime import datetime
from urllib.parse import quote

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from anju.web.access import public
from anju.web.faults import reference_of
from anju.web.middleware import recognise


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where it was refused for its size."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _page(request, 400, _("请求有误"), _("请返回上一页重新操作；若再次出现，请告知管理员。"))


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    what_next = _(
        "您的岗位没有这项权限，或不在您负责的区域。如工作需要，请联系本单位的安全管理员。"
    )
    return _page(request, 403, _("没有权限打开这一页"), what_next)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    if not hasattr(request, "viewer") and hasattr(request, "user"):
        # No address matched, so no view was asked who may open it: the way back is shown all the same.
        recognise(request)
    what_next = _("网址可能有误，或记录不在您负责的区域。请从功能列表重新查找。")
    if _is_open(request):
        what_next = _("网址可能有误，公示可能已经结束，或者这个村的网址已经换了。请向村委会询问。")
    return _page(request, 404, _("没有找到这一页"), what_next)


@public
def wrong_method(request: HttpRequest) -> HttpResponse:
    """405: the address of a form's button was opened by itself, or from the history."""
    what_next = _("这个网址只用来提交，不能直接打开。请从功能列表进入相应页面，再点页面上的按钮。")
    return _page(request, 405, _("这一页不能直接打开"), what_next)


@public
def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    what_next = _("提交的内容超过了允许的大小，没有保存。请减小文件（例如按乡镇拆分）后再上传。")
    return _page(request, 413, _("提交的内容太大"), what_next)


@public
def too_often(request: HttpRequest, *, seconds: int, again: datetime) -> HttpResponse:
    """429, with the moment from which it is answered again."""
    what_next = _("您在短时间内操作过于频繁，请在 %(time)s 之后再试。") % {
        "time": f"{again:%H:%M:%S}"
    }
    response = _page(request, 429, _("操作过于频繁"), what_next)
    response["Retry-After"] = str(seconds)
    response["X-Anju-Notice"] = quote(what_next)
    return response


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or cookies are off."""
    what_next = _("页面停留过久或浏览器禁用了 Cookie，内容没有提交。请返回上一页刷新后重新提交。")
    return _page(request, 403, _("表单已失效"), what_next)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """500: rendered without the database, which may be what is broken."""
    page = render_to_string("web/errors/broken.html", {"reference": reference_of(request)})
    return HttpResponse(page, status=500)


def _is_open(request: HttpRequest) -> bool:
    """Whether a villager reads it, who has no desk to go back to."""
    return request.path.startswith("/open/")


def _page(request: HttpRequest, status: int, heading: str, what_next: str) -> HttpResponse:
    if getattr(request, "viewer", None) is None:
        request.viewer = None  # type: ignore[attr-defined]
    context = {
        "heading": heading,
        "what_next": what_next,
        "reference": reference_of(request),
        "has_desk": not _is_open(request),
    }
    return render(request, "web/errors/page.html", context, status=status)
