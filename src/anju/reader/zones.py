"""Where in an item the offices stand: behind a label, in a bracket at the end, or in a sentence."""

import re
from dataclasses import dataclass

from anju.reader.model import Role

_LABELS = (
    (Role.LEAD, r"(?:牵头|主办|主责|主管)(?:责任|负责|承办|实施)?(?:单位|部门|科室)"),
    (Role.COOPERATING, r"(?:配合|协办|协同|协助|协作|参与|参加)(?:责任)?(?:单位|部门)"),
    (Role.IMPLEMENTING, r"(?:落实|实施|承办|承担|执行)(?:责任)?(?:单位|部门|主体)"),
    (Role.RESPONSIBLE, r"(?:第一)?(?:责任|负责)(?:单位|部门|主体|分工)"),
)
_LABEL = re.compile("|".join(f"(?P<{role.name}>{text})" for role, text in _LABELS))
_AFTER_LABEL = re.compile(r" *[:;] *")
_OTHER_LABEL = re.compile(
    r"(?:完成时[限间]|时间节点|完成期限|责任领导|牵头领导|包抓领导|责任人|工作目标|时限) *:"
)

_DOING = "(?:指导|负责|组织|推进|推动|实施|落实|抓总|抓好|考核|统筹|协调|开展|做好|督促|并|和|、)"
_VERBS = (
    (Role.LEAD, rf"(?:分别|共同|联合)?牵头{_DOING}*"),
    (Role.COOPERATING, rf"(?:协同|共同|积极|密切)*(?:配合|协助|协办|协同|参与|参加){_DOING}*"),
    (
        Role.RESPONSIBLE,
        rf"(?:按照?|依据|根据)(?:各自)?(?:职[责能]|分工)(?:和|及)?(?:职责)?(?:任务)?(?:分工)?"
        rf"(?:分别|共同|协同|抓好|做好|具体|各自)*{_DOING}*",
    ),
    (
        Role.IMPLEMENTING,
        r"(?:具体|分别|共同|负责|组织|抓好|推进|推动|抓|贯彻|做好)*(?:落实|实施|承办|执行)(?:到位|工作)?",
    ),
    (
        Role.RESPONSIBLE,
        r"(?:具体|分别|共同|各自|直接)*(?:负责|负总责)(?:推进|推动|指导|组织|协调|做好)*",
    ),
    (Role.IMPLEMENTING, r"(?:具体|共同|组织|分别)*推[进动]"),
)
VERB = re.compile("|".join(f"(?P<V{n}>{text})" for n, (_, text) in enumerate(_VERBS)))


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of names with their role, before it is cut into names."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """The zones of an item, and how they were found."""

    zones: tuple[Zone, ...]
    kind: str  # "label", "bracket", "sentence" or "" for none
    unclosed: int | None = None  # where a bracket is missing its other half


def role_of_verb(match: re.Match[str]) -> Role:
    """The role that a verb gives."""
    for number, (role, _) in enumerate(_VERBS):
        if match[f"V{number}"]:
            return role
    raise AssertionError(match)


def labelled(shadow: str, start: int, end: int) -> Found:
    """牵头单位:… 配合单位:… 责任单位:…, each on a line of its own or all in one bracket."""
    marks = [
        (match, after)
        for match in _LABEL.finditer(shadow, start, end)
        if (after := _AFTER_LABEL.match(shadow, match.end(), end))
    ]
    zones: list[Zone] = []
    unclosed = None
    for number, (match, after) in enumerate(marks):
        limit = marks[number + 1][0].start() if number + 1 < len(marks) else end
        other = _OTHER_LABEL.search(shadow, after.end(), limit)
        limit = other.start() if other else limit
        stop, closed = _end_of_list(shadow, after.end(), limit)
        if not closed and _opened(shadow, start, match.start()) and not _closes(shadow, stop, end):
            unclosed = stop
        role = Role[str(match.lastgroup)]
        zones += _by_verbs(shadow, after.end(), stop) or [Zone(role, after.end(), stop)]
    return Found(tuple(zones), "label" if zones else "", unclosed)


def _opened(shadow: str, start: int, at: int) -> bool:
    """Whether a bracket stands open right before a label."""
    return shadow[max(start, at - 2) : at].strip().endswith("(")


def _closes(shadow: str, stop: int, end: int) -> bool:
    """Whether the bracket of a list closes further on in its line: other labels stand in it too."""
    line = shadow[stop:end].split("\n")[0]
    return line.count(")") > line.count("(")


def _end_of_list(shadow: str, start: int, limit: int) -> tuple[int, bool]:
    """Where a list of names ends: its bracket closes, or its line ends and no name is awaited."""
    depth = 0
    for at in range(start, limit):
        sign = shadow[at]
        if sign == "(":
            depth += 1
        elif sign in ")]】":
            if depth == 0:
                return at, True
            depth -= 1
        elif sign == "。" or (sign == "\n" and shadow[start:at].rstrip()[-1:] not in "、,"):
            return at, False
    return limit, False


def bracketed(shadow: str, start: int, end: int) -> Found:
    """(A局牵头,B局配合): every bracket whose words end in what offices do."""
    zones: list[Zone] = []
    for opening, closing in _brackets(shadow, start, end):
        zones += _by_verbs(shadow, opening + 1, closing)
    if zones:
        return Found(tuple(zones), "bracket")
    return _half_bracket(shadow, start, end)


def listed(shadow: str, start: int, end: int) -> Found:
    """(A局、B局) at the end of a paragraph: a list of names and not a word of what they do."""
    closing = [
        pair
        for pair in _brackets(shadow, start, end)
        if not shadow[pair[1] + 1 : end].split("\n")[0].strip(" 。")
    ]
    zones = tuple(Zone(Role.RESPONSIBLE, opening + 1, last) for opening, last in closing[-1:])
    return Found(zones, "bracket" if zones else "")


def _brackets(shadow: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost pairs of brackets."""
    pairs, opened = [], []
    for at in range(start, end):
        if shadow[at] in "([【":
            opened.append(at)
        elif shadow[at] in ")]】" and opened:
            opening = opened.pop()
            if not opened:
                pairs.append((opening, at))
        elif shadow[at] == "。":
            opened.clear()
    return pairs


def _half_bracket(shadow: str, start: int, end: int) -> Found:
    """The last sentence, when one half of its bracket was lost."""
    last = len(shadow[start:end].rstrip("。 \n)")) + start
    stop = max(shadow.rfind(sign, start, last) for sign in "。;!\n")
    opening = shadow.rfind("(", max(start, stop), last)
    while opening >= 0 and ")" in shadow[opening:last]:
        opening = shadow.rfind("(", max(start, stop), opening)
    begin = opening + 1 if opening >= 0 else max(start, stop + 1)
    zones = _by_verbs(shadow, begin, last)
    missing = last if opening >= 0 else begin
    half = opening >= 0 or shadow[last : last + 1] == ")"
    return Found(tuple(zones), "bracket" if zones else "", missing if zones and half else None)


def _by_verbs(shadow: str, start: int, end: int) -> list[Zone]:
    """Stretches of names, each before the verb that gives its role; nothing may stand after."""
    zones: list[Zone] = []
    begin = start
    for match in VERB.finditer(shadow, start, end):
        if match.end() < end and shadow[match.end()] not in ",;、。 \n":
            continue  # 落实 inside a name or a sentence
        if shadow[begin : match.start()].strip(" ,;、。\n"):
            zones.append(Zone(role_of_verb(match), begin, match.start()))
        begin = match.end()
    rest = shadow[begin:end].strip(" ,;、。\n")
    return zones if zones and not rest else []
