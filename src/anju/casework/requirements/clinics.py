"""What must be present before a village is no blank spot any more: what was seen there last says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from anju.casework.models import ClinicCase
from anju.casework.requirements.evidence import Evidence
from anju.registry.models import ClinicReport
from anju.registry.queries import clinics

Check = Callable[[ClinicReport | None], Evidence]


def clinic_arranged(last: ClinicReport | None) -> Evidence:
    """What people do meanwhile is written down, or nothing is missing any more."""
    if last is not None and not last.is_blank:
        return Evidence(True, _("%(day)s 核实已有村卫生室和合格村医") % {"day": last.seen_on})
    if last is None or not last.arrangement:
        return Evidence(False, _("还没有登记群众现在到哪里看病。"))
    return Evidence(True, last.arrangement)


def clinic_filled(last: ClinicReport | None) -> Evidence:
    """The village was last seen with a clinic and somebody qualified."""
    if last is None or last.is_blank:
        seen_on = last.seen_on if last else ""
        return Evidence(
            False, _("最近一次核实（%(day)s）仍是空白点，补齐后请先登记。") % {"day": seen_on}
        )
    return Evidence(True, _("%(day)s 核实已有村卫生室和合格村医") % {"day": last.seen_on})


CLINICS: Final[Mapping[str, Check]] = {
    check.__name__: check for check in (clinic_arranged, clinic_filled)
}


def evidence(case: ClinicCase, ids: Iterable[str], on: date) -> dict[str, Evidence]:
    """What is known of each of these requirements, by id."""
    last = clinics.latest([case.village_code]).get(case.village_code)
    return {id_: CLINICS[id_](last) for id_ in ids}
