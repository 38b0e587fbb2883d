"""核查帮扶: cases opened, included and removed in the time, how many kept their time; no person."""

from __future__ import annotations

from collections import Counter

from anju.casework.models import CaseKind
from anju.casework.queries import figures, gates
from anju.privacy.small_numbers import merged
from anju.reporting.queries.asked import Asked
from anju.reporting.told import Figure, Part, share

TITLE = "核查帮扶情况"
_GROUPS = {
    "medical": "因病",
    "disability": "因残",
    "education": "因学",
    "disaster": "因灾",
    "housing": "住房饮水",
    "water": "住房饮水",
    "income": "收入就业",
    "employment": "收入就业",
    "labour": "收入就业",
    "loan": "收入就业",
    "allowance": "保障落实",
    "insurance": "保障落实",
    "help": "保障落实",
}
_OTHER = "其他"


def tell(asked: Asked) -> Part | None:
    """None where the unit keeps no households."""
    if not asked.tells_households:
        return None
    whole = figures.by_place(asked.viewer, asked.period, by_village=False)[0]
    span = figures.to_decision(asked.viewer, asked.period)
    told = [
        Figure("cases.opened", "新立案", whole.opened, "件", "cases", _all("opened", asked)),
        Figure(
            "cases.included",
            "新纳入监测对象",
            whole.included,
            "户",
            "cases",
            _all("included", asked),
        ),
        Figure("cases.removed", "风险消除", whole.removed, "户", "cases", _all("removed", asked)),
        Figure("cases.under_way", "在办案件", whole.under_way, "件", "cases"),
        Figure("cases.late", "在办中已超期", whole.late, "件", "cases", {"due": "late"}),
        Figure("cases.in_time", "按时审定", span.within, "件", "figures"),
        Figure("cases.limited", "有时限的审定", span.limited, "件", "figures"),
    ]
    sentences = [
        f"本期新立案{whole.opened}件，新纳入监测对象{whole.included}户，风险消除{whole.removed}户。"
        f"现有在办案件{whole.under_way}件，其中超期{whole.late}件。"
    ]
    if span.limited:
        sentences.append(
            f"本期审定的案件中有时限的{span.limited}件，按时{span.within}件，"
            f"按时率{share(span.within, span.limited)}。"
        )
    sentences += _by_risk(asked)
    return Part("cases", TITLE, sentences, told)


def _all(what: str, asked: Asked) -> dict[str, str]:
    """The list of all cases that something happened to in the time."""
    return {"standing": "all", what: asked.span}


def _by_risk(asked: Asked) -> list[str]:
    """New cases by risk. Small groups are told together, or health would point at a household."""
    opened = gates.cases_for(asked.viewer).filter(
        asked.period.of("opened_on"), kind=CaseKind.RELAPSE, risks__isnull=False
    )
    rows = opened.order_by().values_list("pk", "risks__risk").distinct()
    pairs = {(case, _GROUPS.get(risk, _OTHER)) for case, risk in rows.iterator()}
    counted = Counter(group for _case, group in pairs)
    rest = counted.pop(_OTHER, 0)
    told, small = merged(counted, rest=rest)
    if not told:
        return []
    listed = [f"{name}{told[name]}件" for name in dict.fromkeys(_GROUPS.values()) if name in told]
    listed += [f"{_OTHER}{small}件"] if small else []
    return [f"新立案按风险分（一件可有多类）：{'、'.join(listed)}。"]
