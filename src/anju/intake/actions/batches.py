"""A file on its way in: receive it, say what its columns are, confirm or cancel it.

What is done with its rows is in `processing`.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from anju.accounts import row_security
from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.intake import storing
from anju.intake.actions.processing import is_taken_up
from anju.intake.feeds import BY_ID
from anju.intake.models import Batch, BatchState, Outcome
from anju.intake.refusals import BatchRefused, FileRefused
from anju.queue.actions import enqueue, request_cancel
from anju.queue.models import JobState

_OPEN = (
    BatchState.RECEIVED,
    BatchState.CHECKING,
    BatchState.MAPPING,
    BatchState.CHECKED,
    BatchState.COMMITTING,
)
_FINISHED = (BatchState.DONE, BatchState.REFUSED, BatchState.CANCELLED)


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
    asks: bool = False,
    queued: bool = True,
) -> Batch:
    """Store a file and put it in the queue.

    `hold`: only check it, and wait for `confirm`. `good_rows_only`: bad rows do not stop the good
    ones. `division_code`: only rows of that place are taken (empty: any). `asks`: a layout that is
    not known, or not as before, waits for a person; then `feed` may be empty. Refused: an unknown
    list, a file that is too large, or one that was received before.
    """
    if feed not in BY_ID and not (asks and feed == ""):
        raise BatchRefused(f"没有名为“{feed}”的名单种类。")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise FileRefused("file_too_large", _too_large(file_name, len(content)))
    digest = hashlib.sha256(content).hexdigest()
    with row_security.everything(by=by, reason="核对同一文件是否已经导入"):
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
        asks=asks,
        created_by=by.username,
        held_by=by.username,
        created_at=at,
    )
    storing.UPLOADS.store(batch.pk, content)
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
def take_up(*, by: Actor, at: datetime, batch_id: int) -> Batch:
    """Write the rows of a file that waited for decisions, as far as these have been made."""
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    waiting = batch.lines.filter(outcome=Outcome.WAITING).exists()
    if batch.state != BatchState.DONE or not waiting:
        raise BatchRefused("这个文件没有等待决定的行。")
    batch.state = BatchState.COMMITTING
    batch.save(update_fields=["state"])
    _enqueue(by, at, batch)
    record(by=by, action="intake.take_up", kind="batch", ids=[batch.pk])
    return batch


@transaction.atomic
def mapped(*, by: Actor, at: datetime, batch_id: int, feed: str) -> Batch:
    """A person has said what the columns are (`profiles.save`): the file goes on its way."""
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state != BatchState.MAPPING:
        raise BatchRefused("这个文件的列已经核对过了。")
    batch.feed = feed
    batch.state = BatchState.RECEIVED
    batch.question = {}
    batch.save(update_fields=["feed", "state", "question"])
    _enqueue(by, at, batch)
    record(by=by, action="intake.mapped", kind="batch", ids=[batch.pk], detail={"feed": feed})
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
        # What was written before stays; only the rows that waited are not taken up.
        batch.state = BatchState.DONE if is_taken_up(batch) else BatchState.CANCELLED
        batch.finished_at = at
        batch.save(update_fields=["state", "finished_at"])
    record(by=by, action="intake.cancel", kind="batch", ids=[batch.pk])
    return batch


@transaction.atomic
def closed(*, state: str, message: str, at: datetime, batch_id: int) -> None:
    """The job of a batch ended as `failed` or `cancelled` without finishing it."""
    ended = BatchState.CANCELLED if state == JobState.CANCELLED else BatchState.REFUSED
    written = Batch.objects.filter(
        pk=batch_id, state=BatchState.COMMITTING, finished_at__isnull=False
    )
    if written.update(state=BatchState.DONE, problem=message):
        return
    closing = Batch.objects.filter(pk=batch_id, state__in=_OPEN)
    if closing.update(state=ended, problem=message, finished_at=at):
        record(
            by=SYSTEM,
            action="intake.close",
            kind="batch",
            ids=[batch_id],
            detail={"state": ended.value},
        )


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
