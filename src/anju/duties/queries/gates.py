"""The gates of duties: which plans and tasks a viewer may see.

Plans are public documents: whoever may see duties reads all that are live. Tasks are seen by who
sees the whole county, and otherwise by the units that answer for them and the places those lie in.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from anju.accounts.models import Unit, User
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Plan, Task, TaskUnit, VersionState
from anju.memory import remembered

_MANY = 10_000


def plans_for(viewer: Viewer) -> QuerySet[Plan]:
    """Plans with a live version; those still being confirmed only to who confirms them."""
    if viewer.may(Permission.MANAGE_PLANS):
        return Plan.objects.all()
    if not viewer.may(Permission.VIEW_DUTIES):
        return Plan.objects.none()
    return Plan.objects.filter(
        versions__state__in=[VersionState.LIVE, VersionState.REPLACED]
    ).distinct()


def plan_for(viewer: Viewer, plan_id: int) -> Plan:
    """One plan; raises Plan.DoesNotExist for who may not see it."""
    return plans_for(viewer).get(pk=plan_id)


def units_for(viewer: Viewer) -> QuerySet[Unit]:
    """Units whose work the viewer may see: those in the viewer's places, and their own."""
    return Unit.objects.filter(_in_reach(viewer))


def tasks_for(viewer: Viewer) -> QuerySet[Task]:
    """Tasks of units whose work the viewer may see; who sees the county sees them all."""
    scope = viewer.scope_for(Permission.VIEW_DUTIES)
    if scope.is_county_wide:
        return Task.objects.all()
    if _reaches_many(viewer):
        return Task.objects.filter(of_tasks_for(viewer))
    units = TaskUnit.objects.filter(unit__in=units_for(viewer))
    return Task.objects.filter(pk__in=units.values("task"))


def of_tasks_for(viewer: Viewer, task: str = "pk") -> Q:
    """The same as a condition on rows whose field `task` is the task: for one or a few of very many."""
    if viewer.scope_for(Permission.VIEW_DUTIES).is_county_wide:
        return Q()
    return Q(Exists(TaskUnit.objects.filter(task=OuterRef(task), unit__in=units_for(viewer))))


def task_for(viewer: Viewer, number: str) -> Task:
    """One task by its number; raises Task.DoesNotExist for who may not see it."""
    found = Task.objects.filter(of_tasks_for(viewer)).select_related(
        "plan", "measure", "parent", "given_by"
    )
    return found.get(number=number)


@remembered
def _reaches_many(viewer: Viewer) -> bool:
    """Whether so many tasks are the viewer's that each row is better asked than all of them listed."""
    rows = TaskUnit.objects.filter(unit__in=units_for(viewer)).order_by()
    return rows.values_list("pk")[_MANY:].exists()


@remembered
def unit_of(viewer: Viewer) -> Unit | None:
    """The unit the viewer works in, for which they report."""
    return Unit.objects.filter(pk__in=User.objects.filter(pk=viewer.user_id).values("unit")).first()


def _in_reach(viewer: Viewer) -> Q:
    if not viewer.may(Permission.VIEW_DUTIES):
        return Q(pk__in=[])
    own = Q(pk__in=User.objects.filter(pk=viewer.user_id, unit__isnull=False).values("unit"))
    return own | viewer.scope_for(Permission.VIEW_DUTIES).q("division_code", grid=None)
