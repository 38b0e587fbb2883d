"""Days that a plan tells in words: within a month of its issue, before the end of each September.

Plain Python. What counts from something else (自受理之日起15日内), or in working days, is a standard of
the work and no day of the plan's.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

from anju.reader.numerals import CHINESE, value_of

_WITHIN: Final = re.compile(
    rf"(?P<count>\d+|[{CHINESE}]+) ?(?P<unit>个?自然日|天|日|个月|周|个星期|年)(?:之内|以内|内)"
)
_SINCE: Final = re.compile(r"自([^，。；,;]{1,16}?)起")
_ISSUE: Final = re.compile("印发|发布|下发|出台|通知|方案|意见")
_IN_YEAR: Final = re.compile(
    r"(?P<month>1[0-2]|0?[1-9])月(?:份)?(?:(?P<day>\d{1,2})[日号]|(?P<part>上旬|中旬|下旬|底|末|初))?"
    r"(?:之|以)?(?P<before>前)?"
)
_IN_PERIOD: Final = re.compile(
    r"每个?(?:两个月|季度?|半年|月份?)的?(?P<which>首月|第一个月|末月|最后一?个月)?的?(?P<day>\d{1,2})[日号]"
)
_LAST: Final = ("末月", "最后一个月", "最后个月")
_LAST_MONTH: Final = {"month": 1, "two_months": 2, "quarter": 3, "half_year": 6}
_DAYS: Final = {"天": 1, "日": 1, "自然日": 1, "周": 7, "星期": 7}
_PARTS: Final = {"上旬": 10, "初": 10, "中旬": 15}


def last_day_within(words: str, issued_on: date) -> date | None:
    """The last day of 一个月内, 自印发之日起30日内; None for what does not count from the issue."""
    match = _WITHIN.search(words)
    since = _SINCE.search(words)
    if match is None or (since is not None and not _ISSUE.search(since[1])):
        return None
    count = value_of(match["count"])
    if count is None or count != int(count) or count > 1000:
        return None
    unit = match["unit"].removeprefix("个")
    if unit in _DAYS:
        return issued_on + timedelta(days=int(count) * _DAYS[unit])
    return _months_after(issued_on, int(count) * (12 if unit == "年" else 1))


def day_in_year(words: str, year: int) -> date | None:
    """The day of 每年9月底前 in a year, read as the plan reader reads days; None without one."""
    match = _IN_YEAR.search(words)
    if match is None:
        return None
    month, last = int(match["month"]), calendar.monthrange(year, int(match["month"]))[1]
    if match["day"]:
        return date(year, month, min(int(match["day"]), last)) if int(match["day"]) else None
    if match["part"]:
        return date(year, month, _PARTS.get(match["part"], last))
    if match["before"]:  # 9月前 is the end of August
        eve = date(year, month, 1) - timedelta(days=1)
        return date(year, eve.month, eve.day)
    return date(year, month, last)


def day_in_rhythm(words: str, every: str, year: int) -> date | None:
    """The day of 每月5日前, 每季度末月25日前 in the first period of a year; None without one."""
    match = _IN_PERIOD.search(words)
    if match is None or every not in _LAST_MONTH or not 1 <= int(match["day"]) <= 31:
        return None
    month = _LAST_MONTH[every] if match["which"] in _LAST else 1
    if every != "month" and match["which"] is None:
        return None
    return date(year, month, min(int(match["day"]), calendar.monthrange(year, month)[1]))


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
