"""What a number counts: the words before it, else those behind it."""

import re

from anju.reader.comparisons import BEFORE, ENDS, FAR, OF_YEAR, counted_from_afar, made_in_front
from anju.reader.making import BEFORE_NUMBER
from anju.reader.quantities import Quantity, clause_around

_BUILT = re.compile(r"(?:配|新|组|改|扩)建|配[置备套]|建成|培育|举办|开展")
#: 较上年增长5个百分点: of what was spoken of before.
_RELATIVE = re.compile(
    r"(?:同比|环比|(?:较|比)(?:上年|去年|上一?年度|同期|20\d\d年|目前)(?:底|末|同期)?)(?:再)?"
)
_YEAR_BEHIND = re.compile(r"(?:[今明次当同]年(?:年?[底末内])?前?|年[底内]前?)$")
_DATE_IN_FRONT = re.compile(
    r"^(?:[上下]半年|年[底内]前?|全年|今年)|^(?:截至|截止|直?到|至)?(?:20\d\d ?年)?"
    r"(?:\d{1,2}月份?(?:\d{1,2}[日号])?|[春秋]季(?:学期)?开学|第?[一二三四1-4]季度)"
    r"(?:[上中下]旬|底|末|初)?(?:之?前|以前|内)?"
)
LEADING = re.compile(
    r"^(?:(?:并|且|要|至|将|力争|确保|争取|实现|到(?!位)|使|其中|同时|努力|分别|全面|大力|继续|累计|新增|原则上|20\d\d年?(?:底|末)?(?:前)?|"
    r"每年|每学年|全年|年均|用[^,]{1,3}年时间|建成|建设|新建改建|新创建|创建|培育|发展|打造|完成|新建|改建|启动创建|提升改造|引进)+)"
)


def indicator_of(quantity: Quantity, plain: str, start: int, end: int) -> str:
    """What is counted: the words before the number, else those after it."""
    first, last = clause_around(plain, start, end, quantity.start)
    piece = plain[first : quantity.start]
    afar = counted_from_afar(plain, first, quantity)
    if afar is not None and _BUILT.fullmatch(afar["what"]):
        afar = None
    if afar is not None and not quantity.is_share and not BEFORE_NUMBER.search(piece.rstrip()):
        return afar["what"].strip()
    words = "" if piece.rstrip().endswith(("、", "和", "及")) else words_before(piece)
    if words and made_in_front(plain, start, quantity):
        return words
    after = _words_after(plain[quantity.end : last])
    told = any(sign.search(piece.rstrip()) for _, sign in BEFORE)
    counted = after and not told and not quantity.is_share and not ENDS.match(plain, quantity.end)
    made = re.search(
        r"至少(?:要?有|配建|配置|配套|配|设|建|建成|配备|培养|开展|创建|建设|举办|组建)$",
        piece.rstrip(),
    )
    each = re.match(r"每个?[^,。;]*[区村镇户县]$", words)
    if after and (BEFORE_NUMBER.search(words) or counted or made or each):
        return after
    return words if len(words) >= 2 and not words.endswith("等") else after


def words_before(piece: str) -> str:
    """The noun before a number, without comparison, dates and verbs of making in front of it."""
    bare = piece.rstrip()
    if bare.rfind("(") > bare.rfind(")"):
        bare = bare[bare.rfind("(") + 1 :]
    elif "分别" not in bare:
        bare = re.split(r"、(?![^(]*\))|(?<=[个家处名人户吨亩箱%])和", bare)[-1]
    bare = OF_YEAR.sub("", bare)
    for _, sign in (*BEFORE, *FAR):
        bare = sign.sub("", bare)
    bare = _YEAR_BEHIND.sub("", _DATE_IN_FRONT.sub("", bare.strip()))
    bare = re.sub(r"^(?:截至|截止|直?到|至)?20\d\d ?年?(?:[-至到]20\d\d年)?(?:底|末)?前?", "", bare)
    bare = re.sub(r"^[、和]?(?:20\d\d ?年?[、,和]?)+", "", bare)
    bare = re.sub(r"^(?:\(\d+\)|\d{1,2}[.、)]|[①-⑳])", "", bare)
    bare = LEADING.sub("", _DATE_IN_FRONT.sub("", LEADING.sub("", bare.strip(" "))))
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
