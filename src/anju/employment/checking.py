"""What cannot be so of a workshop, its counts, or a vacancy: asked by forms and incoming lists alike.

Facts are mappings of field names to values, those of the columns. The first thing wrong is told by
its code. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_noop as _

from anju.privacy.masking import holds_a_number

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A thing that is wrong: in which field, what, and what to do about it."""

    field: str
    text: str
    remedy: str


WRONG: Final[Mapping[str, Wrong]] = {
    "workshop_opened_later": Wrong("opened_on", _("开办日期还没有到"), _("请核对日期")),
    "workshop_closed_before": Wrong("closed_on", _("停办日期早于开办日期"), _("请核对两个日期")),
    "workshop_closed_later": Wrong("closed_on", _("停办日期还没有到"), _("请到停办那天再登记")),
    "workshop_rated_without": Wrong("rating", _("填了评定日期，没有填评定结果"), _("请填评定结果")),
    "workshop_rated_later": Wrong("rated_on", _("评定日期还没有到"), _("请核对日期")),
    "work_number_inside": Wrong(
        "operator", _("名称或说明中有证件号码或电话"), _("请删去号码；联系电话填在联系电话栏")
    ),
    "count_later": Wrong("told_on", _("统计日期还没有到"), _("请核对日期")),
    "count_before_opening": Wrong(
        "told_on", _("统计日期早于开办日期"), _("请核对统计日期，或更正开办日期")
    ),
    "count_empty": Wrong("workers", _("岗位数和就业人数都没有填"), _("请至少填一项；没有的填 0")),
    "count_part_above_all": Wrong(
        "lifted_out", _("脱贫人口或搬迁群众人数多于吸纳就业人数"), _("请核对各项人数")
    ),
    "count_day_missing": Wrong(
        "told_on", _("填了岗位数或人数，没有填统计日期"), _("请填这些数字是哪天的")
    ),
    "vacancy_nobody_wanted": Wrong("wanted", _("招聘人数是 0"), _("请填要招几个人")),
    "vacancy_wages_crossed": Wrong(
        "wage_to", _("工资上限低于下限"), _("请核对月工资的两个数")
    ),
    "vacancy_ages_crossed": Wrong("age_to", _("年龄上限低于下限"), _("请核对两个年龄")),
    "vacancy_minors": Wrong(
        "age_from", _("招聘年龄低于 16 周岁"), _("不得招用未满 16 周岁的人，请核对年龄")
    ),
    "vacancy_closes_before": Wrong(
        "closes_on", _("截止日期早于发布日期"), _("请核对两个日期")
    ),
    "vacancy_number_inside": Wrong(
        "employer", _("单位、岗位或要求中有证件号码或电话"), _("请删去号码；联系电话填在联系电话栏")
    ),
    "vacancy_opened_later": Wrong("opened_on", _("发布日期还没有到"), _("请核对日期")),
}  # fmt: skip


def of_workshop(facts: Facts, on: date) -> str | None:
    """What is wrong with a workshop on a day."""
    texts = ("name", "operator", "products")
    return _first(
        (
            ("workshop_opened_later", _before(on, facts.get("opened_on"))),
            (
                "workshop_closed_before",
                _before(facts.get("closed_on"), facts.get("opened_on")),
            ),
            ("workshop_closed_later", _before(on, facts.get("closed_on"))),
            ("workshop_rated_without", facts.get("rated_on") and not facts.get("rating")),
            ("workshop_rated_later", _before(on, facts.get("rated_on"))),
            ("work_number_inside", any(_numbered(facts.get(name)) for name in texts)),
        )
    )


def of_count(facts: Facts, opened_on: date | None, on: date) -> str | None:
    """What is wrong with what a workshop told on `told_on`."""
    workers = facts.get("workers")
    parts = [facts.get("lifted_out"), facts.get("relocated")]
    return _first(
        (
            ("count_later", _before(on, facts["told_on"])),
            ("count_before_opening", _before(facts["told_on"], opened_on)),
            ("count_empty", facts.get("posts") is None and workers is None),
            (
                "count_part_above_all",
                any(part is not None and part > (workers or 0) for part in parts),
            ),
        )
    )


def of_vacancy(facts: Facts, on: date) -> str | None:
    """What is wrong with a vacancy on a day."""
    texts = ("employer", "trade", "address", "requirements", "contact")
    youngest = facts.get("age_from")
    return _first(
        (
            ("vacancy_nobody_wanted", facts["wanted"] <= 0),
            ("vacancy_wages_crossed", _less(facts.get("wage_to"), facts.get("wage_from"))),
            ("vacancy_ages_crossed", _less(facts.get("age_to"), youngest)),
            ("vacancy_minors", _less(youngest, 16) or _less(facts.get("age_to"), 16)),
            ("vacancy_closes_before", _before(facts.get("closes_on"), facts["opened_on"])),
            ("vacancy_opened_later", _before(on, facts["opened_on"])),
            ("vacancy_number_inside", any(_numbered(facts.get(name)) for name in texts)),
        )
    )


def _first(asked: tuple[tuple[str, Any], ...]) -> str | None:
    return next((code for code, is_wrong in asked if is_wrong), None)


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _less(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one < other


def _numbered(text: str | None) -> bool:
    return bool(text) and holds_a_number(str(text))
