"""Numbers with their units, where they stand, and the words around them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from anju.reader.lasting import LASTING
from anju.reader.numerals import CHINESE, value_of

UNITS = (
    "个百分点|百分点|个等级|个班次|个班|亩次|人次|场次|班次|平方公里|平方米|立方米|公里|千米|公顷|公斤|千克|千瓦|兆瓦|"
    "个(?!工作日|自然日|月|星期|小时)|家|处|条|座|所|间|户|人|名|场|次|期|头|只|羽|箱|台|辆|套|件|项|门|亩|米|吨|斤|张|度|对|支|组|宗|份|"
    "株|棵|枚|例|批|轮|堂|节|种(?![植子养类粮苗业源畜田公羊牛猪鸡质])|列(?![入为支])|根|杆|艘|口|床|具(?!体|备|有)|笔|趟|篇|款|把|块|棒|袋|桶|筐|瓶|天(?!之?以?内|[左前后起])|部(?![门分署委队长级位])|尾|届|户次|车次|人日|工日|毫米|℃|摄氏度|番|千伏安|立方(?!米)|桩|延米|学时|课时|小时|分钟|倍|元|镇|村|册|路|片|眼|盏|幢|栋|盒|车|辆|%|‰"
)
#: 趟次, 千瓦时, 吨公里: two measure words in one.
_SECOND = r"(?<!个)次(?![数月年日序级贫要中])|(?<=[瓦安])时|(?<=[人吨车])公里|(?<=[人车])日"
_QUANTITY = re.compile(
    rf"(?P<low>\d[\d,]*(?:\.\d+)?|[{CHINESE}]{{1,12}})(?:(?:%|万?元(?=-))? ?[-至到] ?(?P<high>\d[\d,]*(?:\.\d+)?))? ?"
    rf"(?P<unit>[万亿千百]*(?:{UNITS})(?:{_SECOND})?)"
)
#: A measure word that no list holds: nothing but it stands between the number and the end of the phrase.
_OTHER = re.compile(
    r"(?<![\d.,+A-Za-z\-/第])(?P<low>\d[\d,]*(?:\.(?!0)\d+)?)(?P<high>) ?(?P<unit>[万亿千百]*(?![年月日号岁周季时元的以及左工大种类线级]|分[钟别批类步]|点(?!位))"
    r"(?!个?(?:工作日|月|星期|小时)|天之?以?内|余|多|约|号|条例|.{0,2}(?:热线|平台|指挥|急救))[一-鿿]{1,4}?)"
    r"(?=及?以[上内下]|之内|左右|[,。;、\n)]| *\||$)"
)
_KNOWN = re.compile(rf"(?:{UNITS}|工作日)(?:{_SECOND})?$")
_BARE = re.compile(r"(?<=[到达为至])(?P<low>\d+\.\d+)(?P<high>)(?P<unit>)(?=[,。;、\n])")
_HUNDREDTHS = re.compile(
    rf"百分之(?P<low>[{CHINESE}]+(?:点[{CHINESE}]+)?|\d+(?:\.\d+)?)(?P<high>)(?P<unit>)"
)
_TENTHS = re.compile(
    r"(?P<low>[一两二三四五六七八九])成(?P<high>)(?P<unit>)(?=(?:及?以[上内下]|左右)|[,。;、\n)]| *\||$)"
)
#: 漏助率为零.
_NOUGHT = re.compile(
    r"(?:(?<=为)|(?<=保持)|(?<=达到))(?P<low>零)(?P<high>)(?P<unit>)(?=[,。;、\n)])"
)
_ANY_NUMBER = re.compile(f"[\\d{CHINESE}零]")
_QUOTED = re.compile(r"“[^”]{0,60}”|\"[^\"\n]{0,60}\"")
_BOUNDS = ",。;:|\n!?"
_BOUND = re.compile(f"[{_BOUNDS}]")
_COUNTED = re.compile(r"(?:^|(?<=[。;,:\n]))[一二三四五六七八九]是")
_SENTENCE_END = re.compile(r"[。|\n!]|(?<=[;,])[一二三四五六七八九]是")
_FAR = 600  # signs; no clause is longer


_OF_SOMEBODY = re.compile(r"(?:以[上下内])?的(?:对象|农户|家庭|户|人员?|群众|企业)")
#: 投资10亿元以上招商项目: of what size they are.
_SIZED = re.compile(r"及?以上[一-鿿]{0,8}(?:项目|企业|产业|集群|园区)|级?[一-鿿]{0,4}产业集群")
#: 总数30人(含)以下的企业.
_OF_MEMBERS = re.compile(
    r"(?:\([含不]{1,2}\))?及?以[上下]的(?:小微|中小微?)?(?:企业|单位|用人单位|公司)"
)
_OF_SOMETHING = re.compile(r"(?:以[上下内])?的(?:行政)?(?:项目|车间|村)|的?[一-鿿]{0,8}资产")


#: 首次突破1000万元、5000万元的,分别给予…: when something is given, not what is reached.
_CONDITION = re.compile(
    r"(?:[、和或] *\n?\d[\d.]* *\n?[万亿]*[一-鿿%]{1,2})*(?:\([含不]{1,2}\))?(?:及?以[上内下])?(?<!每年)的[,:]"
)

#: 投资到位5000万元,给予…; 留用率达到50%以上的单位,…; 最长不超过15天给予补贴.
_THEN_GIVEN = re.compile(
    r"(?:及?以[上内下])?(?:的[一-鿿]{0,6},(?:可|再|按规定|按[^,。;\d]{1,10}|一次性|分别)*(?:给予|予以|奖励(?!资金))|的(?:单位|企业|车间|基地|主体|合作社|个人|商户|农户|大户|经营户),)"
)
_THEN_AT_ONCE = re.compile(r"(?:及?以上)?,(?:可|再|一次性|分别)*(?:给予|予以|奖励(?!资金))")
#: 自付费用超过5000元的推送预警, 30人(含)以下的企业.
_OF_THESE = re.compile(
    r"(?:\([含不]{1,2}\))?(?:及?以[上内下])?的(?!目标|要求|任务|标准|水平|速度|增[长速]|村|行政村|农户|家庭)"
)
_IF_REACHED = re.compile(r"(?:(?<!不)(?:低于|少于)|不足|到位|达到?|(?<!不)超过|突破|满|累计)$")
#: 对5万元以下、3年期以内的贷款全额贴息.
_FOR_SUCH = re.compile(r"对[^,。;、\d]{0,10}$")
_COMPARED = re.compile(r"(?:超过|高于|低于|不足|未达到?|大于|小于|满)$")
_SUCH = re.compile(r"(及?以[上下内])?(?:[、和或][^,。;]{1,16})?的(?!标准|目标)")
_NEAR = 24
_EXPLAINED = 60  # signs of a bracket before a number in it
_FROM = re.compile(r"[由从](?:20\d\d年(?:底|末)?的?|目前的?|现有的?|现在的?|原来的?|每.|不足|约)*$")
_ON_TO = re.compile(
    r"(?:左右|以[上下])?,?(?:逐步|分别|稳步)?(?:提高|提升|增[加长]|扩大|上升|升|增|下降|降低|降|缩短|减少|压[减缩降]|缩减|调整|拓展|扩)(?:到|至|为)"
)
_THAN = re.compile(r"(?:比|较)[^,。;、\d]{0,6}(?:20\d\d年)?的$")
_CHANGED = re.compile(r"(?:左右)?(?:提高|提升|增|扩大|上升|下降|降低|减少|压)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a span of numbers with its unit, as written."""

    low: float
    high: float | None
    unit: str
    written: str
    start: int
    end: int

    @property
    def is_money(self) -> bool:
        """Whether the unit is yuan."""
        return self.unit.endswith("元")

    @property
    def is_time(self) -> bool:
        """Whether it is a length of time."""
        return self.unit.removeprefix("个") in (
            "小时",
            "分钟",
            "天",
            "日",
            "工作日",
            "自然日",
            "月",
        )

    @property
    def is_known(self) -> bool:
        """Whether the list of measure words holds the unit."""
        return not self.unit or bool(_KNOWN.search(self.unit))

    @property
    def is_share(self) -> bool:
        """Whether it is a share of something."""
        return self.unit in ("%", "‰") or self.unit.endswith("百分点")


