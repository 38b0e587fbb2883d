"""Dates, spans of time and rhythms: by when, within what, how often.

A date that the text leaves open stays None with a flag: 9月底前 without a year, 20234月 with its 年
lost in copying. Nothing is guessed.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from anju.reader.date_patterns import PATTERNS
from anju.reader.feasts import day_of_feast
from anju.reader.lasting import LASTS
from anju.reader.model import Deadline, DeadlineKind, Every, Flag
from anju.reader.numerals import value_of
from anju.reader.rhythms import rhythm_at, rhythm_of
from anju.reader.years import in_their_years

_HEAD = ("", *",。;:、(\n")
_LABELLED = re.compile(r"(?:时[限间]|节点|期限|日期|工期|进度|安排|时序) *: *$")
_FINDERS = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)

#: 离校两年内未就业, 注册3年内的企业, 3年内免租: who is meant, or what right, and not by when.
_OF_WHOM = re.compile(
    r"(?:离校|毕业|注册|登记|成立|创办|创业|退役|退伍|返乡|入职|入驻|投产|投运|出狱|刑满(?:释放)?|脱贫|搬迁|入住|获证|取证|最近|近|过去|此前|有效期|最长|"
    r"期限|累计|连续|出生|分娩|产后)$"
)
_RIGHT = re.compile(
    r"未|的(?!时间|目标)|免|减|可(?!研)|享受?|不(?!断)|保持|内?(?:租金|水电|房租)|仍|继续(?:享受|执行)|有效|曾|按(?:实际|其)|给予|予以|每[年月]给予|"
    r"(?:发生|出现|再次|重复|正常)"
)
_NEAR = 16
#: Quick to look for: no time is told without one of these.
_MAY_DATE = re.compile(r"[年月日号天周季期旬前内底末每逐半时]|20\d\d|分钟|十[四五]五")
_IN_FORCE = re.compile(r"(?:有效期|施行期|执行期|有效)(?:限|为)?$")  # of the paper itself
_VALID = re.compile(
    r"(?:(?:有效|施行|执行|实施|政策)期限?|政策(?:继续)?(?:实施|执行|施行|延续)|延长|延续|延期|顺延)(?:执行)?(?:为|自[^,。;]{0,12})?(?:至|到)?$"
)
_PAST = re.compile(
    r"(?:以来|以后|起|开始|度|版|第[一二三四五六七八九十]|中央一号|考核|前三季度|五年)"
)


def deadlines_of(
    text: str,
    plain: str,
    start: int,
    end: int,
    *,
    is_headed: bool = False,
) -> list[Deadline]:
    """Deadlines of a stretch, in order. `plain` is the shadow with names of documents blanked.

    `is_headed`: the stretch is a cell under 完成时限, where 2024年11月 alone is a date.
    """
    if is_headed:
        label = "完成时限:"
        shift = start - len(label)
        cell = (label + text[start:end], label + plain[start:end])
        found = deadlines_of(*cell, len(label), len(cell[0]))
        return [replace(each, start=each.start + shift, end=each.end + shift) for each in found]
    if not _MAY_DATE.search(plain, start, end):
        return []
    found = []
    taken: list[tuple[int, int]] = []
    for kind, finder in _FINDERS:
        for match in finder.finditer(plain, start, end):
            if any(match.start() < last and first < match.end() for first, last in taken):
                continue
            made = _MAKERS[kind](match, plain)
            if made is None:
                continue
            if made[1] is DeadlineKind.BY and _is_validity(match, plain):
                taken.append(match.span())
                continue
            day, sort, every, flag = made
            taken.append(match.span())
            first = match.start()
            found.append(
                Deadline(text[first : match.end()], day, sort, every, flag, first, match.end())
            )
    return sorted(found, key=lambda deadline: deadline.start)


def with_years(found: list[Deadline], plain: str, dated: date | None) -> list[Deadline]:
    """Deadlines of an item, the years that stand elsewhere in it put to those without; `dated`: the document's day."""
    return in_their_years(
        found, plain, dated, lambda words: deadlines_of(words, words, 0, len(words))
    )


