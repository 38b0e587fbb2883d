"""Views of one village's open page: found by its address, fenced to that village, never kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from anju.accounts import row_security
from anju.audit.actor import PUBLIC, Actor
from anju.casework.queries import open_pages as queries
from anju.casework.queries.open_pages import OpenVillage
from anju.web.access import public
from anju.web.address import address_of

View = Callable[..., HttpResponse]


def of_village(view: View) -> View:
    """Hand the view the village of the address in place of the token; 404 where there is none.

    On PostgreSQL the request sees the rows of that village only from then on.
    """

    @public
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        village = queries.village_at(token)
        if village is None:
            raise Http404
        if settings.ROW_SECURITY:
            row_security.enter_village(village.code)
        return view(request, village, **kwargs)

    return guarded


def shown(
    request: HttpRequest,
    village: OpenVillage,
    template: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page under the village's name."""
    names = {"village": village, **context}
    return render(request, f"web/open/{template}.html", names, status=status)


def somebody(request: HttpRequest) -> Actor:
    """Who did not say who they are, for the audit trail: the address the request came from."""
    return replace(PUBLIC, address=address_of(request))
