"""The date of a plan: below the signature, inside a notice in one line, else that of a label of the page."""

import re
from collections.abc import Sequence
from datetime import date

from anju.reader.model import Oddity
from anju.reader.numerals import chinese
from anju.reader.shadow import Line

_FULL_DATE = re.compile(r"(20\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_DASHED = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})")
_CHINESE_DATE = re.compile(
    r"二[〇○零Ｏ0][一二三四五六七八九〇○零]{2}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_BARE_DATE = re.compile(r"(20\d\d)(\d{2})(\d{2})")
_SHORT_DATE = re.compile(r"20\d{4,5}")
_LABEL = r"(?:{}) *[:：]? *\|? *"
_FAR = 24  # signs behind a label
_INSIDE = re.compile(
    r"(?:[印转]发给|执行|落实|实施)[^\n]{0,120}?[。)][^。,]{0,40}?20\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日(?=[^,。;前起至以内])"
)
_OF_ISSUE = "成文日期|生成日期|印发日期|发文日期"
_OF_PAGE = "发布日期|公开日期|发布时间"


def date_at_head(lines: Sequence[Line]) -> tuple[date | None, int | None]:
    """A date alone on its line, the last one, and its place."""
    for index in range(len(lines) - 1, -1, -1):
        day = date_alone(lines[index].text)
        if day is not None:
            return day, index
    return None, None


def marks_lost(lines: Sequence[Line]) -> tuple[int | None, list[Oddity]]:
    """20221017, 202346: where a date stands that lost its 年月日."""
    lost = next((i for i, line in enumerate(lines) if _SHORT_DATE.fullmatch(line.text)), None)
    if lost is None:
        return None, []
    return lost, [Oddity("date_marks_lost", "落款日期缺少年月日字样", lines[lost].start)]


def date_labelled(lines: Sequence[Line], *, of_page: bool) -> date | None:
    """The date of a label; that of the page says when it was shown, which may be years later."""
    sign = re.compile(_LABEL.format(_OF_PAGE if of_page else _OF_ISSUE))
    for index, line in enumerate(lines):
        match = sign.search(line.text)
        if match is None:
            continue
        rest = line.text[match.end() :]
        if not rest and index + 1 < len(lines):
            rest = lines[index + 1].text
        day = _any_date(rest[:_FAR])
        if day is not None:
            return day
    return None


def date_inside(lines: Sequence[Line]) -> date | None:
    """…印发给你们,请遵照执行。2021年12月28日某县…: the date of a notice that stands in one line."""
    for line in lines:
        match = _INSIDE.search(line.text)
        if match is not None:
            return _any_date(match[0][-16:])
    return None


def date_alone(text: str) -> date | None:
    """A line that is nothing but a date."""
    match = _FULL_DATE.fullmatch(text.strip("() "))
    if match:
        return _made(match)
    if _CHINESE_DATE.fullmatch(text):
        return _chinese_date(text)
    bare = _BARE_DATE.fullmatch(text)
    return _made(bare) if bare else None


def _any_date(text: str) -> date | None:
    """The first date in a text."""
    found = [match for sign in (_FULL_DATE, _DASHED) if (match := sign.search(text))]
    return _made(min(found, key=lambda match: match.start())) if found else None


def _chinese_date(text: str) -> date | None:
    """二〇二一年五月二十四日."""
    year, month, day = re.findall(r"[^年月日]+", text.replace("○", "〇").replace("Ｏ", "〇"))
    numbers = [chinese(part.replace("0", "〇")) for part in (year, month, day)]
    try:
        return date(*(number or 0 for number in numbers))
    except ValueError:
        return None


def _made(match: re.Match[str]) -> date | None:
    """A date, if there is such a day."""
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
