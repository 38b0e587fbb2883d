"""What the reader found in a plan, written down to be confirmed; with what the version before settled.

Used by the actions of plans, which write the entry in the audit trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Model

from anju.duties.carrying import Carrying, Found, Settled, carry
from anju.duties.comparing import Item
from anju.duties.models import (
    Comparison,
    MeasureAmount,
    MeasureDeadline,
    MeasureOffice,
    MeasureOrigin,
    MeasureState,
    MeasureTarget,
    PlanMeasure,
    PlanVersion,
)
from anju.duties.queries.plans import measures_of
from anju.duties.spans import moved
from anju.reader import model as reader

_BY_HAND = (MeasureOrigin.ADDED, MeasureOrigin.SPLIT, MeasureOrigin.MERGED)
_COPIED: dict[str, tuple[str, ...]] = {
    "offices": ("name", "role"),
    "deadlines": ("words", "kind", "due_on", "every", "flag"),
    "targets": ("indicator", "operator", "value", "upper", "unit", "due_on"),
    "amounts": ("what", "value", "unit"),
}


def write(version: PlanVersion, read: reader.Plan, base: PlanVersion | None) -> dict[str, int]:
    """Make the measures of a new version; how many were read, carried over, and changed.

    What was settled in `base` and stands here with the same words keeps its state and all that a
    person made of it; what was changed points to what it was and waits for a person.
    """
    olds = [each for each in measures_of(base) if each.state != MeasureState.OPEN] if base else []
    carrying = _carrying(version, read, base, olds)
    same = set(carrying.instead.values()) | carrying.replaced
    fresh = [
        (_measure(version, each, carrying.changed.get(place)), _parts(each))
        for place, each in enumerate(read.measures)
        if place not in same
    ]
    carried = [
        _carried(version, old, base, carrying, read)
        for old in olds
        if base and old.pk in carrying.carried
    ]
    _store([*fresh, *carried])
    return {"measures": len(fresh), "carried": len(carried), "changed": len(carrying.changed)}


def name_keys(measures: Iterable[PlanMeasure]) -> None:
    """Give the second measure of a clause its own key, as the reader does: 二/(一)/1#2."""
    used: set[str] = set()
    for each in measures:
        base, number = each.key.partition("#")[0][:74], 1
        each.key = base
        while each.key in used:
            number += 1
            each.key = f"{base}#{number}"
        used.add(each.key)


def _store(made: list[tuple[PlanMeasure, list[Any]]]) -> None:
    """Measures in the order of the text, then all their parts."""
    made.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    for position, (measure, _rows) in enumerate(made, start=1):
        measure.position = position
    name_keys(measure for measure, _rows in made)
    PlanMeasure.objects.bulk_create([measure for measure, _rows in made])
    rows: dict[type[Model], list[Any]] = {}
    for measure, parts in made:
        for part in parts:
            part.measure = measure
            rows.setdefault(type(part), []).append(part)
    for model, parts in rows.items():
        model._default_manager.bulk_create(parts)


def _carrying(
    version: PlanVersion, read: reader.Plan, base: PlanVersion | None, olds: Sequence[PlanMeasure]
) -> Carrying:
    found = [
        Found(Item(place, each.key, version.text[each.start : each.end]), (each.start, each.end))
        for place, each in enumerate(read.measures)
    ]
    settled = [
        Settled(
            Item(each.pk, each.key, base.text[each.start : each.end] if base else ""),
            each.origin in _BY_HAND,
            each.origin == MeasureOrigin.SPLIT,
        )
        for each in olds
    ]
    return carry(settled, found, version.text)


def _measure(version: PlanVersion, each: reader.Measure, was: int | None) -> PlanMeasure:
    """What was read, to be confirmed."""
    return PlanMeasure(
        version=version,
        key=each.key[:80],
        section=each.section[:60],
        number=each.number[:12],
        title=each.title[:200],
        start=each.start,
        end=each.end,
        kind=str(each.kind),
        confidence=each.confidence,
        origin=MeasureOrigin.READ,
        carried_from_id=was,
    )


def _carried(
    version: PlanVersion,
    old: PlanMeasure,
    base: PlanVersion,
    carrying: Carrying,
    read: reader.Plan,
) -> tuple[PlanMeasure, list[Any]]:
    """The same measure in the new text, as somebody left it in the old one."""
    start, end = carrying.carried[old.pk]
    here = _printed_at(start, end, read)
    measure = PlanMeasure(
        version=version,
        key=here.key[:80] if here else old.key,
        section=here.section[:60] if here else old.section,
        number=here.number[:12] if here else old.number,
        title=old.title,
        start=start,
        end=end,
        kind=old.kind,
        confidence=old.confidence,
        origin=old.origin if old.origin in _BY_HAND else MeasureOrigin.CARRIED,
        state=old.state,
        confirmed_on=old.confirmed_on,
        confirmed_by=old.confirmed_by,
        carried_from=old,
    )
    parts = []
    for name, fields in _COPIED.items():
        for row in getattr(old, name).all():
            span = None
            if row.start is not None:
                part, whole = (row.start, row.end), (old.start, old.end)
                span = moved(part, base.text, whole, version.text, (start, end))
            values = {field: getattr(row, field) for field in fields}
            first, last = span or (None, None)
            parts.append(type(row)(**values, start=first, end=last))
    return measure, parts


def _printed_at(start: int, end: int, read: reader.Plan) -> reader.Measure | None:
    """What the reader found there: it knows the number that is printed in this version."""
    return next((each for each in read.measures if each.start < end and start < each.end), None)


def _parts(each: reader.Measure) -> list[Any]:
    """Offices (each once a role), deadlines, targets and amounts of what was read."""
    offices = {(unit.name[:80], str(unit.role)): unit for unit in reversed(each.units)}
    return [
        *(
            MeasureOffice(name=name, role=role, start=unit.start, end=unit.end)
            for (name, role), unit in reversed(offices.items())
        ),
        *(
            MeasureDeadline(
                words=part.text[:120],
                kind=str(part.kind),
                due_on=part.date,
                every=str(part.every or ""),
                flag=str(part.flag or ""),
                start=part.start,
                end=part.end,
            )
            for part in each.deadlines
        ),
        *(_target(part) for part in each.targets),
        *(
            MeasureAmount(
                what=part.what[:120],
                value=_decimal(part.value),
                unit=part.unit[:20],
                start=part.start,
                end=part.end,
            )
            for part in each.amounts
        ),
    ]


def _target(part: reader.Target) -> MeasureTarget:
    value, upper = part.value if isinstance(part.value, tuple) else (part.value, None)
    low, high = _decimal(value), None if upper is None else _decimal(upper)
    operator = str(part.operator)
    if high is not None and high <= low:
        low, high = min(low, high), max(low, high)
    if high is None or high == low:
        high = None
        operator = Comparison.EQUAL if operator == Comparison.BETWEEN else operator
    return MeasureTarget(
        indicator=part.indicator[:120],
        operator=operator,
        value=low,
        upper=high,
        unit=part.unit[:20],
        due_on=part.by,
        start=part.start,
        end=part.end,
    )


def _decimal(value: float) -> Decimal:
    """As it was printed, to four places; what no column holds becomes the largest that one does."""
    return min(Decimal(str(value)).quantize(Decimal("0.0001")), Decimal(10**14 - 1))
