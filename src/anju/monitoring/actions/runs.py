"""Runs: start, carry out, cancel. A run is shown whole or not at all, however it is interrupted.

An attempt works in folders of its own name, and that name stands in the run's row: an attempt that
was overtaken (its worker lost the lease) finds another name there and cannot make its result visible.
"""

from __future__ import annotations

import contextlib
import shutil
import uuid
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.monitoring import queries
from anju.monitoring.actions.carrying_out import Result, carry_out
from anju.monitoring.actions.loading import load
from anju.monitoring.actions.refusals import RunRefused
from anju.monitoring.models import Run, RunState, Snapshot
from anju.queue.actions import enqueue, request_cancel
from anju.queue.models import JobState
from anju.queue.progress import LeaseLost, Progress, Unattended
from anju.rules import packs
from anju.rules.errors import RulesError
from anju.rules.months import Month

JOB_KIND: Final = "monitoring.perform"
_OPEN: Final = (RunState.WAITING, RunState.RUNNING)


@transaction.atomic
def start(*, by: Actor, at: datetime, month: str, pack: str, known_on: date) -> Run:
    """Ask for a run; a worker carries it out.

    While a run of the same month, pack and day is waiting or running, that one is returned.
    Refuses an unknown pack, a month that is none, and a day of knowledge before the month began.
    """
    run = _new(by=by, at=at, month=month, pack=pack, known_on=known_on)
    job = enqueue(
        by=by,
        kind=JOB_KIND,
        key=f"monitoring:{run.pack}:{run.month}:{known_on.isoformat()}",
        payload={"run_id": run.pk},
        at=at,
    )
    if job.payload["run_id"] != run.pk:
        run.delete()
        return Run.objects.get(pk=job.payload["run_id"])
    run.job_id = job.pk
    run.save(update_fields=["job_id"])
    _note(by, "monitoring.run.start", run, known_on=known_on.isoformat())
    return run


def perform(*, progress: Progress, run_id: int) -> dict[str, Any]:
    """Carry out a run that was started; repeating it after an interruption is safe.

    The result becomes visible, and the job done, in one transaction. What trying again cannot mend
    (a month before the first value of a parameter, a contradiction in the data) is a `RulesError`
    with a Chinese message; whoever called closes the run (`closed`).
    """
    attempt = f"{run_id}-{uuid.uuid4().hex[:8]}"
    open_run = Run.objects.filter(pk=run_id).exclude(state__in=[RunState.DONE, RunState.CANCELLED])
    if not open_run.update(state=RunState.RUNNING, folder=attempt, problem=""):
        return {"run": run_id, "already": True}
    run = Run.objects.get(pk=run_id)
    _throw_away(run_id, keep=attempt)
    _publish(run, carry_out(run, attempt=attempt, progress=progress), progress)
    _compare_with_the_month_before(run_id)
    return {"run": run_id}


@transaction.atomic
def closed(*, state: str, message: str, at: datetime, run_id: int) -> None:
    """Close a run whose job ended as `failed` or `cancelled`; a finished one is left alone."""
    still_open = Run.objects.filter(pk=run_id, state__in=_OPEN)
    problem = message if state == RunState.FAILED else ""
    if still_open.update(state=state, problem=problem, finished_at=at, folder=""):
        _note(SYSTEM, f"monitoring.run.{state}", Run.objects.get(pk=run_id))
        _throw_away(run_id, keep=None)


def perform_now(
    *,
    by: Actor,
    at: datetime,
    month: str,
    pack: str,
    known_on: date,
    show: Callable[[str, int, int], None] | None = None,
) -> Run:
    """Make a run and carry it out at once, in this process: for commands.

    `show` is told each step. Raises `Refusal` or `RulesError`, both with a Chinese message `.zh`.
    """
    with transaction.atomic():
        run = _new(by=by, at=at, month=month, pack=pack, known_on=known_on)
        _note(by, "monitoring.run.start", run, known_on=known_on.isoformat())
    try:
        perform(progress=Unattended(show), run_id=run.pk)
    except BaseException as error:
        # Also when interrupted from the keyboard: nobody else would close the run.
        message = getattr(error, "zh", "") or _("监测未完成，没有产生任何结果。")
        closed(state=RunState.FAILED, message=message, at=at, run_id=run.pk)
        raise
    return Run.objects.get(pk=run.pk)


