"""Title, document number, issuer and date, from the page's head and the covering notice."""

import re
from dataclasses import dataclass
from datetime import date

from anju.reader.model import Oddity
from anju.reader.numerals import chinese
from anju.reader.shadow import Line, lines_of

_NUMBER = re.compile(r"[一-鿿]{2,14}[〔\[(【]20\d\d[〕\])】] *(?:第 *)?\d{1,4} *号")
_FULL_DATE = re.compile(r"(20\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_DASHED = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})")
_CHINESE_DATE = re.compile(
    r"二[〇○零Ｏ0][一二三四五六七八九〇○零]{2}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_BARE_DATE = re.compile(r"(20\d\d)(\d{2})(\d{2})")
_SHORT_DATE = re.compile(r"20\d{4,5}")
_LABEL = r"(?:{}) *[:：|]? *"
_KINDS = "方案|措施|意见|规划|计划|办法|细则|要点|行动|通知|条例|规定|决定|分工|分解|清单|台账|责任书|任务书|安排|表|问答|指南|指引|纲要|规程|制度|总结|报告|汇报|通报|通告|公告|解读|台账|预案"
_TITLE_END = re.compile(rf"(?:{_KINDS})(?:\([^()]*\))?$")
_NAMED = (
    re.compile(r"印发[《<](.{4,120}?)[》>](?:的?通知|$)"),
    re.compile(rf"印发([^《<。]{{4,80}}?(?:{_KINDS})(?:\([^()]*\))?)的?通知"),
    re.compile(r"(?:现|兹)?将[《<]?([^《。,]{4,120}?)[》>]?印发给"),
    re.compile(r"^[《<](.{6,120})[》>](?:已经|业经)"),
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the first numbered heading."""

    title: str | None
    number: str | None
    issuer: str | None
    dated: date | None
    warnings: tuple[Oddity, ...] = ()


def front_matter_of(text: str, shadow: str, body: int) -> FrontMatter:
    """Read what stands before `body`, the offset of the first heading."""
    lines = lines_of(shadow[:body])
    title = _title(lines, text)
    dated, at, warnings = _dated(lines)
    issuer = _issuer(lines, at)
    if dated is None and not warnings:
        issuer, dated = _signed_at_the_end(lines_of(shadow[body:])) or (issuer, None)
    return FrontMatter(
        title and re.sub(r"\s+", "", title),
        _number(lines, text),
        issuer,
        dated,
        tuple(warnings),
    )


def _title(lines: list[Line], text: str) -> str | None:
    """The plan's own name: printed alone above the text, or named by the notice that issues it."""
    named = _named(lines, text)
    if named:
        own = _printed_alone(lines, text, named)
        return own if own and _brackets(own) >= _brackets(named) else named
    for line in lines:
        if 6 <= len(line.text) <= 80 and _TITLE_END.search(line.text) and ":" not in line.text:
            return _line_above(lines, line, text) + text[line.start : line.end]
    return None


def _line_above(lines: list[Line], line: Line, text: str) -> str:
    """The first line of a title printed in two, where it stands alone right above the second."""
    at = lines.index(line)
    above = lines[at - 1] if at else None
    if above is None or "\n" in text[above.end : line.start].replace("\n", "", 1):
        return ""
    alone = re.fullmatch(r"[^。:;,|]{6,40}", above.text) and not _NUMBER.search(above.text)
    headed = re.search(r"(?:文件|公报|号|附 ?件 ?\d*)$|\d期$|^第|-{1,2} *\d+", above.text)
    return text[above.start : above.end] if alone and not headed else ""


def _named(lines: list[Line], text: str) -> str | None:
    """The name in the notice's title or first sentence; what the preamble cites does not count."""
    for sign in _NAMED:
        for line in lines:
            places = [at for at, letter in enumerate(line.text) if letter != " "]
            match = sign.search("".join(line.text[at] for at in places))
            if match and len(line.text) < 200 and match[1].count("(") == match[1].count(")"):
                first, last = places[match.start(1)], places[match.end(1) - 1]
                return text[line.start + first : line.start + last + 1]
    return None


def _printed_alone(lines: list[Line], text: str, named: str) -> str | None:
    """One, two or three lines that together are the name; these keep what a notice leaves out."""
    wanted = _letters(named)
    for index in range(len(lines) - 1, -1, -1):
        for count in (1, 2, 3):
            together = "".join(text[line.start : line.end] for line in lines[index : index + count])
            if _letters(together) == wanted:
                return together
    return None


def _brackets(text: str) -> int:
    """How many brackets open: copies lose them."""
    return text.count("(") + text.count("（")


def _letters(text: str) -> str:
    """A title without signs and blanks."""
    return re.sub(r"[^0-9A-Za-z一-鿿]", "", text)


def _number(lines: list[Line], text: str) -> str | None:
    """The number behind its label or alone on its line; a cited one stands inside a sentence."""
    for line in lines:
        for match in _NUMBER.finditer(line.text):
            before = line.text[: match.start()].rstrip(" :：|号字")
            alone = match[0] == line.text.strip("() ")
            if alone or re.search(r"文 *$|文号$|发文字?$|字$|编$", before):
                first = line.start + match.start()
                return re.sub(r"\s", "", text[first : first + len(match[0])])
    return None


def _dated(lines: list[Line]) -> tuple[date | None, int | None, list[Oddity]]:
    """The date under the signature, else that of its label; and the line of the signature."""
    for index in range(len(lines) - 1, -1, -1):
        day = _date_alone(lines[index].text)
        if day is not None:
            return day, index, []
    lost = next((i for i, line in enumerate(lines) if _lost_date(line.text)), None)
    warnings = []
    if lost is not None:
        warnings.append(Oddity("date_marks_lost", "落款日期缺少年月日字样", lines[lost].start))
    for labels in ("成文日期|生成日期|印发日期|发文日期", "发布日期|公开日期|发布时间"):
        for line in lines:
            match = re.search(_LABEL.format(labels), line.text)
            day = _any_date(line.text[match.end() :]) if match else None
            if day is not None:
                return day, lost, warnings
    bare = _BARE_DATE.fullmatch(lines[lost].text) if lost is not None else None
    return (_made(bare) if bare else None), lost, warnings


def _date_alone(text: str) -> date | None:
    """A line that is nothing but a date."""
    match = _FULL_DATE.fullmatch(text.strip("() "))
    if match:
        return _made(match)
    if _CHINESE_DATE.fullmatch(text):
        return _chinese_date(text)
    bare = _BARE_DATE.fullmatch(text)
    return _made(bare) if bare else None


def _lost_date(text: str) -> bool:
    """20221017 or 202346: a date whose 年月日 were lost."""
    return bool(_SHORT_DATE.fullmatch(text))


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


_SIGNED = re.compile(
    r"(?:办公室|人民政府|委员会|领导小组|县委|市委|区委|局|厅|部|院|会|中心|公司|集团|办事处|办|社|联)$"
)


def _issuer(lines: list[Line], signature: int | None) -> str | None:
    """Who signs: the lines right above the date; else the label."""
    if signature is not None:
        signed: list[str] = []
        for line in reversed(lines[max(0, signature - 4) : signature]):
            if (
                len(line.text) > 45
                or line.text.startswith("附件")
                or line.text[-1] in "。:,;执行落实"
            ):
                break
            signed.insert(0, line.text)
        if signed and _SIGNED.search(signed[-1]):
            return _joined(signed)
    for line in lines:
        match = re.search(
            _LABEL.format("发文单位|发文机关|制发机关|发布机构|公开责任部门|来源"), line.text
        )
        if match:
            name = re.split(r" {1,}|\||(?:成文|发布|公开)日期", line.text[match.end() :].strip())[0]
            if len(name) >= 4:
                return name
    return None


def _signed_at_the_end(lines: list[Line]) -> tuple[str, date] | None:
    """Office and date under the last paragraph, as where no notice covers the plan."""
    for index in range(len(lines) - 1, max(0, len(lines) - 25), -1):
        day = _date_alone(lines[index].text)
        issuer = _issuer(lines, index) if day is not None else None
        if day is not None and issuer is not None:
            return issuer, day
    return None


def _joined(signed: list[str]) -> str:
    """One office over two lines is joined; two offices on one line or two stay apart by a blank."""
    whole = signed[0]
    for line in signed[1:]:
        whole += line if not _SIGNED.search(whole) else f" {line}"
    return re.sub(r" +", " ", whole)
