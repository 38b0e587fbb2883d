"""What decisions taken back had written, fact by fact, each with the form that corrects it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.intake import left_behind, queries
from anju.intake.models import Batch, Decision
from anju.registry import queries as registry
from anju.registry.models import Household, HouseholdRecord, Housing, Membership, PersonRecord
from anju.registry.queries.health import may_see_health, without_health
from anju.web.desk.item import Item, few
from anju.web.registers import timeline
from anju.web.registers.editing.opening import may_edit
from anju.web.registers.timeline import Line

_LATE_AFTER = 3
_SHOWN = 20


@dataclass(frozen=True)
class Fact:
    """One fact that stands: what it is, since when, from which file, where it is corrected."""

    line: Line
    on: date | None
    correct: str


@dataclass(frozen=True)
class Left:
    """A decision taken back, and what it left; `household` is None where the viewer may not see it."""

    decision: Decision
    household: Household | None
    facts: list[Fact]
    may_correct: bool


def told(viewer: Viewer, batch: Batch, by: Actor) -> list[Left]:
    """Of one file, what nobody has settled; that somebody looked is on record."""
    found = [_left(viewer, each) for each in left_behind.of_batch(viewer, batch)]
    for home in {each.household.pk: each.household for each in found if each.household}.values():
        record(
            by=by, action="household.read", kind="household", ids=[home.code],
            detail={"batch": batch.pk}, place=home.village_code,
        )  # fmt: skip
    return found


def items(viewer: Viewer) -> Iterator[Item]:
    """Decisions taken back whose facts wait to be corrected."""
    if not viewer.may(Permission.IMPORT_FILES):
        return
    rows = few(left_behind.waiting(viewer), _SHOWN)
    files = queries.batches_for(viewer).filter(pk__in={each.batch_id for each in rows})
    names = dict(files.values_list("pk", "file_name")) if rows else {}
    for row in rows:
        since = timezone.localtime(row.revoked_at).date() if row.revoked_at else viewer.on
        yield Item(
            title=_("更正错认写入的内容：%(file)s 第 %(row)s 行")
            % {"file": names.get(row.batch_id, ""), "row": row.number},
            detail=_("认定已撤回，原来写入的内容还在，请逐项核对更正。"),
            address=reverse("web:import-decisions", args=[row.batch_id]) + "#left",
            since=since,
            is_late=(viewer.on - since).days > _LATE_AFTER,
        )


def _left(viewer: Viewer, decision: Decision) -> Left:
    home = left_behind.home_of(decision)
    seen = home and registry.households_for(viewer).filter(pk=home.pk).exists()
    if home is None or not seen:
        return Left(decision, None, [], may_correct=False)
    moments = left_behind.facts(decision)
    shown = moments if may_see_health(viewer, home) else without_health(moments)
    facts = [Fact(line, line.moment.on, _form(home, line)) for line in timeline.lines(shown)]
    return Left(decision, home, facts, may_correct=may_edit(viewer, home))


def _form(home: Household, line: Line) -> str:
    """Where a fact is corrected; work has no form of its own and is corrected by a list."""
    row = line.moment.row
    if line.what_to_edit:
        return reverse("web:edit-fact", args=[home.code, line.what_to_edit, row.pk])
    if isinstance(row, (PersonRecord, Membership)) and line.moment.person is not None:
        return reverse("web:edit-fact", args=[home.code, "member", line.moment.person.code])
    if isinstance(row, HouseholdRecord):
        return reverse("web:edit", args=[home.code, "household"])
    if isinstance(row, Housing):
        return reverse("web:edit", args=[home.code, "housing"])
    return ""
