"""What of a docx its PDF does not show."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from docx.oxml.ns import qn

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_UNSET: Mapping[str, str] = MappingProxyType(
    {
        qn("w:drawing"): "图片、图形和文本框",
        qn("w:pict"): "图片、图形和文本框",
        qn("w:object"): "嵌入的对象",
        qn("w:footnoteReference"): "脚注",
        qn("w:endnoteReference"): "尾注",
        qn("w:commentReference"): "批注",
        _MATH: "公式",
    }
)


def left_out(document: Any) -> tuple[str, ...]:
    """The kinds of things that are left out, each once."""
    found = [_UNSET[element.tag] for element in document.element.iter(*_UNSET)]
    columns = [
        each for each in document.element.iter(qn("w:cols")) if each.get(qn("w:num"), "1") != "1"
    ]
    return tuple(dict.fromkeys([*found, *(["分栏"] if columns else [])]))
