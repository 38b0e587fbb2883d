"""What a sample is drawn from: codes of households, or numbers of tasks, by stratum."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import QuerySet

from anju.accounts.viewer import Viewer
from anju.duties.models import Task, TaskState, TaskUnit, UnitRole
from anju.duties.queries import tasks_for
from anju.places.queries import inside
from anju.registry.models import Household
from anju.registry.models.household import HouseholdClass
from anju.registry.queries import households_for
from anju.supervision.models import (
    Among,
    AnswerResult,
    SampledFrom,
    SampleItem,
    Strata,
    Supervision,
)
from anju.supervision.queries.gates import items_for
from anju.supervision.sampling import digest_of

Frame = dict[str, list[str]]
STRATA = {
    SampledFrom.HOUSEHOLDS: (Strata.TOWN, Strata.VILLAGE, Strata.SITE, Strata.CLASS),
    SampledFrom.TASKS: (Strata.UNIT,),
}
LOOKED_AT = (Among.UNMET, Among.SAME)
"""What a look-back may draw from: the sample of the inspection that it looks back at."""
ELSEWHERE = "-"
"""The stratum of households at no site, of tasks that no unit leads."""


def frame_of(
    viewer: Viewer, supervision: Supervision, *, sample_of: str, strata: str, among: str
) -> Frame:
    """Everything that may be drawn, in the viewer's places inside those of the inspection."""
    if sample_of == SampledFrom.TASKS:
        return _tasks(viewer, supervision, among)
    homes = _homes(viewer, supervision, among)
    found: Frame = defaultdict(list)
    fields = (
        "code",
        "village_code",
        "site__code",
        "household_class",
        "relocated",
        "monitored_kind",
    )
    for row in homes.values_list(*fields).iterator():
        found[_stratum(strata, *row[1:])].append(row[0])
    return dict(found)


def is_unchanged(viewer: Viewer, supervision: Supervision) -> bool:
    """Whether what was drawn from is the same today: then drawing again gives the same sample."""
    frame = frame_of(
        viewer,
        supervision,
        sample_of=supervision.sample_of,
        strata=supervision.strata,
        among=supervision.among,
    )
    return digest_of(frame) == supervision.frame_hash


def _homes(viewer: Viewer, supervision: Supervision, among: str) -> QuerySet[Household]:
    homes = households_for(viewer).filter(inside("village_code", supervision.division_code))
    if among in LOOKED_AT:
        return homes.filter(pk__in=looked_at(viewer, supervision, among).values("household"))
    if among == Among.RELOCATED:
        return homes.filter(relocated=True)
    if among == Among.LIFTED_OUT:
        return homes.filter(household_class=HouseholdClass.LIFTED_OUT)
    if among == Among.MONITORED:
        return homes.filter(monitored_kind__isnull=False, risk_removed_on__isnull=True)
    return homes


def looked_at(viewer: Viewer, supervision: Supervision, among: str) -> QuerySet[SampleItem]:
    """The sample of the inspection that a look-back looks back at: all of it, or where something was
    not met."""
    if supervision.looks_back_at is None:
        return SampleItem.objects.none()
    items = items_for(viewer, supervision.looks_back_at)
    if among == Among.UNMET:
        items = items.filter(answers__result=AnswerResult.UNMET)
    return items.order_by()


def _stratum(
    strata: str,
    village: str,
    site: str | None,
    household_class: str,
    relocated: bool,
    monitored: str | None,
) -> str:
    if strata == Strata.VILLAGE:
        return village
    if strata == Strata.SITE:
        return site or ELSEWHERE
    if strata == Strata.CLASS:
        return "monitored" if monitored else "relocated" if relocated else household_class
    return village[:9].ljust(12, "0")


def _tasks(viewer: Viewer, supervision: Supervision, among: str) -> Frame:
    """Open tasks without parts, by the unit that leads them (of several the first); in a look-back those
    looked at before, done or not."""
    tasks = tasks_for(viewer).filter(is_whole=False)
    if among in LOOKED_AT:
        tasks = tasks.filter(pk__in=looked_at(viewer, supervision, among).values("task"))
    else:
        tasks = tasks.filter(state=TaskState.OPEN)
    if supervision.plan_id is not None:
        tasks = tasks.filter(plan=supervision.plan_id)
    leading = TaskUnit.objects.filter(role__in=[UnitRole.LEAD, UnitRole.RESPONSIBLE])
    leading = leading.filter(task__in=tasks).order_by("task_id", "role", "id")
    unit_of_task: dict[int, str] = {}
    for task_id, unit_id in leading.values_list("task_id", "unit_id"):
        unit_of_task.setdefault(task_id, str(unit_id))
    found: Frame = defaultdict(list)
    for pk, number in tasks.order_by().values_list("pk", "number"):
        found[unit_of_task.get(pk, ELSEWHERE)].append(number)
    return dict(found)


def drawn_rows(
    viewer: Viewer, sample_of: str, keys: list[str]
) -> dict[str, tuple[int | None, int | None]]:
    """Key → ids of the household and of the task that it stands for."""
    found: dict[str, tuple[int | None, int | None]] = {}
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        if sample_of == SampledFrom.TASKS:
            tasks: QuerySet[Task] = tasks_for(viewer).filter(number__in=part)
            found.update({number: (None, pk) for number, pk in tasks.values_list("number", "pk")})
        else:
            homes = households_for(viewer).filter(code__in=part)
            found.update({code: (pk, None) for code, pk in homes.values_list("code", "pk")})
    return found


_AT_ONCE = 500