@lru_cache(maxsize=8)  # sums and goals of one stretch are asked for one after the other
def quantities_of(plain: str, start: int, end: int) -> tuple[Quantity, ...]:
    """All numbers with units of a stretch, in order; slogans in quotation marks left out."""
    if not _ANY_NUMBER.search(plain, start, end):
        return ()
    taken = bytearray(end - start)
    for match in _QUOTED.finditer(plain, start, end):
        taken[match.start() + 1 - start : match.end() - start] = b"q" * (len(match[0]) - 1)
    found: list[Quantity] = []
    for finder in (_HUNDREDTHS, _TENTHS, LASTING, _QUANTITY, _BARE, _NOUGHT, _OTHER):
        for match in finder.finditer(plain, start, end):
            made = _made(match)
            if made is None or any(taken[made.start - start : made.end - start]):
                continue
            taken[made.start - start : made.end - start] = b"n" * (made.end - made.start)
            found.append(made)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _made(match: re.Match[str]) -> Quantity | None:
    """A quantity from a match, unless the number is none."""
    low = value_of(match["low"])
    high = value_of(match["high"]) if match["high"] else None
    if low is None:
        return None
    tenths = match.re is _TENTHS
    unit = match["unit"] or ("%" if tenths or match[0].startswith("百分之") else "")
    low = low * 10 if tenths else low
    return Quantity(low, high, unit, match["low"], match.start(), match.end())


