"""How a number compares with what is to be reached (不低于, 以上, 达到), and whether it is a goal at all."""

import re

from anju.reader.making import (
    AT_HEAD,
    BEFORE_NUMBER,
    COUNTED,
    EVENTS,
    FOR_EACH,
    HELD,
    IN_LIST,
    MADE,
    OF_EACH,
    ONE_OF,
)
from anju.reader.model import Operator
from anju.reader.quantities import UNITS, Quantity, clause_around, says_which

BEFORE = (
    (
        Operator.AT_LEAST,
        re.compile(
            r"(?:不得?(?:少于|低于|小于)|≥|>=|至少(?:达到|达|有|要有|配|设|建|配备|建成|培养|开展)?|最少|"
            r"下降|降低|减少|压减|压缩|缩减|缩短)$"
        ),
    ),
    (
        Operator.AT_MOST,
        re.compile(
            r"(?:不得?(?:超过|高于|大于|多于|突破)|≤|<=|(?:缩短|下降|降低|压降|压减|压缩|缩减|减少|降)(?:到|至|为)|控制在|至多|最多)$"
        ),
    ),
    (Operator.MORE, re.compile(r"(?:超过|突破|高于|超|大于|多于|>|＞)$")),
    (Operator.LESS, re.compile(r"(?:低于|少于|小于|<|＜)$")),
    (
        Operator.EQUAL,
        re.compile(
            r"(?:(?:稳定|保持|维持)在|(?:提高|提升|增加|扩大)[^,。;、\d]{2,16}(?:到|至)|(?:占比|比例|比重)(?:到|至)|(?:提高|提升|增长|增加|扩大|调整|上升|升)(?:到|至)|(?:分别)?达到?|"
            r"(?:提高|增长|提升|增加)|为|完成|实现|保持|翻)$"
        ),
    ),
)
_AFTER = (
    (Operator.AT_LEAST, re.compile(r"(?:\([一-鿿]{1,3}\))?(?:及以上|以上)")),  # 2500万头(只)以上
    (Operator.AT_MOST, re.compile(r"(?:及以下|以下|以内|之内)")),
)
#: 产值超5000万元的企业3家.
_WHICH_ONES = re.compile(r"(?:以上|以下)?的(?:占比|比例|比重|[^,。;、]{1,12}\d)")
_COURSE = re.compile(r"(?:[班训刊课报]|培训|活动|讲座)各?$")
_TAKEN = re.compile(r"按照?(?:不[低少高超]于?过?|至少)")
_RATIO = re.compile(r"以?上?的?比例(?:[抽核复检查随入])")
_OF_THESE = re.compile(r"(?:针?对|围绕|聚焦|将|把)[^每]*\Z")
_REFERENCE = re.compile(
    r"(?:全[市县区镇省]|聚焦|对|将|把|现有|已有|已|共有|除|等|这|的|以|在|按|按照|满|签订|第|前|近|每|各|享受|限|余|由|(?<!意)向|与|同|宽|高|厚|深)$"
)
FAR = (
    (Operator.AT_LEAST, re.compile(r"(?:不少于|不低于|至少达?到?)[^,。;、\d]{1,24}$")),
    (Operator.AT_MOST, re.compile(r"(?:不超过|不高于|控制在)[^,。;、\d]{1,24}$")),
    (Operator.MORE, re.compile(r"(?<!不)(?:高于|快于)[^,。;、\d]{2,24}$")),
)
_AT_LEAST_OF = re.compile(r"(?:不少于|至少|最少)(?P<what>[^\d,。;、\n至少]{2,16})$")
_RATE = re.compile(
    r"(?:率|比例|占比|比重|覆盖面|满意度|合格|到位)(?:均|都|要|应|须|必须|力争|到|提高到20\d\d年的)?$"
)
_OF_WHOLE = re.compile(r"(?:完成|达到?)[^,。;、\d]{1,12}的$")  # 完成总量的50%
OF_YEAR = re.compile(r"(?<=[到至])20\d\d年(?:底|末)?的$")  # 由62%提高到2025年的75%
_WHOLE = re.compile(r"完成|建成|创建|改造|打造|落实|配备|新增")
_BEFORE_IN_ROW = re.compile(rf"\d[万亿千百]*(?:{UNITS})[、和]$")
_NEAR = 40  # signs
ENDS = re.compile(r"[,。;、\n()和及]| *\||$|的(?:目标|要求|任务|标准(?!化)|水平)")
#: 不再新建每小时35蒸吨以下锅炉; 全县136个村: a size, and how many there are.
_OFTEN = re.compile(r"每(?:半?年|个?[季月周天日]|两|学期)|按[季月周]")
#: 为3500户家庭开展适老化改造: for how many it shall be done.
_FOR_THEM = re.compile(
    r"[^,。;、\d以]{0,12}(?:开展|办理|安装|加装|提供|实施|配备|购买|发放|改造|建立|落实|进行|配置|配发|新建|修缮)"
    r"(?=[^,。;\d\n]*(?:[,。;\n]|$))"
)
_CAP = re.compile(
    r"(?:最多|至多|最高)(?:不[超多]过?于?)?(?:补助|奖补|补贴|享受|给予|支持)?(?:不[超多]过?于?)?$"
)  # of what somebody may get
_SIZE = re.compile(r"(?:建筑面积|占地(?:面积)?|用地(?:面积)?)(?:约|共)?$")
_FORBIDDEN = re.compile(r"(?:不再|禁止|严禁|不得)(?:新建|新增|扩建|审批|建设|增加)")
_OF_ALL = re.compile(r"全[市县区镇省州乡]$")
#: 最长不超过15天给予补贴, 贴息期限不超过3年: how long something is given.
_OF_RIGHT = re.compile(r"补贴|补助|贴息|给予|享受|每人|贷款|免租|有效期")


