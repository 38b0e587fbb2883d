"""One assignment: who, where, since when, and what was owed and done."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Assignment, OwedKind
from anju.duties.queries import assignments as queries
from anju.web import words
from anju.web.access import requires
from anju.web.assignments import wording

SHOWN = 60


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """One assignment."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return show(request, assignment_or_404(viewer, assignment_id))


def show(request: HttpRequest, row: Assignment, problem: str = "") -> HttpResponse:
    """The page, with what was refused on it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    owed = list(queries.owed_of(row)[:SHOWN])
    people = accounts.names_of({each.recorded_by for each in owed if each.recorded_by})
    is_over = row.valid_to is not None and row.valid_to <= viewer.on
    context = {
        "row": row,
        "place": wording.place_of(row, wording.names_for([row])),
        "place_address": wording.address_of_place(row),
        "leader": wording.leader_of(row),
        "rhythms": [(kind.label, wording.rhythm_word(row, kind, viewer.on)) for kind in OwedKind],
        "last_day": wording.last_day_of(row),
        "lines": [
            (each, words.user(each.row.recorded_by, people.get(each.row.recorded_by, "")))
            for each in wording.shown(owed, viewer.on)
        ],
        "may_record": queries.may_record(viewer, row),
        "may_arrange": queries.may_arrange(viewer, row.division_code) and not is_over,
        "today": viewer.on,
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "web/assignments/page.html", context, status=422 if problem else 200)


def assignment_or_404(viewer: Viewer, assignment_id: int) -> Assignment:
    """The assignment, for who may see it."""
    try:
        return queries.assignment_for(viewer, assignment_id)
    except Assignment.DoesNotExist:
        raise Http404 from None
