"""What the confirming page shows of a version: its marks at the left, its items at the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anju.duties.comparing import differences
from anju.duties.doubts import Doubt, Doubts, flag_words
from anju.duties.models import (
    MeasureDeadline,
    MeasureState,
    PlanMeasure,
    PlanVersion,
    Rhythm,
)
from anju.web.plans.marking import ODD, Mark, marked

_PARTS = {"offices": "office", "deadlines": "deadline", "targets": "target", "amounts": "amount"}
MOST_COMPARED = 4_000


@dataclass(frozen=True)
class Item:
    """One measure on the page: what was read, what is odd, and what it was in the version before."""

    measure: PlanMeasure
    address: str
    doubts: Sequence[Doubt] = ()
    was: Sequence[tuple[str, str]] = ()
    problem: str = ""
    dates: Sequence[tuple[str, str]] = field(default=())

    @property
    def is_open(self) -> bool:
        """Whether it waits."""
        return self.measure.state == MeasureState.OPEN

    @property
    def is_dropped(self) -> bool:
        """Whether nothing comes of it."""
        return self.measure.state == MeasureState.DROPPED


def item(
    version: PlanVersion,
    measure: PlanMeasure,
    doubts: Sequence[Doubt],
    old_text: str = "",
    problem: str = "",
) -> Item:
    """One item; `old_text` is the text of the version its measure was carried from."""
    return Item(
        measure,
        address_of(version, measure.pk),
        doubts,
        _was(version, measure, old_text),
        problem,
        [(each.words, _date(each)) for each in measure.deadlines.all()],
    )


def items(
    version: PlanVersion,
    measures: Iterable[PlanMeasure],
    doubts: Doubts,
    old_texts: Mapping[int, str],
) -> Iterator[Item]:
    """All items; `old_texts` by version."""
    for measure in measures:
        old = measure.carried_from
        text = old_texts.get(old.version_id, "") if old is not None else ""
        yield item(version, measure, doubts.of(measure), text)


def address_of(version: PlanVersion, measure_id: int) -> str:
    """The page of a measure; what can be done with it hangs below."""
    return f"{reverse('web:plan-confirm', args=[version.plan_id, version.sequence])}measures/{measure_id}/"


def text_of(
    version: PlanVersion, measures: Iterable[PlanMeasure], doubts: Iterable[Doubt]
) -> SafeString:
    """The document with everything that was read from it marked, and where something is odd."""
    odd = (Mark(each.start, each.start + 1, ODD) for each in doubts if each.start is not None)
    return marked(version.text, [*_marks(version, measures), *odd])


def _marks(version: PlanVersion, measures: Iterable[PlanMeasure]) -> Iterator[Mark]:
    for section in version.sections:
        end = version.text.find("\n", section["start"])
        end = section["end"] if end < 0 else min(end, section["end"])
        yield Mark(section["start"], end, "section")
    for measure in measures:
        said = _("到清单里的“%(title)s”") % {"title": measure.title}
        label = measure.number or "＋"
        yield Mark(measure.start, measure.end, "measure", measure.pk, label, said)
        for name, kind in _PARTS.items():
            for part in getattr(measure, name).all():
                if part.start is not None:
                    yield Mark(part.start, part.end, kind)


def _was(version: PlanVersion, measure: PlanMeasure, old_text: str) -> Sequence[tuple[str, str]]:
    """Old words and new ones of a measure that was changed; nothing where only blanks differ."""
    old = measure.carried_from
    if old is None or not old_text:
        return ()
    before, after = old_text[old.start : old.end], version.text[measure.start : measure.end]
    if "".join(before.split()) == "".join(after.split()):
        return ()
    if len(before) + len(after) > MOST_COMPARED:
        return [("gone", before), ("new", after)]
    return differences(before, after)


def _date(deadline: MeasureDeadline) -> str:
    """A deadline's date or rhythm, and why it is not certain."""
    day = deadline.due_on.isoformat() if deadline.due_on else ""
    every = str(Rhythm(deadline.every).label) if deadline.every else ""
    return "，".join(part for part in (day, every, flag_words(deadline)) if part)
