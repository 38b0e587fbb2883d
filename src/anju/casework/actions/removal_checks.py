"""The check before a risk is removed (风险消除核查): thirteen indicators, and the household's signature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.casework.indicators import INDICATORS, Unit
from anju.casework.models import Case, RemovalCheck
from anju.casework.queries import known, removal
from anju.casework.queries.mandates import mandate_of
from anju.casework.refusals import CaseRefused


@transaction.atomic
def record(
    *,
    by: Actor,
    viewer: Viewer,
    on: date,
    case: Case,
    checked_on: date,
    values: Mapping[str, int | bool],
) -> RemovalCheck:
    """Write down the answers, by indicator (money in fen), beside what the registers said.

    Refused: a case whose removal is not under way, an indicator without an answer, a day that is
    not between the beginning of the procedure and `on`.
    """
    _refuse_level(viewer, case)
    _refuse_day(case, checked_on, on)
    missing = [str(each.name) for id_, each in INDICATORS.items() if values.get(id_) is None]
    if missing:
        raise CaseRefused(_("还没有填写：%(names)s。") % {"names": "、".join(missing)})
    for each in INDICATORS.values():
        _refuse_value(each.id, values[each.id])
    registered = known.of(case.household, on)
    check = RemovalCheck.objects.create(
        case=case,
        case_version=case.version,
        checked_on=checked_on,
        checked_by=by.username,
        values={id_: values[id_] for id_ in INDICATORS},
        known={id_: _told(registered[id_]) for id_ in INDICATORS if id_ in registered},
    )
    _audit(by, "removal_check.record", check)
    return check


@transaction.atomic
def acknowledge(
    *, by: Actor, viewer: Viewer, on: date, case: Case, signed_by: str, signed_on: date
) -> RemovalCheck:
    """The household signed the latest check (风险消除认可)."""
    _refuse_level(viewer, case)
    check = removal.check_of(case)
    if check is None:
        raise CaseRefused(_("请先完成消除指标核查，再登记农户签字。"))
    if not signed_by.strip():
        raise CaseRefused(_("请填写签字人。"))
    if not check.checked_on <= signed_on <= on:
        told = {"first": check.checked_on, "last": on}
        raise CaseRefused(_("签字日期应在 %(first)s 至 %(last)s 之间，请核对。") % told)
    check.acknowledged_by, check.acknowledged_on = signed_by.strip(), signed_on
    check.save(update_fields=["acknowledged_by", "acknowledged_on"])
    _audit(by, "removal_check.acknowledge", check)
    return check


def _refuse_level(viewer: Viewer, case: Case) -> None:
    if not mandate_of(viewer, case).levels & {"grid", "village"}:
        raise CaseRefused(_("风险消除核查由村、驻村帮扶人员或网格员登记。"))


def _refuse_day(case: Case, checked_on: date, on: date) -> None:
    first = removal.checking_since(case)
    if first is None:
        raise CaseRefused(_("这一案件没有在办理风险消除，不能登记核查。"))
    if not first <= checked_on <= on:
        told = {"first": first, "last": on}
        raise CaseRefused(_("核查日期应在 %(first)s 至 %(last)s 之间，请核对。") % told)


def _refuse_value(id_: str, value: int | bool) -> None:
    indicator = INDICATORS[id_]
    is_flag = isinstance(value, bool)
    if is_flag != (indicator.unit is Unit.FLAG):
        raise CaseRefused(_("“%(name)s”填写有误。") % {"name": indicator.name})
    if not is_flag and value < 0 and not indicator.may_be_negative:
        raise CaseRefused(_("“%(name)s”填正数，没有的填 0。") % {"name": indicator.name})


def _told(each: known.Known) -> dict[str, Any]:
    """A known value as it is kept beside the answer."""
    on = each.on.isoformat() if each.on else ""
    return {"value": each.value, "source": each.source, "on": on, "note": each.note}


def _audit(by: Actor, action: str, check: RemovalCheck) -> None:
    audit(
        by=by,
        action=action,
        kind="household",
        ids=[check.case.household.code],
        detail={"case": check.case.number, "row": check.pk},
        place=check.case.village_code,
    )
