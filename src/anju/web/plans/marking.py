"""The text of a plan with what was read from it marked: escaped and put together in one pass.

Marks may lie in each other or overlap; the text is cut at every beginning and end, and each piece says
what it belongs to. A paragraph says at which character it begins, for the script that reads selections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

ODD: Final = "odd"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text. Marks of kind `measure` have an id, a label, and words for who hears it.

    Marks of kind `odd` are places that the list at the top leads to.
    """

    start: int
    end: int
    kind: str
    id: int = 0
    label: str = ""
    said: str = ""


def marked(text: str, marks: Iterable[Mark]) -> SafeString:
    """The whole text as paragraphs, a line each."""
    kept = sorted(
        {each for each in marks if 0 <= each.start < each.end <= len(text)},
        key=lambda each: (each.start, -each.end, each.kind),
    )
    parts: list[str] = []
    for start, pieces in _paragraphs(text, kept):
        parts.append(f'<p data-at="{start}">')
        parts += (_piece(text[a:b], a, active) for a, b, active in pieces)
        parts.append("</p>\n")
    return mark_safe("".join(parts))  # noqa: S308 - every piece was escaped above


_Piece = tuple[int, int, Sequence[Mark]]


def _paragraphs(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, list[_Piece]]]:
    """Lines with words: where each begins, and its pieces."""
    at, waiting, active = 0, 0, list[Mark]()
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            continue
        first = waiting
        while waiting < len(marks) and marks[waiting].start < end:
            waiting += 1
        active = [each for each in active if each.end > start] + list(marks[first:waiting])
        yield start, list(_pieces(start, end, active))


def _pieces(start: int, end: int, active: Sequence[Mark]) -> Iterator[_Piece]:
    """A line, cut wherever a mark begins or ends."""
    cuts = {start, end}
    for each in active:
        cuts |= {place for place in (each.start, each.end) if start < place < end}
    places = sorted(cuts)
    for a, b in zip(places, places[1:], strict=False):
        yield a, b, [each for each in active if each.start <= a and b <= each.end]


def _piece(words: str, at: int, active: Sequence[Mark]) -> str:
    """A piece of text with its marks; where a measure begins, the way to its item."""
    if not active:
        return escape(words)
    go = "".join(
        f'<a class="mark-go" id="m-{each.id}" href="#item-{each.id}" data-label="{escape(each.label)}"'
        f' aria-label="{escape(each.said)}"></a>'
        for each in active
        if each.kind == "measure" and each.start == at
    )
    kinds = " ".join(dict.fromkeys(f"mark-{each.kind}" for each in active))
    inside = sorted((each for each in active if each.id), key=lambda each: each.end - each.start)
    belongs = " ".join(str(each.id) for each in inside)
    data = f' data-in="{belongs}"' if belongs else ""
    data += "".join(f' id="at-{at}"' for each in active if each.kind == ODD and each.start == at)
    return f'{go}<span class="{kinds}"{data}>{escape(words)}</span>'
