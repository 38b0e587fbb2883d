"""会签: a unit that issues a document too says so, and who of it signs."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.reporting.actions.writing import note
from anju.reporting.models import Report, ReportPartner, ReportState
from anju.reporting.queries import gates
from anju.reporting.queries.partners import missing, names_of, rows_of
from anju.reporting.refusals import ReportChanged, ReportRefused
from anju.reporting.replacing import Sent

_LONGEST = 20


@transaction.atomic
def countersign(
    *, by: Actor, on: date, viewer: Viewer, report: Report, version: int, leader: str
) -> Report:
    """Sign for the viewer's unit; its names are kept as they are on this day.

    `leader` is the head of that unit who signed. Sent back, the report needs every signature again.
    """
    row = Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)
    if row.state != ReportState.SUBMITTED or row.version != version:
        raise ReportChanged(_("这份报告已由别人处理，请刷新页面查看。"))
    partner = gates.partner_to_sign(viewer, row)
    if partner is None:
        raise ReportRefused(_("只有联署机关的报告编写人可以会签，每个机关会签一次。"))
    put_signature(by, on, partner, leader)
    row.version += 1
    row.save(update_fields=["version"])
    note(by, "report.countersign", row, unit=partner.unit_id)
    return row


def put_signature(by: Actor, on: date, partner: ReportPartner, leader: str) -> None:
    """Write down who of a unit signed on a day; refused without a name."""
    leader = " ".join(leader.split())
    if not leader or len(leader) > _LONGEST:
        raise ReportRefused(_("请填写本单位会签这份文件的负责人姓名。"))
    names = names_of(partner)
    partner.head, partner.signer, partner.leader = names.head, names.signer, leader
    partner.signed_on, partner.signed_by = on, by.username
    partner.save()


def refuse_unsigned(row: Sent) -> None:
    """Refuse to issue what another organ has not signed yet."""
    if unsigned := missing(row):
        raise ReportRefused(
            _("联合行文要各机关会签后才能签发，还没有会签：%(units)s。")
            % {"units": "、".join(unsigned)}
        )


def forget(row: Sent) -> None:
    """Take every signature back: the document may change now."""
    rows_of(row).update(head="", signer="", leader="", signed_on=None, signed_by="")
