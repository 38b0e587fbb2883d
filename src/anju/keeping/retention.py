"""Retention by rule: what is due, and letting go of it with an entry in the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.casework.actions import forgetting as forgetting_sent
from anju.casework.queries.needed_runs import needed_runs
from anju.duties.actions import drafts as drafts_of_tasks
from anju.employment.actions import employments, trainings
from anju.intake.actions import forgetting
from anju.monitoring.actions import forgetting as monitoring
from anju.privacy.retention import RULES, RetentionRule
from anju.queue import actions as queue
from anju.queue.progress import Progress
from anju.registry.actions import erasing

AT_ONCE = 500
RUNS_AT_ONCE = 5
_DAYS_A_MONTH = 31


@dataclass(frozen=True, slots=True)
class Due:
    """A rule, the moment before which it holds, and how much is due."""

    rule: RetentionRule
    months: int
    before: datetime
    count: int


def limit(rule: RetentionRule, at: datetime) -> datetime:
    """The moment before which a rule holds; months count 31 days, so that nothing goes too early."""
    return at - timedelta(days=_DAYS_A_MONTH * getattr(settings, rule.setting))


def due(*, at: datetime) -> list[Due]:
    """What every rule would do now."""
    counted: dict[str, Callable[[datetime], int]] = {
        "uploads": lambda before: len(forgetting.kept_files(before)),
        "rows": lambda before: forgetting.kept_rows(before).count(),
        "runs": lambda before: _due_runs(at, before),
        "jobs": lambda before: queue.ended_before(before).count(),
        "open": lambda before: sum(rows.count() for rows in forgetting_sent.due(before.date())),
        "drafts": _drafts,
        "households": lambda before: erasing.left_before(before.date()).count(),
    }
    return [
        Due(rule, getattr(settings, rule.setting), before, counted[rule.id](before))
        for rule in RULES
        for before in (limit(rule, at),)
    ]


def apply(*, by: Actor, at: datetime, rule: RetentionRule) -> int:
    """Let go of what a rule says, in batches with an entry each; how much. Safe to repeat."""
    total = 0
    is_more = True
    while is_more:
        count, is_more = _apply_some(by, rule, at)
        total += count
    return total


def _drafts(before: datetime) -> int:
    """Forms of cases and of tasks that nobody went on with."""
    of_cases = forgetting_sent.drafts_due(before).count()
    return of_cases + drafts_of_tasks.due_to_go(before).count()


def _due_runs(at: datetime, before: datetime) -> int:
    """Old runs, and the snapshots that nobody would use without them."""
    runs = monitoring.ended_before(before, needed=needed_runs()).values_list("pk", flat=True)
    return len(runs) + len(monitoring.unused(at=at, without=list(runs)))


def apply_daily(*, progress: Progress, day: str) -> dict[str, Any]:
    """The job of the timetable: every rule that is automatic, as of the end of a day."""
    at = datetime.fromisoformat(day).astimezone()
    done: dict[str, Any] = {}
    for rule in RULES:
        if rule.automatic:
            progress.step("清理到期数据")
            done[rule.id] = apply(by=SYSTEM, at=at, rule=rule)
    return done


@transaction.atomic
def _apply_some(by: Actor, rule: RetentionRule, at: datetime) -> tuple[int, bool]:
    """One batch and its entry, in one transaction; how much, and whether there may be more."""
    before, is_more, told = limit(rule, at), False, {}
    if rule.id == "uploads":
        count = forgetting.forget_files(before=before)
    elif rule.id == "rows":
        count = forgetting.forget_rows(before=before)
    elif rule.id == "runs":
        went = monitoring.forget(at=at, before=before, needed=needed_runs(), most=RUNS_AT_ONCE)
        is_more, told = len(went.runs) == RUNS_AT_ONCE, asdict(went)
        count = len(went.runs) + len(went.snapshots)
    elif rule.id == "jobs":
        count = queue.forget(before=before)
    elif rule.id == "open":
        count = forgetting_sent.forget(before=before.date())
    elif rule.id == "drafts":
        count = forgetting_sent.forget_drafts(before=before)
        count += drafts_of_tasks.forget(before=before)
    else:
        count = erasing.left_before(before.date())[:AT_ONCE].count()
        persons = erasing.erase(before=before.date(), most=AT_ONCE)
        employments.forget_employers(person_ids=persons)
        trainings.forget(person_ids=persons)
        is_more = bool(count)
    if count:
        record(
            by=by,
            action="retention.apply",
            kind="retention",
            count=count,
            detail={"rule": rule.id, "before": before.date().isoformat(), **told},
        )
    return count, is_more
