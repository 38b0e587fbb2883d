"""What a paragraph, run or table looks like when its styles are followed to the end, as Word does."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_STYLE, _ID, _VAL = qn("w:style"), qn("w:styleId"), qn("w:val")


class Styles:
    """The styles of one document, asked for one property at a time."""

    def __init__(self, element: Any) -> None:
        self._by_id = {style.get(_ID): style for style in element.iter(_STYLE)}
        self._usual = {
            style.get(qn("w:type")): style
            for style in element.iter(_STYLE)
            if style.get(qn("w:default")) in ("1", "true")
        }
        self._defaults = element.find(qn("w:docDefaults"))
        self._chains: dict[Any, tuple[Any, ...]] = {}

    def of_paragraph(self, paragraph: Any, *path: str) -> Any:
        """The first element at `path` (tags below w:pPr): own, by style, of the table, by default."""
        own = paragraph.find(qn("w:pPr"))
        places = [own, *self._of_paragraph(paragraph, "w:pPr")]
        return _first([*places, self._default("w:pPrDefault", "w:pPr")], path)

    def of_run(self, run: Any, paragraph: Any, *path: str) -> Any:
        """The same of a run, below w:rPr; `run` is None for what belongs to the paragraph alone."""
        own = None if run is None else run.find(qn("w:rPr"))
        places = [own, *(each.find(qn("w:rPr")) for each in self._chain(own, "w:rStyle", ""))]
        places += self._of_paragraph(paragraph, "w:rPr")
        return _first([*places, self._default("w:rPrDefault", "w:rPr")], path)

    def of_table(self, table: Any, *path: str) -> Any:
        """The same of a table, below w:tblPr."""
        own = table.find(qn("w:tblPr"))
        chain = self._chain(own, "w:tblStyle", "table")
        return _first([own, *(style.find(qn("w:tblPr")) for style in chain)], path)

    def _of_paragraph(self, paragraph: Any, tag: str) -> list[Any]:
        """What the paragraph's style says, and that of the table it stands in."""
        own = paragraph.find(qn("w:pPr"))
        found = [each.find(qn(tag)) for each in self._chain(own, "w:pStyle", "paragraph")]
        table = next(paragraph.iterancestors(qn("w:tbl")), None)
        if table is not None:
            chain = self._chain(table.find(qn("w:tblPr")), "w:tblStyle", "table")
            found += [style.find(qn(tag)) for style in chain]
        return found

    def _chain(self, properties: Any, naming: str, kind: str) -> tuple[Any, ...]:
        """The named style, or the usual one of its kind, and those it is based on."""
        named = None if properties is None else properties.find(qn(naming))
        key = (kind, None) if named is None else (naming, named.get(_VAL))
        if key not in self._chains:
            style = self._usual.get(kind) if named is None else self._by_id.get(named.get(_VAL))
            self._chains[key] = tuple(self._followed(style))
        return self._chains[key]

    def _followed(self, style: Any) -> Iterator[Any]:
        seen: set[str] = set()
        while style is not None and style.get(_ID) not in seen:
            seen.add(style.get(_ID))
            yield style
            based = style.find(qn("w:basedOn"))
            style = None if based is None else self._by_id.get(based.get(_VAL))

    def _default(self, outer: str, inner: str) -> Any:
        found = None if self._defaults is None else self._defaults.find(qn(outer))
        return None if found is None else found.find(qn(inner))


def value(element: Any, attribute: str = "w:val") -> str:
    """An attribute of an element; empty where either is missing."""
    return "" if element is None else element.get(qn(attribute), "")


def points(element: Any, attribute: str, parts: int = 20) -> float | None:
    """An attribute counted in parts of a point (20: twips), in points; None where not given."""
    try:
        return float(value(element, attribute)) / parts
    except ValueError:
        return None


def is_on(element: Any) -> bool:
    """Whether a switch such as w:b is there and not turned off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def _first(places: list[Any], path: tuple[str, ...]) -> Any:
    """The element at the path, in the first place that has it whole."""
    for place in places:
        for tag in path:
            place = None if place is None else place.find(qn(tag))
        if place is not None:
            return place
    return None
