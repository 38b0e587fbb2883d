"""The job of a file: read, check, match, compare, write. Safe to repeat.

Everything a batch writes, its rows and its end are one transaction: killed at any moment, nothing
of it is there, and the job begins again. A check goes the same way as an import, its writes are let
go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.intake import kept_lines, profiles, storing
from anju.intake.actions import differences, settling
from anju.intake.actions import profiles as layouts
from anju.intake.actions import rows as batch_rows
from anju.intake.decided import decided
from anju.intake.models import Batch, BatchState, Outcome
from anju.intake.outcomes import BAD, UNSETTLED
from anju.intake.reading import SheetRows, read
from anju.intake.recognising import Recognised, recognise
from anju.intake.refusals import FileRefused
from anju.intake.workbook import Workbook
from anju.queue.actions import enqueue
from anju.queue.progress import Progress, Unattended

# Any constant does; imports on PostgreSQL wait for each other by it.
_IMPORT_LOCK = 0x616E6A76
_RESTING = (
    BatchState.MAPPING,
    BatchState.CHECKED,
    BatchState.DONE,
    BatchState.REFUSED,
    BatchState.CANCELLED,
)
# A person can say what such a file is.
UNKNOWN = ("feed_unknown", "columns_missing")


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A workbook that could be opened, and which list it is."""

    workbook: Workbook
    recognised: Recognised


def opened(*, file_name: str, content: bytes) -> Workbook:
    """A workbook that can be read, or `FileRefused`."""
    return Workbook(content, file_name, largest=settings.UPLOAD_MAX_BYTES)


def opened_list(*, file_name: str, content: bytes, feed: str | None = None) -> OpenedList:
    """The same with the list it is, told by its headers, or the one that was said."""
    workbook = opened(file_name=file_name, content=content)
    return OpenedList(workbook, recognise(workbook, feed, profiles.by_hand()))


def recognised_feed(*, file_name: str, content: bytes) -> str:
    """The id of the list a file is, told by its headers; `FileRefused` if it is none."""
    return opened_list(file_name=file_name, content=content).recognised.feed.id


def process(*, progress: Progress, batch_id: int) -> dict[str, Any]:
    """Read, check, match, write: the job of a batch. Safe to repeat; returns the counts."""
    return _process(progress, Batch.objects.get(pk=batch_id), None)


def commit_now(
    *, batch_id: int, progress: Progress | None = None, opened: OpenedList | None = None
) -> Batch:
    """Process a batch at once, in this process: for commands and tests.

    `opened`: the batch's file, if it is open already.
    """
    _process(progress or Unattended(), Batch.objects.get(pk=batch_id), opened)
    return differences.compare_now(batch_id=batch_id)


def _process(progress: Progress, batch: Batch, file: OpenedList | None) -> dict[str, Any]:
    if batch.state in _RESTING:
        return dict(batch.counts)
    Batch.objects.filter(pk=batch.pk, state=BatchState.RECEIVED).update(state=BatchState.CHECKING)
    progress.step("打开文件")
    try:
        if file is None:
            content, feed = storing.fetch(batch.pk), batch.feed or None
            file = opened_list(file_name=batch.file_name, content=content, feed=feed)
        question = profiles.question(file.recognised) if batch.asks else {}
        if question:
            return _ask(progress, batch, question)
        sheets = read(file.workbook, file.recognised, batch.known_on, progress.step)
    except FileRefused as refusal:
        if batch.asks and refusal.code in UNKNOWN:
            return _ask(progress, batch, {"unknown": str(refusal)})
        return _refuse(progress, batch.pk, str(refusal))
    chosen = _waiting(batch) if is_taken_up(batch) else None
    ahead = settling.ahead(batch, sheets, progress.step, chosen)
    if not _only_checks(batch):
        kept_lines.keep(batch.pk, kept_lines.of(file.workbook, file.recognised, sheets))
    return _commit(progress, batch.pk, file.recognised, sheets, ahead, chosen)


def _only_checks(batch: Batch) -> bool:
    """Nothing is written before somebody has confirmed it."""
    return batch.hold and batch.state != BatchState.COMMITTING


def is_taken_up(batch: Batch) -> bool:
    """Its rows that waited for decisions are being written; the others were before."""
    return batch.state == BatchState.COMMITTING and batch.finished_at is not None


def _waiting(batch: Batch) -> list[tuple[str, int]]:
    """The rows somebody has decided on; the others wait on as they are."""
    rows = batch.lines.filter(outcome=Outcome.WAITING).only("sheet", "number", "sides")
    keys = {(row.sheet, row.number): row.sides.get("key", "") for row in rows}
    known = decided(list(keys.values()))
    return [place for place, key in keys.items() if key in known]


def _commit(
    progress: Progress,
    batch_id: int,
    recognised: Recognised,
    sheets: Sequence[SheetRows],
    ahead: settling.Settled | None,
    chosen: settling.Chosen | None,
) -> dict[str, Any]:
    """Everything that becomes visible, in one transaction.

    A list whose rows were settled inside but must not be written rolls it back, and keeps what was
    found in another. No savepoint: SQLite copies each page it touches from there on, and looks at
    the copies after every statement.
    """
    while True:
        try:
            with transaction.atomic():
                return _committed(progress, batch_id, recognised, sheets, ahead, chosen)
        except _LetGo as found:
            ahead = found.settled


