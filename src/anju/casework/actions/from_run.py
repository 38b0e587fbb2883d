"""Cases for all that a run raised: asked for by a person, carried out by a job."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import User
from anju.accounts.permissions import Permission
from anju.accounts.queries import viewer_of
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.casework import queries
from anju.casework.actions import cases, clearing, raising
from anju.casework.queries import clearing as clearing_lists
from anju.casework.refusals import CaseRefused
from anju.monitoring.models import Run, RunState
from anju.queue.actions import enqueue
from anju.queue.models import Job
from anju.queue.progress import Progress

JOB_KIND = "casework.open"


@transaction.atomic
def ask(*, by: Actor, at: datetime, viewer: Viewer, run: Run) -> Job:
    """Have a case opened for every household of the viewer's places that a run raised.

    While that is waiting or under way for the run and viewer, the same job is returned.
    """
    if run.state != RunState.DONE:
        raise CaseRefused(_("这次监测研判还没有结果。"))
    if not may_ask(viewer):
        raise CaseRefused(_("批量立案由乡镇或县级办理。"))
    job = enqueue(
        by=by,
        kind=JOB_KIND,
        key=f"{JOB_KIND}:{run.pk}:{viewer.user_id}",
        payload={"asked": [run.pk, viewer.user_id]},
        at=at,
    )
    record(by=by, action="case.begin_run", kind="run", ids=[run.pk])
    return job


@transaction.atomic
def closed(*, state: str, message: str, at: datetime, asked: list[int]) -> None:
    """The job ended as `failed` or `cancelled`: nothing was opened, and the record says so."""
    record(by=SYSTEM, action=f"case.{state}", kind="run", ids=asked[:1])


def may_ask(viewer: Viewer) -> bool:
    """Whether the viewer acts for a town or the county somewhere."""
    return viewer.may(Permission.ACT_IN_COUNTY) or viewer.may(Permission.ACT_IN_TOWN)


def perform(*, progress: Progress, at: datetime, on: date, asked: list[int]) -> dict[str, Any]:
    """Raise what the run found and open the cases, whole or not at all; safe to repeat.

    `asked` are the number of the run and that of the user who asked.
    """
    run_id, user_id = asked
    user = User.objects.get(pk=user_id)
    viewer, by = viewer_of(user, on=on), Actor(user.username, user.name)
    progress.step(_("整理线索"))
    run = Run.objects.get(pk=run_id)
    with transaction.atomic():
        if run == clearing_lists.latest_run():  # what only puts a household on a list goes there
            clearing.open_cases(by=SYSTEM, at=at, on=on, run=run)
        raised = raising.from_run(by=by, on=on, run=run)
        progress.step(_("批量立案"))
        leads = queries.leads_for(viewer).filter(sources__run_id=run_id)
        opened = cases.open_many(by=by, at=at, on=on, viewer=viewer, leads=leads)
        result = {"leads": raised.new, "cases": len(opened)}
        progress.complete(result)
    return result
