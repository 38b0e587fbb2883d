"""A merger of villages, and all that hangs on villages with it: cases, assignments, projects, assets, subsidies, classes."""

from typing import Any

from django.utils import timezone

from anju.assets.actions import following as assets
from anju.audit.actor import SYSTEM
from anju.benefits.actions import following as subsidies
from anju.casework.actions import following as cases
from anju.community.actions import following as community
from anju.duties.actions import following as assignments
from anju.employment.actions import following as workshops
from anju.places.actions import recoding as places
from anju.places.queries import unfollowed
from anju.projects.actions import recoding as projects
from anju.queue.progress import Progress
from anju.registry.actions import recoding
from anju.supervision.actions import following as classes


def recode(*, progress: Progress, recoding_id: int) -> dict[str, Any]:
    """Carry a merger out, and have everything follow. Cut short between the two, the job is done again;
    where it failed for good, `follow` ends it."""
    result = recoding.perform(progress=progress, recoding_id=recoding_id)
    _follow(recoding_id)
    return result


def follow(*, progress: Progress, day: str) -> dict[str, Any]:
    """Every day: what did not follow a merger that was carried out; nothing, as a rule."""
    left = list(unfollowed().values_list("pk", flat=True))
    for recoding_id in left:
        _follow(recoding_id)
    return {"followed": len(left)}


def _follow(recoding_id: int) -> None:
    """Each step is safe to repeat; the merger is noted as followed behind the last one."""
    now = timezone.now()
    on = timezone.localdate(now)
    cases.follow(by=SYSTEM)
    assignments.follow(by=SYSTEM, on=on, recoding_id=recoding_id)
    projects.follow(by=SYSTEM, on=on, recoding_id=recoding_id)
    assets.follow(by=SYSTEM, recoding_id=recoding_id)
    community.follow(by=SYSTEM, recoding_id=recoding_id)
    subsidies.follow(by=SYSTEM, recoding_id=recoding_id)
    workshops.follow(by=SYSTEM, recoding_id=recoding_id)
    classes.follow(by=SYSTEM, recoding_id=recoding_id)
    places.note_followed(recoding_id=recoding_id, at=now)