def comparison_of(quantity: Quantity, plain: str, start: int, end: int) -> Operator | None:
    """How the number compares; None where it is no goal at all."""
    before = OF_YEAR.sub("", plain[max(start, quantity.start - 12) : quantity.start].rstrip())
    after = plain[quantity.end : min(end, quantity.end + 12)]
    chinese = not (quantity.written[0].isdigit() or quantity.is_share or quantity.low >= 10)
    told = _told(before, after)
    if told is not None and quantity.is_share and _TAKEN.search(before) and _RATIO.match(after):
        return told  # 按不低于10%的比例抽查
    if _is_no_goal(quantity, plain, start, told, after):
        return None
    if chinese and quantity.unit != "番":
        return _of_few(quantity, plain, start, told, before, after)
    compared = next((operator for operator, sign in _AFTER if sign.match(after)), told)
    sure = (
        (told is not None and not _describes(before, after))
        or _closes(after)
        or _is_made(quantity, plain, start, before, after)
    )
    if compared is not None and sure:
        return compared
    if not quantity.is_known and not BEFORE_NUMBER.search(before):
        return Operator.EQUAL if made_in_front(plain, start, quantity) else None
    if quantity.is_share or quantity.unit == "倍":
        carried = Operator.EQUAL if _carried(plain, start, quantity) else None
        return _share(quantity, plain, start, before, after) or carried
    if before.endswith("为") and _FOR_THEM.match(plain, quantity.end):
        return Operator.EQUAL
    if counted_from_afar(plain, start, quantity):
        return Operator.AT_LEAST
    if (
        BEFORE_NUMBER.search(before)
        or (HELD.search(before) and quantity.unit in EVENTS)
        or made_in_front(plain, start, quantity)
        or _listed_after_making(plain, start, quantity)
    ):
        # 建设30户以上自然村道路: the number belongs to what is built, not to how many are.
        return None if _AFTER[0][1].match(after) else Operator.EQUAL
    if _carried(plain, start, quantity) or _part_of_whole(plain, start, end, quantity):
        return Operator.EQUAL
    if _REFERENCE.search(before) or not before or before[-1] in ",。;:(、\n":
        return None
    return Operator.EQUAL if ENDS.match(after) else None


def compared_behind(quantity: Quantity, plain: str) -> Operator | None:
    """The comparison behind a number."""
    after = plain[quantity.end : quantity.end + 6]
    return next((operator for operator, sign in _AFTER if sign.match(after)), None)


def _is_no_goal(
    quantity: Quantity, plain: str, start: int, told: Operator | None, after: str
) -> bool:
    """Whether a number says who is meant, what is spoken of, or a span of time (24小时内)."""
    if says_which(quantity, plain) or _WHICH_ONES.match(after):
        return True
    first, last = clause_around(plain, start, quantity.end, quantity.start)
    before = plain[first : quantity.start]
    if _FORBIDDEN.search(before) or _OF_ALL.search(before) or _SIZE.search(before):
        return True
    if _CAP.search(before) or (quantity.is_time and after.startswith("的")):
        return True
    if quantity.is_time and _OF_RIGHT.search(f"{before}|{plain[quantity.end : quantity.end + 8]}"):
        return True
    if told is None and not quantity.is_share and _spoken_of(plain, start, quantity):
        return True
    return quantity.is_time and told not in (Operator.AT_LEAST, Operator.AT_MOST)


