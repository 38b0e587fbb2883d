"""Inspections: start, carry out, cancel. What is kept of one are the rows that pages read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.audit.refusal import Refusal
from anju.inspection.actions import case_tables, number_table
from anju.inspection.actions.attempts import Attempts
from anju.inspection.models import Inspection, InspectionState, Problem, ProblemTally
from anju.monitoring.actions.loading import insert
from anju.monitoring.readings import snapshot_table
from anju.monitoring.snapshots import write
from anju.quality import running
from anju.queue.progress import Progress, Unattended
from anju.rules.months import Month

JOB_KIND: Final = "inspection.perform"
_WORK: Final = Attempts(Inspection, JOB_KIND, "inspection_id", "inspection")
_STEPS: Final = {"checks": "逐项检查", "files": "汇总"}


class InspectionRefused(Refusal):
    """An inspection that cannot be started or cancelled."""


@dataclass(frozen=True)
class _Result:
    """The files of an attempt, and what the inspection keeps of them."""

    out: Path
    snapshot_hash: str
    report: dict[str, Any]
    opened: int  # persons whose numbers were looked at


@transaction.atomic
def start(*, by: Actor, at: datetime, as_of: date) -> Inspection:
    """Ask for an inspection of the registers as they were on a day, by all that is known now.

    While one of that day is open, that one is returned. Refuses a day that has not come.
    """
    inspection, is_new = _WORK.asked(
        _new(by, at, as_of), by=by, at=at, key=f"inspection:{as_of.isoformat()}"
    )
    if is_new:
        _note(by, "inspection.start", inspection)
    return inspection


def perform(*, progress: Progress, inspection_id: int) -> dict[str, Any]:
    """Carry out an inspection; repeating it after an interruption is safe.

    The result becomes visible, and the job done, in one transaction.
    """
    with _WORK.attempt(inspection_id) as taken:
        if taken is None:
            return {"inspection": inspection_id, "already": True}
        inspection, folder = taken
        _publish(inspection, _carry_out(inspection, folder, progress), progress)
    return {"inspection": inspection_id}


@transaction.atomic
def closed(*, state: str, message: str, at: datetime, inspection_id: int) -> None:
    """Close an inspection whose job ended as `failed` or `cancelled`; a finished one is left alone."""
    inspection = _WORK.closed(inspection_id, state=state, message=message, at=at)
    if inspection is not None:
        _note(SYSTEM, f"inspection.{state}", inspection)


def perform_now(
    *,
    by: Actor,
    at: datetime,
    as_of: date,
    show: Callable[[str, int, int], None] | None = None,
) -> Inspection:
    """Make an inspection and carry it out at once, in this process."""
    with transaction.atomic():
        inspection = _new(by, at, as_of)
        _note(by, "inspection.start", inspection)
    try:
        perform(progress=Unattended(show), inspection_id=inspection.pk)
    except BaseException:
        # Also when interrupted from the keyboard: nobody else would close it.
        closed(
            state=InspectionState.FAILED,
            message=_("质检没有完成，没有产生任何结果。"),
            at=at,
            inspection_id=inspection.pk,
        )
        raise
    return Inspection.objects.get(pk=inspection.pk)


@transaction.atomic
def cancel(*, by: Actor, at: datetime, inspection: Inspection) -> Inspection:
    """Cancel an inspection that waits or runs; one that runs stops at its next step."""
    over = InspectionRefused(_("这次质检已经结束，不能取消。"))
    inspection = _WORK.cancelled(inspection, by=by, at=at, refusal=over)
    _note(by, "inspection.cancel", inspection)
    return inspection


def _new(by: Actor, at: datetime, as_of: date) -> Inspection:
    today = timezone.localdate(at)
    if as_of > today:
        raise InspectionRefused(
            _("%(day)s 还没有到。请改用 %(today)s 或以前的日期。") % {"day": as_of, "today": today}
        )
    return Inspection.objects.create(as_of=as_of, created_by=by.username, created_at=at)


def _carry_out(inspection: Inspection, folder: Path, progress: Progress) -> _Result:
    """Snapshot of the registers as of the day, then the checks; all in the attempt's own folder."""
    snapshot = write(
        month=Month.of(inspection.as_of),
        known_on=timezone.localdate(inspection.created_at),
        into=folder,
        draft="draft",
        progress=lambda table, done, total: progress.step(
            f"读取底册：{snapshot_table(table)}", done, total
        ),
    )
    progress.step("读取案件和号码", 0, 0)
    case_tables.write(snapshot.folder, inspection.as_of)
    opened = number_table.write(snapshot.folder, inspection.as_of)
    running.run(
        snapshot.folder,
        folder / "result",
        inspection.as_of,
        progress=lambda step, done, total: progress.step(
            f"质检：{_STEPS.get(step, '整理底册')}", done, total
        ),
    )
    text = (folder / "result" / running.RECORD).read_text(encoding="utf-8")
    return _Result(folder / "result", snapshot.hash, json.loads(text), opened)


def _publish(inspection: Inspection, result: _Result, progress: Progress) -> None:
    """Load the result and show it: one transaction, which fails if another attempt has taken over."""
    progress.step("写入结果", 0, 0)
    with transaction.atomic():
        progress.hold()
        _WORK.done(inspection)
        problems = pq.read_table(result.out / "problems.parquet")
        columns = ["household_id", "person_id", "village_code", "code", "found"]
        insert(Problem, inspection.pk, problems.select(columns))
        places = pq.read_table(result.out / "places.parquet")
        digits = pc.utf8_length(places["place"])
        insert(ProblemTally, inspection.pk, places.append_column("digits", digits))
        # The rows of earlier ones are not read again; what they found stands in their report.
        Problem.objects.filter(run_id__lt=inspection.pk).delete()
        ProblemTally.objects.filter(run_id__lt=inspection.pk).delete()
        entry = _note(
            Actor(inspection.created_by) if inspection.created_by else SYSTEM,
            "inspection.done",
            inspection,
            snapshot=result.snapshot_hash,
            problems=problems.num_rows,
            households=result.report["affected"],
            opened=result.opened,
        )
        Inspection.objects.filter(pk=inspection.pk).update(
            snapshot_hash=result.snapshot_hash, report=result.report, finished_at=entry.at
        )
        progress.complete({"inspection": inspection.pk})


def _note(by: Actor, action: str, inspection: Inspection, **detail: Any) -> Any:
    return record(
        by=by,
        action=action,
        kind="inspection",
        ids=[inspection.pk],
        detail={"as_of": inspection.as_of.isoformat(), **detail},
    )
