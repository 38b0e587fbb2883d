"""The form of one measure: rows of offices, deadlines, targets and amounts, with a few empty ones.

A row whose first field is emptied is taken out. A row that is kept keeps its place in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.duties.actions.changing import Wanted
from anju.duties.models import (
    Comparison,
    DeadlineKind,
    MeasureAmount,
    MeasureDeadline,
    MeasureKind,
    MeasureOffice,
    MeasureTarget,
    PlanMeasure,
    Rhythm,
    UnitRole,
)

EMPTY_ROWS = 2
_MOST_ROWS = 60
_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Field:
    """One field of a row: its name, its heading, and its choices where it is a drop-down."""

    id: str
    title: str | Promise
    kind: str = "text"  # text, date, number, choice
    choices: Sequence[tuple[str, str | Promise]] = ()
    most: int = 120
    blank: bool = False


@dataclass(frozen=True)
class Part:
    """A table of the form."""

    id: str
    title: str | Promise
    model: type[Any]
    fields: tuple[Field, ...]
    begins_with: tuple[tuple[str, str], ...] = ()  # what an empty row offers


@dataclass(frozen=True)
class Cell:
    """A field of a row with what it holds."""

    field: Field
    name: str
    value: str
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """A part as it is shown: rows of (row number, id of the row or empty, cells)."""

    part: Part
    rows: Sequence[tuple[int, str, Sequence[Cell]]]


PARTS = (
    Part(
        "offices",
        _("责任单位"),
        MeasureOffice,
        (
            Field("name", _("单位（方案写法）"), most=80),
            Field("role", _("职责"), "choice", UnitRole.choices),
        ),
        begins_with=(("role", UnitRole.RESPONSIBLE.value),),  # one leads, those added seldom do
    ),
    Part(
        "deadlines",
        _("时限"),
        MeasureDeadline,
        (
            Field("words", _("原文写法")),
            Field("kind", _("类别"), "choice", DeadlineKind.choices),
            Field("due_on", _("到期日期"), "date"),
            Field("every", _("频次"), "choice", Rhythm.choices, blank=True),
        ),
    ),
    Part(
        "targets",
        _("目标"),
        MeasureTarget,
        (
            Field("indicator", _("指标（方案写法）")),
            Field("operator", _("比较"), "choice", Comparison.choices),
            Field("value", _("目标值"), "number"),
            Field("upper", _("上限"), "number"),
            Field("unit", _("计量单位"), most=20),
            Field("due_on", _("到期日期"), "date"),
        ),
    ),
    Part(
        "amounts",
        _("补助标准"),
        MeasureAmount,
        (
            Field("what", _("事项")),
            Field("value", _("数值"), "number"),
            Field("unit", _("计量单位"), most=20),
        ),
    ),
)
_NEEDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "offices": frozenset({"role"}),
        "deadlines": frozenset({"kind"}),
        "targets": frozenset({"operator", "value"}),
        "amounts": frozenset({"value", "unit"}),
    }
)


class Form:
    """A measure's form: as it stands, or as it was sent with what is wrong in it."""

    def __init__(self, measure: PlanMeasure, sent: QueryDict | None = None) -> None:
        self.measure, self.sent = measure, sent
        self.problems: list[str] = []
        self.title = measure.title if sent is None else sent.get("title", "").strip()
        self.title_problem = "" if self.title else gettext("请填写措施名称。")
        if self.title_problem:
            self.problems.append(self.title_problem)
        self.kind = measure.kind if sent is None else sent.get("kind", "")
        self.kinds = MeasureKind.choices
        self.tables = [self._table(part) for part in PARTS]

    def wanted(self) -> Wanted:
        """What was sent, as the action takes it; look at `problems` first."""
        made = {part.id: list(self._made(part)) for part in PARTS}
        return Wanted(title=self.title[:200], kind=self.kind, **made)

    def _table(self, part: Part) -> Table:
        kept = [(str(row.pk), _held(row, part)) for row in getattr(self.measure, part.id).all()]
        if self.sent is None:
            kept += [("", dict(part.begins_with))] * EMPTY_ROWS
        else:
            kept = list(self._sent_rows(part))
        rows = []
        for number, (row_id, values) in enumerate(kept):
            cells = [self._cell(part, field, number, values) for field in part.fields]
            rows.append((number, row_id, cells))
        return Table(part, rows)

    def _cell(self, part: Part, field: Field, number: int, values: Mapping[str, str]) -> Cell:
        value, problem = values.get(field.id, ""), ""
        is_used = bool(values.get(part.fields[0].id, ""))
        if self.sent is not None and is_used:
            problem = _problem(field, value, is_needed=field.id in _NEEDED[part.id])
        if problem:
            self.problems.append(
                gettext("%(part)s第 %(row)s 行，%(field)s：%(problem)s")
                % {"part": part.title, "row": number + 1, "field": field.title, "problem": problem}
            )
        return Cell(field, f"{part.id}-{number}-{field.id}", value, problem)

    def _sent_rows(self, part: Part) -> Iterator[tuple[str, dict[str, str]]]:
        sent = self.sent or QueryDict()
        for number in range(_MOST_ROWS):
            prefix = f"{part.id}-{number}-"
            if f"{prefix}{part.fields[0].id}" not in sent:
                return
            values = {each.id: sent.get(prefix + each.id, "").strip() for each in part.fields}
            yield sent.get(f"{prefix}row", ""), values

    def _made(self, part: Part) -> Iterator[Any]:
        """Rows that are kept or new, with the place in the text of those that are kept."""
        known = {str(row.pk): row for row in getattr(self.measure, part.id).all()}
        for row_id, values in self._sent_rows(part):
            if not values[part.fields[0].id]:
                continue
            taken = {each.id: _READ[each.kind](values[each.id]) for each in part.fields}
            row = part.model(**taken)
            was = known.get(row_id)
            if was is not None:
                row.start, row.end = was.start, was.end
                if isinstance(row, MeasureDeadline) and row.due_on == was.due_on:
                    row.flag = was.flag
            yield row


def _held(row: Any, part: Part) -> dict[str, str]:
    """What a row holds, as it stands in the fields."""
    held = {}
    for field in part.fields:
        value = getattr(row, field.id)
        if isinstance(value, Decimal):
            value = f"{value.normalize():f}"
        held[field.id] = "" if value is None else str(value)
    return held


def _problem(field: Field, value: str, *, is_needed: bool) -> str:
    if not value:
        return gettext("请填写") if is_needed else ""
    if len(value) > field.most:
        return gettext("最多 %(most)s 字") % {"most": field.most}
    if field.kind == "choice" and value not in dict(field.choices):
        return gettext("请从列表中选择")
    try:
        _READ[field.kind](value)
    except (ValueError, InvalidOperation):
        if field.kind == "date":
            return gettext("日期写成 2023-10-08 的样子")
        return gettext("请填数字，例如 300 或 92.5")
    return ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    value = Decimal(text.replace(",", ""))
    if not value.is_finite() or abs(value) >= Decimal(10**14):
        raise ValueError(text)
    return value.quantize(_PLACES)


_READ: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {"text": str, "choice": str, "date": _day, "number": _number}
)
