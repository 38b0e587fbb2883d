"""Subsidy rates and sums of money that somebody gets or may borrow."""

import re

from anju.reader.model import Amount
from anju.reader.quantities import Quantity, clause_around, is_baseline, quantities_of, says_which

_GIVING = re.compile(
    r"慰问|奖补|补贴|补助|奖励|奖扶|套奖|贴息|资助|救助|低保|保障标准|供养|贷款|授信|给予|补偿|津贴|缴费|代缴|扣减|报销|奖金|"
    r"工资|报酬|一次性|予以支持|(?:安排|投入|预算|列支|筹[措集]|整合|统筹|拨付)[^,。;]{0,16}(?:资金|经费|专项)|"
    r"(?:资金|经费)[^,。;]{0,8}(?:安排|投入|预算|列支|筹[措集]|整合|拨付)"
)
_EARNED = re.compile(
    r"产值|收入|增收|营业额|销售|分红|投资|利润|效益|收益|租金收入|增加值|资金规模|总量|交易额|余额|生产总值"
)
_PER_WHAT = "立方米|立方|千瓦时|公顷|餐|人|户|亩|个|家|名|年|月|天|张|斤|头|只|箱|吨|场|次|生|台|公斤|平方米|学期|学年|所|座|处|栋|套|村|项|站|部|袋|株|棵|条|间|米|公里|件|份|班|课时|小时|门|辆|根|组|支|队|只|羽|期|批|单|镇|乡|县|周|度|车|趟|盏|眼|口"
#: 每个园区奖补300万元: between what is counted and the number stands who gets it.
_FAR_EACH = re.compile(
    r"(?P<what>每(?:人|户|亩|个|家|名|所|座|处|村|栋|台|头|只|套|间|辆|吨|次|期|场)(?:每[月年天次])?)"
    r"[^,。;、\d贷]{0,16}$"
)
#: 每月补贴话费20元: how often it is given, and how much.
_GIVEN_EACH = re.compile(
    r"(?P<what>每(?:人|户|亩|个|家|名|村|生|班|校|岗)?每?(?:[月年天]|季度?|学[期年]))[^,。;、\d]{0,4}(?:补助|补贴|发放|给予|奖励|资助|救助|缴纳?|支付)[^,。;、\d]{0,8}$"
)
#: 按每招用1人给予1500元的标准: a rate where the words call it a standard.
_EACH_ONE = re.compile(
    rf"每(?!人|户)[一-鿿]{{1,6}}[1一](?P<what>{_PER_WHAT})[^,。;、\d贷]{{0,16}}$"
)
#: 户均2.5万元.
_ON_AVERAGE = re.compile(r"(?P<what>[户人亩])均(?:补助|补贴|奖补|奖励|给予|发放|最高|按|约)*$")
_NEXT_SUM = re.compile(r"[、和或及]")
#: 单户额度不超过20万元.
_SINGLE = re.compile(
    r"单([户人个笔村亩家只头台])(?:授信|补助|奖补|补贴|奖励)?(?:最高)?(?:额度|限额|金额|标准|补助|奖补|补贴|奖励)"
    r"(?:原则上|最高|不[超高]过?于?|为|给予|达到?)*$"
)
#: 财政补贴80%, 租金减免30%.
_SHARE_GIVEN = re.compile(r"(?:补[贴助]|奖补|减免|贴息|返还|自缴)$")
_REACHED = re.compile(r"(?:达到?|(?<!不)超过|突破|不低于|不少于|增加到|增长到)$")
_PASSED = re.compile(r"(?:达到?|(?<!不)超过|突破|满)$")  # 留用率达到50%给予奖励
_SPENT = re.compile(r"(?:^|[计拟共将总划])投[资入](?:额|总额)?(?:约|共|为)?$")  # 投资3600万元实施…
_MEAN = re.compile(r"(?:[人户月年]均|平均)[^,。;]{0,6}(?:工资|报酬|收入)")
#: 5000元一次性创业补贴: what is given stands right behind the sum.
_GIFT = re.compile(
    r"(?:/[一-鿿]+)?(?:的(?:标准)?)?(?:给予|予以|发放|落实)?([^,。;、()\n\d的]{0,12}(?:补贴|补助|奖励|奖补|奖金|津贴|资助|救助金|慰问金|报酬))(?=[,。;、()\n]|$)"
)
_BASE = re.compile(r"[由从](?:每.)?\d[\d.]*[万亿]?元(?:提高|增加|调整)?到?$")
_RAISED = re.compile(
    r"(?:[亩户人年月]均[^,。;、\d]{0,6}|助农|带动[^,。;、\d]{0,8})(?:增收|收入)(?:达到?|不低于|超过|增加)?$"
)
_PER = re.compile(rf"(?:/(?:{_PER_WHAT}))+")
_EACH = re.compile(
    rf"(?P<what>(?:每\n?[万千百]?(?:{_PER_WHAT}))+)(?:补助|给予|奖励|补贴|最高|不[超高]过?于?|不低于|不少于|按|套奖补)*$"
)


def is_amount(quantity: Quantity, plain: str, start: int, end: int) -> bool:
    """Whether a number is money given, not a goal."""
    first, last = clause_around(plain, start, end, quantity.start)
    clause = plain[first:last]
    if quantity.is_money:
        if says_which(quantity, plain):
            return False
        if _SPENT.search(plain[first : quantity.start]):
            return True
        if _EACH.search(plain[max(first, quantity.start - 20) : quantity.start]):
            return True
        reached = _REACHED.search(plain[first : quantity.start])
        if reached and (_MEAN.search(clause) or not _GIVING.search(clause)):
            return False
        if _RAISED.search(plain[first : quantity.start]) and not _GIVING.search(clause):
            return False  # 亩均增收300元以上,每亩补贴45元
        return bool(_GIVING.search(_wider(plain, start, end, first, last))) or not _EARNED.search(
            clause
        )
    if quantity.is_share and not _PASSED.search(plain[first : quantity.start]):
        near = plain[quantity.end : quantity.end + 16]
        return bool(
            re.match(
                r"(?:的?(?:标准|比例)?(?:给予|予以|追加|再给予|叠加|进行|发放)?)?(?:奖|补|贴|资助|报销|救助|返还|返补)|(?:的标准)?(?:给予|予以|发放)[^,。;、\d]{0,8}(?:补[贴助]|奖[励补])",
                near,
            )
        ) or bool(_SHARE_GIVEN.search(plain[first : quantity.start]))
    return False


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
            unit, stop = _unit(quantity, plain, start, end)
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


def _unit(quantity: Quantity, plain: str, start: int, end: int) -> tuple[str, int]:
    """元/张, 元/人/年: the rate with what it is per, and where it ends."""
    per = _PER.match(plain, quantity.end, end)
    if quantity.is_money and per:
        return quantity.unit + per[0], per.end()
    before = plain[max(0, quantity.start - 20) : quantity.start]
    single = _SINGLE.search(plain, max(0, quantity.start - 20), quantity.start)
    if quantity.is_money and single:
        return f"{quantity.unit}/{single[1]}", quantity.end
    each = _EACH.search(before) or _GIVEN_EACH.search(before) or _FAR_EACH.search(before)
    if quantity.is_money and each:
        return quantity.unit + each["what"].replace("每", "/").replace("\n", ""), quantity.end
    one = _ON_AVERAGE.search(before)
    if plain.startswith("的标准", quantity.end):
        one = one or _EACH_ONE.search(plain, max(start, quantity.start - 40), quantity.start)
    if quantity.is_money and one:
        return f"{quantity.unit}/{one['what']}", quantity.end
    return quantity.unit, quantity.end


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
