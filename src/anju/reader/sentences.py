"""Offices that no label or bracket names: they are told by what the sentences say they do."""

import re
from collections.abc import Iterator

from anju.reader.model import Role
from anju.reader.names import all_certain, is_certain, names_in
from anju.reader.offices import FIRMS, STEMS, Known, ends_like_office
from anju.reader.subjects import (
    Subject,
    answers_with_others,
    is_collective,
    may_be_name,
    must,
    names_many,
    subjects,
)
from anju.reader.units import Offices, units_of
from anju.reader.zones import VERB, Found, Zone, role_of_verb, with_partners

#: 县邮政局承担日常工作.
_CARRIES = re.compile(r"承担(?=[^,。;:\n]{0,12}工作(?:$|[,。;:\n]))")
#: 县发改局要牵头…, 县民政局应负责…
_MODAL = re.compile(r"(?:务?必须|[要应须需将]|应当|具体)$")
_CLAUSE = re.compile(r"[^,。;:\n]+")
_WHO = re.compile(r"^.{0,24}由(?=[^由]+$)|^(?:明确|其中|分别)")
#: 办公室设在县发改局,负责日常协调.
_SEAT = re.compile(r"(?:办公室|地点)设在([^,。;:\n]{2,24}),(?:由其)?(?:具体|承担|负责)")
_TOGETHER = re.compile(r"(?:会同|联合)")
_AT_HEAD = re.compile(
    r"([^,。;:\n]{2,40})(?::|。(?=负责|牵头|承担|组织))|([各省市县区旗州镇乡村][^,。;:\n]{1,40})。"
)
#: 配合单位要…, 其他责任单位要….
_BESIDE = re.compile(r"(?:配合|协办|参与|协同|其他)(?:责任)?(?:单位|部门)")
#: What an office does, in the words that follow it, where that gives it a role.
_DOES = (
    (Role.LEAD, re.compile(r"[^,。;、]{0,8}牵头(?!抓总|作用)")),
    (
        Role.COOPERATING,
        re.compile(
            r"(?:[要应须]|应当)?(?:积极|密切|主动|全力|协同|共同|加强|做好)*(?:配合|协助|参与|参加)"
        ),
    ),
    (
        Role.IMPLEMENTING,
        re.compile(
            r"(?:[要应须]|应当)?(?:负责落实|具体落实|具体实施|负责实施|负责组织实施|抓好落实|组织实施)"
        ),
    ),
)


def offices_in_sentences(shadow: str, start: int, end: int, known: Known) -> Offices:
    """A局、B局牵头…, 各村要…: only where all that stands before the verb are names of offices."""
    zones = [
        Zone(Role.RESPONSIBLE, *seat.span(1))
        for seat in _SEAT.finditer(shadow, start, end)
        if all_certain(shadow, *seat.span(1))
    ]
    zones += _by_verbs(shadow, start, end, bool(zones))
    zones = zones or _at_head(shadow, start, end)
    taken = [(zone.start, zone.end) for zone in zones]
    zones += [
        zone
        for zone in _subjects(shadow, start, end)
        if not any(zone.start < last and first < zone.end for first, last in taken)
    ]
    zones.sort(key=lambda zone: zone.start)
    units, glued = units_of(shadow, tuple(zones), known)
    once = {unit.name: unit for unit in reversed(units)}
    kept = tuple(unit for unit in units if once[unit.name] is unit)
    return Offices(kept, Found(tuple(zones), "sentence" if zones else ""), tuple(glued))


def _by_verbs(shadow: str, start: int, end: int, beside: bool) -> list[Zone]:
    """Names before 牵头, 负责, 配合 and the like, with the role that each gives."""
    zones: list[Zone] = []
    for clause in _CLAUSE.finditer(shadow, start, end):
        near = beside or bool(zones) and "。" not in shadow[zones[-1].end : clause.start()]
        together = _TOGETHER.match(shadow, clause.start(), clause.end())
        if together and near and all_certain(shadow, together.end(), clause.end()):
            zones.append(Zone(Role.COOPERATING, together.end(), clause.end()))
            continue
        carries = _CARRIES.search(shadow, clause.start(), clause.end())
        if carries and all_certain(shadow, clause.start(), carries.start()):
            zones.append(Zone(Role.RESPONSIBLE, clause.start(), carries.start()))
            continue
        zones += _before_verbs(shadow, clause.start(), clause.end(), near)
    return zones


