"""For each form how many of its fields the county knows: no figure by person, place or office."""

from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.queries import cases_for
from anju.intake.outgoing.coverage import Coverage, counted
from anju.web.access import requires
from anju.web.casework.asked import Asked
from anju.web.casework.forms import FORMS
from anju.web.entering import of_duties
from anju.web.registers.editing.forms import FORMS as EDITING

#: Forms of a case that ask a household for facts.
_CASE_FORMS: Final = ("check", "removal-check", "measure", "follow-up")
_CASES: Final = 10


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Forms of departments, of a case, and of the household page."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = counted(viewer)
    editing = [(str(EDITING[each.id].title), each) for each in found.editing.values()]
    context = {
        "households": found.households,
        "cases": _CASES,
        "groups": [
            (_("案件"), [(each.title, each) for each in _of_cases(viewer)]),
            (
                _("任务和公开页"),
                [
                    (f"{each.title}（{each.office}）" if each.office else each.title, each)
                    for each in of_duties.coverages(viewer, viewer.on, _CASES)
                ],
            ),
            (_("户档案更正"), editing),
            (_("部门名单"), [(f"{each.title}（{each.office}）", each) for each in found.lists]),
        ],
    }
    return render(request, "web/entering/page.html", context)


def _of_cases(viewer: Viewer) -> Iterator[Coverage]:
    """Each form as it would be opened now for the newest cases the viewer sees."""
    if not viewer.may(Permission.VIEW_CASES):
        return
    newest = cases_for(viewer).select_related("household").order_by("-pk")[:_CASES]
    asked = [Asked(viewer, case, viewer.on) for case in newest]
    for name in _CASE_FORMS:
        form = FORMS[name]
        fields = max((len(form.fields(each)) for each in asked), default=0)
        # What stands there without a source is no knowledge: the day of today.
        known = sum(1 for each in asked for value in form.prefill(each).values() if value.source)
        yield Coverage(name, str(form.title), "", fields, len(asked), known)