def _explains(quantity: Quantity, plain: str) -> bool:
    """(指从业人员≤1000人的企业): a bracket that says what a word means."""
    opened = plain.rfind("(", max(0, quantity.start - _EXPLAINED), quantity.start)
    inside = opened >= 0 and plain.find(")", opened, quantity.start) < 0
    return inside and plain.startswith(("指", "即", "是指"), opened + 1)


@lru_cache(maxsize=64)
def says_which(quantity: Quantity, plain: str) -> bool:
    """超过1万元的人员: says who or what is meant, not what is to be reached."""
    if _explains(quantity, plain) or _CONDITION.match(plain, quantity.end):
        return True
    if _THEN_GIVEN.match(plain, quantity.end):
        return True
    before = plain[max(0, quantity.start - _NEAR) : quantity.start]
    if _THEN_AT_ONCE.match(plain, quantity.end) and _IF_REACHED.search(before):
        return True
    if _IF_REACHED.search(before) and _OF_THESE.match(plain, quantity.end):
        return True
    such = _FOR_SUCH.search(before) and _SUCH.match(plain, quantity.end)
    if such and (such[1] or _COMPARED.search(before)):
        return True
    if quantity.is_money and _SIZED.match(plain, quantity.end):
        return True
    if quantity.unit in ("人", "名") and _OF_MEMBERS.match(plain, quantity.end):
        return True
    if quantity.is_money and _OF_SOMETHING.match(plain, quantity.end):
        return True
    counts = quantity.is_money or quantity.is_share
    return counts and bool(_OF_SOMEBODY.match(plain, quantity.end))


def is_baseline(quantity: Quantity, plain: str) -> bool:
    """由3.2公里提高到8公里, 比2023年的50个增加: where it stands now, not where it shall be."""
    before = plain[max(0, quantity.start - _NEAR) : quantity.start]
    after = plain[quantity.end : quantity.end + _NEAR]
    if _FROM.search(before) and _ON_TO.match(after):
        return True
    return bool(_THAN.search(before) and _CHANGED.match(after))


@lru_cache(maxsize=64)
def clause_around(plain: str, start: int, end: int, at: int) -> tuple[int, int]:
    """The stretch between commas and stops around a place, inside `start` … `end`."""
    begin, first = at, max(start, at - _FAR)
    while begin > first and plain[begin - 1] not in _BOUNDS:
        begin -= 1
    begin = begin if begin > first else start
    after = _BOUND.search(plain, at, end)
    return begin, after.start() if after else end


def sentence_start(plain: str, start: int, at: int) -> int:
    """Where the sentence that holds a place begins; 一是…;二是… are sentences of their own."""
    begin = max(start, *(plain.rfind(sign, start, at) + 1 for sign in "。\n!"))
    return max((match.end() for match in _COUNTED.finditer(plain, begin, at)), default=begin)


def sentence_end(plain: str, at: int) -> int:
    """Where the sentence that holds a place ends; 一是…;二是… are sentences of their own."""
    after = _SENTENCE_END.search(plain, at)
    return after.start() if after else len(plain)
