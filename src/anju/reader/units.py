"""The offices of an item with their roles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anju.reader.model import Role, Unit
from anju.reader.offices import (
    STEMS,
    Known,
    core,
    ends_like_office,
    is_named_department,
    looks_like_office,
    parted,
)
from anju.reader.tables import Row
from anju.reader.zones import (
    VERB,
    Found,
    Zone,
    bracketed,
    by_verbs,
    labelled,
    listed,
    role_of_label,
    role_of_verb,
    with_partners,
)

_SEPARATORS = "、,;/ \n。"
_AND = re.compile(r"以及|[和及与暨]")
_AFTER = re.compile(r"等(?:[省市县区州]级?)?(?:有关|相关|各|县级|市级|责任|成员)?(?:单位|部门)?$")
_AND_OTHERS = re.compile(r"等((?:[省市县区州]级?)?有关(?:单位|部门)) *$")
_BEFORE = re.compile(
    r"^(?:(?:以上|上述|以下)(?:各项|各)?(?:工作|任务|事项|措施|内容)(?:均|分别)?)?(?:由|各由|并由|请)"
)
_AGAIN = re.compile(r"每[日周月年]|每个?[季月]|每半年|按[周月季年]")
_ACTS = re.compile(
    r"(?:每[日周月年]|每季度|每半年|按[周月季年]|定期|适时|统一)*(?:对[^,。;:\n]{2,24}?(?:进行|开展))?"
    r"(?:组织(?!部)|开展|汇总|统筹|征集|收集|调度|通报|督[查导促办](?!室|局|组|处)|考核|评估|验收|审核|核查|抽查|跟踪|编制|公示)"
)
_ACTS_ONCE = re.compile(
    rf"{_ACTS.pattern}|张榜|公布|组建|成立|(?:全程|共同)?参[与加]|[将要应](?=[^,。;:\n]{{2}})|填报|上报|报送|摸排|排查|入户|核实"
)
#: 县邮政局承担日常工作.
_CARRIES = re.compile(r"承担(?=[^,。;:\n]{0,12}工作(?:$|[,。;:\n]))")
#: 县发改局要牵头…, 县民政局应负责…
_MODAL = re.compile(r"(?:务?必须|[要应须需将]|应当|具体)$")
_CLAUSE = re.compile(r"[^,。;:\n]+")
_BESIDE = re.compile(r"[ 、,;:/()。\n]")
_LONGEST_NAME = 24
_WHO = re.compile(r"^.{0,24}由(?=[^由]+$)|^(?:明确|其中|分别)")


#: 县人社局(责任人:赵某某), 县民政局(钱某): who is asked there is no part of the name.
_PERSON = re.compile(
    r"(?:责任人|联系人|负责人|分管领导|牵头领导|局长|主任|书记|[乡镇]长).*"
    r"|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马苗凤方任袁柳鲍史唐费薛雷贺倪汤罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江郭梅林钟徐邱骆高夏蔡田胡霍万柯卢莫房丁邓洪石崔吉龚程邢陆荣段侯武刘龙叶黎白蒲覃冉][一-鿿某]{1,2}(?<![镇乡村办局组处科股])"
)
_MUST = re.compile(r"要|应|须|需|务必|于(?=20|\d|每)|每[日周月季年]|按[周月季]|\d{1,2}月|20\d\d年")
#: 办公室设在县发改局,负责日常协调.
_SEAT = re.compile(r"办公室设在([^,。;:\n]{2,24}),(?:由其)?(?:具体|承担|负责)")
_TOGETHER = re.compile(r"(?:会同|联合)")
_AT_HEAD = re.compile(
    r"([^,。;:\n]{2,40})(?::|。(?=负责|牵头|承担|组织))|([各省市县区旗州镇乡村][^,。;:\n]{1,40})。"
)
_SURE = re.compile(
    r"(?:科|股|站|(?<!场)所|院|队|街道|合作社|村委会|居委会|支部|局|厅|委|办|部|室|中心|小组|专班|政府|公司|委员会|管委会|党组织|社会组织|工作队|网格员|学校|院校|医院|卫生院|指挥部|协会|工会|学会|商会|科协|联合会|总社|供销社|(?<!国)之?家|镇街|各(?:乡镇|镇|乡|村)|处|大队|支队|总队|集团|银行|办公室|行|联|团委|成员单位)$"
)


@dataclass(frozen=True, slots=True)
class Offices:
    """What an item says about who answers for it."""

    units: tuple[Unit, ...]
    found: Found
    glued: tuple[int, ...] = ()
    stands_apart: bool = False  # in a paragraph of its own


def offices_of(shadow: str, start: int, end: int, known: Known) -> Offices:
    """Offices behind labels, else in brackets; the sentence is asked by `offices_in_sentences`."""
    for find in (labelled, bracketed):
        found = find(shadow, start, end)
        units, glued = _units(shadow, found.zones, known)
        enough = all if found.kind == "tail" else any
        if units and enough(looks_like_office(unit.name) for unit in units):
            apart = _begins_line(shadow, start, found.zones[0].start)
            return Offices(tuple(units), found, tuple(glued), apart)
    bare = listed(shadow, start, end)
    units, glued = _units(shadow, bare.zones, known)
    if units and _mostly_certain([unit.name for unit in units]):
        return Offices(tuple(units), bare, tuple(glued))
    return Offices((), Found((), ""))


def _mostly_certain(names: list[str]) -> bool:
    """Whether names in a bare bracket are offices: all look so, and half of them can be nothing else."""
    sure = sum(map(_certain, names))
    return 2 * sure >= len(names) and all(map(ends_like_office, names))


def _begins_line(shadow: str, start: int, at: int) -> bool:
    """Whether the bracket or label before a list of names is the first thing in its line."""
    line = shadow.rfind("\n", start, at)
    return line >= 0 and bool(re.fullmatch(r" *\(?(?:[一-鿿]{2,8} *:)? *", shadow[line + 1 : at]))


def offices_in_row(shadow: str, row: Row, known: Known) -> Offices:
    """Offices of a row of a table, in the columns whose heads say what they do."""
    zones = tuple(
        said
        for zone in row.zones
        for said in labelled(shadow, zone.start, zone.end).zones  # 牵头:A局 配合:B局
        or by_verbs(shadow, zone.start, zone.end)  # A局牵头,B局配合
        or [zone]
    )
    units, glued = _units(shadow, zones, known)
    return Offices(tuple(units), Found(row.zones, "label"), tuple(glued))


def offices_in_sentences(
    shadow: str, start: int, end: int, known: Known, *, is_step: bool = False
) -> Offices:
    """A局、B局牵头…: only where all that stands before the verb are names of offices."""
    zones: list[Zone] = []
    for seat in _SEAT.finditer(shadow, start, end):
        if _all_certain(shadow, *seat.span(1)):
            zones.append(Zone(Role.RESPONSIBLE, *seat.span(1)))
    for clause in _CLAUSE.finditer(shadow, start, end):
        beside = bool(zones) and "。" not in shadow[zones[-1].end : clause.start()]
        together = _TOGETHER.match(shadow, clause.start(), clause.end())
        if together and beside and _all_certain(shadow, together.end(), clause.end()):
            zones.append(Zone(Role.COOPERATING, together.end(), clause.end()))
            continue
        carries = _CARRIES.search(shadow, clause.start(), clause.end())
        if carries and _all_certain(shadow, clause.start(), carries.start()):
            zones.append(Zone(Role.RESPONSIBLE, clause.start(), carries.start()))
            continue
        verb = VERB.search(shadow, clause.start(), clause.end())
        if verb is None:
            continue
        begin = clause.start()
        who = _WHO.match(shadow[begin : verb.start()])
        begin += who.end() if who else 0
        role = role_of_verb(verb)
        sure = role in (Role.LEAD, Role.RESPONSIBLE) or verb[0].startswith("负责")
        if not sure and not beside:
            continue  # 配合 alone says little: it counts beside the office that leads
        stop = _before_modal(shadow, begin, verb.start())
        if _all_certain(shadow, begin, stop):
            zones += with_partners(shadow, Zone(role, begin, stop))
    head = _AT_HEAD.match(shadow, start, end)
    names = head.span(head.lastindex or 0) if head else (start, start)
    if not zones and head and _all_certain(shadow, *names):  # 县发改局:负责…
        role = Role.LEAD if shadow.startswith("牵头", head.end()) else Role.RESPONSIBLE
        zones = [Zone(role, *names)]
    zones = zones or _acting(shadow, start, end, is_step=is_step)
    units, glued = _units(shadow, tuple(zones), known)
    return Offices(tuple(units), Found(tuple(zones), "sentence" if zones else ""), tuple(glued))


def _before_modal(shadow: str, start: int, end: int) -> int:
    """Where names end before 要, 应, 须 and the like."""
    modal = _MODAL.search(shadow, start, end)
    return modal.start() if modal else end


def offices_that_must(shadow: str, start: int, end: int, known: Known) -> list[Unit]:
    """县人社局要于3月底前…, 县就业中心每周报送…: whom a paragraph of a notice tells to do something."""
    zones = []
    for clause in _CLAUSE.finditer(shadow, start, end):
        for must in _MUST.finditer(shadow, clause.start() + 2, clause.end()):
            if _all_certain(shadow, clause.start(), must.start()):
                zones.append(Zone(Role.RESPONSIBLE, clause.start(), must.start()))
                break
    return _units(shadow, tuple(zones), known)[0]


def _acting(shadow: str, start: int, end: int, *, is_step: bool) -> list[Zone]:
    """由县搬迁办组织验收, 镇党政办每周汇总: an office of its own name that does something at the head of a clause.

    In a step of the timetable whatever it does; elsewhere what it does again and again.
    """
    zones = []
    for clause in _CLAUSE.finditer(shadow, start, end):
        acts = _ACTS_ONCE if is_step else _ACTS
        verbs = list(acts.finditer(shadow, clause.start() + 2, clause.end()))
        for verb in reversed(verbs):  # 县委督查考核室每月通报: the longest name
            by = shadow.find("由", clause.start(), verb.start())
            begin = by + 1 if by >= 0 else clause.start()
            own = is_step or not shadow[begin:].lstrip().startswith("各")
            told = is_step or by >= 0 or _AGAIN.search(shadow, verb.start(), clause.end())
            stop = _before_modal(shadow, begin, verb.start())
            if own and told and _all_certain(shadow, begin, stop):
                zones += with_partners(shadow, Zone(Role.RESPONSIBLE, begin, stop))
                break
    return zones


def offices_as_heading(shadow: str, node_start: int, node_end: int, known: Known) -> list[Unit]:
    """一、县委组织部: a heading that names offices and nothing else; what stands below is theirs."""
    if not _all_certain(shadow, node_start, node_end):
        return []
    return _units(shadow, (Zone(Role.RESPONSIBLE, node_start, node_end),), known)[0]


def _all_certain(shadow: str, start: int, end: int) -> bool:
    """Whether a stretch holds names, and nothing but names of which each is certain."""
    names = [name for name, _, _ in _names(shadow, start, end)]
    return bool(names) and all(map(_certain, names))


def _certain(name: str) -> bool:
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


def names_between_signs(shadow: str, start: int, end: int) -> list[str]:
    """Names of an item as the signs part them: what the dictionary of the document learns from."""
    for find in (labelled, bracketed):
        zones = find(shadow, start, end).zones
        names = [name for zone in zones for name, _, _ in _names(shadow, zone.start, zone.end)]
        if any(map(looks_like_office, names)):
            return [name for name in names if looks_like_office(name)]
    return []


def _units(shadow: str, zones: tuple[Zone, ...], known: Known) -> tuple[list[Unit], list[int]]:
    """Names with roles and places, and the places where names were glued."""
    units: list[Unit] = []
    glued: list[int] = []
    seen: set[tuple[str, Role]] = set()
    for zone in zones:
        for name, role, start, end in _with_roles(shadow, zone):
            parts = parted(name, known)
            at = start
            for part in parts:
                stop = end if part is parts[-1] else at + _raw_length(shadow[at:end], part)
                if (part, role) not in seen:
                    seen.add((part, role))
                    units.append(Unit(part, role, at, stop))
                at = stop
            if len(parts) > 1:
                glued.append(start)
    return units, glued


def _with_roles(shadow: str, zone: Zone) -> Iterator[tuple[str, Role, int, int]]:
    """Names of a zone with their roles: 县人社局(牵头) and 县民政局(县残联配合) say their own."""
    for name, start, end in _names(shadow, zone.start, zone.end):
        if zone.role is Role.COOPERATING and shadow[start - 1] == "等":
            continue  # 由A局、B局等有关部门参与: it only sums up the list
        opening = shadow.rfind("(", start, end)
        inner = shadow[opening + 1 : end].rstrip(") ") if opening > start else ""
        if _PERSON.fullmatch(inner):
            yield re.sub(r"\([^()]*\)$", "", name), zone.role, start, opening
            continue
        own = role_of_label(inner) or _role_told(inner)
        if own is not None:
            yield re.sub(r"\([^()]*\)$", "", name), own, start, opening
            continue
        verb = VERB.search(inner)
        if verb and verb.end() == len(inner) and looks_like_office(inner[: verb.start()]):
            yield re.sub(r"\([^()]*\)$", "", name), zone.role, start, opening
            first = opening + 1
            yield inner[: verb.start()], role_of_verb(verb), first, first + verb.start()
            continue
        yield name, zone.role, start, end


def _role_told(words: str) -> Role | None:
    """The role, where words are nothing but a verb: 牵头, 负责."""
    verb = VERB.fullmatch(words)
    return role_of_verb(verb) if verb else None


def _raw_length(raw: str, name: str) -> int:
    """How many signs of the text, blanks included, a name takes."""
    taken = 0
    for length, sign in enumerate(raw, start=1):
        taken += not sign.isspace()
        if taken == len(name):
            return length
    return len(raw)


def _names(shadow: str, start: int, end: int) -> list[tuple[str, int, int]]:
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
            pieces.append((begin, at))
            begin = at + 1
    return [*pieces, (begin, end)]


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
