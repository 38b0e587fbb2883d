"""Addresses of the interface: all under /api/v1/, all opened by a token and by nothing else."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from anju.accounts.permissions import BY_TOKEN
from anju.api.asking import Token
from anju.api.assets import router as assets
from anju.api.benefits import router as benefits
from anju.api.community import router as community
from anju.api.duties import router as duties
from anju.api.labour import router as labour
from anju.api.operations import router
from anju.api.posts import router as posts
from anju.api.projects import router as projects
from anju.api.work import router as work

api = NinjaAPI(
    title="安居接口 Anju API",
    version="1",
    description="只读接口：令牌由安全管理员发放，每个系统一个，只能读取令牌区域内的数据。",
    auth=Token(),
    docs_url=None,  # its page needs inline scripts, which the content policy forbids
    urls_namespace="api",
)
api.add_router("", router)
api.add_router("", duties)
api.add_router("", assets)
api.add_router("", projects)
api.add_router("", labour)
api.add_router("", work)
api.add_router("", posts)
api.add_router("", community)
api.add_router("", benefits)

_CODES = {
    400: "bad_request",
    403: "not_allowed",
    404: "not_found",
    410: "archived",
    429: "too_many_requests",
}


def _problem(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    """An answer that says why not."""
    return api.create_response(request, {"code": code, "message": message}, status=status)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    words = "没有令牌，或令牌不对、已过期、已收回。请在请求头 Authorization 中写 Bearer 和令牌。"
    response = _problem(request, 401, "no_token", words)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    code = _CODES.get(error.status_code, "refused")
    return _problem(request, error.status_code, code, str(error))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return _problem(request, 404, "not_found", "没有这项内容。")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = sorted({str(each["loc"][-1]) for each in error.errors})
    return _problem(request, 422, "invalid", f"参数不对：{'、'.join(names)}。请对照接口说明修改。")


def _opened_by_token(pattern: URLPattern) -> URLPattern:
    """The same address with the mark that the middleware asks for."""
    pattern.callback.access = BY_TOKEN  # type: ignore[attr-defined]
    return pattern


_patterns, _app_name, _namespace = api.urls
urlpatterns = [
    path("api/v1/", ([_opened_by_token(each) for each in _patterns], _app_name, _namespace))
]
