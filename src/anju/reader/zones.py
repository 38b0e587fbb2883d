"""Where in an item the offices stand: behind a label, in a bracket at the end, or in a sentence."""

import re
from dataclasses import dataclass

from anju.reader.model import Role
from anju.reader.offices import ends_like_office

_WHO = "(?:单位|部门|科室|股室|处室|站所|机构|主体)(?:\\((?:单位|部门|科室)\\))?"
#: Who a label may ask besides offices: 责任学校, 协办企业, 承办乡镇.
_OTHERS = "学校|院校|医院|企业|公司|乡镇|镇街|街道|社区|村居?|园区|小组|专班"
_LABELS = (
    (
        Role.LEAD,
        rf"(?:牵头|主办|主责|主管)(?:责任|负责|承办|实施)?{_WHO}|(?:牵头|主办|主责)(?:{_OTHERS})",
    ),
    (
        Role.COOPERATING,
        rf"(?:(?:配合|协办|协同|协助|协作|参与|参加|支持)(?:责任|实施)?|成员|指导|协调|督导){_WHO}"
        rf"|(?:配合|协办|协同)(?:{_OTHERS})",
    ),
    (
        Role.IMPLEMENTING,
        rf"(?:具体)?(?:落实|实施|承办|承担|执行)(?:责任)?{_WHO}|承办(?:{_OTHERS})",
    ),
    (Role.RESPONSIBLE, rf"(?:第一|主要)?(?:责任|负责)(?:{_WHO}|分工)|(?<!有限)责任(?:{_OTHERS})"),
)
_SHORT = r"(?<![一-鿿])(?:{})(?= *:)"  # 牵头:A局;配合:B局
_SHORTS = {
    Role.LEAD: "牵头|主办|主责",
    Role.COOPERATING: "配合|协办|协同|协助|参与|成员",
    Role.IMPLEMENTING: "落实|承办|实施|项目业主|业主",
    Role.RESPONSIBLE: "责任|负责",
}
_LABEL = re.compile(
    "|".join(f"(?P<{role.name}>{text}|{_SHORT.format(_SHORTS[role])})" for role, text in _LABELS)
)
_MAY_LABEL = re.compile("[:;]|单位|部门|科室|股室|处室|站所|机构|主体|分工")  # quick to look for
#: 整改责任单位, 牵头推进单位, 协同单位及乡镇: a column may say more than its role.
_PLACES = "乡镇|街道|镇街|镇村|乡村|村"
_HEADS = (
    (Role.LEAD, re.compile(rf"牵头|主办|主责|主管.*{_WHO}")),
    (
        Role.COOPERATING,
        re.compile(
            rf"^(?:参与|参加|协助|支持|会同)$|配合|协办|协同|(?:协助|协作|参与|参加|支持).*(?:{_WHO}|{_PLACES})|^(?:成员|指导){_WHO}"
        ),
    ),
    (Role.IMPLEMENTING, re.compile(rf"(?:落实|实施|承办|承担|执行).*(?:{_WHO}|{_PLACES})")),
    (
        Role.RESPONSIBLE,
        re.compile(
            rf"^(?:责任|负责)(?!清单|追究|制度|体系)|(?:责任|负责).*(?:{_WHO}|{_PLACES})|分工$"
        ),
    ),
)
_AND_WHO = re.compile(r"(?<=单位|部门)[及和与、/](?:主要)?(?:责任人|负责人|联系人|人员|领导).*$")
_NO_OFFICES = re.compile(
    r"领导(?!单位|小组)|人$|人员|人数|事项|内容|任务$|措施|情况|目标|姓名|电话|职务|签字"
)
_SHORT_LABELS = {
    "牵头": Role.LEAD,
    "主办": Role.LEAD,
    "配合": Role.COOPERATING,
    "协办": Role.COOPERATING,
}
_AFTER_LABEL = re.compile(r" *: *|[为是](?=[省市县区州镇乡各])")
#: 〔责任单位〕县民政局、县财政局 on a line of its own.
_IN_BRACKET = re.compile(r" *\) *:? *(?=[一-鿿])")
_LOST_COLON = re.compile(r" *; *")
#: The colon got lost: 责任单位市城管局. Only where a name of a level follows at once.
_NO_COLON = re.compile(
    r" *(?=(?:[省市县区州镇]|各[省市县区州镇乡街村])[一-鿿]{0,12}(?:局|委|办|部|厅|政府|中心|镇|乡|联|街道))"
)
#: 进度安排:…, 责任领导:…: whatever it is, it names no offices and ends the list before it.
_OTHER_LABEL = re.compile(
    r"(?<![一-鿿“《])(?:[一-鿿]{2,6}|[一-鿿]{2,4}\([一-鿿]{1,4}\)) *:|(?:完成时[限间]|时间节点|完成期限|责任领导|牵头领导|包抓领导|责任人|工作目标|时限) *:"
)

