"""What a workbook's bytes are, and whether they may be opened at all.

The zip is unpacked once in small pieces, so that neither a bomb nor a damaged part reaches the
reader; on the way it is noted where cells are merged, where formulas failed, and whether there are
numbers of 15 digits and more.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree import ElementTree

from anju.intake.refusals import FileRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_OLE_WORD = "WordDocument".encode("utf-16-le")
_LARGEST_UNPACKED = 1_500 * 1024 * 1024
_LARGEST_RATIO = 150
_RATIO_MATTERS_FROM = 32 * 1024 * 1024
_MOST_PARTS = 5_000
_MOST_CELLS = 60_000_000
_MOST_MARKS = 200_000
_LARGEST_INDEX = 4 * 1024 * 1024
_PIECE = 1 << 20
_OVERLAP = 256
# A cell that is a number of 15 digits and more: an identity number that Excel has rounded.
_LONG_NUMBER = re.compile(rb"<v>(?:[0-9.]+E\+1[4-9]|[0-9]{15,}(?:\.0+)?)</v>")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_FAILED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]* t="e"')
# A cell with content far to the right or far down: the reader would keep everything in between.
_FAR = re.compile(rb'<c r="([C-Z][A-Z]|[A-Z]{3})([0-9]{1,7})"[^>]*>(?:<f|<v|<is)')
_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_MACROS = ("xl/vbaproject.bin", "xl/macrosheets/")
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WEB_PAGE = re.compile(
    rb"^\s*(?:<!doctype html|<html|<table|<head|<meta|<\?xml[^>]*>\s*<html)", re.I
)
_OLD_XML = re.compile(rb"^\s*<\?xml.{0,400}?urn:schemas-microsoft-com:office:spreadsheet", re.S)

Range = tuple[int, int, int, int]


@dataclass(slots=True)
class Marks:
    """What was seen of one sheet: merged ranges (first row, first column, last row, last column)
    and cells (row, column) whose formula failed; all counted from 0."""

    merged: list[Range] = field(default_factory=list)
    failed: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Inspected:
    """A file that may be opened. `is_old`: the format of Excel 97, of which nothing else is known.

    `marks`: by the name of the sheet. `has_long_numbers`: a cell may be a rounded identity number.
    """

    is_old: bool = False
    is_text: bool = False
    has_long_numbers: bool = True
    marks: dict[str, Marks] = field(default_factory=dict)


def inspect(content: bytes, file_name: str, *, largest: int) -> Inspected:
    """Refuse what must not be opened, and say what the file is."""
    if not content:
        raise FileRefused("file_empty", f"文件“{file_name}”是空的，请重新导出后上传。")
    if len(content) > largest:
        raise FileRefused(
            "file_too_large",
            f"文件“{file_name}”有 {len(content) // 1024 // 1024} MB，超过上限"
            f" {largest // 1024 // 1024} MB。请按乡镇拆成几个文件上传。",
        )
    if content.startswith(_OLE):
        return _inspect_old(content, file_name)
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _inspect_zip(content, file_name)
    if content.startswith(b"PK"):
        raise broken(file_name)
    if _WEB_PAGE.match(content[:2_000]) or _OLD_XML.match(content[:2_000]):
        raise FileRefused(
            "file_web_page",
            f"文件“{file_name}”虽叫表格，其实是网页或 XML 文本。"
            "请用 Excel 或 WPS 打开，另存为 xlsx 格式后上传。",
        )
    return Inspected(is_text=True, has_long_numbers=False)


def _inspect_old(content: bytes, file_name: str) -> Inspected:
    if _ENCRYPTED in content:
        raise protected(file_name)
    if _OLE_WORD in content:
        raise not_a_list(file_name)
    if _OLE_MACROS in content:
        raise _has_macros(file_name)
    return Inspected(is_old=True)


def _inspect_zip(content: bytes, file_name: str) -> Inspected:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpack(archive, len(content), file_name)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError,
        LookupError,  # a damaged declaration names an encoding nobody knows
    ):  # fmt: skip
        raise broken(file_name) from None
    except RuntimeError:  # zipfile: a part is encrypted
        raise protected(file_name) from None


def _unpack(archive: zipfile.ZipFile, packed: int, file_name: str) -> Inspected:
    """Unpack everything in pieces without keeping it; counts what really comes out."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise _bomb(file_name)
    if any(part.filename.lower().startswith(_MACROS) for part in parts):
        raise _has_macros(file_name)
    found = Inspected(has_long_numbers=False)
    names = _sheet_names(archive)
    unpacked = 0
    for part in parts:
        is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
        reader = _SheetParts() if is_sheet else None
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                unpacked += len(piece)
                if unpacked > _RATIO_MATTERS_FROM and unpacked / packed > _LARGEST_RATIO:
                    raise _bomb(file_name)
                if reader is not None:
                    reader.take(piece)
        if reader is not None:
            if reader.is_sparse():
                raise _bomb(file_name)
            found.has_long_numbers |= reader.has_long_numbers
            if part.filename in names:
                found.marks[names[part.filename]] = reader.marks
    return found


