"""Writing down what was seen of a village's clinic."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.casework.actions import clinic_cases
from anju.casework.queries import clinics
from anju.casework.refusals import CaseRefused
from anju.registry.actions import clinics as registers
from anju.registry.actions.clinics import Seen
from anju.registry.models import ClinicReport


@transaction.atomic
def record(
    *,
    by: Actor,
    viewer: Viewer,
    at: datetime,
    on: date,
    village_code: str,
    seen_on: date,
    has_clinic: bool,
    has_staff: bool,
    source: str,
    arrangement: str = "",
) -> ClinicReport:
    """Keep what was seen on a day; the latest of a village holds. A blank spot gets its case.

    Refused: a village the viewer does not act for, a day to come or before the last one written down,
    staff without a clinic, no source, and a blank spot without what people there do meanwhile.
    """
    if not clinics.may_report(viewer, village_code):
        raise CaseRefused(_("您的岗位不能登记这个村的卫生室情况。"))
    last = clinics.reports_of(viewer, village_code).first()
    if seen_on > on or (last is not None and seen_on < last.seen_on):
        told = {"first": last.seen_on if last else "", "last": on}
        raise CaseRefused(_("核实日期不能早于上次核实（%(first)s），也不能晚于今天。") % told)
    if has_staff and not has_clinic:
        raise CaseRefused(_("没有卫生室的，村医请填“否”，巡诊等安排写在“空白期间的安排”。"))
    if not source.strip():
        raise CaseRefused(_("请填写来源，例如实地查看、县卫生健康局名单。"))
    is_blank = not (has_clinic and has_staff)
    if is_blank and not arrangement.strip():
        raise CaseRefused(_("请填写空白期间群众看病的安排，例如乡镇卫生院巡诊、邻村代管。"))
    seen = Seen(village_code, seen_on, has_clinic, has_staff, arrangement.strip())
    (row,) = registers.write(recorded_by=by.username, source=source.strip(), seen=[seen])
    audit(
        by=by,
        action="clinic.record",
        kind="division",
        ids=[village_code],
        detail={"row": row.pk, "is_blank": is_blank},
        place=village_code,
    )
    clinic_cases.open_cases(by=by, at=at, on=on, villages=[village_code])
    return row
