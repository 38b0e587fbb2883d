"""The text of a Word file: paragraphs with the numbers that Word counts, and the rows of tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from anju.reader.pages import row_said
from anju.reader.refusals import Unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_UNPACKED = 300 * 1024 * 1024
#: What is deleted, stands in a box or is there twice for older programs.
_LEFT_OUT = frozenset(
    (f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}pPr", f"{_W}rPr")
    + ("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",)
)
_CHINESE = frozenset(
    "chineseCounting chineseCountingThousand chineseLegalSimplified japaneseCounting ideographDigital "
    "taiwaneseCounting taiwaneseCountingThousand ideographTraditional japaneseDigitalTenThousand".split()
)
_SIGNS = "〇一二三四五六七八九"


def text_of_word(content: bytes, name: str) -> str:
    """The words of a .docx file in reading order; `Unreadable` where it is none."""
    import docx

    broken = Unreadable(f"“{name}”不是完好的Word文件，请用Word或WPS打开后另存为.docx。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise Unreadable(f"文件“{name}”展开后过大，请拆分后再读。")
        document = docx.Document(io.BytesIO(content))
        counted = _Numbers(document)
        return "\n".join(_lines(document.element.body, counted))
    except Unreadable:
        raise
    except Exception:  # a damaged file fails in more ways than can be listed
        raise broken from None


def _lines(parent: Any, counted: _Numbers) -> Iterator[str]:
    """The lines below an element: paragraphs, rows of tables, and what content controls hold."""
    for child in parent.iterchildren():
        if child.tag == f"{_W}p":
            yield from (counted.number_of(child) + _words(child)).split("\n")
        elif child.tag == f"{_W}tbl":
            yield from _rows(child, counted)
        elif child.tag == f"{_W}sdt" and not _is_contents(child):
            for inner in child.iterchildren(f"{_W}sdtContent"):
                yield from _lines(inner, counted)
        elif child.tag in (f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"):
            yield from _lines(child, counted)


def _is_contents(control: Any) -> bool:
    """Whether a content control is a table of contents."""
    galleries = control.iter(f"{_W}docPartGallery")
    return any("Contents" in (each.get(f"{_W}val") or "") for each in galleries)


def _words(element: Any) -> str:
    """The words of a paragraph, those put in with changes tracked included, deleted ones not."""
    said: list[str] = []
    for child in element.iterchildren():
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}t":
            said.append(child.text or "")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            said.append("\n")
        elif child.tag == f"{_W}tab":
            said.append("\t")
        elif child.tag == f"{_W}noBreakHyphen":
            said.append("-")
        else:
            said.append(_words(child))
    return "".join(said)


def _rows(table: Any, counted: _Numbers) -> Iterator[str]:
    """The rows of a table; a cell that reaches down says the same in each, one that reaches across once."""
    above: dict[int, str] = {}
    for row in table.iterchildren(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue  # of a table in the table
            words = "\n".join(line for line in _lines(cell, counted) if line.strip())
            shape = next(cell.iterchildren(f"{_W}tcPr"), None)
            merge = next(shape.iterchildren(f"{_W}vMerge"), None) if shape is not None else None
            column = len(cells)
            if merge is not None and merge.get(f"{_W}val") != "restart":
                words = above.get(column, "")
            above[column] = words
            span = next(shape.iterchildren(f"{_W}gridSpan"), None) if shape is not None else None
            cells += [words] + [""] * (_number(span, 1) - 1)
        yield from row_said(cells).split("\n")


def _number(element: Any, default: int) -> int:
    """The number that an element holds, kept within reason."""
    said = element.get(f"{_W}val") if element is not None else None
    return min(int(said), 10_000) if said and said.isdecimal() else default


class _Numbers:
    """Counts paragraphs as Word does, so that 一、 and 1. stand before those that it numbers itself."""

    def __init__(self, document: Any) -> None:
        self._kinds: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._kind_of: dict[str, str] = {}
        self._styles = {style.style_id: style.element for style in document.styles}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        numbering = next(
            (
                part.target_part.element
                for part in document.part.rels.values()
                if part.reltype.endswith("/numbering")
            ),
            None,
        )
        if numbering is None:
            return
        for kind in numbering.iterchildren(f"{_W}abstractNum"):
            self._kinds[kind.get(f"{_W}abstractNumId")] = dict(map(_level, kind.iter(f"{_W}lvl")))
        for each in numbering.iterchildren(f"{_W}num"):
            kind = next(each.iterchildren(f"{_W}abstractNumId")).get(f"{_W}val")
            self._kind_of[each.get(f"{_W}numId")] = kind

    def number_of(self, paragraph: Any) -> str:
        """The number that Word prints before a paragraph; nothing where it prints none."""
        number, level = self._numbered(paragraph)
        kind = self._kind_of.get(number, "")
        levels = self._kinds.get(kind, {})
        if level not in levels or not _words(paragraph).strip():
            return ""
        counts = self._counts[kind]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]

        def printed(match: re.Match[str]) -> str:
            above = int(match[1]) - 1
            form, _, start = levels.get(above, ("decimal", "", 1))
            return _as_printed(counts.get(above, start), form)

        return re.sub(r"%([1-9])", printed, levels[level][1])

    def _numbered(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level of a paragraph, said by itself or by its style."""
        own = next(paragraph.iterchildren(f"{_W}pPr"), None)
        seen: set[str] = set()
        while own is not None:
            said = next(own.iterchildren(f"{_W}numPr"), None)
            if said is not None:
                number = next(said.iterchildren(f"{_W}numId"), None)
                level = next(said.iterchildren(f"{_W}ilvl"), None)
                return (number.get(f"{_W}val") if number is not None else ""), _number(level, 0)
            based = next(own.iterchildren(f"{_W}pStyle"), None)
            if based is None:
                parent = own.getparent()
                based = next(parent.iterchildren(f"{_W}basedOn"), None)
            name = based.get(f"{_W}val") if based is not None else ""
            style = self._styles.get(name) if name not in seen else None
            seen.add(name)
            own = next(style.iterchildren(f"{_W}pPr"), None) if style is not None else None
        return "", 0


def _level(element: Any) -> tuple[int, tuple[str, str, int]]:
    """A level of a list: how it counts, how it is printed, where it begins."""

    def said(tag: str) -> str:
        found = next(element.iterchildren(f"{_W}{tag}"), None)
        return (found.get(f"{_W}val") or "") if found is not None else ""

    text = "" if said("numFmt") in ("bullet", "none") else said("lvlText")
    start = said("start")
    number = int(element.get(f"{_W}ilvl") or 0)
    return number, (said("numFmt"), text, int(start) if start.isdecimal() else 1)


def _as_printed(number: int, form: str) -> str:
    """A count in the signs that Word prints."""
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if form not in _CHINESE or not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _SIGNS[ones]
    return f"{_SIGNS[tens] if tens > 1 else ''}十{_SIGNS[ones] if ones else ''}"
