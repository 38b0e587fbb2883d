"""Income of a household in a quarter: recording and correcting it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from anju.audit import changes
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.registry.actions.superseding import supersede
from anju.registry.models import Household, Income
from anju.registry.refusals import RegistryRefused

KINDS = ("wage", "business", "business_cost", "property", "transfer")


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    household: Household,
    quarter: int,
    amounts: Mapping[str, int | None],
    source: str,
) -> Income:
    """The five amounts (fen; None is unknown) of a quarter (20233); refused when known already."""
    _refuse_amounts(amounts)
    if not (1900 <= quarter // 10 <= 2999 and 1 <= quarter % 10 <= 4):
        raise RegistryRefused(f"季度 {quarter} 写法不对，应为年份加季度，如 20233。")
    known = Income.objects.filter(household=household, quarter=quarter, known_to__isnull=True)
    if known.exists():
        raise RegistryRefused("这一季度的收入已经登记过，请用更正。")
    income = Income.objects.create(
        household=household, quarter=quarter, known_from=on, source=source, **amounts
    )
    audit(
        by=by,
        action="income.record",
        kind="household",
        ids=[household.code],
        detail={"changes": changes.between(Income, {}, {"quarter": quarter, **amounts})},
        place=household.village_code,
    )
    return income


@transaction.atomic
def correct(
    *, by: Actor, on: date, income: Income, amounts: Mapping[str, int | None], source: str
) -> Income:
    """Set amounts right; what was known before stays on record."""
    _refuse_amounts(amounts)
    household, before = income.household, changes.state(income, tuple(amounts))
    corrected = supersede(income, on=on, source=source, changes=amounts)
    audit(
        by=by,
        action="income.correct",
        kind="household",
        ids=[household.code],
        detail={
            "quarter": corrected.quarter,
            "changes": changes.between(Income, before, amounts),
        },
        place=household.village_code,
    )
    return corrected


def _refuse_amounts(amounts: Mapping[str, int | None]) -> None:
    if set(amounts) - set(KINDS):
        raise RegistryRefused("收入只有工资性、生产经营性、经营支出、财产性、转移性五项。")
    if any(value is not None and value < 0 for value in amounts.values()):
        raise RegistryRefused("收入和支出都填正数，请核对。")
