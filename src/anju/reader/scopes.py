"""Which date governs a number: that of its own clause, else the one that stands in front of its sentence.

A date in front of a clause (2024年6月底前建成5座，带动210户) holds on across commas and semicolons until
another clause brings one. One behind the words (新建5座（2024年底前）) holds for its clause alone. A clause of
nothing but a date and a word of finishing (…，2025年10月底前全部完工) dates the numbers before it that have none.
"""

import re
from datetime import date

from anju.reader.model import Deadline, DeadlineKind
from anju.reader.quantities import clause_around, sentence_end, sentence_start

_FINISHED = r"(?:完成|完工|建成|竣工|投用|投入使用|投入运行|投入运营|投产|到位|验收|交付|入住|上线|运行|投运|通车|通水|通电|供水|供暖|销号|办结|开业|运营|兑现|开工|启动|出租|安装到位)"
_HOW = r"(?:[要须应将均都并、和]|全面|全部|全线|整体|基本|力争|确保|争取|正式|按期|如期|予以)*"
_ALL_DONE = re.compile(rf"(?:{_HOW}{_FINISHED})+(?:建设|任务|改造|使用)?$")
_NO_WORDS = re.compile(
    r"(?:并|且|确保|力争|争取|计划|预计|要|须|应|将|于|在|均|全部|以上|上述|所有)*$"
)
_NUMBER = re.compile(r"\d")
#: What counts for a whole year, or for a year of its own.
_OTHER_TIME = re.compile(r"全年|[,;。]20\d\d年度")


def governing_date(at: int, plain: str, start: int, deadlines: list[Deadline]) -> date | None:
    """The date of what the number at `at` promises; None where none governs it."""
    begin, end = sentence_start(plain, start, at), sentence_end(plain, at)
    told = [each for each in deadlines if begin <= each.start < end]
    first, last = clause_around(plain, begin, end, at)
    own = [each for each in told if first <= each.start < last]
    before = [each for each in told if each.start < at]
    if not before or not _still_holds(before, own, plain, begin):
        behind = [
            each
            for each in own
            if each.start > at
            and each.kind is not DeadlineKind.RECURRING
            and not _NUMBER.search(plain, each.end, last)
        ]
        return behind[0].date if behind else _looking_back(at, plain, begin, end, told)
    return _in_front(before, plain, at)


def _still_holds(before: list[Deadline], own: list[Deadline], plain: str, begin: int) -> bool:
    """Whether the last date before a number governs more than the clause it stands in."""
    nearest = before[-1]
    if nearest in own or nearest.kind is DeadlineKind.RECURRING:
        return True
    first, last = clause_around(plain, begin, len(plain), nearest.start)
    in_front = _NO_WORDS.fullmatch(plain[first : nearest.start].strip())
    return bool(in_front or plain[nearest.end : last].strip(" )"))


def _in_front(before: list[Deadline], plain: str, at: int) -> date | None:
    """The date of the last deadline before a number; a rhythm holds for its own clause."""
    before = list(before)
    while before[-1].kind is DeadlineKind.RECURRING and "," in plain[before[-1].end : at]:
        before.pop()
        if not before:
            return None
    nearest = before[-1]
    if _OTHER_TIME.search(plain, nearest.end, at):
        return None  # what counts for the whole year is not due with the rest
    if nearest.kind is DeadlineKind.RECURRING:
        spans = [each for each in before[:-1] if not plain[each.end : nearest.start].strip(", ")]
        return spans[-1].date if spans else None
    return nearest.date


def _looking_back(at: int, plain: str, begin: int, end: int, told: list[Deadline]) -> date | None:
    """改造管网6.8公里，维修电梯37部，2025年10月底前全部完工: the clause that finishes the sentence."""
    following = [each for each in told if each.start > at]
    if not following or any(each.start < at for each in told):
        return None
    first, last = clause_around(plain, begin, end, following[0].start)
    alone = _NO_WORDS.fullmatch(plain[first : following[0].start].strip())
    done = _ALL_DONE.fullmatch(plain[following[0].end : last].strip())
    return following[0].date if alone and done else None
