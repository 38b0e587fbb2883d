"""The letters of a paragraph as typst: every run with its font, size, weight, line and colour.

Texts go into typst as string literals, never as its markup, so nothing in a value can be a command.
"""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from anju.papers.typesetting.fonts import Chooser
from anju.papers.typesetting.styles import Styles, is_on, points, value

_USUAL_SIZE = 10.5
_R, _P, _SIMPLE = qn("w:r"), qn("w:p"), qn("w:fldSimple")
_FIELDS = {"PAGE": "counter(page).display()", "NUMPAGES": "counter(page).final().first()"}


def literal(text: str) -> str:
    """A typst string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


class Letters:
    """Writes the runs of paragraphs of one document."""

    def __init__(self, styles: Styles, fonts: Chooser) -> None:
        self._styles = styles
        self._fonts = fonts

    def size(self, paragraph: Any, run: Any = None) -> float:
        """The size of letters in points."""
        size = self._styles.of_run(run, paragraph, "w:sz")
        return points(size, "w:val", 2) or _USUAL_SIZE

    def largest(self, paragraph: Any) -> float:
        """The size of the largest letters of a paragraph, which its lines are made for."""
        sizes = [self.size(paragraph, run) for run in _runs(paragraph)]
        return max(sizes, default=self.size(paragraph))

    def written(self, paragraph: Any) -> str:
        """All runs, as typst code in a content block; an empty paragraph is one line high."""
        parts: list[str] = []
        field = _Field()
        for element in paragraph.iter(_R, _SIMPLE):
            if next(element.iterancestors(_P)) is not paragraph:
                continue  # in a box that floats over the paragraph
            if element.tag == _SIMPLE:
                parts += self._field(value(element, "w:instr"), None, paragraph)
            elif not _is_counted(element.getparent()):
                for child in element:
                    ended = field.take(child)
                    if ended:
                        parts += self._field(ended, element, paragraph)
                    elif not field.is_hidden:
                        parts += self._child(child, element, paragraph)
        if parts:
            return "".join(parts)
        return self._styled(literal("\u00a0"), next(paragraph.iter(_R), None), paragraph)

    def _child(self, child: Any, run: Any, paragraph: Any) -> list[str]:
        if child.tag == qn("w:t") and child.text:
            text = child.text
            if self._is_underlined(run, paragraph):
                text = text.replace(" ", "\u00a0")  # a line to write on is drawn under these only
            return [self._styled(literal(text), run, paragraph), *self._behind(run, paragraph)]
        if child.tag == qn("w:tab"):
            return ["#h(1fr)" if self._has_right_stop(paragraph) else "#h(2em)"]
        if child.tag in (qn("w:br"), qn("w:cr")):
            return [] if value(child, "w:type") == "page" else ["#linebreak()"]
        if child.tag == qn("w:noBreakHyphen"):
            return [self._styled(literal("\u2011"), run, paragraph)]
        return []

    def _behind(self, run: Any, paragraph: Any) -> list[str]:
        """Room between the last letter of a run drawn out and the first of the next."""
        spacing = points(self._styles.of_run(run, paragraph, "w:spacing"), "w:val") or 0.0
        follows = spacing > 0 and run.getnext() is not None
        return [f"#h({spacing:g}pt)"] if follows else []

    def _field(self, instruction: str, run: Any, paragraph: Any) -> list[str]:
        counted = _field_of(instruction)
        return [self._styled(f"context {counted}", run, paragraph)] if counted else []

    def _has_right_stop(self, paragraph: Any) -> bool:
        """Whether what follows a tab stands at the right; room beyond the stop is part of the text."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:tabs')}")
        return own is not None and any(value(stop) == "right" for stop in own)

    def _is_underlined(self, run: Any, paragraph: Any) -> bool:
        return is_on(self._styles.of_run(run, paragraph, "w:u"))

    def _styled(self, what: str, run: Any, paragraph: Any) -> str:
        styles = self._styles
        named = styles.of_run(run, paragraph, "w:rFonts")
        family = self._fonts.family(value(named, "w:eastAsia") or value(named, "w:ascii"))
        said = [f"size: {self.size(paragraph, run):g}pt"]
        said.append(f"font: ({', '.join(literal(each) for each in family)},)")
        if is_on(styles.of_run(run, paragraph, "w:b")):
            said.append('weight: "bold"')
        if is_on(styles.of_run(run, paragraph, "w:i")):
            said.append('style: "italic"')
        spacing = points(styles.of_run(run, paragraph, "w:spacing"), "w:val")
        if spacing is not None:
            said.append(f"tracking: {spacing:g}pt")
        colour = value(styles.of_run(run, paragraph, "w:color"))
        if len(colour) == 6 and all(each in "0123456789abcdefABCDEF" for each in colour):
            said.append(f'fill: rgb("{colour}")')
        made = f"text({', '.join(said)}, {what})"
        if is_on(styles.of_run(run, paragraph, "w:strike")):
            made = f"strike({made})"
        return f"#underline({made})" if self._is_underlined(run, paragraph) else f"#{made}"


def _runs(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph, without those in a box that floats over it."""
    for run in paragraph.iter(_R):
        if next(run.iterancestors(_P)) is paragraph:
            yield run


class _Field:
    """A field as Word keeps it: begin, instruction, separate, the last result, end."""

    def __init__(self) -> None:
        self._instruction = ""
        self._is_result = False

    @property
    def is_hidden(self) -> bool:
        """Whether what comes now is the kept result of a field that is counted anew."""
        return self._is_result and bool(_field_of(self._instruction))

    def take(self, child: Any) -> str:
        """Go on by one element of a run; the instruction of a field that ends with it."""
        if child.tag == qn("w:instrText"):
            self._instruction += child.text or ""
        if child.tag != qn("w:fldChar"):
            return ""
        kind = value(child, "w:fldCharType")
        self._is_result = kind == "separate"
        ended = self._instruction if kind == "end" else ""
        if kind in ("begin", "end"):
            self._instruction = ""
        return ended


def _is_counted(parent: Any) -> bool:
    return parent.tag == _SIMPLE and bool(_field_of(value(parent, "w:instr")))


def _field_of(instruction: str) -> str:
    """What a field counts, where it counts pages."""
    words = instruction.split()
    return _FIELDS.get(words[0].upper(), "") if words else ""
