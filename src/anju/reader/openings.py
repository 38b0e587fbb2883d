"""The first words of a file, cheaply: what stands at the head of a document, not what it says.

For looking at what is uploaded before it is kept. A file whose words cannot be had (a picture, a damaged
or locked one) has none.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from html import unescape
from types import MappingProxyType
from typing import Final

_BYTES: Final = 16_384  # of plain text
_PACKED: Final = 400_000  # of what a Word file holds before its words: properties, drawings, frames
_WORD_PARTS: Final = re.compile(r"word/(?:document|header\d*)\.xml")
_MOST_PARTS: Final = 8
_WORDS: Final = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>|(</w:p>|<w:br\s*/>|</w:tc>)")
_TAGS: Final = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.I)


def opening_of(content: bytes, name: str) -> str:
    """The first page of a PDF, the first paragraphs of a Word file with its page headers, the beginning
    of text; empty for every other kind. `name` tells the kind."""
    read = _READERS.get(name.rpartition(".")[2].lower())
    try:
        return read(content) if read is not None else ""
    except Exception:  # a damaged file fails in more ways than can be listed, and has no words
        return ""


def _word(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        # Page headers before the words of the document.
        names = sorted(filter(_WORD_PARTS.fullmatch, packed.namelist()), reverse=True)
        return "\n".join(_said(packed, each) for each in names[-_MOST_PARTS:])


def _said(packed: zipfile.ZipFile, part: str) -> str:
    with packed.open(part) as file:
        text = file.read(_PACKED).decode("utf-8", errors="ignore")
    return unescape("".join("\n" if end else words for words, end in _WORDS.findall(text)))


def _pdf(content: bytes) -> str:
    import pypdfium2  # loaded only where it is needed

    with pypdfium2.PdfDocument(content) as document:
        return str(document[0].get_textpage().get_text_bounded()).replace("\r\n", "\n")


def _text(content: bytes) -> str:
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


def _page(content: bytes) -> str:
    return unescape(_TAGS.sub("\n", _text(content)))


_READERS: Final[Mapping[str, Callable[[bytes], str]]] = MappingProxyType(
    {"docx": _word, "pdf": _pdf, "txt": _text, "html": _page, "htm": _page}
)
