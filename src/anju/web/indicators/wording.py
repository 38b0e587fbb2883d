"""Indicators in words: values with their units, where they stand, where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any, Self

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from anju.duties.courses import Course
from anju.duties.models import Comparison, Indicator, IndicatorTarget, Rhythm
from anju.duties.periods import period_of
from anju.language import in_language
from anju.reporting.figures import FIGURES, Why
from anju.reporting.figures.model import SHARE
from anju.rules import packs
from anju.web import words

COURSES: Mapping[Course, str | Promise] = {
    Course.REACHED: gettext_lazy("已达到"),
    Course.ON_COURSE: gettext_lazy("按期推进"),
    Course.BEHIND: gettext_lazy("进度落后"),
    Course.MISSED: gettext_lazy("到期未达到"),
    Course.OPEN: gettext_lazy("尚未达到"),
    Course.UNKNOWN: gettext_lazy("未掌握"),
    Course.NO_TARGET: gettext_lazy("没有目标值"),
}
#: Units that packs and figures use most; others stay as the plan writes them.
_UNITS = (
    pgettext_lazy("unit", "人"), pgettext_lazy("unit", "户"), pgettext_lazy("unit", "期"),
    pgettext_lazy("unit", "个"), pgettext_lazy("unit", "家"), pgettext_lazy("unit", "处"),
    pgettext_lazy("unit", "次"), pgettext_lazy("unit", "人次"), pgettext_lazy("unit", "元"),
    pgettext_lazy("unit", "百分点"), pgettext_lazy("unit", "比例"), pgettext_lazy("unit", "公里"),
    pgettext_lazy("unit", "次/人"), pgettext_lazy("unit", "个/人"),
)  # fmt: skip
_COLOURS = {
    Course.REACHED: "light-done",
    Course.ON_COURSE: "light-green",
    Course.BEHIND: "light-yellow",
    Course.MISSED: "light-red",
}


class Badge(str):
    """Where an indicator stands: a word, on pages with its colour."""

    colour: str

    @classmethod
    def of(cls, course: Course) -> Self:
        """The badge of a course."""
        made = cls(COURSES[course])
        made.colour = _COLOURS.get(course, "light-no-date")
        return made

    def __html__(self) -> str:
        return f'<span class="level {self.colour}">{escape(str(self))}</span>'


def name_of(indicator: Indicator) -> str:
    """Its name in the reader's language; what plans wrote is Chinese only."""
    return in_language(indicator.name, indicator.name_en or indicator.name)


def number(value: Decimal | None, unit: str) -> Any:
    """A value with its unit; shares as per cent; None is 未掌握."""
    if value is None:
        return words.UNKNOWN
    if unit == SHARE:
        return f"{plain(value * 100)}%"
    if unit == "%":
        return f"{plain(value)}%"
    return f"{plain(value)} {unit_words(unit)}".strip()


def unit_words(unit: str) -> str:
    """A unit in the reader's language, where it is one of those that packs use most."""
    return str(_units().get(unit, unit))


@cache
def _units() -> dict[str, Promise]:
    """Units by the way packs write them, which is Chinese."""
    with override(settings.LANGUAGE_CODE):
        return {str(each): each for each in _UNITS}


def about(value: Decimal | None, unit: str) -> str:
    """A value that is only foretold, to two decimals; empty where none is."""
    if value is None:
        return ""
    rounded = round(value, 4 if unit == SHARE else 2)
    return _("约 %(number)s") % {"number": number(rounded, unit)}


def pack_name(pack: str) -> str:
    """The name of a policy pack; its id where it is not there any more."""
    return packs.load(pack).name if pack in packs.names() else pack


def plain(value: Decimal) -> str:
    """A number without idle zeros, thousands apart."""
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".")


def target_words(target: IndicatorTarget | None, indicator: Indicator) -> str:
    """不低于 300 人, or a range."""
    if target is None:
        return ""
    return aim_words(indicator.operator, target.value, target.upper, indicator.unit)


def aim_words(operator: str, value: Decimal, upper: Decimal | None, unit: str) -> str:
    """What is to be reached: 不低于 300 人, or a range."""
    said = number(value, unit)
    if upper is not None:
        return _("%(low)s 至 %(high)s") % {"low": said, "high": number(upper, unit)}
    return f"{Comparison(operator).label} {said}"


def period_words(every: str, as_of: date) -> str:
    """The period that ends on a day: 2023年9月, 2023年第3季度."""
    label = period_of(every, as_of).label
    year = label[:4]
    if every == Rhythm.MONTH:
        return _("%(year)s年%(month)s月") % {"year": year, "month": int(label[5:])}
    if every == Rhythm.QUARTER:
        return _("%(year)s年第%(quarter)s季度") % {"year": year, "quarter": label[-1]}
    if every == Rhythm.HALF_YEAR:
        half = _("上半年") if label[-1] == "1" else _("下半年")
        return _("%(year)s年%(half)s") % {"year": year, "half": half}
    return _("%(year)s年") % {"year": year} if every == Rhythm.YEAR else label


def source_words(indicator: Indicator) -> str:
    """Computed, or reported and why."""
    if indicator.figure:
        return _("系统按登记台账计算")
    return _("系统暂无此台账，由单位填报")


def definition_of(indicator: Indicator) -> str:
    """What it counts: of computed ones that of the figure, and what the bureau wrote beside it."""
    figure = FIGURES.get(indicator.figure)
    told = [str(figure.definition)] if figure else []
    return "\n".join([*told, indicator.definition]) if indicator.definition else "".join(told)


def why(made: Mapping[str, Any]) -> str:
    """Why a value could not be told."""
    code = made.get("why", "")
    return str(Why(code).words) if code in set(Why) else ""
