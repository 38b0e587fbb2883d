"""Places in a text where blanks do not count: finding words again, and moving spans along with them.

Plain Python. Offsets are those of characters, the end exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

Span = tuple[int, int]

_NUMERAL: Final = "[一二三四五六七八九十百]{1,4}"
_NUMBER: Final = re.compile(
    rf"\s*(?:第(?:{_NUMERAL}|\d{{1,3}})(?:章|节|部分|篇)[\s:：、]*"
    rf"|[（(]\s*(?:{_NUMERAL}|\d{{1,3}})\s*[)）]\s*[、.．]?"
    rf"|{_NUMERAL}\s*、"
    r"|\d{1,3}\s*(?:[.．、](?!\d)|[.．](?=20\d\d年))"
    r"|\d{1,3}(?:[.．]\d{1,3}){1,3}(?:[.．、](?!\d)|\s+)"
    r"|\d{1,2}(?:[.．]\d{1,2}){1,2}(?=[一-鿿])(?![万亿千百元个角名人户年月日倍亩吨米])"
    r"|\d{1,2}\s+(?=[一-鿿])"
    r"|[①-⑳][、.．]?)\s*"
)


def words_start(text: str, start: int, end: int) -> int:
    """Where the words of an item begin, behind the number it is printed with."""
    match = _NUMBER.match(text, start, end)
    return match.end() if match and match.end() < end else start


def plain(text: str) -> str:
    """The words of an item without its number and without blanks: what makes it the same item."""
    return "".join(text[words_start(text, 0, len(text)) :].split())


@dataclass(frozen=True, slots=True)
class Bare:
    """A text without its blanks, and where each character stood."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Bare:
        """Leave the blanks out."""
        places = tuple(place for place, sign in enumerate(text) if not sign.isspace())
        return cls("".join(text[place] for place in places), places)

    def find(self, words: str) -> list[Span]:
        """Every place where words stand, with whatever blanks, as spans of the whole text."""
        wanted = "".join(words.split())
        found: list[Span] = []
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            found.append((self.places[at], self.places[at + len(wanted) - 1] + 1))
            at = self.text.find(wanted, at + len(wanted))
        return found


def moved(part: Span, text: str, whole: Span, new_text: str, new_whole: Span) -> Span | None:
    """A span inside an item, at the same words of the same item in another text.

    None where it does not lie inside the words of the item.
    """
    first = words_start(text, *whole)
    if not first <= part[0] < part[1] <= whole[1]:
        return None
    before = len(Bare.of(text[first : part[0]]).places)
    length = len(Bare.of(text[part[0] : part[1]]).places)
    begin = words_start(new_text, *new_whole)
    places = Bare.of(new_text[begin : new_whole[1]]).places
    if not length or before + length > len(places):
        return None
    return begin + places[before], begin + places[before + length - 1] + 1
