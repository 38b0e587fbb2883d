"""The plan's own name: printed alone above the text, or named by the notice that issues it."""

import re
from collections.abc import Iterator, Sequence

from anju.reader.shadow import Line, half_width

NUMBER = re.compile(r"[一-鿿]{2,14}[〔\[(【<〈]20\d\d[〕\])】>〉] *(?:第 *)?\d{1,4} *号")
DATE = re.compile(r"(?:20\d\d ?[年.-/] ?\d{1,2} ?[月.-/] ?\d{1,2} ?日?|二[〇○零Ｏ0].{2}年.{2,6}日)")
_KINDS = (
    "方案|措施|意见|规划|计划|办法|细则|要点|行动|通知|条例|规定|决定|分工|分解|清单|台账|责任书|任务书|安排|表|问答|指南|"
    "指引|纲要|规程|规则|制度|总结|报告|汇报|通报|通告|公告|解读|预案|实事|实事项目|承诺书|(?<!来)函"
)
_TITLE_END = re.compile(rf"(?:{_KINDS}|若干政策)》?(?:\([^()]*\))?》?$")
_NAMED = (
    re.compile(r"(?:印发|转发)[《<](.{4,120}?)[》>](?:的?通知|$)"),
    re.compile(
        rf"(?:印发|转发)((?:[^《<。》]|《[^《》]{{2,24}}》){{4,80}}?(?:{_KINDS})(?:\([^()]*\))?)(?:的通知|通知(?=$|[》)])|(?<=意见)$|》$)"
    ),
    re.compile(r"(?:现|兹)?将[《<]?([^《。,]{4,120}?)[》>]?[印转]发给"),
    re.compile(r"^[《<](.{6,120})[》>](?:已经|业经)"),
)
_SENT = re.compile(r"(?:现|兹)?将《([^《》]{4,120})》[印转]发给")
#: 关于支持…的十条意见。为落实…: the title and the text in one line.
_IN_FIRST_LINE = re.compile(rf"(关于[^。,;|]{{4,60}}(?:{_KINDS}))。")
_CITES = re.compile(r"根据|按照|落实|贯彻|依据|参照|精神|[(《<][^)》>]*$")
_LABELLED = re.compile(r"(?:标 *题|名 *称|题 *名|原标题) *[:|] *(?:\| *)?([^|]{4,100})")
_PREFIX = re.compile(
    rf"^(?:[^:一-鿿]*{NUMBER.pattern} *[:：]? *|{DATE.pattern})\s*|^(?:标 *题|名 *称|原标题|转发) *[:： ]\s*"
)
_WHOLE = re.compile(rf"(?:文件|公报|{_KINDS})$|{NUMBER.pattern}|[:>|]")  # no title goes on below it
_SHORTEST, _LONGEST, _LONGEST_WHOLE = 6, 80, 120
_NOT_A_TITLE = re.compile(r"附 ?件|附表|首页|当前位置|来源:|发布|索 *引|主题|浏览|http|>")


def title_of(lines: list[Line], text: str) -> str | None:
    """The name of the plan as written; None where none is found."""
    named = _named(lines, text)
    if named:
        named = _in_full(lines, text, named)
        own = _printed_alone(lines, text, named)
        return own if own and _brackets(own) >= _brackets(named) else named
    first = _IN_FIRST_LINE.match(lines[0].text) if lines else None
    if first:
        return text[lines[0].start : lines[0].start + first.end(1)]
    for index, line in enumerate(lines):
        whole = _over_lines(lines, index, text)
        if whole is not None:
            return _line_above(lines, line, text) + whole
    labelled = next((match for line in lines if (match := _LABELLED.search(line.text))), None)
    return labelled[1].strip() if labelled else None


def ends_like_title(words: str) -> bool:
    """Whether a line ends as names of plans do."""
    return bool(_TITLE_END.search(words))


def titles_said(lines: Sequence[Line]) -> Iterator[str]:
    """All that stands as the title of a notice or of a plan, one line or more."""
    for index, line in enumerate(lines):
        for count in (1, 2, 3):
            parts = [each.text for each in lines[index : index + count]]
            if any(_WHOLE.search(part) for part in parts[:-1]):
                break
            together = "".join(parts)
            if len(together) <= _LONGEST_WHOLE and _TITLE_END.search(together):
                yield _PREFIX.sub("", together)
        labelled = _LABELLED.search(line.text)
        if labelled:
            yield _PREFIX.sub("", labelled[1].strip())


