"""Automatic numbers of paragraphs: 一、 （一） 1. and their like, counted as Word counts them."""

import re
from typing import Any

from docx.oxml.ns import qn

from anju.papers.typesetting.styles import Styles, value

_DIGITS = "零一二三四五六七八九"
_LEVELS = 9


class Numbering:
    """Counts the numbered paragraphs of one document, in the order they are asked for."""

    def __init__(self, styles: Styles, definitions: Any) -> None:
        self._styles = styles
        self._formats: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        if definitions is not None:
            self._read(definitions)

    def label(self, paragraph: Any) -> str:
        """The number before a paragraph; empty where it has none."""
        said = self._styles.of_paragraph(paragraph, "w:numPr")
        number = value(None if said is None else said.find(qn("w:numId")))
        depth = value(None if said is None else said.find(qn("w:ilvl"))) or "0"
        if not depth.isdecimal() or (number, int(depth)) not in self._formats:
            return ""
        level = int(depth)
        counts = self._counts.setdefault(
            number,
            [self._formats.get((number, each), ("", "", 1))[2] - 1 for each in range(_LEVELS)],
        )
        counts[level] += 1
        for deeper in range(level + 1, _LEVELS):
            counts[deeper] = self._formats.get((number, deeper), ("", "", 1))[2] - 1
        return re.sub(
            r"%([1-9])",
            lambda found: self._number(number, int(found.group(1)) - 1, counts),
            self._formats[number, level][1],
        )

    def _number(self, number: str, level: int, counts: list[int]) -> str:
        kind = self._formats.get((number, level), ("decimal", "", 1))[0]
        count = counts[level]
        if kind.startswith(("chinese", "japaneseCounting", "ideograph", "taiwanese")):
            return _chinese(count)
        if kind in ("lowerLetter", "upperLetter") and 0 < count <= 26:
            letter = chr(ord("a") + count - 1)
            return letter.upper() if kind == "upperLetter" else letter
        return str(count)

    def _read(self, definitions: Any) -> None:
        abstract = {
            value(each, "w:abstractNumId"): each for each in definitions.iter(qn("w:abstractNum"))
        }
        for each in definitions.iter(qn("w:num")):
            levels = abstract.get(value(each.find(qn("w:abstractNumId"))))
            for level in () if levels is None else levels.iter(qn("w:lvl")):
                kind = value(level.find(qn("w:numFmt"))) or "decimal"
                text = "•" if kind == "bullet" else value(level.find(qn("w:lvlText")))
                start = value(level.find(qn("w:start"))) or "1"
                place = (value(each, "w:numId"), int(value(level, "w:ilvl")))
                self._formats[place] = (kind, text, int(start) if start.isdecimal() else 1)


def _chinese(number: int) -> str:
    """一 … 九十九; larger ones in digits."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    front = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return front + (_DIGITS[ones] if ones else "")
