"""What lists of samples and problems show besides their own columns; for rows that gates gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from anju.accounts.viewer import Viewer
from anju.supervision.models import (
    AnswerResult,
    FoundProblem,
    NoticeUnit,
    ProblemUnit,
    Rectification,
    SampleAnswer,
    SampleItem,
    Supervision,
    SupervisionNotice,
)
from anju.supervision.queries.gates import items_for, notices_for, problems_for
from anju.supervision.queries.health import hidden


@dataclass
class OfProblem:
    """Units of a problem, what they did last, and whether its words may be told."""

    units: list[str] = field(default_factory=list)
    is_hidden: bool = False
    latest: dict[int, Rectification] = field(default_factory=dict)


def unmet_of(
    viewer: Viewer, supervision: Supervision, items: Sequence[SampleItem]
) -> dict[int, list[str]]:
    """Item → questions that were not met, of items whose words may be told; two queries."""
    secret = hidden(viewer, items)
    shown = [item.pk for item in items if item.pk not in secret]
    rows = SampleAnswer.objects.filter(
        item__in=items_for(viewer, supervision).filter(pk__in=shown), result=AnswerResult.UNMET
    )
    found: dict[int, list[str]] = {}
    for item_id, question in rows.order_by("id").values_list("item_id", "question"):
        found.setdefault(item_id, []).append(question)
    return found


def of_problems(viewer: Viewer, problems: Sequence[FoundProblem]) -> dict[int, OfProblem]:
    """Problem → its units, the latest report of each in its round; at most three queries."""
    secret = hidden(viewer, problems)
    found = {row.pk: OfProblem(is_hidden=row.pk in secret) for row in problems}
    rounds = {row.pk: row.round for row in problems}
    seen = problems_for(viewer).filter(pk__in=found)
    units = ProblemUnit.objects.filter(problem__in=seen).order_by("id")
    for problem_id, name in units.values_list("problem_id", "unit__name"):
        found[problem_id].units.append(name)
    for told in Rectification.objects.filter(problem__in=seen).order_by("id"):
        if told.round == rounds[told.problem_id]:
            found[told.problem_id].latest[told.unit_id] = told
    return found


def units_of_notices(viewer: Viewer, notices: Sequence[SupervisionNotice]) -> dict[int, list[str]]:
    """Notice → the units it is sent to; one query."""
    seen = notices_for(viewer).filter(pk__in=[each.pk for each in notices])
    rows = NoticeUnit.objects.filter(notice__in=seen).order_by("id")
    found: dict[int, list[str]] = {}
    for notice_id, name in rows.values_list("notice_id", "unit__name"):
        found.setdefault(notice_id, []).append(name)
    return found