def _in_full(lines: list[Line], text: str, named: str) -> str:
    """The name with the office before it (将《某局2024年要点》印发给你们), which the notice's title leaves out."""
    for line in lines:
        match = _SENT.search(line.text)
        if match and match[1].endswith(_half_width(named)) and len(match[1]) > len(named):
            return text[line.start + match.start(1) : line.start + match.end(1)]
    return named


def _half_width(words: str) -> str:
    """A name in the signs of the shadow, blanks removed."""
    return re.sub(r"\s", "", half_width(words))


def _named(lines: list[Line], text: str) -> str | None:
    """The name in the notice's title or first sentence; what the preamble cites does not count."""
    for sign in _NAMED:
        for line in lines:
            places = [at for at, letter in enumerate(line.text) if letter != " "]
            bare = "".join(line.text[at] for at in places)
            match = sign.search(bare)
            if not match or len(line.text) >= 200 or match[1].count("(") != match[1].count(")"):
                continue
            if sign in _NAMED[:2] and _CITES.search(bare[: match.start()]):
                continue
            if match[1].endswith(("通知", "政府工作报告")):
                continue
            first, last = places[match.start(1)], places[match.end(1) - 1]
            return text[line.start + first : line.start + last + 1]
    return None


def _over_lines(lines: list[Line], index: int, text: str) -> str | None:
    """A title that begins with this line: in one line, or parted where a line was too short."""
    line = lines[index]
    prefix = _PREFIX.match(line.text)
    start = line.start + (prefix.end() if prefix else 0)
    for count in (1, 2, 3):
        parts = lines[index : index + count]
        if len(parts) < count or not all(map(_can_be_title, parts)):
            return None
        together = line.text[prefix.end() if prefix else 0 :] + "".join(p.text for p in parts[1:])
        alone = _SHORTEST <= len(together) <= (_LONGEST if count == 1 else _LONGEST_WHOLE)
        if alone and _TITLE_END.search(together):
            return _with_years_below(lines, index + count - 1, text, start)
        if not re.search(r"关于|^《", parts[0].text):
            return None
    return None


def _can_be_title(line: Line) -> bool:
    """Whether a line says neither a sentence nor something about the page."""
    return not (
        re.search(r"[。;,|]|:(?!《)", line.text.replace("转发:", ""))
        or _NOT_A_TITLE.match(line.text)
    )


def _with_years_below(lines: list[Line], last: int, text: str, start: int) -> str:
    """A title, with the bracket (2024-2025年) that stands on the line below it."""
    below = lines[last + 1] if last + 1 < len(lines) else None
    more = below is not None and re.fullmatch(r"\([^()]{2,20}\)", below.text)
    years = below is not None and more and re.search(r"20\d\d|试行|暂行|修订", below.text)
    return text[start : below.end if below is not None and years else lines[last].end]


def _line_above(lines: list[Line], line: Line, text: str) -> str:
    """The first line of a title printed in two, where it stands alone right above the second."""
    at = lines.index(line)
    above = lines[at - 1] if at else None
    if above is None or "\n" in text[above.end : line.start].replace("\n", "", 1):
        return ""
    alone = re.fullmatch(r"[^。:;,|]{6,40}", above.text) and not NUMBER.search(above.text)
    headed = re.search(
        r"(?:文件|公报|号|附 ?件 ?\d*)$|\d期$|^第|-{1,2} *\d+|[日]$|^返|>|首页", above.text
    )
    office = re.search(r"(?:政府|县委|市委|区委|办公室|局|委员会)$", above.text)
    told = office and (" " in above.text or not line.text.startswith("关于"))
    return text[above.start : above.end] if alone and not headed and not told else ""


def _printed_alone(lines: list[Line], text: str, named: str) -> str | None:
    """One, two or three lines that together are the name; these keep what a notice leaves out."""
    wanted = _letters(named)
    for index in range(len(lines) - 1, -1, -1):
        for count in (1, 2, 3):
            parts = lines[index : index + count]
            together = "".join(text[line.start : line.end] for line in parts)
            if _letters(together) == wanted:
                return together
    return None


def _brackets(text: str) -> int:
    """How many brackets open: copies lose them."""
    return text.count("(") + text.count("（")


def _letters(text: str) -> str:
    """A title without signs and blanks."""
    return re.sub(r"[^0-9A-Za-z一-鿿]", "", text)
