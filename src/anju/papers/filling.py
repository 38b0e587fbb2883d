"""A template filled: `{{户主姓名}}` becomes the text, a row with `{{家庭成员.姓名}}` one row a member.

Nothing in a template is a program: a placeholder is looked up in a closed list, and that is all.
Word splits what looks like one word into several runs, so placeholders are found in the text of a
whole paragraph and written into the run they begin in, whose font they take.
"""

import copy
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from anju.papers.catalogue import Paper
from anju.papers.refusals import PaperRefused
from anju.papers.values import Blank, Values, placeholders, rows, spoken

#: `｛｛` too: that is what a Chinese keyboard writes.
PLACEHOLDER = re.compile(r"(?:\{\{|｛｛)\s*([^{}｛｝]+?)\s*(?:\}\}|｝｝)")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_P, _R, _T, _BR = qn("w:p"), qn("w:r"), qn("w:t"), qn("w:br")
_TR, _TC = qn("w:tr"), qn("w:tc")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def fill(template: bytes, *, paper: Paper, values: Values, stamp: str = "") -> bytes:
    """The filled paper as docx. `stamp` is set small under every page: who made it, and when.

    `PaperRefused` where the template asks for what the paper may not say.
    """
    document = docx.Document(io.BytesIO(template))
    said = {name: text for name, text in spoken(values).items() if name in paper.allowed}
    for root in texts(document):
        _repeat(root, paper, values)
        for paragraph in root.iter(_P):
            _fill_paragraph(paragraph, paper, said)
    if stamp:
        _stamp(document, stamp)
    filled = io.BytesIO()
    document.save(filled)
    return filled.getvalue()


def texts(document: Any) -> Iterator[Any]:
    """Where a template has text: the body, and the heads and feet of its pages."""
    yield document.element
    kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    for relation in document.part.rels.values():
        if relation.reltype in kinds:
            yield relation.target_part.element


def written(paragraph: Any) -> list[Any]:
    """The text nodes of a paragraph, without those of paragraphs in a box within it."""
    return [node for node in paragraph.iter(_T) if next(node.iterancestors(_P)) is paragraph]


def asked(element: Any) -> list[str]:
    """The placeholders in a paragraph, or in the paragraphs of a row or cell."""
    paragraphs = [element] if element.tag == _P else element.iter(_P)
    return [
        name
        for paragraph in paragraphs
        for name in PLACEHOLDER.findall("".join(node.text or "" for node in written(paragraph)))
    ]


def lists_of(names: list[str]) -> list[str]:
    """The lists that placeholders belong to, each once."""
    return list(dict.fromkeys(name.partition(".")[0] for name in names if "." in name))


def _repeat(root: Any, paper: Paper, values: Values) -> None:
    """Rows, and paragraphs outside of them, once for every entry of their list."""
    of_lists = [row for row in root.iter(_TR) if not _is_nested(row) and lists_of(asked(row))]
    inside = {paragraph for row in of_lists for paragraph in row.iter(_P)}
    of_lists += [each for each in root.iter(_P) if each not in inside and lists_of(asked(each))]
    for element in of_lists:
        name = lists_of(asked(element))[0]
        if not any(each.startswith(f"{name}.") for each in paper.allowed):
            raise PaperRefused(f"《{paper.title}》的模板不能使用名单“{name}”。")
        for entry in rows(values, name):
            said = {f"{name}.{column}": text for column, text in entry.items()}
            _entry(element, paper, said)
        element.getparent().remove(element)


def _is_nested(row: Any) -> bool:
    """Whether a row lies in a cell of another: the outer one is repeated."""
    return any(lists_of(asked(outer)) for outer in row.iterancestors(_TR))


def _entry(element: Any, paper: Paper, said: Mapping[str, str]) -> None:
    one = copy.deepcopy(element)
    element.addprevious(one)
    for paragraph in [one] if one.tag == _P else list(one.iter(_P)):
        _fill_paragraph(paragraph, paper, said, partly=True)


def _fill_paragraph(
    paragraph: Any, paper: Paper, said: Mapping[str, str], *, partly: bool = False
) -> None:
    nodes = written(paragraph)
    whole = "".join(node.text or "" for node in nodes)
    in_cell = next(paragraph.iterancestors(_TC), None) is not None
    for found in reversed(list(PLACEHOLDER.finditer(whole))):
        name = found.group(1)
        if name not in said:
            if partly:
                continue
            raise PaperRefused(f"《{paper.title}》的模板不能使用“{{{{{name}}}}}”。")
        text = _plain(said[name])
        if not text.strip():
            stands_alone = in_cell and whole.strip() == found.group()
            text = _blank(name, stands_alone)
        _write(nodes, found.start(), found.end(), text)
    for node in nodes:
        _break_lines(node)


def _plain(text: str) -> str:
    """A value as it may stand in a paper: without what XML cannot hold, and never a placeholder."""
    text = _NOT_XML.sub("", text)
    return text.replace("{{", "{ {").replace("｛｛", "｛ ｛")


def _blank(name: str, stands_alone: bool) -> str:
    """What is left to write on; a cell of its own is room enough, unless something is to be ticked."""
    blank = placeholders()[name].blank
    return "" if stands_alone and blank is not Blank.CHOICE and blank is not Blank.DAY else blank


def _write(nodes: list[Any], start: int, end: int, text: str) -> None:
    """Replace characters of the joined text; the node of the first one takes the new text."""
    position = 0
    for node in nodes:
        here = node.text or ""
        first, last = max(start - position, 0), min(end - position, len(here))
        position += len(here)
        if first >= last:
            continue
        node.text = here[:first] + text + here[last:]
        node.set(_SPACE, "preserve")
        text = ""


def _break_lines(node: Any) -> None:
    """A line break in a value becomes one in the paper."""
    first, *others = (node.text or "").replace("\r\n", "\n").split("\n")
    node.text = first
    for line in reversed(others):
        after = copy.deepcopy(node)
        after.text = line
        after.set(_SPACE, "preserve")
        node.addnext(after)
        node.addnext(node.makeelement(_BR, {}))


def _stamp(document: Any, stamp: str) -> None:
    """A small grey line at the foot of every page, in every section and kind of footer."""
    from docx.shared import Pt, RGBColor

    has_even_pages = document.settings.odd_and_even_pages_header_footer
    for number, section in enumerate(document.sections):
        feet = [section.footer]
        feet += [section.first_page_footer] if section.different_first_page_header_footer else []
        feet += [section.even_page_footer] if has_even_pages else []
        for foot in feet:
            if foot.is_linked_to_previous and number:
                continue
            run = foot.add_paragraph().add_run(stamp)
            run.font.size = Pt(8)
            run.font.color.rgb = RGBColor(0x80, 0x80, 0x80)
