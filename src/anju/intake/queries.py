"""Looking at batches and their rows: what a viewer may see of what was imported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Min, Q, QuerySet

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.rows import summary
from anju.intake.models import Batch, BatchState, Difference, DifferenceKind, Row
from anju.places.models import Division, Level
from anju.places.queries import towns_in, villages_in
from anju.queue.standing import Standing, Standings

Of = TypeVar("Of", Row, Difference)
_HEALTH = "健康状况"  # the heading under which lists write it
#: What of a row the audit entry of its batch holds the digest of, in this order.
PROVEN = ("sheet", "number", "outcome", "village_code", "code", "column", "message")
OPEN = (BatchState.RECEIVED, BatchState.CHECKING, BatchState.COMMITTING)


STANDINGS = Standings(BatchState, OPEN, BatchState.REFUSED, BatchState.CANCELLED)


def places_for(viewer: Viewer) -> list[Division]:
    """The places for which the viewer may import, the widest that are wholly theirs."""
    scope = _scope(viewer)
    counties = [each for each in _counties() if scope.covers(each.code)]
    return counties or list(towns_in(scope)) or list(villages_in(scope))


def batches_for(viewer: Viewer) -> QuerySet[Batch]:
    """Files for the viewer's places, and those they sent themselves or were handed."""
    if _has_everything(viewer):
        return Batch.objects.all()
    theirs = _scope(viewer).q("division_code", None)
    return Batch.objects.filter(theirs | Q(held_by=viewer.username))


def batch_for(viewer: Viewer, batch_id: int) -> Batch:
    """One of those; `Batch.DoesNotExist` for others."""
    return batches_for(viewer).get(pk=batch_id)


def rows_for(viewer: Viewer, batch: Batch) -> QuerySet[Row]:
    """Rows about the viewer's places; rows that name no place belong to the file's place."""
    return _about_places(viewer, batch, Row.objects.filter(batch=batch))


def row_at(viewer: Viewer, batch: Batch, sheet: str, number: int) -> Row | None:
    """One row by its place in the file; None for who may not see it."""
    return rows_for(viewer, batch).filter(sheet=sheet, number=number).first()


def _about_places(viewer: Viewer, batch: Batch, rows: QuerySet[Of]) -> QuerySet[Of]:
    if _has_everything(viewer):
        return rows
    scope = _scope(viewer)
    condition = scope.q("village_code", None)
    if batch.held_by == viewer.username or scope.covers(batch.division_code):
        condition |= Q(village_code="")
    return rows.filter(condition)


def differences_for(viewer: Viewer, batch: Batch) -> QuerySet[Difference]:
    """What changed since the list before, about the viewer's places, as `rows_for` gives rows."""
    return _about_places(viewer, batch, Difference.objects.filter(batch=batch))


def contradictions_for(viewer: Viewer) -> QuerySet[Difference]:
    """Where departments disagree: what the viewer's own office decides, in their places; whoever
    may correct the registers there sees all of it.
    """
    found = Difference.objects.filter(kind=DifferenceKind.CONTRADICTING).exclude(decides="")
    correcting = _both(viewer.scope, viewer.scope_for(Permission.EDIT_REGISTERS))
    if not viewer.may(Permission.VIEW_HEALTH):
        correcting &= ~Q(fields__has_key=_HEALTH)
    office = accounts.office_of(viewer)
    if not office:
        return found.filter(correcting)
    deciding = _both(viewer.scope, _scope(viewer)) & Q(decides__contains=office)
    return found.filter(correcting | deciding)


def _both(one: Scope, other: Scope) -> Q:
    """Rows of places in both scopes; of single grids nothing is known here."""
    return (Scope(one.ranges) & Scope(other.ranges)).q("village_code", None)


def waiting_contradictions(viewer: Viewer) -> tuple[int, date | None]:
    """How many wait for the viewer's own office, and since when the oldest does."""
    office = accounts.office_of(viewer)
    if not office:
        return 0, None
    found = contradictions_for(viewer).filter(decides__contains=office, settlement="")
    return found.count(), found.aggregate(oldest=Min("since"))["oldest"]


def standings(batches: Sequence[Batch]) -> dict[int, Standing[BatchState]]:
    """Where batches stand, by id; one query for those under way."""
    return STANDINGS.each(batches)


def standing(batch: Batch) -> Standing[BatchState]:
    """Where one batch stands."""
    return STANDINGS.of(batch)


def _has_everything(viewer: Viewer) -> bool:
    """Whether the viewer imports for the whole county (for all of them, where there are several).

    Before any place is known, whoever may import for a whole county sees everything.
    """
    scope = _scope(viewer)
    counties = _counties()
    if counties:
        return all(scope.covers(each.code) for each in counties)
    return any(low[6:] == "000000" for low, _ in scope.ranges)


def _counties() -> list[Division]:
    return list(Division.objects.filter(level=Level.COUNTY))


def _scope(viewer: Viewer) -> Scope:
    return viewer.scope_for(Permission.IMPORT_FILES)


def rows_summary(batch: Batch) -> dict[str, Any]:
    """Number and digest of what became of each row: the audit entry of a batch holds the same, so
    that its rows can be proven later."""
    rows = Row.objects.filter(batch=batch).order_by("sheet", "number", "id")
    return summary(rows.values_list(*PROVEN).iterator(chunk_size=5_000))
