"""What is read as no measure and yet names offices or dates: a person is told, so that nothing is lost.

Aims, backgrounds and reports of the past are left out whole, and so are the closing sentences behind
the last item (各单位每季度末月25日前报送进展).
"""

import re
from collections.abc import Callable, Iterator, Sequence

from anju.reader.deadlines import deadlines_of
from anju.reader.model import Oddity
from anju.reader.offices import Known
from anju.reader.sentences import offices_in_sentences
from anju.reader.shadow import lines_of
from anju.reader.structure import Node
from anju.reader.units import Offices, offices_of
from anju.reader.zones import is_list_of_names

_LABEL = re.compile(r"\(?[一-鿿]{2,8} *:|[(\[]")
_LONGEST_TITLE = 20
_LEFT_OUT = "“{}”中有内容未作为措施，但写有单位或时限，请核对"


def close_last_item(node: Node, shadow: str, offices: Offices) -> int | None:
    """End the last item where its offices end and paragraphs follow; where these begin, if any do."""
    if offices.found.kind not in ("label", "bracket") or node.row is not None:
        return None
    named_until = max(zone.end for zone in offices.found.zones)
    for line in lines_of(shadow[named_until : node.end])[1:]:
        if "。" in line.text and not _LABEL.match(line.text) and not is_list_of_names(line.text):
            node.end = named_until + line.start
            return node.end
    return None


def left_out(
    text: str,
    plain: str,
    roots: Sequence[Node],
    measures: Sequence[Node],
    known: Known,
) -> Iterator[Oddity]:
    """One warning for each part in which items without a measure name offices or dates."""
    kept = {id(node) for node in measures}

    def speaks(first: int, last: int) -> bool:
        return _has_date(text, plain, first, last) or names_somebody(plain, first, last, known)

    for root in roots:
        leaf = _first_left_out(root, kept, speaks)
        if leaf is not None:
            words = _LEFT_OUT.format(_title(text, root.words))
            yield Oddity("left_out", words, leaf.start)


def duties_outside(
    text: str, plain: str, first: int, last: int, known: Known, kept: Sequence[Node]
) -> Iterator[Oddity]:
    """A warning for the first paragraph outside all items that names an office and a day, and is no measure."""
    begins = {node.start for node in kept}
    for line in lines_of(plain[first:last]):
        begin, stop = first + line.start, first + line.end
        if begin not in begins and names_and_dates(text, plain, begin, stop, known):
            yield Oddity("left_out", _LEFT_OUT.format(_title(text, begin)), begin)
            return


def names_and_dates(text: str, plain: str, first: int, last: int, known: Known) -> bool:
    """Whether a stretch says who has to do something, and by when or how often."""
    return _has_date(text, plain, first, last) and names_somebody(plain, first, last, known)


def _first_left_out(node: Node, kept: set[int], speaks: Callable[[int, int], bool]) -> Node | None:
    """The first item below a node that no measure holds and that speaks of offices or dates."""
    if id(node) in kept:
        return None
    if not node.children:
        return node if speaks(node.words, node.end) else None
    found = (_first_left_out(child, kept, speaks) for child in node.children)
    return next((each for each in found if each is not None), None)


def _has_date(text: str, plain: str, first: int, last: int) -> bool:
    """Whether a stretch says by when or how often."""
    return any(
        each.date or each.every or each.flag for each in deadlines_of(text, plain, first, last)
    )


def names_somebody(plain: str, first: int, last: int, known: Known) -> bool:
    """Whether a stretch says who does something."""
    found = offices_of(plain, first, last, known)
    return bool(found.units or offices_in_sentences(plain, first, last, known).units)


def _title(text: str, start: int) -> str:
    """The first words of a part."""
    return re.split(r"[。，；：,;:\n]", text[start : start + _LONGEST_TITLE].strip())[0]
