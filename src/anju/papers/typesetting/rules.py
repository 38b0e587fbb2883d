"""Rules (lines) above, below and between what they belong to, and where a table is held."""

from typing import Any

from docx.oxml.ns import qn

from anju.papers.typesetting.styles import is_on, points, value

_THIN = "0.5pt"
_USUAL_MARGIN = 5.0
_SIDES = ("top", "bottom", "left", "right", "insideH", "insideV")


def paragraph_rules(borders: Any, leading: float) -> str:
    """The rules of a paragraph as arguments of a typst block, begun by a comma; empty for none.

    Word counts the distance from its line, which is higher than the letters.
    """
    drawn, room = [], []
    for side in ("top", "bottom"):
        rule = None if borders is None else borders.find(qn(f"w:{side}"))
        if is_on(rule):
            drawn.append(f"{side}: {_stroke(rule)}")
            room.append(f"{side}: {(points(rule, 'w:space', 1) or 0) + leading * 0.3:g}pt")
    return f", stroke: ({', '.join(drawn)}), inset: ({', '.join(room)})" if drawn else ""


def table_rules(borders: Any, rows: int) -> str:
    """The rules of a table as typst's `stroke`: a thin grid where all are drawn, else as they are."""
    found = {} if borders is None else {side: borders.find(qn(f"w:{side}")) for side in _SIDES}
    drawn = {side: rule for side, rule in found.items() if is_on(rule)}
    if not drawn:
        return "none"
    if "insideV" in drawn or not {"insideH", "top", "bottom"} <= set(drawn):
        return _THIN
    ends, inside = (_stroke(drawn[side]) for side in ("top", "insideH"))
    last = _stroke(drawn["bottom"])
    return (
        f"(x, y) => (top: if y == 0 {{ {ends} }} else {{ {inside} }},"
        f" bottom: if y == {rows - 1} {{ {last} }} else {{ {inside} }})"
    )


def cell_margins(table: Any) -> float:
    """Room at the sides of a cell in points, where the table itself says so."""
    said = table.find(f"{qn('w:tblPr')}/{qn('w:tblCellMar')}/{qn('w:left')}")
    margin = points(said, "w:w")
    return _USUAL_MARGIN if margin is None else margin


def is_at_foot(table: Any) -> bool:
    """Whether a table is held by the lower edge of the text, whatever stands above it."""
    place = table.find(f"{qn('w:tblPr')}/{qn('w:tblpPr')}")
    return value(place, "w:tblpYSpec") == "bottom"


def _stroke(rule: Any) -> str:
    """One rule: its width is counted in eighths of a point."""
    colour = value(rule, "w:color")
    is_colour = len(colour) == 6 and all(each in "0123456789abcdefABCDEF" for each in colour)
    shown = f'rgb("{colour}")' if is_colour else "black"
    return f"{points(rule, 'w:sz', 8) or 0.5:g}pt + {shown}"
