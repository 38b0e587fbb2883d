"""The gates of supervision: which inspections, samples, problems and notices a viewer may see.

Whom an inspection visits is known to inspectors only until it is concluded. A problem is seen by who
sees the county's duties, and by the units that must put it right and the places those lie in; one
that names a household only where the viewer sees that household.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import tasks_for, unit_of, units_for
from anju.registry.queries.gates import within
from anju.supervision.models import (
    FoundProblem,
    NoticeUnit,
    ProblemUnit,
    SampleItem,
    Supervision,
    SupervisionNotice,
    SupervisionState,
)

_OF_PROBLEM = ("household__grid", "plan", "task", "indicator", "supervision", "item")


def may_inspect(viewer: Viewer, division_code: str) -> bool:
    """Whether the viewer inspects the whole of a place."""
    return viewer.scope_for(Permission.INSPECT).covers(division_code)


def supervisions_for(viewer: Viewer) -> QuerySet[Supervision]:
    """Inspections of the viewer's places: of inspectors all, of others those concluded, and of those the
    wider ones too that looked at something of theirs or found a problem that they may see."""
    inspected = viewer.scope_for(Permission.INSPECT).q("division_code", grid=None)
    allowed = viewer.scope_for(Permission.VIEW_DUTIES)
    seen = allowed.q("division_code", grid=None)
    if viewer.may(Permission.VIEW_DUTIES) and not allowed.is_county_wide:
        items = SampleItem.objects.filter(_of_items(viewer), supervision=OuterRef("pk"))
        problems = problems_for(viewer).filter(supervision=OuterRef("pk"))
        seen |= Q(Exists(items)) | Q(Exists(problems))
    return Supervision.objects.filter(inspected | (seen & Q(state=SupervisionState.CONCLUDED)))


def supervision_for(viewer: Viewer, number: str) -> Supervision:
    """One inspection; raises Supervision.DoesNotExist for who may not see it."""
    rows = supervisions_for(viewer).select_related("plan", "led_by", "looks_back_at")
    return rows.get(number=number)


def items_for(viewer: Viewer, supervision: Supervision) -> QuerySet[SampleItem]:
    """Items of a sample: households in the viewer's places, tasks the viewer may see."""
    return SampleItem.objects.filter(_of_items(viewer), supervision=supervision)


def _of_items(viewer: Viewer) -> Q:
    tasks = Q(task__isnull=False, task__in=tasks_for(viewer))
    homes = Q(household__isnull=False) & within(viewer, "household__")
    return tasks | homes


def item_for(viewer: Viewer, supervision: Supervision, position: int) -> SampleItem:
    """One item by its place in the sample; raises SampleItem.DoesNotExist."""
    rows = items_for(viewer, supervision).select_related("household__grid", "task")
    return rows.get(position=position)


def sample_counts(
    viewer: Viewer, supervisions: Sequence[Supervision]
) -> dict[int, tuple[int, int]]:
    """Inspection → how many items its sample has, and how many were looked at; one query.

    Counts of the whole sample: who sees an inspection sees how big it was.
    """
    rows = supervisions_for(viewer).filter(pk__in=[each.pk for each in supervisions])
    looked = Count("items", filter=Q(items__checked_on__isnull=False))
    rows = rows.annotate(drawn=Count("items"), looked=looked)
    return {pk: (drawn, seen) for pk, drawn, seen in rows.values_list("pk", "drawn", "looked")}


def problems_for(viewer: Viewer) -> QuerySet[FoundProblem]:
    """Problems of units whose work the viewer may see, and of households the viewer may see."""
    return FoundProblem.objects.filter(of_problems_for(viewer))


def of_problems_for(viewer: Viewer, path: str = "") -> Q:
    """The condition on problems that `problems_for` holds, or on rows that point to them by `path`."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return Q(pk__in=[])
    household = f"{path}__household" if path else "household"
    seen = Q(**{f"{household}__isnull": True}) | within(viewer, f"{household}__")
    if viewer.scope_for(Permission.VIEW_DUTIES).is_county_wide:
        return seen
    units = ProblemUnit.objects.filter(problem=OuterRef(path or "pk"), unit__in=units_for(viewer))
    return seen & Q(Exists(units))


def problem_for(viewer: Viewer, number: str) -> FoundProblem:
    """One problem by its number; raises FoundProblem.DoesNotExist for who may not see it."""
    return problems_for(viewer).select_related(*_OF_PROBLEM).get(number=number)


def units_of_problems(viewer: Viewer) -> QuerySet[ProblemUnit]:
    """Problems the viewer may see, once for each unit that puts them right."""
    rows = ProblemUnit.objects.filter(problem__in=problems_for(viewer))
    return rows.select_related("unit", "problem__household__grid", "problem__plan")


def notices_for(viewer: Viewer) -> QuerySet[SupervisionNotice]:
    """Notices to units whose work the viewer may see; about a problem, where that is seen."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return SupervisionNotice.objects.none()
    seen = Q(problem__isnull=True) | Q(problem__in=problems_for(viewer))
    rows = SupervisionNotice.objects.filter(seen)
    if viewer.scope_for(Permission.VIEW_DUTIES).is_county_wide:
        return rows
    units = NoticeUnit.objects.filter(notice=OuterRef("pk"), unit__in=units_for(viewer))
    return rows.filter(Exists(units))


def notice_for(viewer: Viewer, number: str) -> SupervisionNotice:
    """One notice by its number; raises SupervisionNotice.DoesNotExist for who may not see it."""
    rows = notices_for(viewer).select_related("plan", "problem__household__grid", "issuing_unit")
    return rows.get(number=number)


def answers_for_unit(viewer: Viewer, problem: FoundProblem) -> Unit | None:
    """The viewer's own unit where it must put the problem right and the viewer reports for it."""
    if not viewer.may(Permission.REPORT_PROGRESS):
        return None
    unit = unit_of(viewer)
    if unit is None or not problem.units.filter(unit=unit).exists():
        return None
    return unit