def _before_verbs(shadow: str, start: int, end: int, near: bool) -> list[Zone]:
    """由A局牵头、B局配合…: the names before the first verb of a clause, and those before the next."""
    zones: list[Zone] = []
    begin = start
    for verb in VERB.finditer(shadow, start, end):
        if shadow.startswith(("单位", "部门"), verb.end()):
            break  # 各责任单位、配合单位要…
        who = _WHO.match(shadow[begin : verb.start()])
        begin += who.end() if who else 0
        role = role_of_verb(verb)
        sure = role in (Role.LEAD, Role.RESPONSIBLE) or verb[0].startswith("负责")
        modal = _MODAL.search(shadow, begin, verb.start())
        stop = modal.start() if modal else verb.start()
        # 配合 alone says little: it counts beside the office that leads
        if not (sure or near or zones) or not all_certain(shadow, begin, stop):
            break
        zones += with_partners(shadow, Zone(role, begin, stop))
        begin = verb.end()
    return zones


def _at_head(shadow: str, start: int, end: int) -> list[Zone]:
    """县发改局:负责…, 县林业局。落实…: names that head the item."""
    head = _AT_HEAD.match(shadow, start, end)
    names = head.span(head.lastindex or 0) if head else (start, start)
    if not head or not all_certain(shadow, *names):
        return []
    if not all(may_be_name(name) for name, _, _ in names_in(shadow, *names)):
        return []  # a sentence that ends in an office: 各镇将进展报县发改局。
    lead = shadow.startswith("牵头", head.end())
    return [Zone(Role.LEAD if lead else Role.RESPONSIBLE, *names)]


def _subjects(shadow: str, start: int, end: int) -> Iterator[Zone]:
    """Those who do something, and those who are asked along."""
    for readings in subjects(shadow, start, end):
        subject = next((each for each in readings if _is_told(shadow, each)), None)
        if subject is None:
            continue
        does = shadow[subject.end : subject.clause_end]
        role = next((role for role, sign in _DOES if sign.match(does)), Role.RESPONSIBLE)
        yield from _each_in_its_role(shadow, subject, role)
        partner = next(
            (each for each in answers_with_others(shadow, subject) if _may_join(shadow, *each)),
            None,
        )
        if partner is not None:
            yield Zone(Role.COOPERATING, *partner)


def _each_in_its_role(shadow: str, subject: Subject, role: Role) -> Iterator[Zone]:
    """各责任单位、配合单位要…: those who are called by their role have that one."""
    names = names_in(shadow, subject.start, subject.end)
    if role is not Role.RESPONSIBLE or not any(_BESIDE.search(name) for name, _, _ in names):
        yield Zone(role, subject.start, subject.end)
        return
    for name, first, last in names:
        yield Zone(Role.COOPERATING if _BESIDE.search(name) else role, first, last)


def _is_told(shadow: str, subject: Subject) -> bool:
    """Whether the words of a subject are names, and nothing but names."""
    names = [name for name, _, _ in names_in(shadow, subject.start, subject.end)]
    shared = bool(names) and names[-1].endswith(("部门", "局", "委", "公司"))
    told = [
        is_certain(name)
        or is_collective(name, subject)
        or (shared and (name in STEMS or name in FIRMS))  # 市场监管、农业农村部门
        for name in names
    ]
    listed = any(told) and must(subject) and all(map(ends_like_office, names))
    return bool(names) and all(map(may_be_name, names)) and (all(told) or listed)


def _may_join(shadow: str, start: int, end: int) -> bool:
    """Whether those who are asked along are offices: 会同县审计局, 会同市直有关部门."""
    names = [name for name, _, _ in names_in(shadow, start, end)]
    return bool(names) and all(is_certain(name) or names_many(name) for name in names)
