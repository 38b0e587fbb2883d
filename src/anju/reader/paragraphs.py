"""Items without numbers: paragraphs below a heading, each ending in offices of its own."""

import re
from collections.abc import Iterator

from anju.reader.marks import Level
from anju.reader.offices import Known
from anju.reader.sentences import offices_in_sentences
from anju.reader.shadow import Line, lines_of
from anju.reader.structure import Node
from anju.reader.units import Offices, offices_of
from anju.reader.zones import is_list_of_names

_FEWEST_WORDS = 8
_CLOSING = re.compile(r"[)）。;\s]*")
_LABEL_LINE = re.compile(r"\(?[一-鿿]{2,8} *:")
_LONGEST_HEADING = 40


def part_into_paragraphs(node: Node, shadow: str, plain: str, known: Known) -> None:
    """Give an item the paragraphs below its heading as items, where two or more name offices each.

    `plain` is the shadow with names of documents blanked.
    """
    if node.row is not None:
        return
    lines = [
        Line(node.words + line.start, node.words + line.end, line.text)
        for line in lines_of(shadow[node.words : node.end])
    ]
    headed = (
        len(lines) > 2 and len(lines[0].text) <= _LONGEST_HEADING and lines[0].text[-1] not in "。;"
    )
    if headed:
        lines = lines[1:]
    if len(lines) < 2:
        return
    groups = list(_groups(lines, shadow, known))
    if len(groups) < 2 and headed and node.level <= Level.CHAPTER:
        groups = _each_with_somebody(lines, shadow, plain, known)
    if len(groups) < 2:
        return
    groups[-1][-1] = Line(groups[-1][-1].start, node.end, "")
    node.own_end = groups[0][0].start
    for count, group in enumerate(groups, start=1):
        first, last = group[0].start, group[-1].end
        below = Node(Level.PARAGRAPH, str(count), str(count), first, first, last, last, node)
        node.children.append(below)


def _each_with_somebody(
    lines: list[Line], shadow: str, plain: str, known: Known
) -> list[list[Line]]:
    """Each paragraph alone, where every one tells in its sentences who does it; none otherwise."""
    whole = all(
        "。" in line.text
        and not offices_of(shadow, line.start, line.end, known).units
        and offices_in_sentences(plain, line.start, line.end, known).units
        for line in lines
    )
    return [[line] for line in lines] if whole else []


def _groups(lines: list[Line], shadow: str, known: Known) -> Iterator[list[Line]]:
    """Lines up to those that end in offices; labels on lines of their own belong to the lines above."""
    group: list[Line] = []
    words = 0
    closed = False
    for line in lines:
        offices = offices_of(shadow, line.start, line.end, known)
        at = _first_office(offices, line)
        label = (
            _LABEL_LINE.match(line.text)
            or (at is not None and at - line.start < _FEWEST_WORDS)
            or is_list_of_names(line.text)
        )
        if closed and not label:
            yield group
            group, words, closed = [], 0, False
        group.append(line)
        words += at - line.start if at is not None else len(line.text)
        if at is not None and words >= _FEWEST_WORDS and _ends(offices, line, shadow):
            closed = True
    if closed:
        yield group


def _first_office(offices: Offices, line: Line) -> int | None:
    """Where the offices of a line begin."""
    starts = [unit.start for unit in offices.units if line.start <= unit.start < line.end]
    return min(starts, default=None)


def _ends(offices: Offices, line: Line, shadow: str) -> bool:
    """Whether nothing but signs stands behind the offices, or the line is theirs: 市发改委牵头落实."""
    if offices.found.kind == "tail":
        return offices.units[0].start == line.start
    last = max(zone.end for zone in offices.found.zones)
    rest = shadow[last : line.end]
    after = rest.partition(")")[2] if ")" in rest else rest
    return offices.found.kind in ("label", "bracket") and bool(_CLOSING.fullmatch(after))
