"""Correcting or withdrawing a notice that is out, by a new notice: see `replacing`."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.reporting import attached
from anju.reporting.actions.notices import held
from anju.reporting.actions.replacing import (
    checked_reason,
    copy_partners,
    corrected_title,
    refuse_to_replace,
    withdrawing_title,
)
from anju.reporting.models import Replacing
from anju.reporting.notices import title_of
from anju.reporting.queries.notices import may_change, writes
from anju.reporting.refusals import ReportRefused
from anju.reporting.replacing import last_that_said
from anju.supervision.actions import notices
from anju.supervision.models import SupervisionNotice
from anju.supervision.queries.health import hidden


@transaction.atomic
def replace(
    *, by: Actor, on: date, viewer: Viewer, notice: SupervisionNotice, how: str, reason: str
) -> SupervisionNotice:
    """Begin the draft that corrects or withdraws a notice; one that is there is given back.

    A correction has the words, elements and partners of the old one. Refused: what is not out, no reason,
    to withdraw a withdrawal, who does not write for its unit or may not read it.
    """
    rows = SupervisionNotice.objects.select_for_update(of=("self",))
    row = rows.select_related("issuing_unit", "replaces", "problem").get(pk=notice.pk)
    if not writes(viewer, row) or (row.problem and hidden(viewer, [row.problem])):
        raise ReportRefused(_("只有登记这份通知的单位可以更正或撤回。"))
    there = SupervisionNotice.objects.filter(replaces=row).first()
    if refuse_to_replace(row, there, how) and there is not None:
        return there
    corrects = how == Replacing.CORRECTION
    source = last_that_said(row)
    called = title_of(row, row.signer)
    made = notices.replace(
        by=by, on=on, notice=row, how=how, reason=checked_reason(reason),
        title=corrected_title(source.title) if corrects
        else withdrawing_title(called, row.document_number or row.number, "通知"),
        words=source.words if corrects else "",
    )  # fmt: skip
    if corrects and source.attachments:
        made.attachments = attached.without_rows(source.attachments)
        made.save(update_fields=["attachments"])
    copy_partners(row, made)
    return made


@transaction.atomic
def discard(*, by: Actor, viewer: Viewer, notice: SupervisionNotice, version: int) -> None:
    """Throw the draft of a correction or withdrawal away. Refused for other notices and what is out."""
    row = held(notice, version)
    if row.replaces is None or row.is_out or not may_change(viewer, row):
        raise ReportRefused(_("只有登记这份通知的单位可以删除更正或撤回的草稿。"))
    notices.discard(by=by, notice=row)
