"""Checks of lists that are to go out: start, carry out, cancel.

The list is put together as it will be written, with its numbers in full, read back as whoever receives
it would, and asked every check that touches one of its columns. Nothing of this is kept but what was
found: the tables lie in a folder of the attempt as long as the checks run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anju.audit import queries as audit
from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.audit.keys import provider
from anju.audit.refusal import Refusal
from anju.inspection import lists
from anju.inspection.actions import case_tables, list_found
from anju.inspection.actions.attempts import OPEN, Attempts
from anju.inspection.actions.list_rows import Lines
from anju.inspection.actions.list_tables import TableFiles
from anju.inspection.asked import Asked
from anju.inspection.models import InspectionState, ListCheck, ListProblem
from anju.intake.feeds import BY_ID
from anju.intake.models import Batch
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.lists import forms_of, parts
from anju.intake.refusals import FileRefused
from anju.monitoring.actions.loading import insert
from anju.quality import running
from anju.queue.progress import Progress, Unattended

JOB_KIND: Final = "inspection.check_list"
_WORK: Final = Attempts(ListCheck, JOB_KIND, "check_id", "list")
_KEPT: Final = timedelta(days=31)
_STEPS: Final = {"checks": "逐项检查", "files": "汇总"}


class ListCheckRefused(Refusal):
    """A check that cannot be cancelled."""


@dataclass(frozen=True, slots=True)
class _Result:
    """What was found: rows with problems as `ListProblem` keeps them, and the report."""

    problems: pl.DataFrame
    report: dict[str, Any]


@transaction.atomic
def start(*, by: Actor, at: datetime, as_of: date, asked: Asked) -> ListCheck:
    """Ask for the check of a list as it would go out today; while the same is open, that one is
    returned."""
    check, is_new = _WORK.asked(
        _new(by, at, as_of, asked),
        by=by,
        at=at,
        key=f"list-check:{asked.key}:{as_of.isoformat()}",
    )
    if is_new:
        _note(by, "list_check.start", check)
    return check


def perform(*, progress: Progress, check_id: int) -> dict[str, Any]:
    """Carry out a check; repeating it after an interruption is safe.

    The result becomes visible, and the job done, in one transaction.
    """
    # What is written from here on may not be in it.
    with _WORK.attempt(check_id, seen_to=audit.last_sequence()) as taken:
        if taken is None:
            return {"check": check_id, "already": True}
        check, folder = taken
        _publish(check, _carry_out(check, folder, progress), progress)
    return {"check": check_id}


def perform_now(*, by: Actor, at: datetime, as_of: date, asked: Asked) -> ListCheck:
    """Check a list at once, inside a job that writes it."""
    check = _new(by, at, as_of, asked)
    try:
        perform(progress=Unattended(), check_id=check.pk)
    except BaseException:
        closed(state=InspectionState.FAILED, message="", at=at, check_id=check.pk)
        raise
    return ListCheck.objects.get(pk=check.pk)


@transaction.atomic
def closed(*, state: str, message: str, at: datetime, check_id: int) -> None:
    """Close a check whose job ended as `failed` or `cancelled`; a finished one is left alone."""
    check = _WORK.closed(check_id, state=state, message=message, at=at)
    if check is not None:
        _note(SYSTEM, f"list_check.{state}", check)


@transaction.atomic
def cancel(*, by: Actor, at: datetime, check: ListCheck) -> ListCheck:
    """Cancel a check that waits or runs; one that runs stops at its next step."""
    over = ListCheckRefused(_("这次检查已经结束，不能取消。"))
    check = _WORK.cancelled(check, by=by, at=at, refusal=over)
    _note(by, "list_check.cancel", check)
    return check


def _new(by: Actor, at: datetime, as_of: date, asked: Asked) -> ListCheck:
    return ListCheck.objects.create(
        feed=asked.feed,
        form_id=asked.form_id,
        place=asked.place,
        ranges=[list(each) for each in asked.ranges],
        since=asked.since,
        until=asked.until,
        key=asked.key,
        as_of=as_of,
        created_by=by.username,
        created_at=at,
    )


def asked_of(check: ListCheck) -> Asked:
    """What was asked for."""
    ranges = tuple((low, high) for low, high in check.ranges)
    return Asked(check.feed, check.form_id, check.place, ranges, check.since, check.until)


def _carry_out(check: ListCheck, folder: Path, progress: Progress) -> _Result:
    """Read the list back part by part, then ask the checks; all in the attempt's own folder."""
    asked, feed = asked_of(check), BY_ID[check.feed]
    progress.step("读取格式", 0, 0)
    batch = Batch.objects.get(pk=asked.form_id) if asked.form_id is not None else None
    span = Span(asked.since, asked.until) if asked.since and asked.until else None
    lines = Lines(feed, forms_of(feed, batch), check.as_of, span)
    codes = lists.touching(feed.id)
    snapshot = folder / "snapshot"
    try:
        with TableFiles(snapshot) as tables:
            for part in parts(asked.scope, feed, provider()):
                said = lines.read(part)
                if part.known is not None and codes:
                    tables.add(part.known, said)
                progress.step("检查各行", part.done, part.total)
    except FileRefused as refused:
        return _Result(*list_found.refused(refused.zh, lines, asked.ranges[0][0]))
    problems, asked_checks = list_found.nothing(), 0
    if codes and lines.total:
        case_tables.write(snapshot, check.as_of)
        report = running.run(
            snapshot,
            folder / "result",
            check.as_of,
            only=lambda each: each.code in codes,
            progress=lambda step, done, total: progress.step(
                f"检查：{_STEPS.get(step, '整理底册')}", done, total
            ),
        )
        problems = pl.read_parquet(report.out / "problems.parquet")
        asked_checks = len(report.problems)
    return _Result(*list_found.placed(problems, lines, asked_checks, asked.ranges[0][0]))


def _publish(check: ListCheck, result: _Result, progress: Progress) -> None:
    """Keep what was found: one transaction, which fails if another attempt has taken over."""
    progress.step("写入结果", 0, 0)
    with transaction.atomic():
        progress.hold()
        _WORK.done(check, report=result.report)
        insert(
            ListProblem, check.pk, result.problems.to_arrow(compat_level=pl.CompatLevel.oldest())
        )
        entry = _note(
            Actor(check.created_by),
            "list_check.done",
            check,
            rows=result.report["rows"],
            problems=result.problems.height,
        )
        ListCheck.objects.filter(pk=check.pk).update(finished_at=entry.at)
        _forget(check)
        progress.complete({"check": check.pk})


def _forget(check: ListCheck) -> None:
    """Let go of earlier checks of the same list, and of all that are a month older."""
    earlier = ListCheck.objects.filter(pk__lt=check.pk).exclude(state__in=OPEN)
    earlier.filter(Q(key=check.key) | Q(created_at__lt=check.created_at - _KEPT)).delete()


def _note(by: Actor, action: str, check: ListCheck, **detail: Any) -> Any:
    return record(
        by=by,
        action=action,
        kind="list_check",
        ids=[check.pk],
        detail={"feed": check.feed, "form": check.form_id, **detail},
        place=check.ranges[0][0] if len(check.ranges) == 1 else "",
    )