_BRACKET = re.compile(r"[(\[【)\]】。]")
_TIME_BEHIND = re.compile(
    r"[,;。、 ]+(?:完成时[限间]|时限|力争|确保|于|在|到|截至)?(?:20\d\d ?年|\d{1,2}月|今年|年[底内]|长期|持续|立行立改|全年|每[年月季周])[^,;、()]*(?=$|[)\n。])"
)
_LONGEST_NAME = 20
_TOGETHER = re.compile(r"(?:要|应当?|须|需|可|负责|牵头)?(?:会同|商(?=[省市县区州]))")

_DOING = "(?:指导|负责|组织|推进|推动|实施|落实|抓总|抓好|考核|统筹|协调|开展|做好|督促|并|和|、)"
_VERBS = (
    (
        Role.LEAD,
        rf"(?:按照?(?:各自)?职[责能](?:分工)?)?(?:分别|共同|联合|负责|具体)*牵头{_DOING}*(?<![、和并])",
    ),
    (
        Role.COOPERATING,
        rf"(?:协同|共同|积极|密切)*(?:配合|协助|协办|协同|参与|参加){_DOING}*(?<![、和并])",
    ),
    (
        Role.RESPONSIBLE,
        rf"(?:按照?|依据|根据)(?:各自)?(?:职[责能]|分工)(?:和|及)?(?:职责)?(?:任务)?(?:分工)?"
        rf"(?:分别|共同|协同|抓好|做好|具体|各自)*{_DOING}*(?<![、和并])",
    ),
    (
        Role.IMPLEMENTING,
        r"(?:具体|分别|共同|负责|组织|抓好|推进|推动|抓|贯彻|做好)*(?:落实|实施|承办|执行)(?:到位|工作)?",
    ),
    (
        Role.RESPONSIBLE,
        r"(?:具体|分别|共同|各自|直接|统筹)*(?:负责|负总责)(?!解释|解答)(?:推进|推动|指导|组织|协调|做好)*",
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
    kind: str  # "label", "bracket", "tail", "sentence" or "" for none
    unclosed: int | None = None  # where a bracket is missing its other half


def role_of_head(text: str) -> Role | None:
    """The role that the head of a column gives to the names under it."""
    text = _AND_WHO.sub("", text)  # 牵头单位及责任人
    if _NO_OFFICES.search(text):
        return None
    return next((role for role, sign in _HEADS if sign.search(text)), None)


def role_of_label(text: str) -> Role | None:
    """The role that a label gives to the names behind it."""
    match = _LABEL.fullmatch(text)
    return Role[str(match.lastgroup)] if match else _SHORT_LABELS.get(text)


def role_of_verb(match: re.Match[str]) -> Role:
    """The role that a verb gives."""
    for number, (role, _) in enumerate(_VERBS):
        if match[f"V{number}"]:
            return role
    raise AssertionError(match)


def labelled(shadow: str, start: int, end: int) -> Found:
    """牵头单位:… 配合单位:… 责任单位:…, each on a line of its own or all in one bracket."""
    if not _MAY_LABEL.search(shadow, start, end):
        return Found((), "")
    marks = [
        (match, after)
        for match in _LABEL.finditer(shadow, start, end)
        if (after := _after_label(shadow, match, start, end))
    ]
    zones: list[Zone] = []
    unclosed = None
    for number, (match, after) in enumerate(marks):
        limit = marks[number + 1][0].start() if number + 1 < len(marks) else end
        limit = _before_other_label(shadow, after.end(), limit)
        stop, closed = _end_of_list(shadow, after.end(), limit)
        in_bracket = after.re is _IN_BRACKET
        if (
            not (closed or in_bracket)
            and _opened(shadow, start, match.start())
            and not _closes(shadow, stop, end)
        ):
            unclosed = stop
        stop = _before_time(shadow, after.end(), stop)
        role = Role[str(match.lastgroup)]
        zones += by_verbs(shadow, after.end(), stop) or [Zone(role, after.end(), stop)]
    return Found(tuple(zones), "label" if zones else "", unclosed)


def _before_time(shadow: str, start: int, stop: int) -> int:
    """A局、B局,6月底完成: by when stands behind the names."""
    time = _TIME_BEHIND.search(shadow, start, stop)
    return time.start() if time else stop


def _before_other_label(shadow: str, start: int, limit: int) -> int:
    """Where a label begins that names no offices; one in a bracket (责任人:…) only explains a name."""
    for other in _OTHER_LABEL.finditer(shadow, start, limit):
        before = shadow[start : other.start()]
        if before.count("(") <= before.count(")"):
            return other.start()
    return limit


def _after_label(shadow: str, label: re.Match[str], start: int, end: int) -> re.Match[str] | None:
    """The colon behind a label; or nothing, where the label begins a sentence and names follow."""
    begins = not shadow[start : label.start()].strip(" ") or shadow[label.start() - 1] in "。;( \n"
    signs = [_AFTER_LABEL]
    if begins:
        signs += [_LOST_COLON, _NO_COLON]
    if _heads_line(shadow, start, label.start()):
        signs.append(_IN_BRACKET)
    return next((found for sign in signs if (found := sign.match(shadow, label.end(), end))), None)


def _heads_line(shadow: str, start: int, at: int) -> bool:
    """Whether a label stands in a bracket of its own at the head of a line."""
    line = shadow[shadow.rfind("\n", 0, at) + 1 : at]
    return at > start and line.strip() == "("


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
        elif sign == "。":
            return at, False
        elif sign == "\n" and shadow[start:at].rstrip()[-1:] not in "、,":
            line = shadow[at:limit].strip().split("\n")[0]
            if not is_list_of_names(line):
                return at, False
    return limit, False


def is_list_of_names(line: str) -> bool:
    """Whether a line goes on with the list above: names of offices and nothing else."""
    names = re.split("[、,;/ ]+", line.strip(" 。"))
    return not re.search(r"\d", line) and all(
        ends_like_office(name) and len(name) <= _LONGEST_NAME for name in names
    )


def bracketed(shadow: str, start: int, end: int) -> Found:
    """(A局牵头,B局配合): every bracket whose words end in what offices do."""
    zones: list[Zone] = []
    for opening, closing in _brackets(shadow, start, end):
        zones += by_verbs(shadow, opening + 1, _before_time(shadow, opening + 1, closing))
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
    for match in _BRACKET.finditer(shadow, start, end):
        at, sign = match.start(), match[0]
        if sign in "([【":
            opened.append(at)
        elif sign == "。":
            opened.clear()
        elif opened:
            opening = opened.pop()
            if not opened:
                pairs.append((opening, at))
    return pairs


def _half_bracket(shadow: str, start: int, end: int) -> Found:
    """The last sentence, when one half of its bracket was lost."""
    last = len(shadow[start:end].rstrip("。 \n)")) + start
    stop = max(shadow.rfind(sign, start, last) for sign in "。;!\n")
    opening = shadow.rfind("(", max(start, stop), last)
    while opening >= 0 and ")" in shadow[opening:last]:
        opening = shadow.rfind("(", max(start, stop), opening)
    begin = opening + 1 if opening >= 0 else max(start, stop + 1)
    zones = by_verbs(shadow, begin, last)
    missing = last if opening >= 0 else begin
    half = opening >= 0 or shadow[last : last + 1] == ")"
    kind = ("bracket" if half else "tail") if zones else ""
    return Found(tuple(zones), kind, missing if zones and half else None)


def by_verbs(shadow: str, start: int, end: int) -> list[Zone]:
    """Stretches of names, each before the verb that gives its role; nothing may stand after."""
    zones: list[Zone] = []
    begin = start
    for match in VERB.finditer(shadow, start, end):
        if match.end() < end and shadow[match.end()] not in ",;、。 \n":
            continue  # 落实 inside a name or a sentence
        if shadow[begin : match.start()].strip(" ,;、。\n"):
            zones += with_partners(shadow, Zone(role_of_verb(match), begin, match.start()))
        begin = match.end()
    rest = shadow[begin:end].strip(" ,;、。\n")
    return zones if zones and not rest else []


def with_partners(shadow: str, zone: Zone) -> list[Zone]:
    """A局会同B局 负责: who is asked along works beside the first."""
    match = _TOGETHER.search(shadow, zone.start + 2, zone.end)
    if match is None:
        return [zone]
    first = Zone(zone.role, zone.start, match.start())
    return [first, Zone(Role.COOPERATING, match.end(), zone.end)]
