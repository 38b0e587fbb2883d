"""What the lines of a workbook of values say: each is new, said already, left empty, or wrong.

Plain functions on texts of cells: nothing is asked of the database, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from anju.audit.refusal import Refusal
from anju.duties.actions.values import refuse_numbers
from anju.duties.refusals import DutyRefused
from anju.exports.cells import plain_text
from anju.web.indicators.numbers import number

#: Columns of the workbook in their order; the last two are filled in.
COLUMNS: Final[Mapping[str, Promise]] = {
    "code": gettext_lazy("指标编号"),
    "name": gettext_lazy("指标"),
    "unit": gettext_lazy("计量单位"),
    "definition": gettext_lazy("口径"),
    "target": gettext_lazy("目标"),
    "last": gettext_lazy("上次数值"),
    "last_on": gettext_lazy("上次截至"),
    "as_of": gettext_lazy("截至日期"),
    "value": gettext_lazy("本期数值"),
    "words": gettext_lazy("数据来源和说明"),
}
FILLED_IN: Final = ("value", "words")
_NEEDED: Final = ("code", "name", "as_of", "value", "words")
_MOST_HEAD: Final = 12
MOST_WORDS: Final = 500
_PLACES: Final = 4


class Outcome(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    SAME = "same"
    EMPTY = "empty"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator that a unit reports: its days for which nothing was said, and what was, by day."""

    pk: int
    code: str
    name: str
    unit: str
    open_days: frozenset[date]
    said: Mapping[date, tuple[Decimal, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet, counted as the program counts rows, and what becomes of it."""

    row: int
    name: str
    outcome: Outcome
    column: str = ""
    problem: str = ""
    pk: int = 0
    as_of: date | None = None
    value: str = ""
    words: str = ""

    @property
    def said(self) -> Promise:
        """Its outcome in words."""
        return WORDS[self.outcome]


WORDS: Final[Mapping[Outcome, Promise]] = {
    Outcome.NEW: gettext_lazy("待提交"),
    Outcome.SAME: gettext_lazy("已报过，相同"),
    Outcome.EMPTY: gettext_lazy("没有填"),
    Outcome.WRONG: gettext_lazy("要改"),
}


def read(cells: Sequence[Sequence[str]], asked: Mapping[str, Asked]) -> list[Line]:
    """Every line below the headings, each with its outcome; `asked` by number of the indicator.

    Refused where the headings are not those of the workbook that was taken out.
    """
    first, places = _headings(cells)
    found: list[Line] = []
    seen: dict[str, int] = {}
    day: date | None = None
    for row, line in enumerate(cells[first:], start=first + 1):
        said = {name: _cell(line, place) for name, place in places.items()}
        if not said["code"] and not said["value"]:
            continue
        told = _line(row, said, asked, seen.get(said["code"]))
        seen.setdefault(said["code"], row)
        if told.outcome is Outcome.NEW:
            day = day or told.as_of
            if told.as_of != day:
                told = _wrong(
                    told, "as_of", _("一张表只填同一个截至日期，请把别的日期的行另存一张表。")
                )
        found.append(told)
    return found


def _line(
    row: int, said: Mapping[str, str], asked: Mapping[str, Asked], before: int | None
) -> Line:
    line = Line(row, said["name"], Outcome.NEW, value=said["value"], words=said["words"])
    one = asked.get(said["code"])
    if one is None:
        told = _("本单位没有要填报的这个指标。请用本页下载的表，不要改编号。")
        return _wrong(line, "code", told)
    line = replace(line, pk=one.pk, name=one.name)
    if _bare(said["name"]) != _bare(plain_text(one.name)):
        told = _("名称与编号不是同一个指标，可能只排了部分列。请重新下载表格填写。")
        return _wrong(line, "name", told)
    if before is not None:
        told = _("与第 %(row)s 行是同一个指标，请删去一行。") % {"row": before}
        return _wrong(line, "code", told)
    if not said["value"]:
        return replace(line, outcome=Outcome.EMPTY)
    return _valued(line, one, said)


def _valued(line: Line, one: Asked, said: Mapping[str, str]) -> Line:
    try:
        value = round(_number(said["value"], one.unit), _PLACES)
    except DutyRefused as refused:
        return _wrong(line, "value", refused.zh)
    try:
        as_of = date.fromisoformat(said["as_of"][:10].replace("/", "-"))
    except ValueError:
        return _wrong(line, "as_of", _("请保留下载时的日期，例如 2023-09-30。"))
    line = replace(line, as_of=as_of)
    problem = _of_words(said["words"])
    if problem:
        return _wrong(line, "words", problem)
    stands = one.said.get(as_of)
    if stands is not None:
        return _said_already(line, value, said["words"], stands)
    if as_of not in one.open_days:
        told = _("这一天没有要填报的数。请在本页选好截至日期，重新下载表格。")
        return _wrong(line, "as_of", told)
    return line


def _said_already(line: Line, value: Decimal, words: str, stands: tuple[Decimal, str]) -> Line:
    """What stands for the day: the same once more changes nothing, anything else goes back first."""
    if value != stands[0]:
        told = _("这一期已经报过 %(value)s。要更正的，请审核人先退回。")
        said = f"{stands[0]:f}".rstrip("0").rstrip(".") if "." in f"{stands[0]:f}" else stands[0]
        return _wrong(line, "value", told % {"value": said})
    if words and words != stands[1].strip():
        return _wrong(line, "words", _("数与已报的相同，说明不同。要更正的，请审核人先退回。"))
    return replace(line, outcome=Outcome.SAME)


def _number(text: str, unit: str) -> Decimal:
    """A number of a cell. What was formatted as per cent comes as a part of one, which may be meant as
    either where the unit is per cent."""
    found = number(text, unit)
    if unit == "%" and not text.rstrip().endswith(("%", "％")) and 0 < abs(found) <= 1:
        raise DutyRefused(_("请写上百分号：例如 85%，不到百分之一的写 0.85%。"))
    return found


def _of_words(words: str) -> str:
    """What is wrong with the words; empty for nothing."""
    if len(words) > MOST_WORDS:
        return _("请写在 %(most)s 字以内。") % {"most": MOST_WORDS}
    try:
        refuse_numbers(words)
    except Refusal as refused:
        return refused.zh
    return ""


def _wrong(line: Line, column: str, problem: str) -> Line:
    return replace(line, outcome=Outcome.WRONG, column=str(COLUMNS[column]), problem=problem)


def _headings(cells: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The first line below the headings, and where each column stands; headings in any language."""
    names = _names()
    for row, line in enumerate(cells[:_MOST_HEAD]):
        places = {
            names[_bare(text)]: place for place, text in enumerate(line) if _bare(text) in names
        }
        if all(each in places for each in _NEEDED):
            return row + 1, places
    columns = _("、").join(str(COLUMNS[each]) for each in _NEEDED)
    raise DutyRefused(
        _("没有找到表头。请用本页下载的表填写，保留这几列：%(columns)s。") % {"columns": columns}
    )


def _names() -> dict[str, str]:
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {_bare(str(title)): column for column, title in COLUMNS.items()}
    return found


def _cell(line: Sequence[str], place: int) -> str:
    return line[place].strip() if place < len(line) else ""


def _bare(text: str) -> str:
    return "".join(text.split())
