"""What a sum is per (每人每月1500元, 户均2.5万元, 0.6元/立方米), and shares that are given (按50%给予补贴)."""

import re

from anju.reader.quantities import Quantity

_MEASURES = (
    "人 户 亩 个 家 名 位 年 月 天 日 张 斤 头 只 箱 吨 场 次 人次 户次 车次 生 台 公斤 千克 平方米 立方米 立方 千瓦时 公顷 "
    "餐 季度 季 学期 学年 所 座 处 栋 套 村 项 站 部 袋 株 棵 条 间 米 公里 件 份 班 课时 学时 小时 门 辆 根 组 支 队 羽 期 批 单 镇 乡 "
    "县 周 度 车 趟 盏 眼 口 枚 校 岗 床 幢 户籍 社区 园区 车间 亩次"
).split()
_PER = "|".join(sorted(_MEASURES, key=len, reverse=True))
_TIMES = ("年", "月", "天", "日", "周", "季", "季度", "学期", "学年")
_GIVEN = "补助|补贴|发放|给予|予以|奖励|奖补|资助|救助|缴纳?|支付|享受|领取|增发|加发|补发"
#: 每人每月, 每招用1人, 每张床位: what is counted, then what stands between it and the sum.
_EACH = re.compile(
    rf"每\n?(?:[^,。;:、\d每]{{1,8}}?(?:[1一]\n?))?(?P<one>[万千百]?(?:{_PER}))(?!百分|性)(?:[^,。;:、\d每]{{1,6}}(?=每))?(?P<more>(?:每(?:{_PER}))*)"
    r"(?P<between>[^,。;:、\d每]{0,16})$"
)
#: 每介绍1人稳定就业满3个月,给予120元: the rate is said in the clause before.
_EACH_BEFORE = re.compile(
    r"每[^,。;:、\d每]{0,8}?[1一](?P<one>[人名个户家亩件单台例期场项头只所村])(?!百分|性)(?P<more>)[^。;、]{0,24},"
    r"(?:可|再|另|一次性|分别|均|各|由[^,。;:、\d]{1,6})?(?P<between>(?:按|给予|予以|奖励|补助|补贴|发放|支付)[^,。;:、\d]{0,10})$"
)
_ON_AVERAGE = re.compile(r"(?P<one>[户人亩村车])均(?P<more>)(?P<between>[^,。;:、\d]{0,10})$")
_SINGLE = re.compile(r"单(?P<one>[户人笔村亩家只头台])(?P<more>)(?P<between>[^,。;:、\d]{0,12})$")
#: 由每人每月600元提高至800元: the second sum is per the same.
_RAISED_TO = re.compile(r"\d[\d.]*万?元(?:提高|增加|调整|上调|提升)(?:到|至|为)$")
_BEHIND = re.compile(rf"(?:\(?[/·每](?:{_PER})\)?)+")
_SET_ASIDE = re.compile(
    r"安排|投入|列支|筹|预算|统筹|整合|落实|争取|拨付|新增|发放[^,。;]{0,8}贷款"
)
_EARNED_BY = re.compile(r"增收|收入|分红|产值|利润")
_FAR = 44  # signs before a sum in which its rate is said

_GIVEN_BEHIND = re.compile(
    r"(?:的)?(?:标准|比例|额度)?(?:内)?(?:,?(?:一次性)?(?:给予|予以|进行|发放|落实|享受|实行|追加|再给予|叠加|计发|由[^,。;、\d]{1,8}))?"
    r"[^,。;、\d达完]{0,10}?(?:奖[励补扶]|补[贴助偿]|贴息|资助|报销|救助|返[还补]|减免|承担|支付|分担|代缴)|贴息|奖补|补"
)
_GIVEN_BEFORE = re.compile(
    r"(?:补[贴助]|奖补|减免|减征|减收|贴息|返还|自缴|自付|承担|分担|负担|资助|代缴)(?:比例|标准|额度)?(?:为|按|最高|不[超高]过?于?|约|的)*$"
    r"|(?:财政|县级|市级|政府)[^,。;、\d]{0,4}(?:补[贴助]|承担)[^,。;、\d]{0,8}的$"
    r"|(?:补[贴助]|贴息|奖补)(?:比例|标准)不[低少]于$"
    r"|(?:返还|补[贴助]|贴息|奖补)(?:标准|比例)(?:可|最高|统一)?(?:提高|调整|按)[^,。;、\d]{0,28}$"
)
_PASSED = re.compile(r"(?:达到?|(?<!不)超过|突破|满)$")  # 留用率达到50%给予奖励


def unit_with_rate(quantity: Quantity, plain: str, start: int, end: int) -> tuple[str, int]:
    """元/张, 元/人/年: the unit with what it is per, and where it ends."""
    behind = _BEHIND.match(plain, quantity.end, end)
    if behind:
        return quantity.unit + re.sub(r"[·每]", "/", re.sub(r"[()]", "", behind[0])), behind.end()
    said = _said_before(quantity, plain, start)
    if said is None:
        return quantity.unit, quantity.end
    per = "/".join([said["one"], *said["more"].split("每")[1:]])
    return f"{quantity.unit}/{per}", quantity.end


def is_rate(quantity: Quantity, plain: str, start: int, end: int) -> bool:
    """Whether a sum is given for each of something; 人均增收3000元 is none."""
    if _BEHIND.match(plain, quantity.end, end):
        return True
    said = _said_before(quantity, plain, start)
    return said is not None and not _EARNED_BY.search(said["between"])


def is_given_share(quantity: Quantity, plain: str, first: int, last: int) -> bool:
    """Whether a share is a rate of subsidy: 按投资额的20%予以补助, 财政承担60%."""
    before = plain[first : quantity.start]
    if _PASSED.search(before):
        return False
    given = _GIVEN_BEHIND.match(plain, quantity.end, last) or _GIVEN_BEFORE.search(before)
    return bool(given)


def _said_before(quantity: Quantity, plain: str, start: int) -> re.Match[str] | None:
    """每人每月 before a sum; each year alone is no rate where money is only set aside."""
    before = _RAISED_TO.sub("", plain[max(start, quantity.start - _FAR) : quantity.start])
    for sign in (_EACH, _ON_AVERAGE, _SINGLE, _EACH_BEFORE):
        said = sign.search(before)
        if said is None:
            continue
        per_time = {said["one"], *said["more"].split("每")[1:]} <= set(_TIMES)
        if per_time and (_SET_ASIDE.search(said["between"]) or not _is_given(said, before)):
            continue
        return said
    return None


def _is_given(said: re.Match[str], before: str) -> bool:
    """每月补贴话费20元, 标准为每月1200元: a rate of time only where the words speak of giving."""
    return bool(re.search(_GIVEN, before) or not said["between"].strip())
