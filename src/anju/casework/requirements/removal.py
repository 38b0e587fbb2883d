"""What must be present before the risk of a household is marked removed.

The registers answer wherever they can; of what they do not know, the latest removal check of the
procedure under way is asked. Where both speak the registers hold: a wrong value is set right there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from anju.casework.indicators import INDICATORS
from anju.casework.models import Case, MeasureState
from anju.casework.queries import help as helping
from anju.casework.queries import known, removal
from anju.casework.queries.known import Known
from anju.casework.queries.lines import limit, months_after, parameter
from anju.casework.requirements.evidence import Check, Evidence
from anju.monitoring.readings import yuan
from anju.registry.queries import money


def removal_wait(case: Case, on: date) -> Evidence:
    """Long enough since inclusion, as the limit `risk_removal_wait` says in months."""
    months = limit("risk_removal_wait", on, pack=case.pack)
    if case.included_on is None or months is None:
        return Evidence(None, _("没有纳入日期，无法计算。请先核对底册中的纳入监测日期。"))
    earliest = months_after(case.included_on, months)
    told = {"included": case.included_on, "months": months, "earliest": earliest}
    return Evidence(
        on >= earliest,
        _("%(included)s 纳入，满 %(months)s 个月为 %(earliest)s") % told,
    )


def fitting_measure(case: Case, on: date) -> Evidence:
    """A measure since inclusion that fits a risk; by labour a developmental or a safety-net one."""
    if not helping.risks_of(case):
        return Evidence(False, _("案件没有登记风险类别。请先补登风险，再看措施是否对症。"))
    given = helping.given(case, on)
    fitting = helping.fitting(case, given)
    if not fitting:
        return Evidence(False, _("纳入以来没有针对风险的帮扶措施。请登记并落实措施。"))
    names = "、".join(dict.fromkeys(helping.name_of(case, each.level) for each in fitting))
    lacking = helping.lacking(case, [each.level for each in given], on)
    if lacking:
        return Evidence(False, lacking)
    return Evidence(True, _("已落实：%(names)s") % {"names": names})


def income_above_line(case: Case, on: date) -> Evidence:
    """Net income per head of a year, at or above the line."""
    return _against_line(case, on, spent=0, said=_("近四个季度人均纯收入"))


def income_steady(case: Case, on: date) -> Evidence:
    """The last two quarters alone, for a year, above the line, and no sharp fall against last year."""
    quarters = known.last_year(case.household, on)[:2]
    line = parameter("monitoring_line", on, pack=case.pack)
    if not quarters or line is None:
        return Evidence(None, _("近半年收入没有登记齐全。请在底册补登各季度收入。"))
    now = sum(each.net or 0 for each in quarters)
    members = quarters[0].members
    told = {"now": yuan(now), "members": members, "line": yuan(int(line))}
    if 2 * now < line * members:
        return Evidence(
            False,
            _("近半年纯收入 %(now)s 元（%(members)s 人），折合全年低于监测线 %(line)s 元") % told,
        )
    if _fell_sharply(case, quarters, now, on):
        return Evidence(False, _("近半年纯收入 %(now)s 元，比上年同期骤减") % told)
    return Evidence(
        True, _("近半年纯收入 %(now)s 元（%(members)s 人），折合全年不低于监测线") % told
    )


def _fell_sharply(case: Case, quarters: tuple[money.Quarter, ...], now: int, on: date) -> bool:
    """Against the same quarters a year before, by the share at which the rules warn."""
    before = [each.net_year_before for each in quarters]
    share = parameter("income_fall_share", on, pack=case.pack)
    if share is None or any(each is None for each in before):
        return False
    total = sum(each or 0 for each in before)
    return total > 0 and total - now >= share * total


def spending_solved(case: Case, on: date) -> Evidence:
    """What had to be paid in twelve months no longer takes the household under the line."""
    registered = known.spent(case.household, on)["rigid_spending"]
    spent = registered.value
    if spent is None:
        spent = _answers(case).get("self_paid")
    if spent is None:
        return Evidence(None, _("近十二个月刚性支出不清楚。请在消除核查中填写合规自付支出。"))
    return _against_line(case, on, spent=int(spent), said=_("扣除刚性支出后人均"))


def _against_line(case: Case, on: date, *, spent: int, said: str) -> Evidence:
    """Net income and claims, less what was spent, per head against the monitoring line."""
    answers = _answers(case)
    registered = known.earned(case.household, on)["net_income"]
    net = answers.get("net_income") if registered.value is None else registered.value
    members = len(known.people(case.household, on))
    line = parameter("monitoring_line", on, pack=case.pack)
    if net is None or not members:
        return Evidence(
            None, _("近四个季度收入没有登记齐全。请在底册补登，或在消除核查中填写纯收入。")
        )
    if line is None:
        return Evidence(None, _("政策包没有这一年的监测线。请县级牵头部门先公布。"))
    kept = int(net) + int(answers.get("claims") or 0) - spent
    told = {
        "said": said,
        "per_head": yuan(money.per_head(kept, members) or 0),
        "line": yuan(int(line)),
        "source": registered.note or _("按消除核查填写"),
    }
    is_met = kept >= line * members
    return Evidence(is_met, _("%(said)s %(per_head)s 元，监测线 %(line)s 元（%(source)s）") % told)


def guarantees_sound(case: Case, on: date) -> Evidence:
    """Schooling, insurance, house and water, each by the registers or else by the check."""
    present = known.people(case.household, on)
    found = _answered(known.guarantees(case.household, present, on), _answers(case))
    wanting = [str(INDICATORS[id_].name) for id_, value in found.items() if value is False]
    if wanting:
        return Evidence(False, _("还没有保障：%(names)s") % {"names": "、".join(wanting)})
    unknown = [str(INDICATORS[id_].name) for id_, value in found.items() if value is None]
    if unknown:
        return Evidence(
            None, _("不清楚：%(names)s。请在消除核查中填写。") % {"names": "、".join(unknown)}
        )
    return Evidence(True, _("教育、医疗、住房、饮水均有保障"))


def has_labour(case: Case, on: date) -> Evidence:
    """A household wholly without labour keeps its safety net and is never marked removed by help."""
    able = known.labour(known.people(case.household, on), on)
    if able is None:
        return Evidence(None, _("成员的年龄、劳动技能或在校情况不清楚。请先在底册补全。"))
    if able == 0:
        return Evidence(False, _("整户没有劳动力，不标注风险消除，继续落实综合保障。"))
    return Evidence(True, _("户内有 %(able)s 名劳动力") % {"able": able})


def removal_check(case: Case, on: date) -> Evidence:
    """All indicators answered since this procedure began or last came back to the check."""
    check = removal.check_of(case)
    if check is None:
        return Evidence(False, _("还没有逐项核查消除指标；退回后要重新核查。"))
    return Evidence(True, _("%(day)s 已逐项核查") % {"day": check.checked_on})


def acknowledged(case: Case, on: date) -> Evidence:
    """The household signed what was found."""
    check = removal.check_of(case)
    if check is None or check.acknowledged_on is None:
        return Evidence(False, _("农户还没有签字认可。签字后请登记签字人和日期。"))
    told = {"who": check.acknowledged_by, "day": check.acknowledged_on}
    return Evidence(True, _("%(who)s %(day)s 签字认可") % told)


def natural_cause(case: Case, on: date) -> Evidence:
    """Nobody of the household is left: everybody died or moved away, as the registers show."""
    present = known.people(case.household, on)
    died = known.dead(case.household, on)
    left = [each for each in present if each.person.pk not in died]
    if left:
        return Evidence(
            False,
            _("底册中还有 %(count)s 名成员。全户去世或迁出的，请先在底册登记。")
            % {"count": len(left)},
        )
    return Evidence(True, _("底册登记全户已去世或迁出"))


def first_measure(case: Case, on: date) -> Evidence:
    """A measure is written down, whether it has begun or not."""
    count = case.measures.exclude(state=MeasureState.CANCELLED).count()
    if not count:
        return Evidence(False, _("还没有登记帮扶措施"))
    return Evidence(True, _("已登记 %(count)s 项帮扶措施") % {"count": count})


def _answers(case: Case) -> Mapping[str, int | bool]:
    """What the removal check of the procedure under way says."""
    check = removal.check_of(case)
    return {} if check is None else check.values


def _answered(
    registered: Mapping[str, Known], answers: Mapping[str, int | bool]
) -> dict[str, int | bool | None]:
    return {
        id_: answers.get(id_) if each.value is None else each.value
        for id_, each in registered.items()
    }


REMOVAL: Final[Mapping[str, Check]] = {
    check.__name__: check
    for check in (
        removal_wait,
        fitting_measure,
        income_above_line,
        income_steady,
        spending_solved,
        guarantees_sound,
        has_labour,
        removal_check,
        acknowledged,
        natural_cause,
        first_measure,
    )
}
