"""The year of a date that does not say it: from the date before it in its sentence, or from words such as 次年.

2025年6月底前完成A,10月底前完成B is one year; 次年3月底前 is the next, 同年 and 当年 the same, 今年 and 明年 count from
the day of the document. An earlier month than the one before (2025年7月15日前…,3月底前…) stays open, and so does
all that follows it in the sentence.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from anju.reader.model import Deadline, DeadlineKind, Flag
from anju.reader.quantities import sentence_end

#: What the words count from, and how many years later.
_AFTER_THE_ONE_BEFORE = {"次": 1, "翌": 1, "同": 0, "当": 0, "该": 0}
_AFTER_THE_DOCUMENT = {"今": 0, "本": 0, "明": 1}
_RELATIVE = re.compile(r"(?<![每一])(?P<which>[次翌同当该今本明])年度?")
_TITLED = re.compile(r"[^,。;()\n]{0,4}\) *[。\n] *")
_AT_HEAD = re.compile(r"(?:截至|截止|直?到|至)?(?:[次翌同当该今本明]年度?)?")

Again = Callable[[str], Sequence[Deadline]]


def in_their_years(
    found: Sequence[Deadline], plain: str, dated: date | None, again: Again
) -> list[Deadline]:
    """Deadlines with the years that the words around them tell; `again` reads one with its year put before it.

    `dated` is the day of the document; None where it is not known.
    """
    result: list[Deadline] = []
    head: Deadline | None = None
    for each in found:
        if head is not None and each.start > _reach(plain, head.end):
            head = None
        said = _RELATIVE.search(plain, max(0, each.start - 3), each.start + 3)
        beside = said is not None and said.start() <= each.start <= said.end()
        if each.flag is Flag.YEAR_MISSING:
            told = said if beside else None
            each = _with_year(each, plain, told, head, dated, again)
            if each.flag is Flag.YEAR_MISSING:
                head = None
        if each.date is not None and each.kind is not DeadlineKind.RECURRING:
            head = each
        result.append(each)
    return result


def _reach(plain: str, at: int) -> int:
    """How far a year is carried: to the end of the sentence; that of a stage (2023年6月)。 through the next one too."""
    titled = _TITLED.match(plain, at)
    return sentence_end(plain, titled.end() if titled else at)


def _with_year(
    each: Deadline,
    plain: str,
    said: re.Match[str] | None,
    head: Deadline | None,
    dated: date | None,
    again: Again,
) -> Deadline:
    """A date with its year; as it was where nothing tells it."""
    if said is None:
        year = head.date.year if head and head.date else None
    elif said["which"] in _AFTER_THE_DOCUMENT:
        year = dated.year + _AFTER_THE_DOCUMENT[said["which"]] if dated else None
    else:
        before = head.date.year if head and head.date else None
        year = before + _AFTER_THE_ONE_BEFORE[said["which"]] if before else None
    if year is None:
        return each
    bare = _AT_HEAD.sub("", each.text, count=1)
    read = next((one for one in again(f"{year}年{bare}") if one.date is not None), None)
    if read is None or read.date is None:
        return each
    counted = said is not None and said["which"] in _AFTER_THE_DOCUMENT
    if not counted and head is not None and head.date is not None and read.date < head.date:
        return each  # the text does not run on in time: nothing is certain
    start = min(each.start, said.start()) if said else each.start
    text = plain[start : each.start] + each.text
    return replace(each, text=text, date=read.date, flag=read.flag, start=start)
