"""Letting go of old runs, of their files, and of snapshots that no kept run uses.

While a run is kept, its snapshot is: so a past month gives the same answer again. Rows go in the
caller's transaction, folders when that ends well; what a killed process leaves on the disk has no
row any more and is found the next time.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from anju.monitoring import queries
from anju.monitoring.models import Run, RunState, Snapshot

_ENDED: Final = (RunState.DONE, RunState.FAILED, RunState.CANCELLED)
_OPEN: Final = (RunState.WAITING, RunState.RUNNING)
# A folder without a row may be of a run that is about to be written down.
_UNKNOWN_FOR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went: numbers of runs, hashes of snapshots."""

    runs: list[int]
    snapshots: list[str]


def ended_before(at: datetime, *, needed: Collection[int]) -> QuerySet[Run]:
    """Runs that ended before a moment, the oldest first; never the one that pages show, nor those
    somebody still needs."""
    shown = queries.latest_run()
    kept = {*needed, *([shown.pk] if shown else [])}
    ended = Run.objects.filter(state__in=_ENDED, finished_at__lt=at)
    return ended.exclude(pk__in=kept).order_by("pk")


def unused(*, at: datetime, without: Collection[int] = ()) -> list[str]:
    """Snapshots that no run uses, if these runs went; none while a run is under way, for it may be
    about to use one."""
    if Run.objects.filter(state__in=_OPEN).exists():
        return []
    using = Run.objects.exclude(pk__in=without).filter(snapshot__isnull=False)
    used = set(using.values_list("snapshot__folder", flat=True))
    known = set(Snapshot.objects.values_list("folder", flat=True))
    left = {
        path.name
        for path in _folders(settings.SNAPSHOT_DIR)
        if path.name not in known and path.stat().st_mtime < (at - _UNKNOWN_FOR).timestamp()
    }
    return sorted((known - used) | left)


def forget(*, at: datetime, before: datetime, needed: Collection[int], most: int) -> Forgotten:
    """Let go of some of the runs that ended before a moment; with the last of them (fewer than
    `most`) of all snapshots unused then."""
    runs = list(ended_before(before, needed=needed)[:most])
    for run in runs:
        if run.folder:
            transaction.on_commit(partial(_remove, _files_of(run)))
    ids = [run.pk for run in runs]
    snapshots = unused(at=at, without=ids) if len(ids) < most else []
    Run.objects.filter(pk__in=ids).delete()
    Snapshot.objects.filter(folder__in=snapshots).delete()
    folders = [Path(settings.SNAPSHOT_DIR) / name for name in snapshots]
    transaction.on_commit(partial(_remove, folders))
    return Forgotten(ids, snapshots)


def _files_of(run: Run) -> list[Path]:
    """The folder of a run, and what later runs keep about the difference from it."""
    root = Path(settings.RUN_DIR)
    return [root / run.folder, *root.glob(f"*/changes-since-{run.folder}.parquet")]


def _folders(root: Path) -> Iterable[Path]:
    """Finished folders; drafts begin with a full stop."""
    found = Path(root).iterdir() if Path(root).is_dir() else ()
    return (path for path in found if path.is_dir() and not path.name.startswith("."))


def _remove(paths: list[Path]) -> None:
    """Delete folders and files; a folder first gets another name, so that none is there in part."""
    for path in paths:
        if path.is_dir():
            going = path.with_name(f".{path.name}.going")
            path.rename(going)
            shutil.rmtree(going, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
