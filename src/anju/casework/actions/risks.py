"""Risks of a case that no lead told of: of households monitored before, or found during help."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework.actions.measures import refuse_level
from anju.casework.models import Case, CaseRisk
from anju.casework.queries import help as helping
from anju.casework.refusals import CaseRefused


@transaction.atomic
def add(*, by: Actor, viewer: Viewer, on: date, case: Case, risk: str, found_on: date) -> CaseRisk:
    """The household has one more risk. Refused: one the case has, and one that no help answers."""
    refuse_level(viewer, case)
    if case.closed_on is not None:
        raise CaseRefused(_("案件已经办结，不能补登风险。"))
    if risk not in helping.answered_risks(case):
        raise CaseRefused(_("请从列表中选择风险。"))
    if risk in helping.risks_of(case):
        raise CaseRefused(_("案件中已有这项风险，不必重复登记。"))
    if found_on > on:
        raise CaseRefused(_("发现日期 %(day)s 还没有到，请核对。") % {"day": found_on})
    row = CaseRisk.objects.create(case=case, risk=risk, found_on=found_on)
    record(
        by=by,
        action="case.add_risk",
        kind="household",
        ids=[case.household.code],
        detail={"case": case.number, "row": row.pk},
        place=case.village_code,
    )
    return row
