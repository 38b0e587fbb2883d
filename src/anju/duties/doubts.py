"""What a person should look at before confirming a measure, and which need no second look.

Told anew from what the measure holds now: a date that was filled in is in doubt no longer. Of the
reader's warnings those that speak of the text itself (a bracket without its half, a number left out)
stay with the measure they stand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.duties.models import (
    DeadlineKind,
    MeasureDeadline,
    MeasureState,
    PlanMeasure,
    PlanVersion,
)

SURE: Final = 0.9
#: Told of the measure itself, not of the text it was read from.
_TOLD_ANEW: Final = frozenset({"units_missing", "date_without_year", "value_odd"})
FLAGS: Final[Mapping[str, str | Promise]] = {
    "year_missing": _("原文没有写年份"),
    "year_mark_lost": _("原文年份后缺“年”字"),
    "middle_of_month": _("“中旬”按15日计"),
    "early_in_month": _("“上旬”按10日计"),
    "late_in_month": _("“下旬”按月底计"),
    "before_year": _("“年前”按上一年最后一天计"),
    "school_term": _("按学期开始推算"),
    "season": _("时节没有确切日期"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something odd: a stable code, the words for it, and where it stands (None: nowhere in the text)."""

    code: str
    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Doubts:
    """By measure, and those of the document that stand in none."""

    by_measure: Mapping[int, tuple[Doubt, ...]]
    of_document: tuple[Doubt, ...]

    def of(self, measure: PlanMeasure) -> tuple[Doubt, ...]:
        """What is odd about a measure."""
        return self.by_measure.get(measure.pk, ())

    def is_sure(self, measure: PlanMeasure) -> bool:
        """Whether a measure that waits was read so plainly that many may be confirmed at once."""
        return measure.state == MeasureState.OPEN and not self.of(measure)


def doubts_of(version: PlanVersion, measures: Sequence[PlanMeasure]) -> Doubts:
    """What is odd about each measure (with its parts read already) and about the document."""
    told: dict[int, list[Doubt]] = {each.pk: list(_own(each)) for each in measures}
    of_document = []
    for warning in version.warnings:
        if warning["code"] in _TOLD_ANEW:
            continue
        doubt = Doubt(warning["code"], warning["text"], warning["start"])
        around = _innermost(measures, doubt.start or 0)
        if around is None:
            of_document.append(doubt)
        else:
            told[around.pk].append(doubt)
    return Doubts({pk: tuple(found) for pk, found in told.items()}, tuple(of_document))


def undated(deadlines: Iterable[Any]) -> Iterator[Any]:
    """Deadlines that name a day without its year: nobody could ever be late."""
    for each in deadlines:
        if each.kind == DeadlineKind.BY and each.due_on is None:
            yield each


def flag_words(deadline: MeasureDeadline) -> str:
    """Why a date is not certain; empty where it is."""
    return str(FLAGS.get(deadline.flag, deadline.flag))


def _own(measure: PlanMeasure) -> Iterator[Doubt]:
    if measure.confidence < SURE:
        yield Doubt("unsure", gettext("识别把握 %(share)d%%") % {"share": measure.confidence * 100})
    if not measure.offices.all():
        yield Doubt("no_office", gettext("没有责任单位"), measure.start)
    for deadline in measure.deadlines.all():
        if deadline.flag or (deadline.kind == DeadlineKind.BY and deadline.due_on is None):
            why = flag_words(deadline) or gettext("没有日期")
            words = gettext("时限“%(words)s”：%(why)s")
            yield Doubt("date", words % {"words": deadline.words, "why": why}, deadline.start)
    for target in measure.targets.all():
        if not target.unit and target.value:  # 为零 needs no unit
            words = gettext("目标“%(name)s”的数值没有单位")
            yield Doubt("no_unit", words % {"name": target.indicator}, target.start)
    if measure.carried_from_id and measure.state == MeasureState.OPEN:
        yield Doubt("changed", gettext("与上一版文字不同"), measure.start)


def _innermost(measures: Sequence[PlanMeasure], place: int) -> PlanMeasure | None:
    around = [each for each in measures if each.start <= place < each.end]
    return min(around, key=lambda each: each.end - each.start, default=None)
