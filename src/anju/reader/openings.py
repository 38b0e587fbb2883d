"""The heads of a file, cheaply: what stands where a document is marked, not what it says.

For looking at what is uploaded before it is kept. A file whose words cannot be had (a picture, a scan, a
damaged or locked one, an old office format) has none.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType
from typing import Any, Final

_BYTES: Final = 16_384  # of plain text
_PACKED: Final = (
    400_000  # of what an office file holds before its words: properties, drawings, frames
)
_UNPACKED: Final = 60_000_000  # of a sheet, whose page headers stand behind its rows
_TAIL: Final = 65_536
_WORD_PARTS: Final = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_PROPERTIES: Final = re.compile(r"docProps/(?:core|custom|app)\.xml")
_MOST_PARTS: Final = 12
_WORDS: Final = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>|(</w:p>|<w:br\s*/>|</w:tc>)")
_SLIDE_WORDS: Final = re.compile(r"<a:t>([^<]*)</a:t>|(</a:p>|<a:br/>)")
_TAGS: Final = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.I)
#: Sheets looked at, and the rows of each in which a list has its title.
_SHEETS: Final = 5
_ROWS: Final = 8
_STRINGS: Final = 2_000_000
_ROW: Final = re.compile(r"<row\b[^>]*>(.*?)</row>", re.DOTALL)
_CELL: Final = re.compile(r"<c\b([^>]*)>(.*?)</c>", re.DOTALL)
_STRING: Final = re.compile(r"<si\b[^>]*>(.*?)</si>", re.DOTALL)
_PLAIN: Final = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")
_VALUE: Final = re.compile(r"<v>([^<]*)</v>")
_HEAD_OR_FOOT: Final = re.compile(
    r"<(?:odd|even|first)(?:Header|Footer)>([^<]*)</(?:odd|even|first)(?:Header|Footer)>"
)
#: Signs in a page header of a sheet: &L, &C, &R, &"font", &12, &P; what follows stands by itself.
_SIGNS: Final = re.compile(r'&(?:"[^"]*"|\d+|[A-Za-z&])')
_PAGES: Final = 60
_PAGE_HEAD: Final = 120  # characters of a later page: what is marked is marked at its head


@dataclass(frozen=True, slots=True)
class Opening:
    """What may carry a mark, piece by piece: `heads` are the properties of a file, its page headers and
    footers, its first page, the heads of later pages of a PDF, the first rows of the first sheets.

    `has_words` is whether anything of what the file says could be read: not of a picture or a scan.
    """

    heads: list[str]
    has_words: bool


def opening_of(content: bytes, name: str) -> Opening:
    """What stands where a file is marked; `name` tells the kind. Nothing of what cannot be read."""
    read = _READERS.get(name.rpartition(".")[2].lower())
    try:
        properties, words = read(content) if read is not None else ([], [])
    except Exception:  # a damaged file fails in more ways than can be listed, and has no words
        return Opening([], has_words=False)
    said = [each for each in words if each.strip()]
    return Opening([*(each for each in properties if each.strip()), *said], bool(said))


_Pieces = tuple[list[str], list[str]]
"""Properties, and words."""


def _word(content: bytes) -> _Pieces:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = sorted(filter(_WORD_PARTS.fullmatch, packed.namelist()), reverse=True)
        words = [_joined(_WORDS, _start(packed, each)) for each in names[-_MOST_PARTS:]]
        return list(_properties(packed)), words


def _slides(content: bytes) -> _Pieces:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = _first(packed, "ppt/slides/slide")
        words = [_joined(_SLIDE_WORDS, _start(packed, each)) for each in parts]
        return list(_properties(packed)), words


def _sheets(content: bytes) -> _Pieces:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        is_shared = "xl/sharedStrings.xml" in packed.namelist()
        strings = _shared(packed) if is_shared else []
        words = []
        for part in _first(packed, "xl/worksheets/sheet"):
            start, end = _both_ends(packed, part)
            words += ["\n".join(_rows(start, strings)), "\n".join(_page_marks(start + end))]
        return list(_properties(packed)), words


def _first(packed: zipfile.ZipFile, stem: str) -> list[str]:
    there = set(packed.namelist())
    parts = (f"{stem}{number}.xml" for number in range(1, _SHEETS + 1))
    return [each for each in parts if each in there]


def _properties(packed: zipfile.ZipFile) -> Iterator[str]:
    """Title, subject, keywords, state and the like, a line each."""
    for part in filter(_PROPERTIES.fullmatch, packed.namelist()):
        said = re.sub(r"<[^>]*>", "\n", _start(packed, part))
        yield "\n".join(line.strip() for line in unescape(said).splitlines() if line.strip())


def _start(packed: zipfile.ZipFile, part: str, most: int = _PACKED) -> str:
    with packed.open(part) as file:
        return file.read(most).decode("utf-8", errors="ignore")


def _both_ends(packed: zipfile.ZipFile, part: str) -> tuple[str, str]:
    """The beginning of a sheet, and its end where that is another."""
    with packed.open(part) as file:
        start, tail, read = file.read(_PACKED), b"", _PACKED
        while (more := file.read(1_000_000)) and read < _UNPACKED:
            tail, read = (tail + more)[-_TAIL:], read + len(more)
    return start.decode("utf-8", errors="ignore"), tail.decode("utf-8", errors="ignore")


def _shared(packed: zipfile.ZipFile) -> list[str]:
    found = _STRING.findall(_start(packed, "xl/sharedStrings.xml", _STRINGS))
    return ["".join(_PLAIN.findall(each)) for each in found]


def _rows(sheet: str, strings: list[str]) -> Iterator[str]:
    """The first rows, a line each: a cell that stands alone in its row stands on a line of its own."""
    for row in _ROW.findall(sheet)[:_ROWS]:
        said = (_said(attributes, cell, strings) for attributes, cell in _CELL.findall(row))
        yield unescape("\t".join(each for each in said if each.strip()))


def _said(attributes: str, cell: str, strings: list[str]) -> str:
    value = _VALUE.search(cell)
    if 't="s"' not in attributes or value is None:
        return "".join(_PLAIN.findall(cell)) or (value.group(1) if value else "")
    place = int(value.group(1))
    return strings[place] if place < len(strings) else ""


def _page_marks(sheet: str) -> Iterator[str]:
    for said in _HEAD_OR_FOOT.findall(sheet):
        yield _SIGNS.sub("\n", unescape(said))


def _joined(words: re.Pattern[str], text: str) -> str:
    return unescape("".join("\n" if end else said for said, end in words.findall(text)))


def _pdf(content: bytes) -> _Pieces:
    import pypdfium2  # loaded only where it is needed

    with pypdfium2.PdfDocument(content) as document:
        properties = "\n".join(document.get_metadata_dict(skip_empty=True).values())
        pages = [_page_of(document[number]) for number in range(min(len(document), _PAGES))]
    return [properties], [*pages[:1], *(each.lstrip()[:_PAGE_HEAD] for each in pages[1:])]


def _page_of(page: Any) -> str:
    return str(page.get_textpage().get_text_bounded()).replace("\r\n", "\n")


def _text(content: bytes) -> _Pieces:
    return [], [_decoded(content)]


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or GB 18030; the last sign may be cut."""
    start = content[:_BYTES]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return start.decode("utf-16", errors="ignore")
    cut = start[:-4] if len(content) > _BYTES else start
    try:
        return cut.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(cut) - 4:
            return start.decode("gb18030", errors="ignore")
        return cut.decode("utf-8-sig", errors="ignore")


def _page(content: bytes) -> _Pieces:
    return [], [unescape(_TAGS.sub("\n", _decoded(content)))]


_READERS: Final[Mapping[str, Callable[[bytes], _Pieces]]] = MappingProxyType(
    {"docx": _word, "xlsx": _sheets, "pptx": _slides, "pdf": _pdf, "txt": _text, "html": _page,
     "htm": _page}
)  # fmt: skip
