"""How often something is done: 每月, 按季, 每两周, 每季度末月25日前."""

import re

from anju.reader.model import Every

_RATE = re.compile(
    r"(?:最高|最多|补助|补贴|给予)*(?:不超过)?\d[\d.]*万?元"
    r"|[^,。;、\d]{0,6}(?:补助|补贴|发放|给予|奖励|缴费?|支付)[^,。;、\d]{0,8}\d[\d.]*万?元"
)
_SUM = re.compile(r"[^,。;、\n]{0,16}\d[\d.]*万?元")
#: 每天20万吨: how much at a time; 每天2次 is a rhythm.
_CAPACITY = re.compile(r"\d[\d.]*万?(?:吨|立方米?|千瓦|蒸吨|公斤|斤|升|方|兆瓦)")
#: 每户每月免收2吨水费: what somebody is spared, or may use.
_FREE = re.compile(r"[^,。;\n]{0,12}(?:免|减|以内|限额|补|发放|领取)")
_RHYTHM = (
    (Every.HALF_YEAR, re.compile("半年|学期|[六6]个月")),
    (Every.QUARTER, re.compile("季|[三3]个月")),
    (Every.TWO_MONTHS, re.compile("[两2双]个?月")),
    (Every.HALF_MONTH, re.compile("半个?月")),
    (Every.TWO_WEEKS, re.compile("[两2双]个?(?:周|星期)")),
    (Every.WEEK, re.compile("周|星期")),
    (Every.MONTH, re.compile("月")),
    (Every.YEAR, re.compile("年")),
    (Every.DAY, re.compile("日|天")),
)


def rhythm_at(match: re.Match[str], plain: str) -> Every | None:
    """How often words such as 每月 say that something is done; None for rates, sizes and slogans."""
    rate = re.search(
        r"每(?:人|户|亩|个|名|生|家|台)$", plain[max(0, match.start() - 2) : match.start()]
    ) and (_SUM.match(plain, match.end()) or _FREE.match(plain, match.end()))
    slogan = re.search(r"“[^”]{0,20}$", plain[max(0, match.start() - 21) : match.start()])
    if _CAPACITY.match(plain, match.end()):
        return None
    if match[0] == "半年" or slogan or rate or _RATE.match(plain, match.end()):
        return None  # 每人每月1200元 is a rate
    return rhythm_of(match[0])


def rhythm_of(words: str) -> Every:
    """How often: 每年3月、9月 is each year, 每季度末月25日前 each quarter."""
    if words.startswith("每年"):
        return Every.YEAR
    return next(every for every, sign in _RHYTHM if sign.search(words))
