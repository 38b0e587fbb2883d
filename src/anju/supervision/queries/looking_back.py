"""What a look-back looks back at, and what an inspection found, counted by question."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count

from anju.accounts.viewer import Viewer
from anju.supervision.models import (
    FoundProblem,
    LookBack,
    SampleAnswer,
    SampleItem,
    Supervision,
)
from anju.supervision.queries.gates import items_for, problems_for
from anju.supervision.queries.health import hidden


def problems_before(viewer: Viewer, supervision: Supervision) -> list[FoundProblem]:
    """Problems that the inspection looked back at had found, in their order; none of a first inspection."""
    if supervision.looks_back_at is None:
        return []
    rows = problems_for(viewer).filter(supervision=supervision.looks_back_at)
    return list(rows.select_related("household__grid", "plan").order_by("id"))


def seen_again(
    viewer: Viewer, supervision: Supervision, problems: Sequence[FoundProblem]
) -> dict[int, bool]:
    """Problem → whether it was still solved when this look-back looked at it last; one query."""
    seen = problems_for(viewer).filter(pk__in=[each.pk for each in problems])
    rows = LookBack.objects.filter(supervision=supervision, problem__in=seen)
    return dict(rows.order_by("id").values_list("problem_id", "is_solved"))


def results_of(viewer: Viewer, supervision: Supervision) -> dict[str, dict[str, int]]:
    """Question → result → items the viewer may see with that result; those that tell of health only
    where that may be told. Three queries."""
    items = items_for(viewer, supervision).exclude(pk__in=secret_items(viewer, supervision))
    rows = SampleAnswer.objects.filter(item__in=items).order_by()
    counted: dict[str, dict[str, int]] = {}
    for question, result, number in rows.values_list("question", "result").annotate(Count("id")):
        counted.setdefault(question, {})[result] = number
    return counted


def secret_items(viewer: Viewer, supervision: Supervision) -> set[int]:
    """Items of a sample that tell of health which the viewer may not see."""
    rows: list[SampleItem] = list(
        items_for(viewer, supervision)
        .filter(about_health=True)
        .select_related("household__grid", "supervision")
    )
    return hidden(viewer, rows)
