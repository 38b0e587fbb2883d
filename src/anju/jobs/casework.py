"""What the timetable and the queue do on leads and cases, with the day and time they need."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from anju.audit.actor import SYSTEM
from anju.casework.actions import (
    adopting,
    clearing,
    clinic_cases,
    expiry,
    follow_ups,
    following,
    from_run,
    raising,
)
from anju.monitoring.queries import latest_run
from anju.queue.progress import Progress


def raise_leads(*, progress: Progress) -> dict[str, Any]:
    """Every hour: leads from the latest run of the county's pack, once; cases for households monitored
    before, and for households and villages on a list that must reach zero."""
    now = timezone.now()
    today = timezone.localdate(now)
    done = {"adopted": adopting.adopt(by=SYSTEM, at=now, on=today), "leads": 0, "clearing": 0}
    done["clinics"] = len(clinic_cases.open_cases(by=SYSTEM, at=now, on=today))
    run = latest_run(pack=settings.POLICY_PACK)
    if run is None:
        return done
    done["clearing"] = len(clearing.open_cases(by=SYSTEM, at=now, on=today, run=run))
    if not raising.is_raised(run):
        done["leads"] = raising.from_run(by=SYSTEM, on=today, run=run).new
    return done


def open_cases(*, progress: Progress, asked: list[int]) -> dict[str, Any]:
    """Cases for all that a run raised, as somebody asked."""
    now = timezone.now()
    return from_run.perform(progress=progress, at=now, on=timezone.localdate(now), asked=asked)


def expire_leads(*, progress: Progress, day: str) -> dict[str, Any]:
    """Every day: leads that nobody looked at in time."""
    return {"expired": expiry.expire(progress=progress, by=SYSTEM, on=date.fromisoformat(day))}


def follow(*, progress: Progress) -> dict[str, Any]:
    """Every hour: leads and cases go with households that moved; visits after removals go on."""
    today = timezone.localdate()
    return {
        "moved": following.follow(by=SYSTEM),
        "visits": follow_ups.resume(by=SYSTEM, on=today),
    }
