"""Assignments as a viewer may see them, and what they owe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from anju.accounts.models import Unit, User
from anju.accounts.permissions import Permission
from anju.accounts.queries import posts_on, scope_of
from anju.accounts.roles import ROLES
from anju.accounts.viewer import Viewer
from anju.duties.models import Assignment, Owed, OwedKind
from anju.duties.queries.gates import unit_of, units_for

_SHOWN_WITH = ("leader", "unit", "site", "plan")


def assignments_for(viewer: Viewer) -> QuerySet[Assignment]:
    """Assignments in the viewer's places, and their own wherever these are."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return Assignment.objects.none()
    places = viewer.scope_for(Permission.VIEW_DUTIES).q("division_code", grid=None)
    return Assignment.objects.filter(places | own(viewer)).select_related(*_SHOWN_WITH)


def assignment_for(viewer: Viewer, assignment_id: int) -> Assignment:
    """One assignment; raises Assignment.DoesNotExist for who may not see it."""
    return assignments_for(viewer).get(pk=assignment_id)


def in_force(on: date, prefix: str = "") -> Q:
    """The condition on assignments (or, with a prefix, on rows of theirs) that they hold on a day."""
    open_ended = Q(**{f"{prefix}valid_to__isnull": True})
    return Q(**{f"{prefix}valid_from__lte": on}) & (open_ended | Q(**{f"{prefix}valid_to__gt": on}))


def is_owing(viewer: Viewer, assignment: Assignment) -> bool:
    """Whether it is the viewer, or their unit, who owes what the assignment asks for."""
    if assignment.leader_id is not None and assignment.leader_id == viewer.user_id:
        return True
    unit = unit_of(viewer) if assignment.unit_id is not None else None
    return unit is not None and unit.pk == assignment.unit_id


def may_arrange(viewer: Viewer, code: str) -> bool:
    """Whether the viewer assigns leaders to this place."""
    return viewer.scope_for(Permission.MANAGE_PLANS).covers(code)


def may_record(viewer: Viewer, assignment: Assignment) -> bool:
    """Whether the viewer writes down visits and meetings: the leader, their unit, or the office."""
    return may_arrange(viewer, assignment.division_code) or is_owing(viewer, assignment)


def owed_by(viewer: Viewer, until: date) -> QuerySet[Owed]:
    """What the viewer or their unit owes and is due by a day, the oldest first."""
    rows = Owed.objects.filter(own(viewer, "assignment__"), held_on__isnull=True)
    rows = rows.filter(due_on__lte=until).select_related(
        *(f"assignment__{name}" for name in _SHOWN_WITH)
    )
    return rows.order_by("due_on", "id")


def owed_of(assignment: Assignment) -> QuerySet[Owed]:
    """Everything an assignment owed and owes, the latest first."""
    return assignment.owed.order_by("-due_on", "kind", "-id")


def with_open_owed(
    rows: QuerySet[Assignment],
    *,
    late_on: date | None = None,
    soon: tuple[date, date] | None = None,
) -> QuerySet[Assignment]:
    """Those that owe something past its day, or due within some days (both ends included)."""
    owed = Owed.objects.filter(assignment=OuterRef("pk"), held_on__isnull=True)
    if late_on is not None:
        owed = owed.filter(due_on__lt=late_on)
    if soon is not None:
        owed = owed.filter(due_on__range=soon)
    return rows.filter(Exists(owed))


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one kind at one assignment: the last day it was done, and the first that is open."""

    last_on: date | None = None
    due_on: date | None = None
    period: str = ""


def standings(assignments: Sequence[Assignment]) -> dict[tuple[int, str], Standing]:
    """(assignment, kind) → where it stands; two queries."""
    ids = [each.pk for each in assignments]
    done = Owed.objects.filter(assignment__in=ids, held_on__isnull=False).order_by("held_on")
    last = {(row.assignment_id, row.kind): row.held_on for row in done}
    waiting = Owed.objects.filter(assignment__in=ids, held_on__isnull=True).order_by("-due_on")
    first = {(row.assignment_id, row.kind): row for row in waiting}
    return {
        (pk, kind.value): Standing(
            last.get((pk, kind.value)),
            first[pk, kind.value].due_on if (pk, kind.value) in first else None,
            first[pk, kind.value].period if (pk, kind.value) in first else "",
        )
        for pk in ids
        for kind in OwedKind
    }


def at_place(
    viewer: Viewer, *, site_code: str = "", division_code: str = ""
) -> QuerySet[Assignment]:
    """Assignments to one site, or to one village or town itself."""
    rows = assignments_for(viewer)
    if site_code:
        return rows.filter(site__code=site_code)
    return rows.filter(division_code=division_code, site__isnull=True)


def done_at(assignments: Iterable[Assignment], most: int) -> list[Owed]:
    """The latest visits and meetings of these assignments, with what came of them."""
    rows = Owed.objects.filter(
        assignment__in=[each.pk for each in assignments], held_on__isnull=False
    )
    found = rows.select_related("assignment__leader", "assignment__unit")
    return list(found.order_by("-held_on", "-id")[:most])


def leaders(viewer: Viewer, on: date) -> list[User]:
    """Who can be assigned: whoever reads duties on a day in the viewer's places, county leaders first."""
    roles = [role.id for role in ROLES.values() if Permission.VIEW_DUTIES in role.permissions]
    here = viewer.scope_for(Permission.MANAGE_PLANS).q("division_code", grid=None)
    posts = posts_on(on).filter(here, role__in=roles, user__is_active=True).select_related("user")
    found: dict[int, User] = {}
    for post in sorted(posts, key=lambda post: (post.role != "county_leader", post.user.username)):
        if scope_of(post).ranges:
            found.setdefault(post.user_id, post.user)
    return list(found.values())


def units_to_choose(viewer: Viewer) -> QuerySet[Unit]:
    """Units that the viewer may name, by place and name."""
    return units_for(viewer).order_by("division_code", "name")


def own(viewer: Viewer, prefix: str = "") -> Q:
    """The condition on assignments (or rows of theirs) that they are the viewer's or their unit's."""
    mine = Q(**{f"{prefix}leader_id": viewer.user_id})
    unit = unit_of(viewer)
    return mine if unit is None else mine | Q(**{f"{prefix}unit_id": unit.pk})