def _is_validity(match: re.Match[str], plain: str) -> bool:
    """实施期限至2021年12月31日, 政策延长至2020年年底: how long a rule holds."""
    return bool(_VALID.search(plain, max(0, match.start() - _NEAR), match.start()))


Made = tuple[date | None, DeadlineKind, Every | None, Flag | None] | None


def _month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(match: re.Match[str], plain: str) -> Made:
    """…年7月15日前."""
    cited = not match[0].endswith("前") and _is_citation(match, plain)
    if plain[match.end() : match.end() + 1] in ("-", "至", "起") or cited:
        return None
    month, day = int(match["month"]), int(match["day"])
    if match["year"] and _is_alone(match, plain):
        return None  # below a signature
    if not match["year"]:
        valid = 1 <= month <= 12 and 1 <= day <= 31
        return (None, DeadlineKind.BY, None, Flag.YEAR_MISSING) if valid else None
    try:
        return date(int(match["year"]), month, day), DeadlineKind.BY, None, None
    except ValueError:
        return None


def _is_alone(match: re.Match[str], plain: str) -> bool:
    """Whether a day has a line of its own, and says neither 前 nor 至."""
    before = plain[: match.start()].rstrip(" ")
    after = plain[match.end() :].lstrip(" ")
    bare = match[0].startswith("20") and match[0][-1] in "日号"
    return bare and before.endswith("\n") and (not after or after.startswith("\n"))


def _month(match: re.Match[str], plain: str) -> Made:
    """…年9月底前, 7月中旬前, 20234月底前."""
    before, after = plain[max(0, match.start() - 16) : match.start()], plain[match.end() :][:16]
    if re.match(r"\d{1,2}[日号]", after):
        return None  # the day was looked at, and is none
    tight = re.search(r"底|末|前|旬|内|止|初|^(?:到|至|截)", match[0])
    if _is_step(before, after, match):
        whole = _month_end(int(match["year"]), int(match["month"]))
        return whole, DeadlineKind.WITHIN, None, _flag_of_part(match["part"])
    labelled = _LABELLED.search(before)
    if (
        not tight
        and not labelled
        and not re.match(r"[,、]?(?:全面|基本)?(?:完成|建成|实现|启动|出台)", after)
    ):
        return None
    if before.endswith(("每", "-", "每年")) or re.match(r"份?[-至起]|个|以[上来]", after):
        return None
    flag = _flag_of_part(match["part"])
    if match["lost"]:
        return None, DeadlineKind.BY, None, Flag.YEAR_MARK_LOST
    if not match["year"]:
        return None, DeadlineKind.BY, None, Flag.YEAR_MISSING
    year, month = int(match["year"]), int(match["month"])
    if flag is Flag.MIDDLE_OF_MONTH:
        return date(year, month, 15), DeadlineKind.BY, None, flag
    if flag is Flag.EARLY_IN_MONTH:
        return date(year, month, 10), DeadlineKind.BY, None, flag
    if match["part"] is None and match[0].endswith("前"):
        eve = date(year - (month == 1), 12 if month == 1 else month - 1, 1)
        return _month_end(eve.year, eve.month), DeadlineKind.BY, None, None
    return _month_end(year, month), DeadlineKind.BY, None, flag


def _is_step(before: str, after: str, match: re.Match[str]) -> bool:
    """Whether a month is the time of a step, not its end: 动员部署阶段(2023年3月), 整改阶段:2023年4月。"""
    open_end = match["year"] and match["part"] in (None, "下旬") and match[0][-1] in "月份旬"
    alone = before.endswith("(") and after.startswith(")")
    return bool(open_end and (alone or (before.endswith("阶段:") and after[:1] in "。\n")))


def _flag_of_part(part: str | None) -> Flag | None:
    """上旬, 中旬 and 下旬 are not days."""
    if part == "中旬":
        return Flag.MIDDLE_OF_MONTH
    if part in ("上旬", "初"):
        return Flag.EARLY_IN_MONTH
    return Flag.LATE_IN_MONTH if part == "下旬" else None


