"""The measures of GB/T 9704-2012, in millimetres and points, and the fonts it names."""

from collections.abc import Sequence
from typing import Final

TITLE_FONT: Final = "方正小标宋简体"
BODY_FONT: Final = "仿宋_GB2312"
FIRST_FONT: Final = "黑体"
SECOND_FONT: Final = "楷体_GB2312"
NUMBER_FONT: Final = "宋体"

SECOND_SIZE: Final = 22.0  # 二号: title
THIRD_SIZE: Final = 16.0  # 三号: everything else
FOURTH_SIZE: Final = 14.0  # 四号: 版记, page numbers
TABLE_SIZE: Final = 12.0  # 小四: the standard is silent on tables

PAGE_MM: Final = (210, 297)
TOP_MM, BOTTOM_MM, INNER_MM, OUTER_MM = 37, 35, 28, 26
TYPE_MM: Final = (156, 225)
LINES, CHARACTERS = 22, 28

PITCH_TWIPS: Final = 579
"""From line to line: 22 lines in 225 mm."""
PITCH: Final = PITCH_TWIPS / 20
NARROWED_TWIPS: Final = -5
"""What a character of 三号 is narrowed by so that 28 stand in 156 mm. Said of the letters and not by a
grid of characters: LibreOffice gives two cells to a letter that is wider than its cell."""
CHARACTER: Final = THIRD_SIZE + NARROWED_TWIPS / 20

HEAD_MM: Final = 35
"""From the upper edge of the text to the upper edge of the 发文机关标志."""
LARGEST_HEAD: Final = 52.0
"""Letters of the 发文机关标志, at most 15 mm high: larger would no longer be 醒目、美观、庄重."""
HEAD_LINE: Final = 1.2
"""From line to line in the head, in sizes of its letters."""
_FILE_CHARACTERS: Final = 2.5
"""文件 and the gap before it."""
RULE_POINTS: Final = 7
"""From the line of the 发文字号 down to the red line: 4 mm below its letters."""
RULE_EIGHTHS: Final = 12
RED: Final = "FF0000"
FOOT_MM: Final = 25.5
"""From the edge of the page up to the page number: its dashes stand 7 mm below the text."""
DATE_CHARACTERS: Final = 4
"""Room to the right of the 成文日期 of a document that is sealed."""
SEAL_MM: Final = 42
"""A seal of a county's office is round and at most so wide."""
SEALS_APART_MM: Final = 45
"""From the middle of a seal to that of the next: seals neither cross nor touch."""
ROW_OF_SEALS: Final = 3
"""As many seals stand side by side in the width of the text."""
HIGHEST_HEADS_MM: Final = 50
"""What the names of several organs may take of the first page, so that its text still begins there."""
SEAL_LINES: Final = 2
"""Free lines above the 署名: a seal of 42 mm then begins within a line of the text, and 署名 and
成文日期 stand a little below its middle."""
THICK_EIGHTHS, THIN_EIGHTHS = 8, 6
"""Rules of the 版记: 0.35 mm at its ends, 0.25 mm inside, in eighths of a point."""


def points(millimetres: float) -> float:
    """Millimetres in points."""
    return millimetres / 25.4 * 72


def width_of(text: str) -> float:
    """About how wide a text of 三号 is in points: digits and letters are half as wide."""
    return sum(CHARACTER if ord(each) > 0x2E7F else CHARACTER / 2 for each in text)


def head_size(text: str) -> float:
    """The size at which a 发文机关标志 fills its line and no more."""
    fitting = points(TYPE_MM[0]) / max(len(text), 1)
    return min(LARGEST_HEAD, float(int(fitting)))


def heads_size(names: Sequence[str], *, is_file: bool) -> float:
    """The size of the names of several organs, one under the other, with 文件 right of them."""
    longest = max(len(each) for each in names) + (_FILE_CHARACTERS if is_file else 0)
    fitting = points(TYPE_MM[0]) / longest
    high = points(HIGHEST_HEADS_MM) / (len(names) * HEAD_LINE)
    return min(LARGEST_HEAD, float(int(min(fitting, high))))


def title_lines(title: str) -> list[str]:
    """A title in lines of about the same length, broken before 关于 where that comes out even.

    Lines that somebody broke by hand stay as they are.
    """
    if "\n" in title:
        return [line.strip() for line in title.split("\n") if line.strip()]
    most = int(points(TYPE_MM[0]) // SECOND_SIZE)
    if len(title) <= most:
        return [title]
    before, about, rest = title.partition("关于")
    if before and about and max(len(before), len(rest) + 2) <= most and len(before) >= most // 3:
        return [before, about + rest]
    return _evenly(title, -(-len(title) // most), most)


def _evenly(title: str, count: int, most: int) -> list[str]:
    """So many lines of about the same length; a word that ends near a break is kept whole."""
    lines, rest = [], title
    for left in range(count, 1, -1):
        even = -(-len(rest) // left)
        near = range(max(even - 3, 1), min(even + 3, most) + 1)
        ends = [at for at in near if rest[at - 1] in "的和与及、》）年月度" and at < len(rest)]
        at = min(ends, key=lambda each: abs(each - even), default=even)
        lines.append(rest[:at])
        rest = rest[at:]
    return [*lines, rest]
