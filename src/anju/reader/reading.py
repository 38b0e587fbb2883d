"""The reader: a text in, a plan out. Every step is a module of its own; here they meet."""

import re
from dataclasses import replace
from datetime import date

from anju.reader.amounts import amounts_of
from anju.reader.articles import articles_of, may_promise
from anju.reader.covering import duties_said, end_of_first_paragraph
from anju.reader.deadlines import deadlines_of, with_years
from anju.reader.front_matter import front_matter_of
from anju.reader.kinds import (
    Part,
    are_stages,
    kind_of_part,
    leaves_that_promise,
    looks_back,
    part_of_notice,
)
from anju.reader.learning import names_written
from anju.reader.left_out import close_last_item, duties_outside, left_out, names_and_dates
from anju.reader.marks import Level
from anju.reader.model import Deadline, Flag, Measure, Oddity, Plan, Role, Section, Target, Unit
from anju.reader.numbering import numbering_warnings
from anju.reader.offices import Known
from anju.reader.paragraphs import part_into_paragraphs
from anju.reader.sentences import offices_in_sentences
from anju.reader.shadow import half_width, shadow_of, without_titles
from anju.reader.structure import Node, tree_of
from anju.reader.targets import targets_of
from anju.reader.units import (
    Offices,
    offices_as_heading,
    offices_in_row,
    offices_of,
)
from anju.reader.value_rows import sums_in_row, targets_in_row
from anju.reader.zones import Zone, labelled

_TITLE = re.compile(r"(?:\s*\n(?:[一-鿿]{2,6}:)?)?([^。:;|\n]{2,60})")
_FEWEST_NAMING = 2
_LONGEST_HEADING = 30
_FIRST_WORDS = 80
#: 问题描述:…: what was found, in a list of what is put right.
_PROBLEM = re.compile(
    r"(?:(?:问题描述|存在的?问题|问题表现|具体表现|具体问题|反馈问题|主要问题|问题症结) *:)[^\n]*"
)
#: 列第一位的责任单位为牵头单位，其他为配合单位.
_FIRST_LEADS = re.compile(
    r"(?:第一位?|首位|最前面?)的?[^,。;\n]{0,8}(?:为|是)(?:工作)?(?:牵头|主办|主责|第一责任)(?:单位|部门)?"
    r"(?:[,;、]?(?:其余|其他|后面|之后)[^,。;\n]{0,12}(?:为|是)(?:配合|协办|责任|参与))?"
)


def read(text: str) -> Plan:
    """Read a plan document. Offsets in the result are those of `text`."""
    shadow = shadow_of(text)
    roots, _ = tree_of(shadow)
    body = roots[0].start if roots else len(text)
    articles = articles_of(shadow)
    front = front_matter_of(text, shadow, min(body, articles[0].start) if articles else body)
    if articles:
        roots = _promising_articles(shadow, front.title)
    if not roots:
        code = "regulation" if articles else "no_headings"
        words = "条文式文件，没有任务措施" if code == "regulation" else "没有找到带序号的标题"
        return Plan(
            front.title,
            front.number,
            front.issuer,
            front.dated,
            warnings=(*front.warnings, Oddity(code, words, 0)),
        )
    measures = _Measures(text, shadow, roots, past=looks_back(front.title), dated=front.dated)
    measures.add_duties_outside(body)
    left = measures.left_out(body)
    warnings = [*front.warnings, *numbering_warnings(roots), *measures.warnings, *left]
    return Plan(
        front.title,
        front.number,
        front.issuer,
        front.dated,
        tuple(_sections(roots, shadow, measures.nodes)),
        tuple(measures.made),
        tuple(sorted(warnings, key=lambda warning: (warning.start, warning.code))),
    )