class _LetGo(Exception):
    """Rows were compared and written in one, and must not be written after all."""

    def __init__(self, settled: settling.Settled) -> None:
        self.settled = settled


def _committed(
    progress: Progress,
    batch_id: int,
    recognised: Recognised,
    sheets: Sequence[SheetRows],
    ahead: settling.Settled | None,
    chosen: settling.Chosen | None,
) -> dict[str, Any]:
    """Write a list and what became of its rows; `_LetGo` where it has written what it must not."""
    batch = _locked(batch_id)
    if batch.state in _RESTING:
        return dict(batch.counts)
    taken_up = is_taken_up(batch)
    only_check = _only_checks(batch)
    is_inside = ahead is None or not ahead.is_current()
    if ahead is None or is_inside:
        ahead = settling.at_once(batch, sheets, progress.step, chosen)
    counts = batch_rows.counted(ahead.ends)
    stopped = not taken_up and _is_stopped(batch, counts)
    if not (only_check or stopped):
        progress.step("写入底册")
        ahead.writes.carry_out()
    elif is_inside:
        raise _LetGo(ahead)
    progress.step("保存结果")
    if taken_up:
        counts, rows = batch_rows.replace_some(batch=batch, ends=ahead.ends)
    else:
        rows = batch_rows.replace(batch=batch, ends=ahead.ends)
    if not (only_check or stopped):
        layouts.remember(batch=batch, recognised=recognised)
    _end(batch, recognised, counts, rows, only_check=only_check, stopped=stopped)
    progress.complete(counts)
    return counts


def _is_stopped(batch: Batch, counts: dict[str, int]) -> bool:
    """Nothing is written: every row is bad, or one is and the whole file was asked for."""
    bad = sum(counts[outcome] for outcome in BAD)
    unsettled = sum(counts[outcome] for outcome in UNSETTLED)
    return (bad > 0 and bad == sum(counts.values())) or (unsettled > 0 and not batch.good_rows_only)


def _end(
    batch: Batch,
    recognised: Recognised,
    counts: dict[str, int],
    rows: dict[str, Any],
    *,
    only_check: bool,
    stopped: bool,
) -> None:
    """The state the batch ends in, and one audit entry for all of it.

    `rows`: the number and digest by which its rows can be proven later.
    """
    batch.feed = recognised.feed.id
    batch.rows = sum(counts.values())
    batch.counts = counts
    if only_check:
        batch.state = BatchState.CHECKED
    elif stopped:
        batch.state = BatchState.REFUSED
        batch.problem = _why_stopped(batch, counts)
    else:
        batch.state = BatchState.DONE
    entry = record(
        by=Actor(batch.created_by),
        action=f"intake.{batch.state}",
        kind="batch",
        ids=[batch.pk],
        count=batch.rows,
        detail={
            "feed": batch.feed,
            "counts": counts,
            "digest": batch.digest,
            "rows": rows,
        },
        place=batch.division_code,
    )
    batch.finished_at = None if only_check else entry.at
    batch.save(update_fields=["feed", "rows", "counts", "state", "problem", "finished_at"])
    if batch.state == BatchState.DONE and batch.job_id is not None:
        enqueue(
            by=Actor(batch.created_by),
            kind="intake.differences",
            key=f"intake-differences:{batch.pk}",
            payload={"batch_id": batch.pk},
            at=entry.at,
        )


def _why_stopped(batch: Batch, counts: dict[str, int]) -> str:
    unsettled = sum(counts[outcome] for outcome in UNSETTLED)
    if unsettled == batch.rows:
        return f"{unsettled} 行都需要改正，没有写入。请看逐行的原因；改好后可以再上传同一个文件。"
    return f"有 {unsettled} 行需要改正，按“全部正确才写入”的要求，整个文件没有写入。"


def _ask(progress: Progress, batch: Batch, question: dict[str, Any]) -> dict[str, Any]:
    """The file waits until a person has said what its columns are."""
    with transaction.atomic():
        batch = _locked(batch.pk)
        if batch.state in _RESTING:
            return dict(batch.counts)
        batch.state = BatchState.MAPPING
        batch.question = question
        record(
            by=Actor(batch.created_by),
            action="intake.mapping",
            kind="batch",
            ids=[batch.pk],
            detail={"feed": batch.feed, "digest": batch.digest},
        )
        batch.save(update_fields=["state", "question"])
        progress.complete({})
    return {}


def _refuse(progress: Progress, batch_id: int, message: str) -> dict[str, Any]:
    """The file as a whole cannot be taken."""
    with transaction.atomic():
        batch = _locked(batch_id)
        if batch.state in _RESTING:
            return dict(batch.counts)
        entry = record(
            by=Actor(batch.created_by),
            action="intake.refuse",
            kind="batch",
            ids=[batch_id],
            detail={"feed": batch.feed, "digest": batch.digest},
        )
        batch.state = BatchState.REFUSED
        batch.problem = message
        batch.finished_at = entry.at
        batch.save(update_fields=["state", "problem", "finished_at"])
        progress.complete({})
    return {}


def _locked(batch_id: int) -> Batch:
    """The batch, for this transaction alone; imports write the registers one after another."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])
    return Batch.objects.select_for_update().get(pk=batch_id)
