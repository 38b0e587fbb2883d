"""Writes the made-up plan as a Word file, laid out as offices lay out their documents."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anju.synth.plans.made import MadePlan

FILE_NAME = "plan.docx"

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_SIDES_MM = {
    "top_margin": 37,
    "bottom_margin": 35,
    "left_margin": 28,
    "right_margin": 26,
}


@dataclass(frozen=True, slots=True)
class _Look:
    """How a line is set: font, size in points, alignment (None: justified, two signs in)."""

    font: str
    size: float = 16
    align: str | None = None


_TITLE = _Look("方正小标宋简体", 22, "CENTER")
_HEADING, _SUBHEADING, _BODY = _Look("黑体"), _Look("楷体_GB2312"), _Look("仿宋_GB2312")
_PLAIN, _SIGNED = _Look("仿宋_GB2312", align="LEFT"), _Look("仿宋_GB2312", align="RIGHT")


def write(plan: MadePlan, path: Path) -> None:
    """Write the plan to a .docx, the same bytes every time; a paragraph a line."""
    import docx

    document = docx.Document()
    _set_page(document.sections[0])
    for line in plan.text.splitlines():
        _add(document, line, _look_of(line, plan))
    document.core_properties.title = plan.title
    document.core_properties.author = plan.issuer
    unsettled = io.BytesIO()
    document.save(unsettled)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_without_times(unsettled))


def _look_of(line: str, plan: MadePlan) -> _Look:
    name = plan.title.split("（")[0]
    if line.startswith((f"{plan.issuer}关于", name)) or re.match(r"（\d{4}—\d{4}年）$", line):
        return _TITLE
    if line in (plan.issuer, f"{plan.dated.year}年{plan.dated.month}月{plan.dated.day}日"):
        return _SIGNED
    if line == plan.number or line.endswith("：") or not line:
        return _PLAIN
    if re.match(r"[一二三四五六七八九十]+、", line):
        return _HEADING
    return _SUBHEADING if re.match(r"（[一二三四五六七八九十]+）[^。]*$", line) else _BODY


def _set_page(section: Any) -> None:
    """A4 with the margins of official documents."""
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _SIDES_MM.items():
        setattr(section, side, Mm(width))


def _add(document: Any, line: str, look: _Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align or "JUSTIFY")
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    shape.space_after = Pt(0)
    if look.align is None:
        shape.first_line_indent = Pt(2 * look.size)
    run = paragraph.add_run(line)
    run.font.name, run.font.size = look.font, Pt(look.size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look.font)


def _without_times(unsettled: io.BytesIO) -> bytes:
    """The same archive without the time it was made at."""
    settled = io.BytesIO()
    with (
        zipfile.ZipFile(unsettled) as source,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return settled.getvalue()
