"""Which items of a part are measures: by its heading, and by which of them name offices."""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from anju.reader.articles import is_article
from anju.reader.making import VERBS
from anju.reader.marks import Level
from anju.reader.model import MeasureKind
from anju.reader.structure import Node
from anju.reader.units import Offices

_LONGEST_HEADING = 24


class Part(Enum):
    """What a part of the document is for."""

    PREAMBLE = "preamble"
    TASKS = "tasks"
    GUARANTEES = "guarantees"
    STEPS = "steps"
    PAST = "past"
    BEHIND = (
        "behind"  # by its heading of what was done or is wanting; tasks, where offices are named
    )
    OTHER = "other"

    @property
    def measure_kind(self) -> MeasureKind:
        """The kind of its measures."""
        if self is Part.GUARANTEES:
            return MeasureKind.GUARANTEE
        return MeasureKind.STEP if self is Part.STEPS else MeasureKind.MEASURE


#: A paper that tells what was done or explains another one; only what it plans next promises something.
_LOOKS_BACK = re.compile(
    r"(?:总结|汇报|述职报告|(?:工作|情况|进展|政府工作)(?:的)?(?:报告|通报)|解读|答记者问|公报)(?:\([^()]*\))?$"
)
_NEXT = re.compile(
    r"^(?!.*(?:进展|完成|回顾|情况))(?:.*(?:下一?步|下阶段|下半年|明年|打算|计划|安排|思路|建议|重点工作|主要任务|目标任务|重点任务))"
)
_SIGNS = (
    (Part.PAST, re.compile(r"^附则$")),
    (
        Part.BEHIND,
        re.compile(
            r"(?:工作|情况|20\d\d年.{0,4})回顾|(?:主要|工作|取得).{0,4}(?:做法|成效)|(?:完成|开展|进展)情况$|"
            r"(?:困难|问题|不足|短板)(?:和(?:问题|困难|不足))?$|体会$"
        ),
    ),
    (
        Part.STEPS,
        re.compile(
            r"步骤|时间安排|进度安排|阶段安排|工作安排及时限|^(?:具体|主要)?(?:工作|活动|行动|进度)安排$|推进安排|实施安排$|"
            r"^(?!.*(?:规范|优化|简化|精简|完善|严格|健全|理顺|畅通|再造)).*(?:实施|工作|申报|申请|操作|办理|兑付|兑现|发放|审批)(?:程序|流程)$"
        ),
    ),
    (
        Part.GUARANTEES,
        re.compile(
            r"规划实施|保障(?:措施|机制|要求)(?:$|\n)|(?:^|组织|资金|政策|工作|要素|人才|人员|经费|制度|技术|法治|纪律|后勤|实施|条件|监督|投入|强化|加强|健全|落实|完善|做好)保障(?:$|\n)|(?:工作|组织|实施|政策)保障|(?:强化|加强|健全|落实|完善|做好)(?:组织|资金|政策|要素|人才|人员|经费|用地|制度|技术|法治|纪律|作风|思想|工作|责任|后勤|服务|各项|支撑|投入|监督|基础)*保障|(?:工作|整改|有关|相关|纪律|组织|推进|活动|报送|督导|几点|保障|实施)要求|(?:组织|加强)领导|(?:^|[、和])[^、和]{0,4}(?:工作|运行|推进)机制$|组织实施|几点要求|压(?:紧压)?实(?:工作)?责任|督[查导]考核|考核(?:评价|奖惩|问责)?$"
        ),
    ),
    (
        Part.PREAMBLE,
        re.compile(
            r"[?？]$|总体(?:要求|思路|目标)|指导思想|基本原则|工作原则|目标(?:任务|要求)?(?:$|\n)|(?:发展|工作|主要|任务)目标|基本情况|背景|现状|形势|意义|适用范围"
        ),
    ),
    (
        Part.TASKS,
        re.compile(
            r"任务|措施|举措|重点|行动|工作内容|内容|政策|帮扶|实施|推进|促进|加强|强化|巩固|提升|完善|健全|扎实|全力|大力|着力|抓"
        ),
    ),
)


_TIME = r"\((?:20\d\d年)?\d{1,2}月[^()]*[至-][^()]*\)"
_STAGE = re.compile(
    rf"[^。\n]{{0,12}}(?:阶段|{_TIME})|(?:20\d\d年)?\d{{1,2}}月[^,。\n]{{0,8}}[至-][^,。\n]{{0,14}},"
)
#: 新建40所学校, 全面落实稳岗政策, 全年优良天数达85%以上.
_ASKS = re.compile(
    rf"(?:全面|全力|大力|加快|积极|扎实|深入|持续|继续|进一步|切实|着力|重点|有序|稳步|依法|稳妥|统筹|高质量|不断|组织)*"
    rf"(?:{VERBS}|加大|加强|加快|强化|深化|优化|完善|健全|巩固|提升|提高|改善|丰富|推广|推动|支持|鼓励|扩大|促进|保障|确保|规范|严格|做好|抓好|抓实|"
    r"稳定|拓展|拓宽|构建|整治|治理|保护|修复|畅通|推行|实行|制定|编制|启动|开工|建好|办好|管好|用好|壮大|增强|夯实|聚焦|坚持|"
    r"减轻|减免|免收|降低|防范|化解|严禁|压减|争取|力争|培强|扩建|迁建|增加|延长|简化|精简|取消|整合|盘活)|对|凡|[^。,;\n]{0,16}达到?\d|(?:经|符合|达到)[^。\n]{2,60}(?:给予|予以)"
)


