"""The language of the pages: a cookie before sign-in, afterwards what the user chose."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from anju.accounts.actions import users
from anju.accounts.models import User
from anju.audit.actor import Actor
from anju.web.access import public
from anju.web.address import address_of
from anju.web.returning import safe


@public
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep a language, for the user if somebody is signed in, and go back to the page."""
    response = HttpResponseRedirect(safe(request, request.POST.get("next") or "/"))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        user = request.user
        if isinstance(user, User) and user.language != chosen:
            by = Actor(user.username, user.name, address_of(request))
            users.set_language(by=by, user=user, language=chosen)
        keep(response, chosen)
    return response


def keep(response: HttpResponseBase, language: str) -> None:
    """Write the cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
