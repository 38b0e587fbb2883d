"""Lines put together into paragraphs where a page or a typist broke them, and blanks that say nothing."""

import re
from collections import Counter
from collections.abc import Sequence

from anju.reader.pages import row_of
from anju.reader.spaced import with_bars
from anju.reader.titles import ends_like_title

_NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3} ?(?:、|章|节|部分|篇)|\d{1,2}(?:\.\d{1,2}){1,2} ?(?=[一-鿿])(?![万亿千百元个名人户年月倍亩吨米])|[(（] ?[一二三四五六七八九十\d]{1,3} ?[)）]|\d{1,3} ?[.．、](?!\d)|[①-⒛㈠-㈩❶-❿]"
    r"|[●■◆▲★☆※◎○◇□▪➢➤►▶√✓] ?|[—－–-]{1,2} ?(?=[一-鿿])|[A-Z]\d{0,2}[.、 ](?=[一-鿿])|\d{1,2}-\d{1,2}(?:[.、 ])(?=[一-鿿])"
    r"|(?:行动|任务|举措|措施|工程|专项|问题)[一二三四五六七八九十]{1,3} ?[:：、]"
    r"|(?:[一-鿿]{2,4}(?:单位|部门|领导|时限)|附 *件 *\d{0,2}) *[:：])"
)
#: An office or a date alone on its line, as below a notice.
_SIGNATURE = re.compile(
    r"[一-鿿]{2,24}(?:人民政府|办公[室厅]|委员会|领导小组|指挥部|工作专班|[县市区省镇乡]委)|[0-9０-９]{4} ?年 ?[0-9０-９]{1,2} ?月 ?[0-9０-９]{1,2} ?日"
)
_PAGE_NUMBER = re.compile(
    r"[-—－·]+ *\d{1,4} *[-—－·]+|第 ?\d{1,4} ?页(?:[,，/ ]*共 ?\d{1,4} ?页)?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_ENDED = "。：:；;！!？?"
_MARGIN = 6  # columns that a line may stay behind the full width where a word or a sign did not fit
_WIDEST = 120  # columns; nobody prints wider lines
_FEWEST = 4
_FEWEST_TABS = 2
_SPACED = re.compile(r"\S(?:[ \u3000]{2,}\S{2,12}){2,}[ \u3000]*$", re.MULTILINE)
_FEWEST_BARS = 8
#: A cell on a line of its own, a bar behind it.
_CELL = re.compile(r"[^|]+\|")
_WIDE = re.compile(r"[^\x00-\u2E7F]")
_HEAD = 12  # lines in which a title stands
_LONGEST_PARAGRAPH = 160
_FEWEST_CHAPTERS, _FEWEST_NUMBERS = 2, 3
#: What stands around them in such a line: the document's number, whom it addresses, signature and date.
_HEAD_INSIDE = re.compile(
    r" +(?=[一-鿿]{2,12}[〔\[(（]20\d\d[〕\])）] ?\d+ ?号)|(?<=号) +(?=各|[一-鿿]{4,40}关于)|(?<=[：:]) +(?=[一-鿿])"
    r"|(?<=[。） ]) *(?=[一-鿿]{2,24}(?:人民政府|办公[室厅]|委员会|[局厅办]) *20\d\d ?年)|(?<=[府室厅会局办]) +(?=20\d\d ?年)"
)
_CHAPTER_INSIDE = re.compile(r"(?<=[。；：:;）) ])[一二三四五六七八九十]{1,3}、")
_NUMBER_INSIDE = re.compile(
    r"(?<=[。；：:;）) \u3000]) *(?=[一二三四五六七八九十]{1,3}、[一-鿿])"
    r"|(?<=[。；;）) \u3000]|[一-鿿]) *(?=[（(][一二三四五六七八九十]{1,3}[）)][一-鿿])"
    r"|(?<=[。；;）) \u3000]) *(?=\d{1,2} ?[.．、] ?[一-鿿])"
)
#: …特制定本方案。 一、指导思想: the next heading at the end of a paragraph.
_HEADING_BEHIND = re.compile(
    r"(?<=[。；]) +(?=[一二三四五六七八九十]{1,3}、[一-鿿]{2,14} *$)", re.MULTILINE
)
_POINT_INSIDE = re.compile(
    r"(?<=[。；;）) ])(?:[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2} ?[.．、]) ?(?=[一-鿿])"
)

#: Blanks that a scan or a typist left where Chinese has none; those between names and columns stay.
_IDLE = re.compile(
    r"(?<=[^\s|])[ \u3000]+(?=[，。、；：）％,;)])|(?<=[（(])[ \u3000]+(?=[^\s|])"
    r"|(?<=[年月第至到底约达])[ \u3000](?=[\d０-９])|(?<=[\d０-９])[ \u3000](?=[年月日％%])"
    r"|(?<=[一-鿿])[ \u3000]+(?=[（(])"
)
#: Where a line was broken in the middle of a phrase: 以|上, 不低于|90%, 每亩补助|150元.
_CUT = re.compile(
    r"(?<=[一-鿿%％0-9０-９])\n{1,2}(?=[上下内]?[，。、；）])(?![一二三四五六七八九十]、)|(?<=以)\n{1,2}(?=[上下内])|(?<=每)\n{1,2}(?=[人户亩个名家]\d)"
    r"|(?<=[于达到约的和为至每补助])\n{1,2}(?=[0-9０-９]+(?:[.．]\d+)?[万亿]?[元%％个名户亩人])"
    r"|(?<=[，,（(《“])\n{1,2}(?!(?:[一二三四五六七八九十]{1,3}、|[（(]?[一二三四五六七八九十\d]{1,2}[）).．、]))"
    r"|(?<=[一-鿿，])\n{1,2}(?=(?:不[低少]于|不超过|达到|以[上下内])[0-9０-９])"
)


def tidied(text: str) -> str:
    """The text without idle blanks, its lines put together where a typist broke them at one width."""
    text = _HEADING_BEHIND.sub("\n", text)
    said = with_bars(text.split("\n")) if _SPACED.search(text) else text.split("\n")
    text = "\n".join(_columns(line) for line in _IDLE.sub("", "\n".join(said)).split("\n"))
    text = "\n".join(map(_parted, _without_lone_bars(text.split("\n"))))
    lines = text.split("\n")
    return reflowed(lines) if _is_wrapped(lines) else _CUT.sub("", text)


def _without_lone_bars(lines: list[str]) -> list[str]:
    """A table copied with a bar on a line between its cells: each cell on a line of its own."""
    said = [line.strip() for line in lines if line.strip()]
    bars = said.count("|")
    if bars >= _FEWEST_BARS and bars > len(said) // 3:
        return [line for line in lines if line.strip() != "|"]
    behind = [line for line in said if _CELL.fullmatch(line)]
    if len(behind) >= _FEWEST_BARS and 2 * len(behind) > len(said):
        return [line.rstrip(" |") if _CELL.fullmatch(line.strip()) else line for line in lines]
    return lines


def _parted(line: str) -> str:
    """A document that was copied into one line, parted before the numbers of its headings and items."""
    chapters = len(_CHAPTER_INSIDE.findall(line)) if len(line) >= _LONGEST_PARAGRAPH else 0
    if not chapters:
        return line
    numbers = chapters + len(_POINT_INSIDE.findall(line))
    if chapters < _FEWEST_CHAPTERS and numbers < _FEWEST_NUMBERS:
        return line
    return _HEAD_INSIDE.sub("\n", _NUMBER_INSIDE.sub("\n", line))


def _columns(line: str) -> str:
    """The row of a table that was copied with tabs, its cells between bars."""
    cells = line.split("\t")
    return row_of(cells) if len(cells) > _FEWEST_TABS else line


def reflowed(lines: Sequence[str]) -> str:
    """Paragraphs out of the lines of pages; numbers and running heads of pages left out."""
    kept = [line for line in _without_page_marks(lines) if line.strip()]
    full = _full_width(kept)
    by_indent = 0 < sum(map(_is_indented, kept)) < 0.6 * len(kept)
    paragraphs: list[str] = []
    parts: list[str] = []
    goes_on, opened = False, 0
    for place, raw in enumerate(kept):
        line = raw.strip()
        begins = (
            "|" in line
            or _SIGNATURE.fullmatch(line)
            or _NUMBERED.match(line)
            or (by_indent and _is_indented(raw))
        )
        if goes_on and not begins:
            parts.append(line)
        else:
            paragraphs.append("".join(parts))
            parts, opened = [line], 0
        opened = _opened(line, opened)
        goes_on = _goes_on(line, opened, full) and not (place < _HEAD and _is_title(line))
    return "\n".join([*paragraphs, "".join(parts)][1:])


def _is_title(line: str) -> bool:
    """Whether a line at the head is the whole name of a plan."""
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", line)
    return not re.search(r"[。；：:;]|^[^关]{0,6}(?:根据|按照|为)", bare) and ends_like_title(bare)


def _opened(line: str, before: int) -> int:
    """How many brackets stand open after a line; none reaches beyond a sentence."""
    depth = 0 if "。" in line else before
    words = line.rpartition("。")[2]
    return max(0, depth + sum(map(words.count, "(（")) - sum(map(words.count, ")）")))


def _goes_on(line: str, opened: int, full: int) -> bool:
    """Whether a paragraph is not at its end with this line; a row of a table is."""
    if "|" in line or _SIGNATURE.fullmatch(line):
        return False
    width = width_of(line)
    if line[-1] in "、，," or opened:
        return width >= full // 2
    if line[-1] in _ENDED:
        return False
    return width >= full - (2 if line[-1] in ")）】" else _MARGIN)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines break at one width in the middle of sentences."""
    kept = [line.strip() for line in _without_page_marks(lines) if line.strip()]
    full = _full_width(kept)
    if full > _WIDEST or not kept or max(map(width_of, kept)) > full + _MARGIN:
        return False
    broken = [
        1
        for line, after in zip(kept, kept[1:], strict=False)
        if width_of(line) >= full - _MARGIN
        and line[-1] not in _ENDED
        and not _NUMBERED.match(after)
    ]
    return len(broken) >= max(_FEWEST, len(kept) * 0.25)


def _without_page_marks(lines: Sequence[str]) -> list[str]:
    """Without page numbers, and without lines that stand beside them again and again."""
    rows = any("序号" in line for line in lines)  # bare numbers may number the rows of a table
    marks = {
        at
        for at, line in enumerate(lines)
        if _PAGE_NUMBER.fullmatch(line.strip())
        or (not rows and _BARE_NUMBER.fullmatch(line.strip()))
    }
    beside = [at for mark in marks for at in (mark - 1, mark + 1) if 0 <= at < len(lines)]
    counted = Counter(lines[at].strip() for at in beside)
    heads = {at for at in beside if counted[lines[at].strip()] > 1 and lines[at].strip()}
    return [line for at, line in enumerate(lines) if at not in marks and at not in heads]


def _full_width(lines: Sequence[str]) -> int:
    """How wide a full line is: what nine tenths of the lines do not pass."""
    widths = sorted(width_of(line.strip()) for line in lines if " | " not in line)
    return widths[len(widths) * 9 // 10] if widths else 0


def _is_indented(line: str) -> bool:
    """Whether a line begins as paragraphs do, two signs in."""
    return line.startswith(("　", "    "))


def width_of(line: str) -> int:
    """How wide a line is printed: a Chinese sign takes two."""
    return len(line) + len(_WIDE.findall(line))
