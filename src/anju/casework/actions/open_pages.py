"""Opening and giving up the open page of a village; what follows when villages are merged."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework import receipts
from anju.casework.models import Notice, OpenPage, SelfReport
from anju.casework.queries import open_pages as queries
from anju.casework.refusals import CaseRefused
from anju.places import queries as places


@transaction.atomic
def start(*, by: Actor, on: date, viewer: Viewer, village_code: str, contact: str) -> OpenPage:
    """Give a village an address, or change whom people are told to turn to on the one it has."""
    _refuse_elsewhere(viewer, village_code)
    contact = contact.strip()
    if not contact:
        raise CaseRefused(_("请填写受理单位和电话，群众要知道找谁。"))
    page = queries.page_in(village_code)
    if page is None:
        page = OpenPage.objects.create(
            village_id=village_code,
            token=receipts.token(),
            contact=contact,
            opened_on=on,
            opened_by=by.username,
        )
    else:
        OpenPage.objects.filter(pk=page.pk).update(contact=contact)
        page.contact = contact
    _note(by, "open_page.start", page)
    return page


@transaction.atomic
def renew(*, by: Actor, on: date, viewer: Viewer, village_code: str) -> OpenPage:
    """Give the address up for another one: sheets that were printed lead nowhere from now on."""
    old = close(by=by, on=on, viewer=viewer, village_code=village_code)
    return start(by=by, on=on, viewer=viewer, village_code=village_code, contact=old.contact)


@transaction.atomic
def close(*, by: Actor, on: date, viewer: Viewer, village_code: str) -> OpenPage:
    """Take a village's page off: its address leads nowhere."""
    _refuse_elsewhere(viewer, village_code)
    page = queries.page_in(village_code)
    if page is None or not OpenPage.objects.filter(pk=page.pk, closed_on__isnull=True).update(
        closed_on=on
    ):
        raise CaseRefused(_("这个村没有开通公开页，可能已被他人停用。"))
    _note(by, "open_page.close", page)
    return page


def follow() -> int:
    """Move self-reports and notices of villages that went into others along; how many.

    Addresses need not be moved: one of a merged village leads to what it is part of.
    """
    moved = 0
    for old, new in places.successors().items():
        moved += SelfReport.objects.filter(village_code=old).update(village_code=new)
        moved += Notice.objects.filter(village_code=old).update(village_code=new)
    return moved


def _refuse_elsewhere(viewer: Viewer, village_code: str) -> None:
    if not queries.cared_for(viewer).covers(village_code):
        raise CaseRefused(_("这个村不在您负责的区域。"))


def _note(by: Actor, action: str, page: OpenPage) -> None:
    record(by=by, action=action, kind="open_page", ids=[page.pk], place=page.village_id)