def _year_end(match: re.Match[str], plain: str) -> Made:
    """2023年底, 2025年底前, 2025年前."""
    year = int(match["year"])
    if re.match(r"[一二三四]个?季度", plain[match.end() :]):
        return None
    if re.search(r"延[长续][到至]?$", plain[max(0, match.start() - 3) : match.start() + 1]):
        return None
    before_year = match["edge"] in ("年前", "前", "之前") and "底" not in match[0]
    if before_year and "末" not in match[0]:
        return date(year - 1, 12, 31), DeadlineKind.BY, None, Flag.BEFORE_YEAR
    if match["edge"] in ("前", "之前"):
        return date(year, 12, 31), DeadlineKind.BY, None, None
    return date(year, 12, 31), DeadlineKind.BY, None, None


def _quarter(match: re.Match[str], plain: str) -> Made:
    """…年第三季度末."""
    number = {"一": 1, "二": 2, "三": 3, "四": 4}.get(match["quarter"]) or int(match["quarter"])
    if match["first"] is not None and plain[match.start() - 1] not in ",。;:、(\n":
        return None  # 三季度消除风险 at the head of a clause
    if match["alone"] is not None and not _LABELLED.search(plain[: match.start()][-16:]):
        return None
    if not match["year"]:
        return None, DeadlineKind.BY, None, Flag.YEAR_MISSING
    return _month_end(int(match["year"]), number * 3), DeadlineKind.BY, None, None


def _half(match: re.Match[str], plain: str) -> Made:
    """…年上半年."""
    if not match["year"]:
        return None, DeadlineKind.BY, None, Flag.YEAR_MISSING
    if match["half"] == "下":
        return date(int(match["year"]), 12, 31), DeadlineKind.BY, None, None
    return date(int(match["year"]), 6, 30), DeadlineKind.BY, None, None


def _feast(match: re.Match[str], plain: str) -> Made:
    """2025年国庆节前: the day before it."""
    name = match["feast"][:2]
    if (
        name in ("五一", "十一")
        and "“" not in match[0]
        and plain[: match.start()][-1:] not in _HEAD
    ):
        return None
    if not match["year"]:
        return None, DeadlineKind.BY, None, Flag.YEAR_MISSING
    day = day_of_feast(name, int(match["year"]))
    if day is None:
        return None, DeadlineKind.BY, None, Flag.SEASON
    return day - timedelta(days=1), DeadlineKind.BY, None, None


def _season(match: re.Match[str], plain: str) -> Made:
    """2025年汛期前: no certain day."""
    flag = Flag.SEASON if match["year"] else Flag.YEAR_MISSING
    return None, DeadlineKind.BY, None, flag


def _term(match: re.Match[str], plain: str) -> Made:
    """…年秋季学期开学前: schools begin on about the first of September or of March."""
    if not match["year"]:
        told = match[0][-1] in "前止内"
        return (None, DeadlineKind.BY, None, Flag.YEAR_MISSING) if told else None
    month = 8 if match["term"] == "秋" else 2
    return _month_end(int(match["year"]), month), DeadlineKind.BY, None, Flag.SCHOOL_TERM


def _year(match: re.Match[str], plain: str) -> Made:
    """到2025年, 2021年完成…: the end of that year."""
    if re.match(r" ?\d{1,2}月", plain[match.end() :]):
        return None
    if _PAST.match(plain, match.end()) or plain[match.end() : match.end() + 1] in "-至":
        return None
    if re.search(r"较|(?<!占)比", plain[max(0, match.start() - 2) : match.start()]):
        return None  # 较2023年增加
    groups = match.groupdict()  # 其中2021年2万人次, 力争2020年发放…
    year = groups["year"] or groups["part_of"] or groups["planned"]
    return date(int(year), 12, 31), DeadlineKind.BY, None, None


def _one_of_years(match: re.Match[str], plain: str) -> Made:
    """2024、2025、2026年…分别达到: each year is a date."""
    return date(int(match[0][:4]), 12, 31), DeadlineKind.BY, None, None


def _this_year(match: re.Match[str], plain: str) -> Made:
    """年底前 without a year."""
    if plain[: match.start()].endswith(
        ("近", "常", "成", "青", "多", "上", "去", "往")
    ) or re.search(r"\d年?$", plain[max(0, match.start() - 2) : match.start()]):
        return None
    if match[0] == "年末" and re.match(r"测评|考核|评议|总结|述职|考评", plain[match.end() :]):
        return None
    if match[0] in ("年内", "年前") and not re.search(
        r"(?:[,。;:、\n(]|力争|确保|争取)$", plain[max(0, match.start() - 3) : match.start()]
    ):
        return None
    return None, DeadlineKind.BY, None, Flag.YEAR_MISSING


