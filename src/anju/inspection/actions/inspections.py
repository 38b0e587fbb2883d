"""Inspections: start, carry out, cancel. One is shown whole or not at all, however it is interrupted.

The files of an attempt live in a folder of its own name and are gone when it ends; what is kept are
the rows that pages read. An attempt that was overtaken finds another name in the inspection's row.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.audit.refusal import Refusal
from anju.inspection.actions import case_tables, number_table
from anju.inspection.models import Inspection, InspectionState, Problem, ProblemTally
from anju.monitoring.actions.loading import insert
from anju.monitoring.readings import snapshot_table
from anju.monitoring.snapshots import write
from anju.quality import running
from anju.queue.actions import enqueue, request_cancel
from anju.queue.models import JobState
from anju.queue.progress import LeaseLost, Progress, Unattended
from anju.rules.months import Month

JOB_KIND: Final = "inspection.perform"
_OPEN: Final = (InspectionState.WAITING, InspectionState.RUNNING)
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
    inspection = _new(by, at, as_of)
    job = enqueue(
        by=by,
        kind=JOB_KIND,
        key=f"inspection:{as_of.isoformat()}",
        payload={"inspection_id": inspection.pk},
        at=at,
    )
    if job.payload["inspection_id"] != inspection.pk:
        inspection.delete()
        return Inspection.objects.get(pk=job.payload["inspection_id"])
    inspection.job_id = job.pk
    inspection.save(update_fields=["job_id"])
    _note(by, "inspection.start", inspection)
    return inspection


def perform(*, progress: Progress, inspection_id: int) -> dict[str, Any]:
    """Carry out an inspection; repeating it after an interruption is safe.

    The result becomes visible, and the job done, in one transaction.
    """
    attempt = f"inspection-{inspection_id}-{uuid.uuid4().hex[:8]}"
    still_open = Inspection.objects.filter(pk=inspection_id).exclude(
        state__in=[InspectionState.DONE, InspectionState.CANCELLED]
    )
    if not still_open.update(state=InspectionState.RUNNING, attempt=attempt, problem=""):
        return {"inspection": inspection_id, "already": True}
    inspection = Inspection.objects.get(pk=inspection_id)
    _throw_away(inspection_id)
    folder = Path(settings.RUN_DIR) / attempt
    try:
        _publish(inspection, _carry_out(inspection, folder, progress), progress)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"inspection": inspection_id}


@transaction.atomic
def closed(*, state: str, message: str, at: datetime, inspection_id: int) -> None:
    """Close an inspection whose job ended as `failed` or `cancelled`; a finished one is left alone."""
    still_open = Inspection.objects.filter(pk=inspection_id, state__in=_OPEN)
    problem = message if state == InspectionState.FAILED else ""
    if still_open.update(state=state, problem=problem, finished_at=at, attempt=""):
        _note(SYSTEM, f"inspection.{state}", Inspection.objects.get(pk=inspection_id))
        _throw_away(inspection_id)


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
    inspection = Inspection.objects.get(pk=inspection.pk)
    if inspection.state not in _OPEN or inspection.job_id is None:
        raise InspectionRefused(_("这次质检已经结束，不能取消。"))
    job = request_cancel(by=by, at=at, job_id=inspection.job_id)
    if job.state != JobState.RUNNING:
        Inspection.objects.filter(pk=inspection.pk).update(
            state=InspectionState.CANCELLED, finished_at=at
        )
    _note(by, "inspection.cancel", inspection)
    return Inspection.objects.get(pk=inspection.pk)


def _new(by: Actor, at: datetime, as_of: date) -> Inspection:
    today = timezone.localdate(at)
    if as_of > today:
        raise InspectionRefused(
            _("%(day)s 还没有到。请改用 %(today)s 或以前的日期。") % {"day": as_of, "today": today}
        )
    return Inspection.objects.create(as_of=as_of, created_by=by.username, created_at=at)


def _carry_out(inspection: Inspection, folder: Path, progress: Progress) -> _Result:
    """Snapshot of the registers as of the day, then the checks; all in the attempt's own folder."""
    folder.mkdir(parents=True, exist_ok=True)
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
        mine = Inspection.objects.filter(
            pk=inspection.pk, state=InspectionState.RUNNING, attempt=inspection.attempt
        )
        if not mine.update(state=InspectionState.DONE):
            raise LeaseLost(f"Inspection {inspection.pk} was taken over by another attempt.")
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


def _throw_away(inspection_id: int) -> None:
    """Remove what killed attempts have left."""
    for left in Path(settings.RUN_DIR).glob(f"inspection-{inspection_id}-*"):
        shutil.rmtree(left, ignore_errors=True)


def _note(by: Actor, action: str, inspection: Inspection, **detail: Any) -> Any:
    return record(
        by=by,
        action=action,
        kind="inspection",
        ids=[inspection.pk],
        detail={"as_of": inspection.as_of.isoformat(), **detail},
    )
