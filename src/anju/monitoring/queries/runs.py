"""Runs and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Case, QuerySet, When

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.memory import remembered
from anju.monitoring.models import Run, RunState
from anju.queue.standing import Standing, Standings
from anju.rules import packs
from anju.rules.months import Month

OPEN: Final = (RunState.WAITING, RunState.RUNNING)


STANDINGS: Final = Standings(RunState, OPEN, RunState.FAILED, RunState.CANCELLED)


def runs_for(viewer: Viewer) -> QuerySet[Run]:
    """All runs, for those who may see findings; a run itself belongs to no place."""
    if not (viewer.may(Permission.VIEW_FINDINGS) or viewer.may(Permission.RUN_MONITORING)):
        return Run.objects.none()
    return Run.objects.select_related("snapshot")


def run_for(viewer: Viewer, run_id: int) -> Run:
    """One run; raises `Run.DoesNotExist`."""
    return runs_for(viewer).get(pk=run_id)


@remembered
def latest_run(pack: str | None = None, month: str | None = None) -> Run | None:
    """The run shown by default: of the latest month, and of that the latest; only finished ones.

    Within the month, one of the county's own pack comes before one that somebody tried beside it.
    """
    runs = Run.objects.filter(state=RunState.DONE)
    if pack is not None:
        runs = runs.filter(pack=pack)
    if month is not None:
        runs = runs.filter(month=month)
    ours = Case(When(pack=settings.POLICY_PACK, then=0), default=1)
    return runs.order_by("-month", ours, "-id").first()


def labour_ages(on: date) -> range:
    """The ages at which a person counts as labour, as the county's pack says for that day."""
    values = packs.load(settings.POLICY_PACK).values(Month.of(on))
    first, last = (int(values[name].value) for name in ("labour_age_from", "labour_age_to"))
    return range(first, last + 1)


def earlier_runs(run: Run, *, limit: int) -> list[Run]:
    """The latest finished run of each earlier month under the same pack, the latest month first."""
    runs: list[Run] = []
    seen: set[str] = set()
    found = Run.objects.filter(state=RunState.DONE, pack=run.pack, month__lt=run.month)
    for earlier in found.only("month", "folder").order_by("-month", "-id")[: limit * 4]:
        if earlier.month not in seen:
            seen.add(earlier.month)
            runs.append(earlier)
    return runs[:limit]


def same_result(run: Run) -> Run | None:
    """An earlier finished run with the same data, pack and month: its result is the same."""
    if run.snapshot_id is None or run.state != RunState.DONE:
        return None
    return (
        Run.objects.filter(
            state=RunState.DONE,
            month=run.month,
            pack=run.pack,
            pack_hash=run.pack_hash,
            snapshot_id=run.snapshot_id,
            pk__lt=run.pk,
        )
        .order_by("pk")
        .first()
    )


def folder_of(run: Run) -> Path | None:
    """Where the run's Parquet files are; None while there are none (or they were removed)."""
    folder = Path(settings.RUN_DIR) / run.folder / "result"
    return folder if run.folder and folder.is_dir() else None


def standing(run: Run) -> Standing[RunState]:
    """Where one run stands."""
    return STANDINGS.of(run)


def standings(runs: Sequence[Run]) -> dict[int, Standing[RunState]]:
    """Where runs stand, by id; one query for all open ones."""
    return STANDINGS.each(runs)
