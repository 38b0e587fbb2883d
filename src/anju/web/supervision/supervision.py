"""One inspection: what it is, its sample with results, problems found, what it looks back at."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.language import in_language
from anju.places import queries as places
from anju.supervision import queries
from anju.supervision.models import AnswerResult, SampledFrom, Supervision, SupervisionState
from anju.supervision.queries import looking_back
from anju.supervision.queries.frames import is_unchanged
from anju.web import lists, words
from anju.web.access import requires
from anju.web.supervision.problems import add_words, shown_problems
from anju.web.supervision.samples import HOUSEHOLDS, TASKS
from anju.web.supervision.wording import notice_said, strata_names


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, number: str) -> HttpResponseBase:
    """The inspection, above the list of its sample."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = supervision_or_404(request, number)
    register = TASKS if row.sample_of == SampledFrom.TASKS else HOUSEHOLDS
    names = places.names([row.division_code])
    may_act = row.state == SupervisionState.OPEN and queries.may_inspect(viewer, row.division_code)
    drawn, checked = queries.sample_counts(viewer, [row])[row.pk]
    problems = queries.problems_for(viewer).filter(supervision=row).order_by("-id")
    context = {
        "supervision": row,
        "place_name": names.village(row.division_code) or row.division_code,
        "may_act": may_act,
        "is_open": row.state == SupervisionState.OPEN,
        "drawn": drawn,
        "checked": checked,
        "strata": _strata(viewer, row),
        "problems": shown_problems(viewer, problems),
        "before": _before(viewer, row),
        "results": _results(viewer, row) if checked else [],
        "notices": [
            (each, notice_said(each))
            for each in queries.notices_for(viewer)
            .filter(supervision=row)
            .select_related("replacement")
            .order_by("-id")
        ],
        "looked_back": queries.supervisions_for(viewer).filter(looks_back_at=row).order_by("id"),
        "drawn_by": words.user(row.drawn_by),
        "may_verify": row.drawn_on is not None and viewer.may(Permission.INSPECT),
        "is_unchanged": is_unchanged(viewer, row) if request.GET.get("verify") else None,
        "result_names": AnswerResult.labels,
    }
    return lists.show(
        request,
        register,
        template="web/supervision/supervision.html",
        given={"supervision": row},
        context=context,
    )


def supervision_or_404(request: HttpRequest, number: str) -> Supervision:
    """One inspection through its gate."""
    try:
        return queries.supervision_for(request.viewer, number)  # type: ignore[attr-defined]
    except Supervision.DoesNotExist:
        raise Http404 from None


def _before(viewer: Viewer, row: Supervision) -> list[tuple[Any, bool | None]]:
    """Problems of the inspection looked back at, and what this look-back said of each (None: nothing yet)."""
    found = looking_back.problems_before(viewer, row)
    said = looking_back.seen_again(viewer, row, found)
    add_words(viewer, found, viewer.on)
    return [(each, said.get(each.pk)) for each in found]


def _results(viewer: Viewer, row: Supervision) -> list[tuple[str, str, list[int]]]:
    """Each question by its code and in words, with how many items had each result."""
    counted = looking_back.results_of(viewer, row)
    return [
        (
            each["id"],
            in_language(each["zh"], each["en"]),
            [counted.get(each["id"], {}).get(result, 0) for result in AnswerResult.values],
        )
        for each in row.questions
    ]


def _strata(viewer: Viewer, row: Supervision) -> list[tuple[str, int]]:
    """Each stratum by name and how many it had when the sample was drawn."""
    names = strata_names(viewer, row, row.frame)
    return [(names[each], row.frame[each]) for each in sorted(row.frame)]
