"""Duties that stand outside all items: in the notice around a plan, or in a letter that numbers nothing.

现将方案印发给你们。各镇要于2月28日前报送年度计划。 Only a paragraph in which a sentence asks somebody for something
counts: what a notice tells (已经县政府同意, 县政府将适时督查) gives nobody anything to do.
"""

import re
from collections.abc import Callable, Iterator

from anju.reader.footers import is_footer
from anju.reader.marks import Level
from anju.reader.shadow import lines_of
from anju.reader.structure import Node

_ASKS = re.compile(
    r"请|务必|(?<![需重主纲概])要(?!求|素|点|件|闻)|(?<!必)须(?!知)|必须|应(?!急|用|届|对|聘|有尽有)|[负具]责|前[^。;]{0,30}(?:报(?!告)|交|送)|于[^,。;]{2,16}前[^。;]{0,30}完成"
)
_SENTENCE = re.compile(r"[^。;]+")
_SHORTEST = 12

Speaks = Callable[[int, int], bool]


def duties_said(plain: str, first: int, last: int, speaks: Speaks) -> Iterator[Node]:
    """The paragraphs of a stretch that give somebody something to do, as items that no number tells.

    `speaks` says of a sentence whether it names what makes it a duty (offices, and where asked a time).
    """
    count = 0
    for line in lines_of(plain[first:last]):
        begin, stop = first + line.start, first + line.end
        if len(line.text) < _SHORTEST or "。" not in line.text or "|" in line.text:
            continue
        if is_footer(line.text):
            continue
        if any(
            _ASKS.search(each[0]) and speaks(each.start(), each.end())
            for each in _SENTENCE.finditer(plain, begin, stop)
        ):
            count += 1
            yield Node(Level.PARAGRAPH, str(count), str(count), begin, begin, stop, stop)


def end_of_first_paragraph(node: Node, beside: list[Node], plain: str) -> int | None:
    """Where the last of some items ends that are one paragraph each; what stands below belongs to none of them."""
    others = [each for each in beside if each is not node]
    if not others or node.row is not None or node.children:
        return None
    if any(each.children or "\n" in plain[each.words : each.end].strip() for each in others):
        return None
    lines = lines_of(plain[node.words : node.end])
    if len(lines) < 2 or "。" not in lines[0].text:
        return None
    return node.words + lines[0].end
