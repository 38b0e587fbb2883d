"""A file on its way in: receive it, process it, confirm or cancel it.

Everything a batch writes, its rows and its end are one transaction: killed at any moment, nothing
of it is there, and the job begins again. The rows of a check go the same way as those of an import;
what they wrote is rolled back before the rows are kept.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.audit.keys import provider
from anju.intake import storing
from anju.intake.actions import rows as batch_rows
from anju.intake.context import Context, significant
from anju.intake.feeds import BY_ID
from anju.intake.models import Batch, BatchState
from anju.intake.outcomes import BAD
from anju.intake.reading import SheetRows, read
from anju.intake.recognising import recognise
from anju.intake.refusals import BatchRefused, FileRefused
from anju.intake.workbook import Workbook
from anju.queue.actions import enqueue, request_cancel
from anju.queue.models import JobState
from anju.queue.progress import Progress, Unattended

# Any constant does; imports on PostgreSQL wait for each other by it.
_IMPORT_LOCK = 0x616E6A76
_OPEN = (BatchState.RECEIVED, BatchState.CHECKING, BatchState.CHECKED, BatchState.COMMITTING)
_FINISHED = (BatchState.DONE, BatchState.REFUSED, BatchState.CANCELLED)


def opened(*, file_name: str, content: bytes) -> Workbook:
    """A workbook that can be read, or `FileRefused`."""
    return Workbook(content, file_name, largest=settings.UPLOAD_MAX_BYTES)


def recognised_feed(*, file_name: str, content: bytes) -> str:
    """The id of the list a file is, told by its headers; `FileRefused` if it is none."""
    return recognise(opened(file_name=file_name, content=content)).feed.id


@transaction.atomic
def receive(
    *,
    by: Actor,
    at: datetime,
    known_on: date,
    feed: str,
    file_name: str,
    content: bytes,
    division_code: str,
    hold: bool = False,
    good_rows_only: bool = True,
    queued: bool = True,
) -> Batch:
    """Store a file and put it in the queue.

    `hold`: only check it, and wait for `confirm`. `good_rows_only`: bad rows do not stop the good
    ones. `division_code`: only rows of that place are taken (empty: any). Refused: an unknown list,
    a file that is too large, or one that was received before.
    """
    if feed not in BY_ID:
        raise BatchRefused(f"没有名为“{feed}”的名单种类。")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise FileRefused("file_too_large", _too_large(file_name, len(content)))
    digest = hashlib.sha256(content).hexdigest()
    _refuse_again(digest, file_name)
    batch = Batch.objects.create(
        feed=feed,
        file_name=file_name[-200:],
        digest=digest,
        bytes=len(content),
        known_on=known_on,
        division_code=division_code,
        hold=hold,
        good_rows_only=good_rows_only,
        created_by=by.username,
        created_at=at,
    )
    storing.store(batch.pk, content)
    record(
        by=by,
        action="intake.receive",
        kind="batch",
        ids=[batch.pk],
        detail={"feed": feed, "digest": digest, "bytes": len(content)},
    )
    if queued:
        _enqueue(by, at, batch)
    return batch


def process(*, progress: Progress, batch_id: int) -> dict[str, Any]:
    """Read, check, match, write: the job of a batch. Safe to repeat; returns the counts."""
    return _process(progress, Batch.objects.get(pk=batch_id), None)


def _process(progress: Progress, batch: Batch, workbook: Workbook | None) -> dict[str, Any]:
    """The same for a command, which has opened the file already."""
    if batch.state in _FINISHED or batch.state == BatchState.CHECKED:
        return dict(batch.counts)
    batch_id = batch.pk
    Batch.objects.filter(pk=batch_id, state=BatchState.RECEIVED).update(state=BatchState.CHECKING)
    progress.step("打开文件")
    try:
        if workbook is None:
            workbook = opened(file_name=batch.file_name, content=storing.fetch(batch_id))
        sheets = read(workbook, batch.feed, batch.known_on, progress.step)
    except FileRefused as refusal:
        return _refuse(progress, batch_id, str(refusal))
    return _take(progress, batch_id, sheets)


def commit_now(
    *, batch_id: int, progress: Progress | None = None, workbook: Workbook | None = None
) -> Batch:
    """Process a batch at once, in this process: for commands and tests.

    `workbook`: the batch's file, if it is open already.
    """
    _process(progress or Unattended(), Batch.objects.get(pk=batch_id), workbook)
    return Batch.objects.get(pk=batch_id)


@transaction.atomic
def confirm(*, by: Actor, at: datetime, batch_id: int, good_rows_only: bool = True) -> Batch:
    """Write a file that was checked: its good rows, or the whole file if every row is good."""
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state != BatchState.CHECKED:
        raise BatchRefused("只有检查完毕、等待确认的文件才能写入。")
    batch.state = BatchState.COMMITTING
    batch.good_rows_only = good_rows_only
    batch.save(update_fields=["state", "good_rows_only"])
    _enqueue(by, at, batch)
    record(by=by, action="intake.confirm", kind="batch", ids=[batch.pk])
    return batch


@transaction.atomic
def cancel(*, by: Actor, at: datetime, batch_id: int) -> Batch:
    """Stop a file that is not written yet. One that is being processed stops at its next step."""
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state in _FINISHED:
        raise BatchRefused("文件已处理完毕，不能取消。")
    running = False
    if batch.job_id is not None:
        job = request_cancel(by=by, at=at, job_id=batch.job_id)
        running = job.state == JobState.RUNNING
    if not running:
        batch.state = BatchState.CANCELLED
        batch.finished_at = at
        batch.save(update_fields=["state", "finished_at"])
    record(by=by, action="intake.cancel", kind="batch", ids=[batch.pk])
    return batch


@transaction.atomic
def closed(*, state: str, message: str, at: datetime, batch_id: int) -> None:
    """The job of a batch ended as `failed` or `cancelled` without finishing it."""
    ended = BatchState.CANCELLED if state == JobState.CANCELLED else BatchState.REFUSED
    closing = Batch.objects.filter(pk=batch_id, state__in=_OPEN)
    if closing.update(state=ended, problem=message, finished_at=at):
        record(
            by=SYSTEM,
            action="intake.close",
            kind="batch",
            ids=[batch_id],
            detail={"state": ended.value},
        )


def _take(progress: Progress, batch_id: int, sheets: list[SheetRows]) -> dict[str, Any]:
    """Everything that becomes visible, in one transaction."""
    total = sum(sheet.total for sheet in sheets)
    with transaction.atomic():
        batch = _locked(batch_id)
        if batch.state in _FINISHED or batch.state == BatchState.CHECKED:
            return dict(batch.counts)
        only_check = batch.hold and batch.state != BatchState.COMMITTING
        point = transaction.savepoint()
        done = 0
        ends = []
        for sheet in sheets:
            progress.step(f"核对并写入“{sheet.sheet}”", done, total)
            ends.append((sheet.sheet, _settle(batch, sheet)))
            done += sheet.total
        counts = batch_rows.counted(ends)
        bad = sum(counts[outcome] for outcome in BAD)
        stopped = bad > 0 and (bad == sum(counts.values()) or not batch.good_rows_only)
        if only_check or stopped:
            transaction.savepoint_rollback(point)
        else:
            transaction.savepoint_commit(point)
        progress.step("保存结果", total, total)
        batch_rows.replace(batch_id=batch_id, ends=ends)
        _end(batch, counts, only_check=only_check, stopped=stopped, bad=bad)
        if progress is not None:
            progress.complete(counts)
    return counts


def _settle(batch: Batch, sheet: SheetRows) -> Any:
    """The outcome of every row of a sheet, good and bad."""
    context = Context(
        by=Actor(batch.created_by),
        known_on=batch.known_on,
        source=f"{BY_ID[batch.feed].name} #{batch.pk}",
        prefix=significant(batch.division_code) if batch.division_code else "",
        layout=sheet.layout,
        keys=provider(),
    )
    outcomes = sheet.layout.take(sheet.checked.rows, context)
    outcomes.parts.extend(sheet.checked.outcomes.parts)
    return outcomes.frame()


def _end(
    batch: Batch, counts: dict[str, int], *, only_check: bool, stopped: bool, bad: int
) -> None:
    """The state the batch ends in, and one audit entry for all of it."""
    batch.rows = sum(counts.values())
    batch.counts = counts
    if only_check:
        batch.state = BatchState.CHECKED
    elif stopped:
        batch.state = BatchState.REFUSED
        batch.problem = _why_stopped(bad, batch.rows)
    else:
        batch.state = BatchState.DONE
    entry = record(
        by=Actor(batch.created_by),
        action=f"intake.{batch.state}",
        kind="batch",
        ids=[batch.pk],
        count=batch.rows,
        detail={"feed": batch.feed, "counts": counts, "digest": batch.digest},
    )
    batch.finished_at = None if only_check else entry.at
    batch.save(update_fields=["rows", "counts", "state", "problem", "finished_at"])


def _why_stopped(bad: int, rows: int) -> str:
    if bad == rows:
        return f"{rows} 行都需要改正，没有写入。请看逐行的原因；改好后可以再上传同一个文件。"
    return f"有 {bad} 行需要改正，按“全部正确才写入”的要求，整个文件没有写入。"


def _refuse(progress: Progress, batch_id: int, message: str) -> dict[str, Any]:
    """The file as a whole cannot be taken."""
    with transaction.atomic():
        batch = _locked(batch_id)
        if batch.state in _FINISHED:
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


def _enqueue(by: Actor, at: datetime, batch: Batch) -> None:
    job = enqueue(
        by=by,
        kind="intake.process",
        key=f"intake:{batch.pk}",
        payload={"batch_id": batch.pk},
        at=at,
    )
    batch.job_id = job.pk
    batch.save(update_fields=["job_id"])


def _refuse_again(digest: str, file_name: str) -> None:
    """The same file is taken once, whatever it is called."""
    earlier = (
        Batch.objects.filter(digest=digest)
        .exclude(state__in=[BatchState.REFUSED, BatchState.CANCELLED])
        .order_by("id")
        .first()
    )
    if earlier is not None:
        when = earlier.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        raise FileRefused(
            "file_again",
            f"文件“{file_name}”与 {when} 由 {earlier.created_by} 上传的“{earlier.file_name}”"
            f"（第 {earlier.pk} 批）内容完全相同，不必再次导入。",
        )


def _too_large(file_name: str, size: int) -> str:
    return (
        f"文件“{file_name}”有 {size // 1024 // 1024} MB，超过上限"
        f" {settings.UPLOAD_MAX_BYTES // 1024 // 1024} MB。请按乡镇拆成几个文件上传。"
    )
