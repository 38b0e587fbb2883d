"""The same text in one kind of signs, character for character, so that offsets stay true."""

import re
from dataclasses import dataclass

_PAIRS = {
    "（": "(",
    "）": ")",
    "，": ",",
    "：": ":",
    "；": ";",
    "．": ".",
    "％": "%",
    "［": "[",
    "］": "]",
    "〔": "(",
    "〕": ")",
    "【": "(",
    "】": ")",
    "－": "-",
    "—": "-",
    "–": "-",
    "～": "-",
    "~": "-",
    "﹪": "%",
    "\u00a0": " ",
    "\u3000": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\t": " ",
}
_PAIRS |= {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_TABLE = str.maketrans(_PAIRS)
_TITLES = re.compile(r"《[^《》\n]{0,120}》|<<[^<>\n]{0,120}>>")


_DASH = re.compile(r"(?<=[日月号])一(?=\d)")  # 5月30日一6月4日
_LETTER_O = re.compile(r"(?<=\d)[OoＯ](?=\d)")  # what a scan makes of a zero
#: A half-width stop between Chinese signs ends a sentence; after 一 at the head of a line it does not.
_FULL_STOP = re.compile(
    r"(?<=[一-鿿%)\]”])(?<!^[一二三四五六七八九十])(?<!^十[一二三四五六七八九])\.(?=[\s(一-鿿]|$)",
    re.MULTILINE,
)
#: 下同; 以下均需各乡镇(园区)落实,不再列出; 列第一位者为牵头单位: said of all lists at the end of the first.
_ASIDE = re.compile(
    r"\([排列][^()\n]{0,6}第一[^()\n]{0,40}\)|[。,;](?:以下[^()。,;\n]{0,8}均[需含由应要]|下同|不再[^()\n]{0,4}列出|[排列][^()。,;\n]{0,6}第一)"
    r"(?:[^()\n]|\([^()\n]*\)){0,60}(?=\))"
)


def shadow_of(text: str) -> str:
    """Half-width signs and digits, asides in lists of offices blanked out; as long as the text."""
    return _ASIDE.sub(lambda match: " " * len(match[0]), half_width(text))


def half_width(text: str) -> str:
    """Half-width signs and digits, as long as the text."""
    return _FULL_STOP.sub("。", _DASH.sub("-", _LETTER_O.sub("0", text.translate(_TABLE))))


def without_titles(shadow: str) -> str:
    """Names of other documents blanked out: their years and numbers promise nothing here."""
    return _TITLES.sub(lambda match: "□" * len(match[0]), shadow)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it, without the blanks around it."""

    start: int
    end: int
    text: str


def lines_of(shadow: str) -> list[Line]:
    """The lines that hold something, in order."""
    found = []
    for match in re.finditer(r"[^\n]+", shadow):
        inner = match[0].strip()
        if inner:
            start = match.start() + match[0].index(inner[0])
            found.append(Line(start, start + len(inner), inner))
    return found
