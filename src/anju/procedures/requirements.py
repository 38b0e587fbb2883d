"""What may have to be present before a case moves: a closed list, met or not met by the registers.

A pack chooses from this list; what each id means is found out by `anju.casework.requirements`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Requirement:
    """Something that is either there or not, with its words for people."""

    id: str
    zh: str
    en: str


_ALL: Final = (
    Requirement("authorisation", "农户已签承诺授权书", "the household signed the authorisation"),
    Requirement("home_check", "已入户核查", "the household was checked at home"),
    Requirement("comparison", "已完成数据比对", "data were compared"),
    Requirement("hints_explained", "比对线索均已核实说明", "each hint of the comparison is explained"),
    Requirement("monitored_kind", "已确定监测对象类别", "the kind of monitored household is chosen"),
    Requirement("review", "已召开民主评议并有记录", "the village review was held, with minutes"),
    Requirement("review_in_favour", "评议同意票过半数", "more than half of those present were in favour"),
    Requirement("publicity_over", "公示期满", "the time of publication is over"),
    Requirement("no_open_objection", "没有未答复或已成立的异议", "no objection is unanswered or upheld"),
    Requirement("appeal_in_time", "在申诉期限内", "the time for an appeal has not run out"),
    Requirement("removal_wait", "纳入已满规定时间", "the household was included long enough ago"),
    Requirement("fitting_measure", "已落实对症帮扶措施", "a measure that fits the risk was given"),
    Requirement("income_above_line", "人均纯收入高于监测线", "net income per head is above the line"),
    Requirement("income_steady", "近半年收入稳定", "income of the last half-year is steady"),
    Requirement("spending_solved", "大额刚性支出已解决", "heavy unavoidable spending is solved"),
    Requirement("guarantees_sound", "“三保障”和饮水安全稳固", "guarantees and water are sound"),
    Requirement("has_labour", "户内有劳动力", "somebody in the household can work"),
    Requirement("removal_check", "已逐项核查消除指标", "the indicators of removal were asked again"),
    Requirement("acknowledged", "农户已签字认可", "the household acknowledged it in writing"),
    Requirement("natural_cause", "登记显示全户已去世或迁出", "the registers show all died or moved away"),
    Requirement("reopening_in_time", "在重新启动期限内", "the time for reopening has not run out"),
    Requirement("first_measure", "已登记帮扶措施", "a help measure is recorded"),
    Requirement("someone_employed", "登记显示户内已有人就业", "the registers show somebody at work"),
    Requirement("all_in_school", "登记显示适龄儿童均已复学", "the registers show every child in school"),
    Requirement("clinic_arranged", "已登记空白期间的安排", "what people do meanwhile is recorded"),
    Requirement("clinic_filled", "登记显示已有村卫生室和合格村医", "the last report shows a clinic and a doctor"),
)  # fmt: skip

REQUIREMENTS: Final[Mapping[str, Requirement]] = MappingProxyType(
    {requirement.id: requirement for requirement in _ALL}
)