def begins_by_asking(words: str) -> bool:
    """Whether the first words of an item ask for something."""
    return bool(_ASKS.match(words))


def are_stages(titles: Sequence[str]) -> bool:
    """Whether items are the steps of a timetable: most are a stage, or have their time in a bracket."""
    return len(titles) > 1 and 2 * sum(bool(_STAGE.match(each)) for each in titles) > len(titles)


def looks_back(title: str | None) -> bool:
    """Whether a document with this title tells what was done."""
    return bool(title and _LOOKS_BACK.search(title))


def kind_of_part(heading: str, *, past: bool = False) -> Part:
    """What a part is for, from the words of its heading; `past`: of a document that looks back."""
    words = re.split(r"[。\n]", heading.strip())[0]
    if past and not _NEXT.search(words):
        return Part.PAST
    return next((part for part, sign in _SIGNS if sign.search(words)), Part.OTHER)


def part_of_notice(part: Part, heading: str) -> Part:
    """What a paragraph of a notice is for: 压实责任 and 申报程序 are its matter there."""
    if part is Part.STEPS:
        return Part.TASKS
    guards = re.search(r"保障|要求|领导", re.split(r"[。\n]", heading)[0])
    return Part.TASKS if part is Part.GUARANTEES and not guards else part


Asking = Callable[[Node, bool], Offices]
Telling = Callable[[Node], str]


def leaves_that_promise(
    root: Node,
    part: Part,
    offices: Asking,
    words: Telling,
    *,
    beside: bool = False,
    is_notice: bool = False,
) -> Iterator[tuple[Node, Offices]]:
    """The items of a part that are measures, with their offices.

    `words` gives the first words of an item. `beside`: the part is itself an item of a list whose
    other items name offices. `is_notice`: the parts are paragraphs, whose headings say little.

    An item that names offices is a measure wherever it stands. In a part of tasks, items without
    offices count as well when they stand beside such ones, or when the whole part names none; under
    a heading that says nothing, those that begin by asking for something.
    """
    if part is Part.PAST:
        return
    items = list(_items(root, offices))
    if part is Part.BEHIND:
        if not any(offices(item, False).units for item in items):
            return
        part = Part.TASKS
    in_sentences = part is not Part.PREAMBLE or is_notice
    found = [(item, offices(item, in_sentences)) for item in items]
    if part is Part.STEPS:
        yield from ((item, each) for item, each in found if item is not root)
        return
    named = any(each.units for item, each in found if item is not root)
    most = 2 * sum(bool(each.units) for _, each in found) > len(found) > 2
    promising = part is Part.TASKS or (part is Part.OTHER and named)
    promising = promising or (part is Part.PREAMBLE and most)
    for item, each in found:
        listed = root.level >= Level.CLAUSE and (beside or begins_by_asking(words(item)))
        counts = (item is not root or listed) and item.level is not Level.BOX
        asks = part is Part.OTHER and counts or is_notice and part in (Part.OTHER, Part.TASKS)
        asks = asks and begins_by_asking(words(item))
        if each.units or (promising and counts) or asks:
            yield item, each


def _items(node: Node, offices: Asking) -> Iterator[Node]:
    """The items at the depth where offices are named: points below one common bracket stay in it."""
    if not node.children:
        yield node
    elif node.level is not Level.BOX and (
        _names_at_end(node, offices) or _names_at_head(node, offices)
    ):
        yield node
    else:
        for child in node.children:
            yield from _items(child, offices)


def _names_at_head(node: Node, offices: Asking) -> bool:
    """(一)产业帮扶(牵头单位:A局): the heading names offices, and nothing below it does."""
    found = offices(node, False)
    return (
        bool(found.units)
        and found.units[0].start < node.own_end
        and not any(offices(leaf, False).units for leaf in node.leaves())
    )


def _names_at_end(node: Node, offices: Asking) -> bool:
    """Whether only the last point of an item names offices, so for all of them; or none does.

    Items, which stand for themselves more than points do, share offices only where these have a
    paragraph of their own at the end.
    """
    level = {child.level for child in node.children}
    if is_article(node.mark):
        *before, last = (offices(child, False) for child in node.children)
        return bool(last.units) and not any(each.units for each in before)
    if level == {Level.ITEM} and len(node.children) > 1:
        *before, last = (offices(child, False) for child in node.children)
        return last.stands_apart and not any(each.units for each in before)
    if min(level) < Level.POINT or node.level < Level.CLAUSE:
        return False
    if len(node.children) == 1 and node.own_end - node.words <= _LONGEST_HEADING:
        return False  # a heading over a single point
    naming = [bool(offices(child, False).units) for child in node.children]
    return not any(naming[:-1])
