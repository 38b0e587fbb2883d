"""Numbers of headings and items that repeat or are left out."""

import re
from itertools import pairwise

from anju.reader.marks import Level
from anju.reader.model import Oddity
from anju.reader.numerals import chinese
from anju.reader.structure import Node

_DECIMAL = re.compile(r"\d+(?:[.-]\d+)+")


def numbering_warnings(roots: list[Node]) -> list[Oddity]:
    """Numbers that repeat or are left out, among siblings and in runs through the document."""
    found = _among(roots)
    found += _in_run([_last(each) for each in roots if _DECIMAL.fullmatch(each.number)])
    items: list[tuple[int, int]] = []
    todo = list(reversed(roots))
    while todo:
        node = todo.pop()
        found += _among(node.children) if node.children else []
        found += _in_run([_last(each) for each in node.children if _DECIMAL.fullmatch(each.number)])
        reaches_down = node.row is not None and items and node.number == str(items[-1][1])
        if node.level is Level.ITEM and node.number.isdecimal() and not reaches_down:
            items.append(_last(node))
        todo += reversed(node.children)
    return sorted(found + _in_run(items) + _twice(roots), key=lambda warning: warning.start)


def _among(siblings: list[Node]) -> list[Oddity]:
    """Chinese-numbered headings are counted among siblings."""
    found: list[Oddity] = []
    before: dict[Level, int] = {}
    for node in siblings:
        if node.level not in (Level.CHAPTER, Level.CLAUSE):
            continue
        number = chinese(node.number) or 0
        last = before.get(node.level)
        if last is not None and number <= last:
            found.append(Oddity("heading_repeated", f"标题序号“{node.mark}”重复出现", node.start))
            number = max(last, number)
        elif last is not None and number > last + 1:
            found.append(
                Oddity("heading_missing", f"标题序号从{last}跳到{number}，中间缺号", node.start)
            )
        before[node.level] = number
    return found


def _last(node: Node) -> tuple[int, int]:
    """Where an item stands, and the last part of its number."""
    return node.start, int(re.split("[.-]", node.number)[-1])


def _in_run(items: list[tuple[int, int]]) -> list[Oddity]:
    """Items may be numbered through the document or begin again in each section."""
    found: list[Oddity] = []
    last = 0
    for start, number in items:
        if number > last + 1 and last:
            missing = "、".join(str(each) for each in range(last + 1, min(number, last + 6)))
            found.append(Oddity("number_missing", f"缺少第{missing}项", start))
        elif number <= last and number != 1:
            found.append(Oddity("number_repeated", f"序号{number}重复或倒退", start))
        last = number
    return found


def _twice(siblings: list[Node]) -> list[Oddity]:
    """1. after 1. under one heading: a run that begins again says nothing odd, but not at once."""
    found: list[Oddity] = []
    todo = [siblings]
    while todo:
        nodes = todo.pop()
        todo += [node.children for node in nodes if node.children]
        for before, node in pairwise(nodes):
            if node.level is before.level is Level.ITEM and node.number == before.number == "1":
                found.append(Oddity("number_repeated", "序号1重复出现", node.start))
    return found
