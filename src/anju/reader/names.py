"""Names of offices in a stretch: between signs, at 和, and which of them can be nothing else."""

import re

from anju.reader.offices import (
    STEMS,
    core,
    ends_like_office,
    is_named_department,
    looks_like_office,
)

_SEPARATORS = "、,;/ \n。"
_AND = re.compile(r"以及|[和及与暨]")
_AFTER = re.compile(r"等(?:[省市县区州]级?)?(?:有关|相关|各|县级|市级|责任|成员)?(?:单位|部门)?$")
_AND_OTHERS = re.compile(r"等((?:[省市县区州]级?)?有关(?:单位|部门)) *$")
_BEFORE = re.compile(
    r"^(?:(?:以上|上述|以下)(?:各项|各)?(?:工作|任务|事项|措施|内容)(?:均|分别)?)?(?:由|各由|并由|请)"
)
_LEVELS = re.compile(r"各?[市县区旗州](?:、[市县区旗州])*")
_LEVELS_END = re.compile(
    r"(?:[市县区旗州]、)*[市县区旗州](?:级)?(?:人民政府|政府|党委|管委会|[一-鿿]{2,8}部门)"
)
_PLACES = re.compile(r"[一-鿿]{2,4}(?:、[一-鿿]{2,4})*")
_PLACES_END = re.compile(
    r"(?:[一-鿿]{2,4}、)*[一-鿿]{2,4}(?:经济|高新|产业|技术|工业)[一-鿿]{0,8}管委会"
)
#: 各乡镇各部门, 各地各有关部门; 各级各部门 is one.
_EACH_EACH = re.compile(r"各(?!级)[^各()、]{1,8}(?=各)")
_BESIDE = re.compile(r"[ 、,;:/()。\n]")
_LONGEST_NAME = 24
_SURE = re.compile(
    r"(?:科|股|站|(?<!场)所|院|队|街道|合作社|委会|支部|局|厅|委|办|部|室|中心|小组|专班|政府|公司|委员会|管委会|党组织|社会组织|工作队|网格员|学校|中心校|院校|医院|卫生院|指挥部|协会|工会|学会|商会|科协|联合会|联席会议|红十字会|基金会|慈善会|促进会|总会|村“两委”|村两委|纪委|监委|检察院|法院|武装部|总社|供销社|(?<!国)之?家|镇街|各(?:乡镇|镇|乡|村)|处|大队|支队|总队|集团|[银支分商]行|办公室|联|团委|成员单位)$"
)


def all_certain(shadow: str, start: int, end: int) -> bool:
    """Whether a stretch holds names, and nothing but names of which each is certain."""
    names = [name for name, _, _ in names_in(shadow, start, end)]
    return bool(names) and all(map(is_certain, names))


def is_certain(name: str) -> bool:
    """Where nothing says what a name does there, only what cannot be anything else counts."""
    bare = re.sub(r"\([^()]*\)$", "", name)
    return (
        looks_like_office(bare)
        and len(bare) <= 24
        and (bool(_SURE.search(bare)) or is_named_department(bare))
        and not re.match(
            r"(?:各级|各?(?:有关|相关)(?!乡镇|[镇乡村县]|街道|社区)|行业|本|该|其他|县级|市级|主管)",
            bare,
        )
    )


def names_in(shadow: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Names between signs, and 和 where both sides are offices, with their places."""
    names = []
    for begin, stop in _pieces(shadow, start, end):
        for first, last in _by_and(shadow, begin, stop):
            found = _trimmed(shadow, first, last)
            if found is not None:
                names.append(found)
            others = _AND_OTHERS.search(shadow, first, last)
            if others is not None and found is not None:
                names.append((others[1], *others.span(1)))  # A局等有关部门
    return names


def _pieces(shadow: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches between separators that stand outside brackets."""
    pieces, begin, depth = [], start, 0
    for at in range(start, end):
        sign = shadow[at]
        depth += (sign in "([") - (sign in ")]")
        if sign in _SEPARATORS and depth <= 0 and not _inside_name(shadow, at):
            if sign == "、" and _goes_on(shadow, begin, at, end):
                continue
            pieces.append((begin, at))
            begin = at + 1
    return [*pieces, (begin, end)]


def _goes_on(shadow: str, begin: int, at: int, end: int) -> bool:
    """各县、区人民政府; 甲、乙、丙开发区管委会: the levels or places before 、 share the end of one name."""
    before, after = shadow[begin:at].strip(), shadow[at + 1 : end]
    if before.endswith(("有关部门", "相关部门")) and re.match(r"单位(?:$|[、,;。)\n])", after):
        return True  # 市直有关部门、单位
    return bool(_LEVELS.fullmatch(before) and _LEVELS_END.match(after)) or bool(
        _PLACES.fullmatch(before) and not _is_office(before) and _PLACES_END.match(after)
    )


def _is_office(name: str) -> bool:
    """Whether each part of a row of names is an office of its own."""
    return any(looks_like_office(part) for part in name.split("、"))


def _inside_name(shadow: str, at: int) -> bool:
    """A blank between two signs of a name came from typesetting: 县 财政局, 乡社 保所."""
    if shadow[at] != " ":
        return False
    before = _BESIDE.split(shadow[max(0, at - _LONGEST_NAME) : at].rstrip())[-1]
    after = _BESIDE.split(shadow[at : at + _LONGEST_NAME].lstrip())[0]
    if not before:
        return False
    short = len(before) < 3 or len(after) < 3
    return not looks_like_office(before) or (short and not (_is_stem(before) and _is_stem(after)))


def _is_stem(name: str) -> bool:
    """Whether a name is known, or long enough to be whole."""
    return len(name) > 2 or core(name) in STEMS


def _by_and(shadow: str, start: int, end: int) -> list[tuple[int, int]]:
    """Parted at 和 where an office ends before it: 自然资源和建设局 stays whole."""
    glued = _EACH_EACH.match(shadow, start, end)
    if glued:
        return [glued.span(), *_by_and(shadow, glued.end(), end)]
    for match in _AND.finditer(shadow, start, end):
        left, right = shadow[start : match.start()].strip(), shadow[match.end() : end].strip()
        if left.count("(") != left.count(")"):
            continue
        if left.endswith("党委") and right.endswith("政府"):
            continue  # 各乡镇党委和政府
        if _ends_an_office(left) and right:
            return [(start, match.start()), *_by_and(shadow, match.end(), end)]
    return [(start, end)]


def _ends_an_office(left: str) -> bool:
    """Whether an office is complete before an 和; 工会, 社会 and the like begin longer names."""
    return ends_like_office(left) and not re.search(r"社会$|发改$|[^员]会$|文化$", left)


def _trimmed(shadow: str, start: int, end: int) -> tuple[str, int, int] | None:
    """One name without 等 and blanks; None for nothing."""
    raw = shadow[start:end]
    start += len(raw) - len(raw.lstrip(" \n([、,"))
    raw = shadow[start:end].rstrip(" \n]、,")
    before = _BEFORE.match(raw)
    start += before.end() if before else 0
    raw = raw[before.end() if before else 0 :]
    after = _AFTER.search(raw)
    raw = raw[: after.start()] if after else raw
    raw = raw.rstrip(" \n")
    if raw.count(")") > raw.count("("):
        raw = raw.rstrip(")")
    name = re.sub(r"\s", "", raw)
    return (name, start, start + len(raw)) if len(name) >= 2 else None
