"""Remembering how a source lays out a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.intake.feeds import BY_ID
from anju.intake.models import Batch, Profile
from anju.intake.recognising import Recognised
from anju.intake.refusals import BatchRefused
from anju.intake.saved import fingerprint


@transaction.atomic
def save(
    *,
    by: Actor,
    at: datetime,
    feed: str,
    sheet: str,
    source: str,
    headings: Sequence[str],
    columns: Mapping[str, str],
    batch_id: int,
) -> Profile:
    """Keep what a person said: the field → the heading of the file it stands under.

    Refused: a needed column without a heading, or one heading for two fields.
    """
    layout = next((each for each in BY_ID[feed].sheets if each.id == sheet), None)
    if layout is None:
        raise BatchRefused("没有这种表，请重新选择名单种类。")
    missing = "、".join(f"“{each.label}”" for each in layout.lacking(columns))
    if missing:
        raise BatchRefused(f"这些栏目还没有对应的列：{missing}。请在表头下面选好再保存。")
    if len(set(columns.values())) < len(columns):
        raise BatchRefused("有一列对应了两个栏目，请每列只选一个栏目。")
    profile, _ = Profile.objects.update_or_create(
        feed=feed,
        sheet=sheet,
        fingerprint=fingerprint(headings),
        defaults={
            "source": source[:60],
            "headings": list(headings),
            "columns": dict(columns),
            "by_hand": True,
            "saved_by": by.username,
            "saved_at": at,
            "last_batch_id": batch_id,
        },
    )
    record(
        by=by,
        action="intake.profile",
        kind="profile",
        ids=[profile.pk],
        detail={"feed": feed, "sheet": sheet, "columns": dict(columns), "batch": batch_id},
    )
    return profile


@transaction.atomic
def forget(*, by: Actor, profile_id: int) -> None:
    """Ask again the next time a list is laid out like this."""
    profile = Profile.objects.filter(pk=profile_id, by_hand=True).first()
    if profile is None:
        raise BatchRefused("这种列已经不再记住了。")
    detail = {"feed": profile.feed, "sheet": profile.sheet, "columns": profile.columns}
    profile.delete()
    record(by=by, action="intake.profile_forget", kind="profile", ids=[profile_id], detail=detail)


def remember(*, batch: Batch, recognised: Recognised) -> None:
    """Keep the headings of a file that was taken, so that next month's are compared with them.

    In the transaction of the batch; its audit entry is the batch's.
    """
    for _, heading in recognised.sheets:
        names = list(heading.names.values())
        profile, _ = Profile.objects.get_or_create(
            feed=recognised.feed.id,
            sheet=heading.layout.id,
            fingerprint=fingerprint(names),
            defaults={
                "source": recognised.feed.office,
                "headings": names,
                "columns": {field: heading.names[place] for field, place in heading.places.items()},
                "saved_by": batch.created_by,
                "saved_at": batch.created_at,
            },
        )
        Profile.objects.filter(pk=profile.pk).update(last_batch_id=batch.pk)
