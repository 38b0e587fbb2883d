"""Subsidy rates and sums of money that somebody gets or may borrow."""

import re
from functools import lru_cache

from anju.reader.model import Amount
from anju.reader.quantities import Quantity, clause_around, is_baseline, quantities_of, says_which
from anju.reader.rates import is_given_share, is_rate, unit_with_rate

_GIVING = re.compile(
    r"慰问|奖补|补贴|补助|奖励|奖扶|套奖|贴息|资助|救助|低保|保障标准|供养|贷款|授信|给予|补偿|津贴|缴费|代缴|扣减|报销|奖金|"
    r"工资|报酬|一次性|予以支持|(?:安排|投入|预算|列支|筹[措集]|整合|统筹|拨付)[^,。;]{0,16}(?:资金|经费|专项)|"
    r"(?:资金|经费)[^,。;]{0,8}(?:安排|投入|预算|列支|筹[措集]|整合|拨付)"
)
_EARNED = re.compile(
    r"产值|收入|增收|营业额|营收|销售|分红|利润|效益|收益|增加值|资金规模|总量|交易额|成交额|余额|生产总值|税收|零售额|存款|进出口|产出|消费额|创收|收回(?![^,。;\d]{0,8}(?:资金|补[贴助]))|清收|消费帮扶|采购|帮销|代销"
)
_NEXT_SUM = re.compile(r"[、和或及]|、(?![^,。;、]*[补奖贴投助资])[^,。;、\d每]{1,8}")
_REACHED = re.compile(r"(?:达到?|(?<!不)超过|突破|不低于|不少于|增加到|增长到)$")
#: 统筹不少于800万元支持…, 投资3600万元实施….
_SET_ASIDE = re.compile(
    r"投[资入]|统筹|安排|落实|列支|预算|筹[集措资]|整合|争取|拨付|下达|支出|支持"
)
_MEAN = re.compile(r"[人户月年]均[^,。;]{0,6}(?:工资|报酬|收入)|平均[^,。;]{0,6}收入")
#: 5000元一次性创业补贴: what is given stands right behind the sum.
_GIFT = re.compile(
    r"(?:/[一-鿿]+)?(?:的(?:标准)?)?(?:给予|予以|发放|落实)?([^,。;、()\n\d的]{0,12}(?:补贴|补助|奖励|奖补|奖金|津贴|资助|救助金|慰问金|报酬))(?=[,。;、()\n]|$)"
)
_BASE = re.compile(r"[由从](?:每.)?\d[\d.]*[万亿]?元(?:提高|增加|调整)?到?$")
_RAISED = re.compile(
    r"(?:[亩户人年月]均[^,。;、\d]{0,6}|助农|带动[^,。;、\d]{0,8})(?:增收|收入)(?:达到?|不低于|超过|增加)?$"
)


@lru_cache(maxsize=64)
def is_amount(quantity: Quantity, plain: str, start: int, end: int) -> bool:
    """Whether a number is money given, lent or set aside, and not a goal."""
    first, last = clause_around(plain, start, end, quantity.start)
    if says_which(quantity, plain):
        return False
    if quantity.is_share:
        return is_given_share(quantity, plain, first, last)
    if not quantity.is_money:
        return False
    before, clause = plain[first : quantity.start], plain[first:last]
    if _RAISED.search(before):
        return False
    if is_rate(quantity, plain, start, end) and not _MEAN.search(clause):
        return True
    if _REACHED.search(before):
        told = _wider(plain, start, end, first, last) if before.startswith("其中") else before
        return not _MEAN.search(clause) and bool(_GIVING.search(clause) or _SET_ASIDE.search(told))
    if _EARNED.search(clause):
        return bool(_GIVING.search(_wider(plain, start, end, first, last)))
    return True


def _wider(plain: str, start: int, end: int, first: int, last: int) -> str:
    """The clause with the one before and the one after it."""
    before, _ = clause_around(plain, start, end, max(start, first - 2))
    _, after = clause_around(plain, start, end, min(end - 1, last + 1))
    return plain[before:after]


def amounts_of(plain: str, start: int, end: int) -> list[Amount]:
    """Rates and sums of a stretch, in order."""
    found: list[Amount] = []
    for quantity in quantities_of(plain, start, end):
        if is_amount(quantity, plain, start, end) and not is_baseline(quantity, plain):
            unit, stop = (
                unit_with_rate(quantity, plain, start, end)
                if quantity.is_money
                else (quantity.unit, quantity.end)
            )
            if (
                found
                and "/" not in unit
                and _NEXT_SUM.fullmatch(plain, found[-1].end, quantity.start)
            ):
                before, _, per = found[-1].unit.partition("/")  # 每人每月760元、590元
                unit += f"/{per}" if per and before == unit else ""
            what = _what(quantity, plain, start, end)
            found.append(Amount(what, quantity.low, unit, quantity.start, stop))
    return found


def _what(quantity: Quantity, plain: str, start: int, end: int) -> str:
    """What the money is for: 300万元的创业担保贷款, else the words before the number."""
    first, last = clause_around(plain, start, end, quantity.start)
    told = _GIFT.match(plain, quantity.end, last)
    if told:
        return told[1]
    after = re.match(
        r"(?:/[一-鿿])*(?:的(?:标准)?(?:给予|予以|发放|落实)?|给予|予以)([^,。;、()\n]{2,})",
        plain[quantity.end : last],
    )
    if after:
        return after[1].strip()
    piece = plain[first : quantity.start]
    if piece.rfind("(") > piece.rfind(")"):
        piece = piece[: piece.rfind("(")]  # the bracket only limits what stands before it
    piece = re.split(r"、", piece)[-1]
    piece = _BASE.sub("", piece)
    piece = re.sub(
        r"(?:按照?|给予|予以|奖补|最高|不超过|提高到|达到|标准为|每台|每人|每户|每亩|每个|每月|每年|不低于|不少于|约|由|为|\d.*)+$",
        "",
        piece,
    )
    return re.sub(r"^(?:其中|对|在|按照?|由|给予)+", "", piece.strip()).strip(" 的")
