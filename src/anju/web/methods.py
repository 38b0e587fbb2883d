"""A page where Django answers nothing: an address of a form's button opened by itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from anju.web import errors


class MethodMiddleware:
    """Gives the empty 405 the page of the other errors; which methods there are stays in `Allow`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if not isinstance(answer, HttpResponseNotAllowed) or answer.content:
            return answer
        page = errors.wrong_method(request)
        page["Allow"] = answer["Allow"]
        return page
