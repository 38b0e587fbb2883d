"""Numbers to be reached: the indicator, how it compares, the value, by when."""

import re

from anju.reader.amounts import is_amount
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
from anju.reader.model import Deadline, Operator, Target
from anju.reader.quantities import (
    UNITS,
    Quantity,
    clause_around,
    is_baseline,
    quantities_of,
    says_which,
    sentence_start,
)
from anju.reader.scopes import governing_date
from anju.reader.value_rows import by_listed_years, compared_alike

_BEFORE = (
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
            r"(?:(?:稳定|保持|维持)在|(?:提高|提升|增长|增加|扩大|调整|上升|升)(?:到|至)|(?:分别)?达到?|"
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
_FAR = (
    (Operator.AT_LEAST, re.compile(r"(?:不少于|不低于|至少达?到?)[^,。;、\d]{1,24}$")),
    (Operator.AT_MOST, re.compile(r"(?:不超过|不高于|控制在)[^,。;、\d]{1,24}$")),
)
_AT_LEAST_OF = re.compile(r"(?:不少于|至少|最少)(?P<what>[^\d,。;、\n至少]{2,16})$")
_BUILT = re.compile(r"(?:配|新|组|改|扩)建|配[置备套]|建成|培育|举办|开展")
_RATE = re.compile(
    r"(?:率|比例|占比|比重|覆盖面|满意度|合格|到位)(?:均|都|要|应|须|必须|力争|到|提高到20\d\d年的)?$"
)
_OF_WHOLE = re.compile(r"(?:完成|达到?)[^,。;、\d]{1,12}的$")  # 完成总量的50%
_OF_YEAR = re.compile(r"(?<=[到至])20\d\d年(?:底|末)?的$")  # 由62%提高到2025年的75%
_WHOLE = re.compile(r"完成|建成|创建|改造|打造|落实|配备|新增")
_BEFORE_IN_ROW = re.compile(rf"\d[万亿千百]*(?:{UNITS})[、和]$")
_NEAR = 40  # signs
_ENDS = re.compile(r"[,。;、\n()和及]| *\||$|的(?:目标|要求|任务|标准|水平)")
#: What stands between two numbers of a row: the name of what the first counts.
_NEXT_OF_ROW = re.compile(r"(?:及?以上|左右)?[^,。;:、\d的]{2,16}[、和及与](?:至少)?")
#: 较上年增长5个百分点: of what was spoken of before.
_RELATIVE = re.compile(
    r"(?:同比|环比|(?:较|比)(?:上年|去年|上一?年度|同期|20\d\d年|目前)(?:底|末|同期)?)(?:再)?"
)
_DATE_IN_FRONT = re.compile(
    r"^(?:[上下]半年|年[底内]前?|全年|今年)|^(?:截至|截止|直?到|至)?(?:20\d\d ?年)?"
    r"(?:\d{1,2}月份?(?:\d{1,2}[日号])?|[春秋]季(?:学期)?开学|第?[一二三四1-4]季度)"
    r"(?:[上中下]旬|底|末|初)?(?:之?前|以前|内)?"
)
_LEADING = re.compile(
    r"^(?:(?:并|且|要|至|将|力争|确保|争取|实现|到(?!位)|使|其中|同时|努力|分别|全面|大力|继续|累计|新增|原则上|20\d\d年?(?:底|末)?(?:前)?|"
    r"每年|每学年|全年|年均|用[^,]{1,3}年时间|建成|建设|新建改建|新创建|创建|培育|发展|打造|完成|新建|改建|启动创建|提升改造|引进)+)"
)


def targets_of(
    plain: str, start: int, end: int, deadlines: list[Deadline], title: str = ""
) -> list[Target]:
    """Targets of a stretch, in order; what is counted may be said in the title alone."""
    found: list[Target] = []
    refused = -1  # where the last number ends that is no goal
    for quantity in quantities_of(plain, start, end):
        if is_amount(quantity, plain, start, end) or is_baseline(quantity, plain):
            continue
        operator = _operator(quantity, plain, start, end)
        if operator is None and _goes_on(found, quantity, plain):
            operator = found[-1].operator
        if operator is None or (refused >= 0 and plain[refused : quantity.start] in ("、", "和")):
            refused = quantity.end  # 分别按50%、30%减收
            continue
        indicator = _indicator(quantity, plain, start, end)
        if not indicator:
            begin = sentence_start(plain, start, quantity.start)
            indicator = _same_as_before(found, begin, plain, quantity.unit) or _clause_before(
                plain, begin, end, quantity
            )
        indicator = indicator or _LEADING.sub("", title)
        if not indicator:
            continue
        found.append(_target(quantity, operator, indicator, plain, start, deadlines))
    return by_listed_years(compared_alike(found, plain), plain, deadlines)


def _goes_on(found: list[Target], quantity: Quantity, plain: str) -> bool:
    """提供1次政策宣讲、3次岗位推介: the second of a row whose first number was made."""
    if not found or quantity.is_time or says_which(quantity, plain):
        return False
    between = _NEXT_OF_ROW.fullmatch(plain, found[-1].end, quantity.start)
    return bool(between) and not re.match(r"(?:及?以[上下])?的", plain[quantity.end :][:3])


def _same_as_before(found: list[Target], begin: int, plain: str, unit: str) -> str:
    """达到50%,2024年达到60%: the indicator is said once; one in a bracket does not carry on."""
    earlier = [each for each in found if each.end > begin and plain[each.end : each.end + 1] != ")"]
    relative = unit.endswith("百分点") and earlier and earlier[-1].unit == "%"
    return earlier[-1].indicator if earlier and (relative or earlier[-1].unit == unit) else ""


def _clause_before(plain: str, begin: int, end: int, quantity: Quantity) -> str:
    """举办专场招聘会,每年不少于6场: what is counted ends the clause before."""
    first, _ = clause_around(plain, begin, end, quantity.start)
    if first - 1 <= begin or plain[first - 1] != ",":
        return ""
    before = plain[clause_around(plain, begin, end, first - 2)[0] : first - 1]
    words = "" if re.search(r"\d", before) else _words_before(before)
    return words if 2 <= len(words) <= 24 else ""


def _target(
    quantity: Quantity,
    operator: Operator,
    indicator: str,
    plain: str,
    start: int,
    deadlines: list[Deadline],
) -> Target:
    """A target with its date."""
    between = quantity.high is not None
    value = (quantity.low, quantity.high) if quantity.high is not None else quantity.low
    return Target(
        indicator,
        Operator.BETWEEN if between else operator,
        value,
        quantity.unit,
        governing_date(quantity.start, plain, start, deadlines),
        quantity.start,
        quantity.end,
    )


def _operator(quantity: Quantity, plain: str, start: int, end: int) -> Operator | None:
    """How the number compares; None where it is no goal at all."""
    before = _OF_YEAR.sub("", plain[max(start, quantity.start - 12) : quantity.start].rstrip())
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
    sure = told is not None or _closes(after) or _is_made(quantity, plain, start, before, after)
    if compared is not None and sure:
        return compared
    if not quantity.is_known and not BEFORE_NUMBER.search(before):
        return Operator.EQUAL if _made_in_front(plain, start, quantity) else None
    if quantity.is_share or quantity.unit == "倍":
        carried = Operator.EQUAL if _carried(plain, start, quantity) else None
        return _share(quantity, plain, start, before, after) or carried
    if _counted_from_afar(plain, start, quantity):
        return Operator.AT_LEAST
    if (
        BEFORE_NUMBER.search(before)
        or (HELD.search(before) and quantity.unit in EVENTS)
        or _made_in_front(plain, start, quantity)
        or _listed_after_making(plain, start, quantity)
    ):
        # 建设30户以上自然村道路: the number belongs to what is built, not to how many are.
        return None if _AFTER[0][1].match(after) else Operator.EQUAL
    if _carried(plain, start, quantity) or _part_of_whole(plain, start, end, quantity):
        return Operator.EQUAL
    if _REFERENCE.search(before) or not before or before[-1] in ",。;:(、\n":
        return None
    return Operator.EQUAL if _ENDS.match(after) else None


#: 不再新建每小时35蒸吨以下锅炉; 全县136个村: a size, and how many there are.
_SIZE = re.compile(r"(?:建筑面积|占地(?:面积)?|用地(?:面积)?)(?:约|共)?$")
_FORBIDDEN = re.compile(r"(?:不再|禁止|严禁|不得)(?:新建|新增|扩建|审批|建设|增加)")
_OF_ALL = re.compile(r"全[市县区镇省州乡]$")
#: 最长不超过15天给予补贴, 贴息期限不超过3年: how long something is given.
_OF_RIGHT = re.compile(r"补贴|补助|贴息|给予|享受|每人|贷款|免租|有效期")


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
    if _ENDS.match(after) and _made_in_front(plain, start, quantity):
        return Operator.EQUAL
    counted = quantity.unit in (ONE_OF if quantity.low == 1 else COUNTED)
    return Operator.EQUAL if counted and BEFORE_NUMBER.search(before) else None


def _is_made(quantity: Quantity, plain: str, start: int, before: str, after: str) -> bool:
    """选派特派员20名以上驻点, 提供3次以上岗位推荐, 将80%以上的面积纳入: a number made, not a size."""
    if quantity.is_share:
        return bool(re.search(r"(?:将|把|使)$", before))
    if _made_in_front(plain, start, quantity) and not before.endswith(("和", "及", "或", "、")):
        return not re.match(r"(?:及?以[上下内])的", after)
    return quantity.unit in COUNTED and bool(BEFORE_NUMBER.search(before) or HELD.search(before))


def _told(before: str, after: str) -> Operator | None:
    """The comparison before a number; 为 is one where nothing follows (not in 为12栋楼加装扶手)."""
    if before.endswith("为") and not _ENDS.match(after):
        return None
    return next((operator for operator, sign in _BEFORE if sign.search(before)), None)


def _spoken_of(plain: str, start: int, quantity: Quantity) -> bool:
    """对排查发现的渗漏186户: what there is already; 每输送1人: for what something is given."""
    first, _ = clause_around(plain, start, quantity.end, quantity.start)
    before = plain[first : quantity.start]
    return bool(FOR_EACH.search(before) or (_OF_THESE.match(before) and not MADE.search(before)))


def _share(quantity: Quantity, plain: str, start: int, before: str, after: str) -> Operator | None:
    """不低于项目总投资15%: the comparison stands before what the share is of."""
    wider = plain[max(start, quantity.start - 32) : quantity.start]
    for operator, sign in _FAR:
        if sign.search(wider):
            return operator
    reached = (
        re.match(r"达到|完成", after)
        or _OF_WHOLE.search(wider)
        or (_RATE.search(before) and _ENDS.match(after))
    )
    return Operator.EQUAL if reached and before else None


def _counted_from_afar(plain: str, start: int, quantity: Quantity) -> re.Match[str] | None:
    """至少入户走访1次: what is counted stands between the comparison and the number."""
    return _AT_LEAST_OF.search(plain, max(start, quantity.start - _NEAR), quantity.start)


def _closes(after: str) -> bool:
    """Whether nothing follows 以上 that it would describe."""
    rest = _AFTER[0][1].sub("", _AFTER[1][1].sub("", after, count=1), count=1)
    return bool(_ENDS.match(rest)) or rest.startswith(
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


def _made_in_front(plain: str, start: int, quantity: Quantity) -> bool:
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


def _indicator(quantity: Quantity, plain: str, start: int, end: int) -> str:
    """What is counted: the words before the number, else those after it."""
    first, last = clause_around(plain, start, end, quantity.start)
    piece = plain[first : quantity.start]
    afar = _counted_from_afar(plain, first, quantity)
    if afar is not None and _BUILT.fullmatch(afar["what"]):
        afar = None
    if afar is not None and not quantity.is_share and not BEFORE_NUMBER.search(piece.rstrip()):
        return afar["what"].strip()
    words = "" if piece.rstrip().endswith(("、", "和", "及")) else _words_before(piece)
    if words and _made_in_front(plain, start, quantity):
        return words
    after = _words_after(plain[quantity.end : last])
    told = any(sign.search(piece.rstrip()) for _, sign in _BEFORE)
    counted = after and not told and not quantity.is_share and not _ENDS.match(plain, quantity.end)
    made = re.search(
        r"至少(?:要?有|配建|配置|配套|配|设|建|建成|配备|培养|开展|创建|建设|举办|组建)$",
        piece.rstrip(),
    )
    each = re.match(r"每个?[^,。;]*[区村镇户县]$", words)
    if after and (BEFORE_NUMBER.search(words) or counted or made or each):
        return after
    return words if len(words) >= 2 and not words.endswith("等") else after


def _words_before(piece: str) -> str:
    """The noun before a number, without comparison, dates and verbs of making in front of it."""
    bare = piece.rstrip()
    if bare.rfind("(") > bare.rfind(")"):
        bare = bare[bare.rfind("(") + 1 :]
    elif "分别" not in bare:
        bare = re.split(r"、(?![^(]*\))|(?<=[个家处名人户吨亩箱%])和", bare)[-1]
    bare = _OF_YEAR.sub("", bare)
    for _, sign in (*_BEFORE, *_FAR):
        bare = sign.sub("", bare)
    bare = _DATE_IN_FRONT.sub("", bare.strip())
    bare = re.sub(r"^(?:截至|截止|直?到|至)?20\d\d ?年?(?:[-至到]20\d\d年)?(?:底|末)?前?", "", bare)
    bare = re.sub(r"^[、和]?(?:20\d\d ?年?[、,和]?)+", "", bare)
    bare = re.sub(r"^(?:\(\d+\)|\d{1,2}[.、)]|[①-⑳])", "", bare)
    bare = _LEADING.sub("", _DATE_IN_FRONT.sub("", _LEADING.sub("", bare.strip(" "))))
    bare = re.sub(r"^在[^,。;]{2,16}(?:建设|建成|创建|打造|培育|发展)(?=.{2})", "", bare)
    bare = re.sub(
        r"[由从](?:20\d\d年(?:底|末)?的?|目前的?|现有的?)?\d[\d.,]*[一-鿿%]{0,4}$", "", bare
    )
    if re.search(r"\d[^,。;、的]*的.{2,}$", bare):
        bare = bare.rsplit("的", 1)[1]
    bare = re.sub(r"(?:分别|力争|确保|争取|要|应|每(?:人|个?月|个?季度|半年|学?年)|各)+$", "", bare)
    bare = re.sub(r"(?<=.{2})(?:较|比)(?:上年|去年|20\d\d年)(?:底|末|同期)?$", "", bare)
    bare = bare.strip(" 的□、★▲※●*")
    return "" if _RELATIVE.fullmatch(bare) else bare


def _words_after(piece: str) -> str:
    """The noun after a number: 500名…的人才 counts 人才."""
    piece = re.sub(r"^(?:\([含次]\))?(?:及以上|以上|以内)?的?", "", piece)
    if "的" in piece[2:24]:
        piece = piece[:40].rsplit("的", 1)[1] or piece
    return re.split(r"[、(和及]", piece)[0][:24].strip(" 的□")
