"""The offices of an item with their roles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anju.reader.model import Role, Unit
from anju.reader.names import all_certain, is_certain, names_in
from anju.reader.offices import Known, ends_like_office, looks_like_office, parted
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
)

#: 县人社局(责任人:赵某某), 县民政局(钱某): who is asked there is no part of the name.
_PERSON = re.compile(
    r"(?:责任人|联系人|负责人|分管领导|牵头领导|局长|主任|书记|[乡镇]长).*"
    r"|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马苗凤方任袁柳鲍史唐费薛雷贺倪汤罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江郭梅林钟徐邱骆高夏蔡田胡霍万柯卢莫房丁邓洪石崔吉龚程邢陆荣段侯武刘龙叶黎白蒲覃冉][一-鿿某]{1,2}(?<![镇乡村办局组处科股])"
)


@dataclass(frozen=True, slots=True)
class Offices:
    """What an item says about who answers for it."""

    units: tuple[Unit, ...]
    found: Found
    glued: tuple[int, ...] = ()
    stands_apart: bool = False  # in a paragraph of its own


def offices_of(shadow: str, start: int, end: int, known: Known) -> Offices:
    """Offices behind labels, else in brackets; `sentences` asks the words."""
    for find in (labelled, bracketed):
        found = find(shadow, start, end)
        units, glued = units_of(shadow, found.zones, known)
        enough = all if found.kind == "tail" else any
        if units and enough(looks_like_office(unit.name) for unit in units):
            apart = _begins_line(shadow, start, found.zones[0].start)
            return Offices(tuple(units), found, tuple(glued), apart)
    bare = listed(shadow, start, end)
    units, glued = units_of(shadow, bare.zones, known)
    if units and _mostly_certain([unit.name for unit in units]):
        return Offices(tuple(units), bare, tuple(glued))
    return Offices((), Found((), ""))


def _mostly_certain(names: list[str]) -> bool:
    """Whether names in a bare bracket are offices: all look so, and half of them can be nothing else."""
    sure = sum(map(is_certain, names))
    return 2 * sure >= len(names) and all(map(ends_like_office, names))


def _begins_line(shadow: str, start: int, at: int) -> bool:
    """Whether the bracket or label before a list of names is the first thing in its line."""
    line = shadow.rfind("\n", start, at)
    return line >= 0 and bool(
        re.fullmatch(r" *[(\[]?(?:[一-鿿]{2,8} *:)? *", shadow[line + 1 : at])
    )


def offices_in_row(shadow: str, row: Row, known: Known) -> Offices:
    """Offices of a row of a table, in the columns whose heads say what they do."""
    zones = tuple(
        said
        for zone in row.zones
        for said in labelled(shadow, zone.start, zone.end).zones  # 牵头:A局 配合:B局
        or by_verbs(shadow, zone.start, zone.end)  # A局牵头,B局配合
        or [zone]
    )
    units, glued = units_of(shadow, zones, known)
    return Offices(tuple(units), Found(row.zones, "label"), tuple(glued))


def offices_as_heading(shadow: str, node_start: int, node_end: int, known: Known) -> list[Unit]:
    """一、县委组织部: a heading that names offices and nothing else; what stands below is theirs."""
    if not all_certain(shadow, node_start, node_end):
        return []
    return units_of(shadow, (Zone(Role.RESPONSIBLE, node_start, node_end),), known)[0]


def names_between_signs(shadow: str, start: int, end: int) -> list[str]:
    """Names of an item as the signs part them: what the dictionary of the document learns from."""
    for find in (labelled, bracketed):
        zones = find(shadow, start, end).zones
        names = [name for zone in zones for name, _, _ in names_in(shadow, zone.start, zone.end)]
        if any(map(looks_like_office, names)):
            return [name for name in names if looks_like_office(name)]
    return []


def units_of(shadow: str, zones: tuple[Zone, ...], known: Known) -> tuple[list[Unit], list[int]]:
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
    for name, start, end in names_in(shadow, zone.start, zone.end):
        if zone.role is Role.COOPERATING and shadow[start - 1] == "等":
            continue  # 由A局、B局等有关部门参与: it only sums up the list
        opening = shadow.rfind("(", start, end)
        inner = shadow[opening + 1 : end].rstrip(") ") if opening > start else ""
        if _PERSON.fullmatch(inner) or inner.startswith("设在"):
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
