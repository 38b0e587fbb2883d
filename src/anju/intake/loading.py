"""Loading files from disk at once: for the command, the demo county and tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from anju.audit.actor import Actor
from anju.intake.actions import batches, processing
from anju.intake.feeds import BY_ID
from anju.intake.models import Batch
from anju.intake.refusals import FileRefused
from anju.queue.progress import Progress


def load_file(
    path: Path,
    *,
    by: Actor,
    at: datetime,
    known_on: date,
    division_code: str,
    dry_run: bool = False,
    good_rows_only: bool = True,
    progress: Progress | None = None,
) -> Batch:
    """Import one file: the list is told by its headers, the code is that of the job.

    `known_on`: the day the county learnt of it. `division_code`: only rows of that place are taken
    (empty: any). Raises `FileRefused` when the file cannot be taken or was taken before; otherwise
    the batch says what became of it.
    """
    content = path.read_bytes()
    opened = processing.opened_list(file_name=path.name, content=content)
    batch = batches.receive(
        by=by,
        at=at,
        known_on=known_on,
        feed=opened.recognised.feed.id,
        file_name=path.name,
        content=content,
        division_code=division_code,
        hold=dry_run,
        good_rows_only=good_rows_only,
        queued=False,
    )
    return processing.commit_now(batch_id=batch.pk, progress=progress, opened=opened)


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Files in the order in which they build on each other: places, household lists, relocation,
    changes of people, then the rest. Told by their usual names, else by their headers; what cannot
    be read comes last.
    """
    return sorted(paths, key=lambda path: (_order(path), path.name))


def _order(path: Path) -> int:
    """The place of the list whose name the file name holds."""
    usual = {
        "places": 0,
        "人口名单": BY_ID["households"].order,
        "收入监测表": BY_ID["income"].order,
        **{feed.name: feed.order for feed in BY_ID.values()},
    }
    named = next((order for name, order in usual.items() if name in path.stem), None)
    if named is not None:
        return named
    try:
        opened = processing.opened_list(file_name=path.name, content=path.read_bytes())
        return opened.recognised.feed.order
    except FileRefused:
        return 1_000
