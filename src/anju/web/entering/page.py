"""For each form how many of its fields the county knows: no figure by person, place or office."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.intake.outgoing.coverage import Coverage, counted
from anju.web.access import requires
from anju.web.entering.declared import COUNTED
from anju.web.entering.of_cases import CASES


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The forms that are declared, and the lists of departments."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = counted(viewer)
    groups = [(str(group.title), _named(group.coverages(viewer, found))) for group in COUNTED]
    context = {
        "households": found.households,
        "cases": CASES,
        "groups": [*groups, (_("部门名单"), _named(found.lists))],
    }
    return render(request, "web/entering/page.html", context)


def _named(coverages: Iterable[Coverage]) -> list[tuple[str, Coverage]]:
    """Each with its name, and the office it comes from where it comes from one."""
    return [
        (f"{each.title}（{each.office}）" if each.office else each.title, each)
        for each in coverages
    ]