@transaction.atomic
def cancel(*, by: Actor, at: datetime, run: Run, reason: str = "") -> Run:
    """Cancel a run that waits or runs; one that runs stops at its next step."""
    run = Run.objects.get(pk=run.pk)
    if run.state not in _OPEN:
        raise RunRefused(_("这次监测已经结束，不能取消。"))
    if run.job_id is None:
        raise RunRefused(_("这次监测由命令行发起，请在发起它的终端中按 Ctrl+C 停止。"))
    job = request_cancel(by=by, at=at, job_id=run.job_id)
    if job.state != JobState.RUNNING:
        # Nobody is working on it (any more): there is no worker to close the run.
        Run.objects.filter(pk=run.pk).update(state=RunState.CANCELLED, finished_at=at)
    _note(by, "monitoring.run.cancel", run, reason=reason)
    return Run.objects.get(pk=run.pk)


def _new(*, by: Actor, at: datetime, month: str, pack: str, known_on: date) -> Run:
    try:
        asked = Month.parse(month)
        packs.load(pack)
    except RulesError as error:
        raise RunRefused(error.zh) from error
    if known_on < asked.first_day:
        raise RunRefused(
            _(
                "掌握日期 %(day)s 早于 %(month)s 的第一天，那时还没有这个月的数据。"
                "请改用 %(first)s 或以后的日期。"
            )
            % {"day": known_on, "month": asked, "first": asked.first_day}
        )
    today = timezone.localdate(at)
    if known_on > today:
        raise RunRefused(
            _("掌握日期 %(day)s 还没有到。请改用 %(today)s 或以前的日期。")
            % {"day": known_on, "today": today}
        )
    return Run.objects.create(
        month=str(asked), pack=pack, known_on=known_on, created_by=by.username, created_at=at
    )


def _publish(run: Run, result: Result, progress: Progress) -> None:
    """Load the result and show it: one transaction, which fails if another attempt has the run."""
    progress.step("写入结果", 0, 0)
    with transaction.atomic():
        progress.hold()
        mine = Run.objects.filter(pk=run.pk, state=RunState.RUNNING, folder=run.folder)
        if not mine.update(state=RunState.DONE):
            raise LeaseLost(f"Run {run.pk} was taken over by another attempt.")
        loaded = load(run_id=run.pk, out=result.out)
        snapshot, _is_new = Snapshot.objects.get_or_create(
            hash=result.snapshot.hash,
            defaults={
                "folder": result.snapshot.folder.name,
                "counts": result.snapshot.counts,
                "created_at": run.created_at,
            },
        )
        entry = _note(
            Actor(run.created_by) if run.created_by else SYSTEM,
            "monitoring.run.done",
            run,
            snapshot=snapshot.hash,
            hits=loaded.hits,
            unknown=loaded.unknown,
        )
        Run.objects.filter(pk=run.pk).update(
            snapshot=snapshot,
            pack_hash=result.pack_hash,
            report=result.report,
            counts={
                "households": loaded.households,
                "hits": loaded.hits,
                "unknown": loaded.unknown,
                "levels": loaded.levels,
            },
            finished_at=entry.at,
        )
        progress.complete({"run": run.pk})


def _compare_with_the_month_before(run_id: int) -> None:
    """Work out now what the comparison page opens with; it does so itself where this fails."""
    run = Run.objects.get(pk=run_id)
    for before in queries.earlier_runs(run, limit=1):
        with contextlib.suppress(OSError, RulesError):
            queries.keep_comparison(run, before)


def _throw_away(run_id: int, *, keep: str | None) -> None:
    """Remove what attempts of the run left in the folders of results and snapshots."""
    for root in (Path(settings.RUN_DIR), Path(settings.SNAPSHOT_DIR)):
        for left in [*root.glob(f"{run_id}-*"), *root.glob(f".{run_id}-*")]:
            if left.name.removeprefix(".") != keep:
                shutil.rmtree(left, ignore_errors=True)


def _note(by: Actor, action: str, run: Run, *, reason: str = "", **detail: Any) -> Any:
    return record(
        by=by,
        action=action,
        kind="run",
        ids=[run.pk],
        reason=reason,
        detail={"month": run.month, "pack": run.pack, **detail},
    )