def _of_few(
    quantity: Quantity, plain: str, start: int, told: Operator | None, before: str, after: str
) -> Operator | None:
    """三个 says how many there are more often than how many there shall be; 二期 says which one."""
    if quantity.written == "零":
        return Operator.EQUAL
    if quantity.unit == "期" and not _COURSE.search(before):
        return None
    if told not in (None, Operator.EQUAL):
        return told
    first, _ = clause_around(plain, start, quantity.end, quantity.start)
    if quantity.written == "一" and _OFTEN.search(plain, first, quantity.start):
        return None  # 每半年至少开展一次 says how often
    if counted_from_afar(plain, start, quantity):
        return Operator.AT_LEAST
    if ENDS.match(after) and made_in_front(plain, start, quantity):
        return Operator.EQUAL
    counted = quantity.unit in (ONE_OF if quantity.low == 1 else COUNTED)
    return Operator.EQUAL if counted and BEFORE_NUMBER.search(before) else None


def _describes(before: str, after: str) -> bool:
    """实现800人以上安置区全覆盖: the number says of what size the thing is that follows."""
    return bool(re.search(r"(?:实现|完成)$", before) and re.match(r"及?以[上下][一-鿿]", after))


def _is_made(quantity: Quantity, plain: str, start: int, before: str, after: str) -> bool:
    """选派特派员20名以上驻点, 提供3次以上岗位推荐, 将80%以上的面积纳入: a number made, not a size."""
    if quantity.is_share:
        return bool(re.search(r"(?:将|把|使)$", before))
    if made_in_front(plain, start, quantity) and not before.endswith(("和", "及", "或", "、")):
        return not re.match(r"(?:及?以[上下内])的", after)
    return quantity.unit in COUNTED and bool(BEFORE_NUMBER.search(before) or HELD.search(before))


def _told(before: str, after: str) -> Operator | None:
    """The comparison before a number; 为 is one where nothing follows (not in 为12栋楼加装扶手)."""
    if before.endswith("为") and not ENDS.match(after):
        return None
    return next((operator for operator, sign in BEFORE if sign.search(before)), None)


def _spoken_of(plain: str, start: int, quantity: Quantity) -> bool:
    """对排查发现的渗漏186户: what there is already; 每输送1人: for what something is given."""
    first, _ = clause_around(plain, start, quantity.end, quantity.start)
    before = plain[first : quantity.start]
    return bool(FOR_EACH.search(before) or (_OF_THESE.match(before) and not MADE.search(before)))


def _share(quantity: Quantity, plain: str, start: int, before: str, after: str) -> Operator | None:
    """不低于项目总投资15%: the comparison stands before what the share is of."""
    wider = plain[max(start, quantity.start - 32) : quantity.start]
    for operator, sign in FAR:
        if sign.search(wider):
            return operator
    reached = (
        re.match(r"达到|完成", after)
        or _OF_WHOLE.search(wider)
        or (_RATE.search(before) and ENDS.match(after))
    )
    return Operator.EQUAL if reached and before else None


def counted_from_afar(plain: str, start: int, quantity: Quantity) -> re.Match[str] | None:
    """至少入户走访1次: what is counted stands between the comparison and the number."""
    return _AT_LEAST_OF.search(plain, max(start, quantity.start - _NEAR), quantity.start)


def _closes(after: str) -> bool:
    """Whether nothing follows 以上 that it would describe."""
    rest = _AFTER[0][1].sub("", _AFTER[1][1].sub("", after, count=1), count=1)
    return bool(ENDS.match(rest)) or rest.startswith(
        ("的村", "的行政村", "的农户", "的家庭", "用于")
    )


def _carried(plain: str, start: int, quantity: Quantity) -> bool:
    """3个、7个和50个: the second and third of a row of values."""
    before = plain[max(start, quantity.start - _NEAR) : quantity.start]
    return bool(_BEFORE_IN_ROW.search(before))


def _part_of_whole(plain: str, start: int, end: int, quantity: Quantity) -> bool:
    """完成甲、乙等4个示范村和8个提升村: the verb stands at the head of the clause."""
    first, _ = clause_around(plain, start, end, quantity.start)
    verb = _WHOLE.search(plain, first, quantity.start)
    return (
        verb is not None
        and verb.start() - first <= 12
        and not plain[quantity.end : quantity.end + 2].startswith(("以上", "月"))
    )


def made_in_front(plain: str, start: int, quantity: Quantity) -> bool:
    """开发公益岗位150个兜底安置: the verb begins the clause and the sentence goes on after the number."""
    first, _ = clause_around(plain, start, quantity.end, quantity.start)
    return any(sign.match(plain, first, quantity.start) for sign in (AT_HEAD, OF_EACH, IN_LIST))


def _listed_after_making(plain: str, start: int, quantity: Quantity) -> bool:
    """和10个社区: after a number that was made or reached."""
    return bool(
        re.search(
            r"(?:新增|再建)\d+个[^,。;]{1,8}和$",
            plain[max(start, quantity.start - _NEAR) : quantity.start],
        )
    )