def _within(match: re.Match[str], plain: str) -> Made:
    """15个工作日内, 一个月内."""
    if value_of(match["count"]) is None or match["unit"] == "年" and len(match["count"]) == 4:
        return None
    before = plain[max(0, match.start() - _NEAR) : match.start()]
    if LASTS.search(before):
        return None  # how long something may take, not by when
    counts = re.search(r"[后起]|收到|接到", match[0])
    if not counts and (_OF_WHOM.search(before) or _RIGHT.match(plain, match.end())):
        return None
    return None, DeadlineKind.WITHIN, None, None


def _range(match: re.Match[str], plain: str) -> Made:
    """2021年4月-2021年7月: until the last day."""
    numbers = re.findall(r"\d+", match["to"])
    years = re.search(r"(20\d\d) ?年", match["to"])
    if years is None and "月" not in match["to"]:
        return None
    year = int((years or re.search(r"(20\d\d)", match["from"]))[1])  # type: ignore[index]
    rest = [int(each) for each in (numbers[1:] if years else numbers)]
    try:
        last = _last_day(year, rest)
    except ValueError:
        return None
    return last, DeadlineKind.WITHIN, None, None


def _plan_end(match: re.Match[str], plain: str) -> Made:
    """The end of a five-year plan, or all of its years."""
    kind = DeadlineKind.BY if match[0].endswith("末") else DeadlineKind.WITHIN
    return date(2025 if match["plan"] == "四" else 2030, 12, 31), kind, None, None


def _dotted(match: re.Match[str], plain: str) -> Made:
    """2024.6.30前, 2024-06-30 under 完成时限; else a version or the number of a document."""
    labelled = _LABELLED.search(plain[max(0, match.start() - 16) : match.start()])
    if not match["tight"] and not labelled:
        return None
    year, month = int(match["year"]), int(match["month"])
    if match["day"] is None:
        return _month_end(year, month), DeadlineKind.BY, None, None
    try:
        return date(year, month, int(match["day"])), DeadlineKind.BY, None, None
    except ValueError:
        return None


def _months(match: re.Match[str], plain: str) -> Made:
    """7月至9月, 7月1日至7月20日: a span whose year is not said."""
    return None, DeadlineKind.WITHIN, None, Flag.YEAR_MISSING


def _last_day(year: int, rest: list[int]) -> date:
    """The last day of a year, a month or the day itself."""
    if not rest:
        return date(year, 12, 31)
    if len(rest) == 1:
        if not 1 <= rest[0] <= 12:
            raise ValueError(rest)
        return _month_end(year, rest[0])
    return date(year, rest[0], rest[1])


def _recurring(match: re.Match[str], plain: str) -> Made:
    """每月, 按季度, 每两周."""
    every = rhythm_at(match, plain)
    return None if every is None else (None, DeadlineKind.RECURRING, every, None)


def _is_citation(match: re.Match[str], plain: str) -> bool:
    """The day of a document that is cited: …(2021年3月1日印发)."""
    cited = re.match(r" ?(?:印发|发布|以来|起|施行|公布)", plain[match.end() :])
    return bool(cited or _IN_FORCE.search(plain[max(0, match.start() - 8) : match.start()]))


_MAKERS: dict[str, Callable[[re.Match[str], str], Made]] = {
    "years": _one_of_years,
    "range": _range,
    "yearly": lambda match, plain: (None, DeadlineKind.RECURRING, rhythm_of(match[0]), None),
    "months": _months,
    "plan_end": _plan_end,
    "dotted": _dotted,
    "day": _day,
    "month": _month,
    "year_end": _year_end,
    "quarter": _quarter,
    "feast": _feast,
    "season": _season,
    "term": _term,
    "half": _half,
    "to_year": _year,
    "year": _year,
    "this_year": _this_year,
    "within": _within,
    "every": _recurring,
}
