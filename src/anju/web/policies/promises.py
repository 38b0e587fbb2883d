"""What a pack promises besides warnings: benefits, time limits, targets, whose list counts, and who answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from anju.benefits import checking
from anju.duties.models import Comparison
from anju.language import in_language
from anju.rules.pack_model import SHARE, YUAN, Benefit, DatedBenefit, Indicator, Limit, Target
from anju.rules.packs import Pack
from anju.web.indicators import wording
from anju.web.policies.words import Clause, clause, figure, time

_BOUNDS = {"at_most": "<=", "at_least": ">="}


@dataclass(frozen=True)
class Line:
    """One promise: its name, what it says, for whom or what, when, and the clause."""

    name: str
    says: str
    clause: Clause
    about: str = ""
    time: str = ""


def benefits_of(pack: Pack, on: date) -> list[Line]:
    """What is paid on a day, to whom and for what."""
    return [
        Line(
            name=in_language(each.name, each.name_en),
            says=_paid(each, dated),
            about=_("；").join([each.who, *each.conditions, *_checked(each)]),
            time=time(dated.from_, dated.until),
            clause=clause(dated.basis, pack.documents),
        )
        for each in pack.benefits
        for dated in each.values
        if dated.holds_on(on)
    ]


def _checked(benefit: Benefit) -> list[str]:
    """What the registers are asked before it is paid."""
    if not benefit.eligibility:
        return []
    asked = _("、").join(checking.words(each) for each in benefit.eligibility)
    return [_("按底册核对：%(asked)s") % {"asked": asked}]


def limits_of(pack: Pack, on: date) -> list[Line]:
    """Within which time, or how often, what has to be done."""
    return [
        Line(
            name=in_language(each.name, each.name_en),
            says=_limit(each, dated.value, dated.by),
            time=time(dated.from_, dated.until),
            clause=clause(dated.basis, pack.documents),
        )
        for each in pack.limits
        for dated in each.values
        if dated.holds_on(on)
    ]


def targets_of(pack: Pack, on: date) -> list[tuple[str, str, list[Line]]]:
    """Indicators with targets still to be reached: name, how they are known, and the targets."""
    found = []
    for each in pack.indicators:
        lines = [_target(each, target, pack) for target in each.targets if target.by >= on]
        if lines:
            how = _("系统按登记台账计算") if each.figure else _("由单位填报")
            found.append((in_language(each.name, each.name_en), how, lines))
    return found


def orders_of(pack: Pack, on: date) -> list[Line]:
    """Whose word counts for a field where two offices disagree."""
    return [
        Line(
            name=in_language(order.name, order.name_en),
            says=_("；其次").join(dated.offices),
            clause=clause(dated.basis, pack.documents),
        )
        for order in pack.source_orders
        for dated in order.values
        if dated.holds_on(on)
    ]


def offices_of(pack: Pack) -> list[tuple[str, int]]:
    """Offices the plan names, with the number of clauses they answer for in whichever role."""
    return [
        (
            in_language(unit.name, unit.name_en),
            len({each for clauses in unit.roles.values() for each in clauses}),
        )
        for unit in pack.units
    ]


def _paid(benefit: Benefit, dated: DatedBenefit) -> str:
    parts = []
    if dated.amount is not None:
        parts.append(figure(dated.amount, benefit.unit))
    if dated.rate is not None:
        said = {"measure": benefit.measure, "rate": figure(dated.rate, SHARE)}
        parts.append(_("%(measure)s的 %(rate)s") % said)
    if dated.cap is not None:
        cap = figure(dated.cap, YUAN)
        per = {"per": benefit.per, "cap": cap}
        parts.append(_("每%(per)s最多 %(cap)s") % per if benefit.per else _("最多 %(cap)s") % per)
    if dated.open:
        parts.append(_("方案没有定数：%(why)s") % {"why": dated.open})
    return _("，").join(parts)


def _limit(limit: Limit, value: int | None, by: date | None) -> str:
    if by is not None:
        return _("%(day)s 前") % {"day": by}
    bound = Comparison(_BOUNDS[limit.bound]).label
    return f"{bound} {figure(value or 0, limit.unit)}"


def _target(indicator: Indicator, target: Target, pack: Pack) -> Line:
    return Line(
        name=target.by.isoformat(),
        says=wording.aim_words(indicator.operator, target.value, target.upper, indicator.unit),
        clause=clause(target.basis, pack.documents),
    )
