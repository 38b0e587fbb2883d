"""The desk: what awaits the viewer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.web.access import requires


@requires()
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What to do today, late things first."""
    return render(request, "web/desk/page.html", {})
