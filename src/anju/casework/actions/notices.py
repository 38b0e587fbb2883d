"""公示: put up in the village for the time the pack sets; it comes down by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework import books
from anju.casework.models import Case, Notice, NoticeEntry
from anju.casework.queries import publication
from anju.casework.queries.open_pages import cared_for
from anju.casework.refusals import CaseRefused
from anju.privacy.masking import mask_name


@transaction.atomic
def post(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    village_code: str,
    kind: str,
    numbers: Sequence[str],
    contact: str,
) -> Notice:
    """Publish these cases of one village together, with masked names; each is published once."""
    if not viewer.scope_for(Permission.ACT_IN_VILLAGE).covers(village_code):
        raise CaseRefused(_("只有本村工作人员可以发布公示。"))
    contact = contact.strip()
    if not contact:
        raise CaseRefused(_("请填写受理单位和电话，群众要知道找谁。"))
    cases = _chosen(viewer, village_code, kind, numbers)
    calendar = books.calendar()
    notice = Notice.objects.create(
        village_code=village_code,
        kind=kind,
        posted_on=on,
        ends_on=max(publication.last_day(case, on, calendar) for case in cases),
        contact=contact,
        posted_by=by.username,
    )
    NoticeEntry.objects.bulk_create(_entry(notice, case) for case in cases)
    _note(by, "notice.post", notice, [case.number for case in cases])
    return notice


@transaction.atomic
def take_down(*, by: Actor, on: date, viewer: Viewer, notice: Notice, reason: str) -> None:
    """Take a notice off before its time: what hung too short does not count as published."""
    if not cared_for(viewer).covers(notice.village_code):
        raise CaseRefused(_("这个村不在您负责的区域。"))
    reason = reason.strip()
    if not reason:
        raise CaseRefused(_("请写明提前撤下的理由。"))
    hanging = Notice.objects.filter(pk=notice.pk, taken_down_on__isnull=True, ends_on__gte=on)
    if not hanging.update(taken_down_on=on, taken_down_reason=reason):
        raise CaseRefused(_("这次公示已经结束或撤下，请刷新页面查看。"))
    _note(by, "notice.take_down", notice, [], reason=reason)


def _chosen(viewer: Viewer, village_code: str, kind: str, numbers: Sequence[str]) -> list[Case]:
    """The cases, held against other writers; all of them must still wait for this notice."""
    chosen = [
        case
        for case in publication.waiting(viewer, hold=True)
        if case.number in set(numbers)
        and case.village_code == village_code
        and publication.kind_of(case) == kind
    ]
    if not chosen:
        raise CaseRefused(_("请至少选择一户。"))
    if len(chosen) < len(set(numbers)):
        raise CaseRefused(_("所选的户中有的已不在公示环节或已公示，请刷新页面后重新选择。"))
    return chosen


def _entry(notice: Notice, case: Case) -> NoticeEntry:
    return NoticeEntry(
        notice=notice,
        case=case,
        case_version=case.version,
        masked_name=mask_name(case.household.head_name),
        members=case.household.size,
        proposed=publication.proposed(case),
    )


def _note(by: Actor, action: str, notice: Notice, numbers: list[str], reason: str = "") -> None:
    record(
        by=by,
        action=action,
        kind="notice",
        ids=[notice.pk],
        count=max(1, len(numbers)),
        reason=reason,
        detail={"cases": numbers} if numbers else None,
        place=notice.village_code,
    )
