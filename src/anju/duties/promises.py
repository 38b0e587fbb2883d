"""What a confirmed measure promises: one task, or one with a part for each target and deadline.

A target without a day takes the deadline that stands before it in the same sentence, or the only one
the measure has. A deadline that no target took is a promise of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anju.duties.deadline_words import day_in_rhythm, day_in_year, last_day_within
from anju.duties.models import (
    DeadlineKind,
    MeasureDeadline,
    MeasureTarget,
    PlanMeasure,
    Rhythm,
)

_SENTENCE_ENDS = re.compile("[。；;！\n]")
_TITLE = 200


@dataclass(frozen=True, slots=True)
class When:
    """By a day, or again and again (`due_on` then says where in the year); neither: left open."""

    due_on: date | None = None
    every: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. `target` is empty for a deadline without a number."""

    title: str
    when: When
    target: MeasureTarget | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same promise in another version of the plan."""
        if self.target is None:
            return (self.title,)
        each = self.target
        return (each.indicator, each.operator, each.value, each.upper, each.unit, each.due_on)


def promises_of(measure: PlanMeasure, *, text: str, issued_on: date) -> list[Promise]:
    """The promises of a measure in the order of the plan; empty where it sets neither day nor number.

    `text` is that of the version; "within a month" counts from `issued_on`. Reads the measure's
    deadlines and targets: prefetch them.
    """
    deadlines = list(measure.deadlines.all())
    days = {each.pk: _when(each, issued_on) for each in deadlines}
    known = [each for each in deadlines if days[each.pk] is not None]
    taken: set[int] = set()
    found = []
    for target in measure.targets.all():
        deadline = _deadline_of(target, known, text)
        when = When(target.due_on)
        if target.due_on is None and deadline is not None:
            when = days[deadline.pk] or when
            taken.add(deadline.pk)
        taken |= {each.pk for each in known if target.due_on and each.due_on == target.due_on}
        found.append(Promise(target.indicator[:_TITLE], when, target))
    seen: set[When] = set()
    for each in known:
        when = days[each.pk] or When()
        if each.pk not in taken and when not in seen:
            seen.add(when)
            found.append(Promise(_titled(measure, each), when))
    return found


def reported_every(every: str) -> str:
    """How often work that recurs is reported: what is done each day or week, once a month."""
    return Rhythm.MONTH if every in (Rhythm.DAY, Rhythm.WEEK) else every


def _when(deadline: MeasureDeadline, issued_on: date) -> When | None:
    """The day or rhythm of a deadline; None for a standard of the work that sets no day."""
    if deadline.kind == DeadlineKind.RECURRING:
        every = reported_every(deadline.every or Rhythm.YEAR)
        day = deadline.due_on
        if day is None and every == Rhythm.YEAR:
            day = day_in_year(deadline.words, issued_on.year)
        day = day or day_in_rhythm(deadline.words, every, issued_on.year)
        return When(day, every)
    if deadline.kind == DeadlineKind.WITHIN and deadline.due_on is None:
        day = last_day_within(deadline.words, issued_on)
        return None if day is None else When(day)
    return When(deadline.due_on)


def _deadline_of(
    target: MeasureTarget, deadlines: Sequence[MeasureDeadline], text: str
) -> MeasureDeadline | None:
    if target.start is not None:
        before = [
            each
            for each in deadlines
            if each.start is not None
            and each.start <= target.start
            and not _SENTENCE_ENDS.search(text, each.start, target.start)
        ]
        if before:
            return max(before, key=lambda each: each.start or 0)
    return deadlines[0] if len(deadlines) == 1 else None


def _titled(measure: PlanMeasure, deadline: MeasureDeadline) -> str:
    words = f"（{deadline.words}）"
    return measure.title[: _TITLE - len(words)] + words