def _promising_articles(shadow: str, title: str | None) -> list[Node]:
    """The articles of a paper that promises by its title, where they name offices by label."""
    if not may_promise(title):
        return []
    roots, _ = tree_of(shadow, in_articles=True)
    leaves = [leaf for root in roots for leaf in root.leaves()]
    naming = sum(bool(labelled(shadow, leaf.words, leaf.end).zones) for leaf in leaves)
    return roots if naming >= _FEWEST_NAMING else []


class _Measures:
    """Reads the items of a document that promise something."""

    def __init__(
        self, text: str, shadow: str, roots: list[Node], *, past: bool, dated: date | None
    ) -> None:
        self.text, self.shadow, self.dated = text, shadow, dated
        self.plain = without_titles(shadow)
        self.first_leads = _FIRST_LEADS.search(half_width(text))
        leaves = [leaf for root in roots for leaf in root.leaves()]
        self.known = Known.of(names_written(shadow, leaves))
        self._told: dict[tuple[int, bool], Offices] = {}
        for leaf in leaves:
            part_into_paragraphs(leaf, shadow, self.plain, self.known)
        self.roots = roots
        self.closing = self._close_last_item()
        self.is_notice = _is_notice(roots)
        self.warnings: list[Oddity] = []
        self.nodes: list[Node] = []
        self.made: list[Measure] = []
        self._keys: dict[str, int] = {}
        listed = any(
            self._offices(root, True).units
            for root in roots
            if root.level is Level.ITEM and not root.children
        )
        for root in _parts_of(roots):
            part = _part_of(root, shadow, past=past)
            if self.is_notice:
                part = part_of_notice(part, shadow[root.words : root.words + _LONGEST_HEADING])
            for node, offices in leaves_that_promise(
                root,
                part,
                self._offices,
                self._first_words,
                beside=listed,
                is_notice=self.is_notice,
            ):
                self.nodes.append(node)
                self.made.append(self._measure(node, offices, part))

    def add_duties_outside(self, body: int) -> None:
        """Measures of the paragraphs around the items that ask somebody for something by a day."""
        outside = [
            node
            for first, last in ((0, body), self.closing)
            for node in duties_said(self.plain, first, last, self._names_and_dates)
        ]
        for count, node in enumerate(outside, start=1):
            node.mark = node.number = str(count)
            self._add_duty(node)
        self.made.sort(key=lambda measure: measure.start)

    def _names_and_dates(self, first: int, last: int) -> bool:
        return names_and_dates(self.text, self.plain, first, last, self.known)

    def _add_duty(self, node: Node) -> None:
        offices = self._offices(node, True)
        if offices.units:
            self.nodes.append(node)
            self.made.append(self._measure(node, offices, Part.TASKS))

    def _offices(self, node: Node, in_sentences: bool) -> Offices:
        """The offices of an item, its children's words included; asked for more than once."""
        asked = (id(node), in_sentences and node.row is None)
        if asked not in self._told:
            self._told[asked] = self._find_offices(node, in_sentences)
        return self._told[asked]

    def _find_offices(self, node: Node, in_sentences: bool) -> Offices:
        if node.row is not None:
            return offices_in_row(self.shadow, node.row, self.known)
        found = offices_of(self.shadow, node.words, node.end, self.known)
        if not in_sentences:
            return found
        if not found.units:
            found = offices_in_sentences(self.plain, node.words, node.end, self.known)
        if node.parent is None or any(u.role is not Role.COOPERATING for u in found.units):
            return found
        above = (node.parent.words, node.parent.own_end)
        own = offices_as_heading(self.shadow, *above, self.known)
        return replace(found, units=(*own, *found.units))

    def _close_last_item(self) -> tuple[int, int]:
        """Part the closing sentences from the last item; where they stand."""
        last = self.roots[-1].leaves()[-1]
        end = last.end
        offices = offices_of(self.shadow, last.words, end, self.known)
        begins = close_last_item(last, self.shadow, offices)
        if begins is None:
            beside = last.parent.children if last.parent else self.roots
            begins = end_of_first_paragraph(last, beside, self.plain)
            last.end = begins or end
        return (begins, end) if begins is not None else (end, end)

    def left_out(self, body: int) -> list[Oddity]:
        """What no measure holds and yet names offices or dates."""
        place = (self.text, self.plain)
        return [
            *left_out(*place, self.roots, self.nodes, self.known),
            *duties_outside(*place, 0, body, self.known, self.nodes),
            *duties_outside(*place, *self.closing, self.known, self.nodes),
        ]

    def _first_words(self, node: Node) -> str:
        """The words with which an item begins."""
        return self.shadow[node.words : min(node.end, node.words + _FIRST_WORDS)].strip()

    def _measure(self, node: Node, offices: Offices, part: Part) -> Measure:
        """One measure with everything in it."""
        title = _title_of(node, self.text, self.shadow)
        stretches = _outside(offices.found.zones, node, self.shadow)
        row = node.row
        valued = targets_in_row(self.plain, row.values, title) if row else []
        sums = sums_in_row(self.plain, row.sums) if row else []
        deadlines = self._deadlines(node, stretches)
        targets = [
            each
            for first, last in stretches
            for each in targets_of(self.plain, first, last, deadlines, title)
        ]
        amounts = [
            each for first, last in stretches for each in amounts_of(self.plain, first, last)
        ]
        self._warn(node, offices, deadlines, targets)
        return Measure(
            self._key(node),
            node.parent.path if node.parent else "",
            node.mark,
            title,
            node.start,
            node.end,
            tuple(_as_written(unit, self.text) for unit in self._ranked(offices.units)),
            tuple(deadlines),
            (*targets, *valued),
            (*amounts, *sums),
            part.measure_kind,
            _confidence(offices, deadlines, targets),
        )

    def _ranked(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """The first office leads where the document says so of all its lists."""
        if self.first_leads is None or {unit.role for unit in units} != {Role.RESPONSIBLE}:
            return units
        others = Role.COOPERATING if "配合" in self.first_leads[0] else Role.RESPONSIBLE
        return (replace(units[0], role=Role.LEAD), *(replace(u, role=others) for u in units[1:]))

    def _deadlines(self, node: Node, stretches: list[tuple[int, int]]) -> list[Deadline]:
        """Deadlines of the words, and of the column that is headed by them."""
        columns = node.row.when if node.row else ()
        found = [
            each
            for first, last in stretches
            for each in deadlines_of(self.text, self.plain, first, last)
        ]
        found = with_years(found, self.plain, self.dated)
        for first, last in columns:
            place = (self.text, self.plain, first, last)
            headed = deadlines_of(*place, is_headed=True)
            found += with_years(headed, self.plain, self.dated)
        return found

    def _key(self, node: Node) -> str:
        """Section path and number; a second one with the same key gets #2."""
        path = node.path
        self._keys[path] = self._keys.get(path, 0) + 1
        return path if self._keys[path] == 1 else f"{path}#{self._keys[path]}"

    def _warn(
        self, node: Node, offices: Offices, deadlines: list[Deadline], targets: list[Target]
    ) -> None:
        """What a person should look at in this item."""
        add = self.warnings.append
        if offices.found.unclosed is not None:
            add(Oddity("bracket_missing", "责任单位的括号不成对", offices.found.unclosed))
        for place in offices.glued:
            add(Oddity("separator_missing", "单位名称之间缺少顿号，已按名录拆开", place))
        if not offices.units:
            add(Oddity("units_missing", "没有找到责任单位", node.start))
        for deadline in deadlines:
            if deadline.flag in (Flag.YEAR_MISSING, Flag.YEAR_MARK_LOST):
                words = "没有写年份" if deadline.flag is Flag.YEAR_MISSING else "年份后缺“年”字"
                add(Oddity("date_without_year", f"“{deadline.text}”{words}", deadline.start))
        for target in targets:
            if not target.unit and target.value:  # 为零 needs no unit
                add(Oddity("value_odd", "数值没有单位，可能有误", target.start))


def _is_notice(roots: list[Node]) -> bool:
    """Whether 一、二、三、 number paragraphs, with nothing numbered below them."""
    return all(root.level is Level.CHAPTER and not root.children for root in roots)


def _parts_of(roots: list[Node]) -> list[Node]:
    """The outermost items; the chapters of an annex are parts as those of the document are."""
    parts: list[Node] = []
    for root in roots:
        chapters = [each for each in root.children if each.level is Level.CHAPTER]
        annex = root.level is Level.PART and root.mark.startswith("附件")
        parts += root.children if annex and chapters == root.children and chapters else [root]
    return parts


def _part_of(root: Node, shadow: str, *, past: bool) -> Part:
    """What a part is for; items without a heading above them are tasks."""
    if root.level >= Level.ITEM and not root.children:
        return Part.TASKS
    heading = re.split(r"[。\n]", shadow[root.words : root.words + _LONGEST_HEADING])[0]
    if root.level is Level.CLAUSE and kind_of_part(heading) in (Part.OTHER, Part.TASKS):
        return Part.PAST if past else Part.TASKS
    if not root.children and len(heading) == _LONGEST_HEADING:
        return Part.PAST if past else Part.OTHER  # a paragraph that has no heading
    part = kind_of_part(heading, past=past)
    titles = [shadow[each.words : each.words + _LONGEST_HEADING] for each in root.children]
    return Part.STEPS if part in (Part.TASKS, Part.OTHER) and are_stages(titles) else part


def _outside(zones: tuple[Zone, ...], node: Node, shadow: str) -> list[tuple[int, int]]:
    """The stretches of an item that are not lists of offices, nor tell what went wrong."""
    apart = [(zone.start, zone.end) for zone in zones]
    if node.row is not None:
        apart += [*node.row.when, *node.row.idle]
        apart += [(each.start, each.end) for each in (*node.row.values, *node.row.sums)]
    for problem in _PROBLEM.finditer(shadow, node.words, node.end):
        apart.append(problem.span())
    stretches, begin = [], node.words
    for first, last in sorted(apart):
        if first > begin:
            stretches.append((begin, first))
        begin = max(begin, last)
    return [*stretches, (begin, node.end)] if begin < node.end else stretches


def _as_written(unit: Unit, text: str) -> Unit:
    """The office with the signs of the document, blanks removed."""
    return replace(unit, name="".join(text[unit.start : unit.end].split()))


def _title_of(node: Node, text: str, shadow: str) -> str:
    """The words up to the first stop, colon or line end."""
    match = _TITLE.match(shadow, node.words, node.end)
    if match is None:
        return ""
    title = text[match.start(1) : match.end()].strip().lstrip("★▲※●◆■* ")
    return title if len(title) < 60 else re.split(r"[,，]", title)[0]


def _confidence(offices: Offices, deadlines: list[Deadline], targets: list[Target]) -> float:
    """Between 0 and 1: how plainly the item was written."""
    score = {"label": 1.0, "bracket": 1.0, "sentence": 0.7}.get(offices.found.kind, 0.5)
    score -= 0.15 * (offices.found.unclosed is not None) + 0.1 * bool(offices.glued)
    score -= 0.05 * sum(1 for each in deadlines if each.flag is not None)
    score -= 0.1 * sum(1 for each in targets if not each.unit)
    return round(max(score, 0.1), 2)


def _sections(roots: list[Node], shadow: str, measures: list[Node]) -> list[Section]:
    """Headings in reading order: every item that is not itself a measure."""
    skipped = {id(node) for node in measures}
    found: list[Section] = []
    todo = list(reversed(roots))
    while todo:
        node = todo.pop()
        if id(node) in skipped:
            continue
        found.append(Section(node.path, _title_of(node, shadow, shadow), node.start, node.end))
        todo += reversed(node.children)
    return found