class _SheetParts:
    """Looks through the text of one sheet as it comes out of the zip."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.has_long_numbers = False
        self._rest = b""
        self._last_row = 0
        self._last_column = 0

    def take(self, piece: bytes) -> None:
        """The next piece; what straddles two pieces is seen with the second."""
        window = self._rest + piece
        if not self.has_long_numbers:
            self.has_long_numbers = _LONG_NUMBER.search(window) is not None
        if b"<mergeCell " in window and len(self.marks.merged) < _MOST_MARKS:
            for one, two, three, four in _MERGED.findall(window):
                place = (int(two) - 1, _column(one), int(four) - 1, _column(three))
                self.marks.merged.append(place)
        if b' t="e"' in window and len(self.marks.failed) < _MOST_MARKS:
            for column, row in _FAILED.findall(window):
                self.marks.failed.append((int(row) - 1, _column(column)))
        for column, row in _FAR.findall(window):
            self._last_column = max(self._last_column, _column(column) + 1)
            self._last_row = max(self._last_row, int(row))
        place = window.rfind(b'<row r="')
        if place >= 0 and (row := _ROW.match(window, place)):
            self._last_row = max(self._last_row, int(row.group(1)))
        self._rest = window[-_OVERLAP:]

    def is_sparse(self) -> bool:
        """A cell so far out that the rectangle up to it cannot be kept."""
        return self._last_row * self._last_column > _MOST_CELLS


def _column(letters: bytes) -> int:
    """`A` → 0, `AA` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the zip → the name of the sheet; empty where the index cannot be read."""
    try:
        book = _small_xml(archive, "xl/workbook.xml")
        links = _small_xml(archive, "xl/_rels/workbook.xml.rels")
    except (KeyError, ElementTree.ParseError, ValueError):
        return {}
    targets = {
        link.get("Id", ""): link.get("Target", "").removeprefix("/xl/").removeprefix("./")
        for link in links
    }
    return {
        "xl/" + targets[sheet.get(_LINK, "")]: sheet.get("name", "")
        for sheet in book.iter(f"{_NAMESPACE}sheet")
        if sheet.get(_LINK, "") in targets
    }


def _small_xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A part that lists things; no entities, which could grow."""
    with archive.open(name) as stream:
        text = stream.read(_LARGEST_INDEX)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ValueError("entities")
    return ElementTree.fromstring(text)  # noqa: S314 - without entities, and bounded


def _bomb(file_name: str) -> FileRefused:
    return FileRefused(
        "file_bomb",
        f"文件“{file_name}”解压后过大，不像正常的名单。请删去空白行列和图片，另存后再上传。",
    )


def _has_macros(file_name: str) -> FileRefused:
    return FileRefused(
        "file_macros",
        f"文件“{file_name}”带有宏，为了安全不能接收。请在 Excel 或 WPS 中另存为 xlsx（不含宏）后上传。",
    )


def protected(file_name: str) -> FileRefused:
    """A password is asked for to open it."""
    return FileRefused(
        "file_password",
        f"文件“{file_name}”设有打开密码。请在 Excel 或 WPS 中取消密码，另存后再上传。",
    )


def broken(file_name: str) -> FileRefused:
    """It cannot be read."""
    return FileRefused(
        "file_broken",
        f"文件“{file_name}”已损坏，无法读出。请用 Excel 或 WPS 打开检查，另存为 xlsx 后再上传。",
    )


def not_a_list(file_name: str) -> FileRefused:
    """Something else than a list."""
    return FileRefused(
        "file_not_workbook",
        f"文件“{file_name}”不是 Excel 工作簿或 csv，或传输中已损坏。"
        "请用 Excel 或 WPS 打开，另存为 xlsx 格式后上传。",
    )
