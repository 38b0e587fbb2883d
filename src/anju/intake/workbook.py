"""Opening a workbook safely: every cell as text, with the sheet's own row numbers.

Types are never inferred: inference turns late text into nothing without a word. The zip is unpacked
once in small pieces beforehand, so that neither a bomb nor a damaged part reaches the reader.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

import fastexcel
import polars as pl

from anju.intake.refusals import FileRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST_UNPACKED = 1_500 * 1024 * 1024
_LARGEST_RATIO = 150
_RATIO_MATTERS_FROM = 32 * 1024 * 1024
_MOST_PARTS = 5_000
_PIECE = 1 << 20
# A cell that is a number of 15 digits and more: an identity number that Excel has rounded.
_LONG_NUMBER = re.compile(rb"<v>(?:[0-9.]+E\+1[4-9]|[0-9]{15,}(?:\.0+)?)</v>")
_ERROR_CELL = re.compile(rb'<c [^>]*t="e"')


@dataclass(frozen=True, slots=True)
class SheetText:
    """A sheet: column `i` is `c<i>`; the row number of line `n` is `n + 1`."""

    name: str
    cells: pl.DataFrame


class Workbook:
    """A workbook that could be opened."""

    def __init__(self, content: bytes, file_name: str, *, largest: int) -> None:
        """Refused with `FileRefused`: too large, no workbook, protected, damaged."""
        self.file_name = file_name
        self._sheets: dict[str, SheetText] = {}
        self._long_numbers = _inspect(content, file_name, largest=largest)
        try:
            self._reader = fastexcel.read_excel(content)
        except Exception as error:
            raise _unreadable(file_name, str(error)) from None

    @property
    def sheet_names(self) -> list[str]:
        """Every sheet, in the order of the file."""
        return list(self._reader.sheet_names)

    def sheet(self, name: str) -> SheetText:
        """A sheet, read once: unpacking it is most of the work, also for the first rows."""
        if name not in self._sheets:
            try:
                self._sheets[name] = SheetText(name, self._load(name, "string"))
            except Exception as error:
                raise _unreadable(self.file_name, str(error)) from None
        return self._sheets[name]

    def number_cells(self, name: str, column: str) -> pl.Series:
        """For each row, whether the cell is a number and not text (column as in `SheetText`)."""
        rows = self.sheet(name).cells
        if not self._long_numbers or column not in rows.columns:
            return pl.repeat(False, rows.height, dtype=pl.Boolean, eager=True)
        # Asked for as yes or no, a number gives an answer and a text gives none.
        return self._load(name, "boolean")[column].is_not_null()

    def _load(self, name: str, dtype: str) -> pl.DataFrame:
        sheet = self._reader.load_sheet(name, header_row=None, skip_rows=0, dtypes=dtype)
        frame = sheet.to_polars()
        return frame.rename({old: f"c{place}" for place, old in enumerate(frame.columns)})


def _inspect(content: bytes, file_name: str, *, largest: int) -> bool:
    """Refuse what must not be opened; whether the file may hold numbers of 15 digits and more."""
    if not content:
        raise FileRefused("file_empty", f"文件“{file_name}”是空的，请重新导出后上传。")
    if len(content) > largest:
        raise FileRefused(
            "file_too_large",
            f"文件“{file_name}”有 {len(content) // 1024 // 1024} MB，超过上限"
            f" {largest // 1024 // 1024} MB。请按乡镇拆成几个文件上传。",
        )
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise FileRefused(
                "file_password",
                f"文件“{file_name}”设有打开密码。请在 Excel 或 WPS 中取消密码，另存后再上传。",
            )
        return True
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise FileRefused(
            "file_not_workbook",
            f"文件“{file_name}”不是 Excel 工作簿，或传输中已损坏。"
            "请用 Excel 或 WPS 打开，另存为 xlsx 格式后上传。",
        )
    try:
        return _unpack(content, file_name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _unreadable(file_name, str(error)) from None
    except RuntimeError as error:  # zipfile: a part is encrypted
        raise _unreadable(file_name, f"password {error}") from None


def _unpack(content: bytes, file_name: str) -> bool:
    """Unpack everything in pieces without keeping it; counts what really comes out."""
    found = False
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
            raise _bomb(file_name)
        for part in parts:
            is_sheet = part.filename.startswith("xl/worksheets/")
            rest = b""
            with archive.open(part) as stream:
                while piece := stream.read(_PIECE):
                    unpacked += len(piece)
                    ratio = unpacked / len(content)
                    if unpacked > _RATIO_MATTERS_FROM and ratio > _LARGEST_RATIO:
                        raise _bomb(file_name)
                    if is_sheet and not found:
                        window = rest + piece
                        found = _LONG_NUMBER.search(window) is not None
                        rest = window[-64:]
    return found


def _bomb(file_name: str) -> FileRefused:
    return FileRefused(
        "file_bomb",
        f"文件“{file_name}”解压后过大，不像正常的名单。请删去空白行列和图片，另存后再上传。",
    )


def _unreadable(file_name: str, detail: str) -> FileRefused:
    if "password" in detail.lower():
        return FileRefused(
            "file_password",
            f"文件“{file_name}”设有打开密码。请在 Excel 或 WPS 中取消密码，另存后再上传。",
        )
    return FileRefused(
        "file_broken",
        f"文件“{file_name}”已损坏，无法读出。请用 Excel 或 WPS 打开检查，另存为 xlsx 后再上传。",
    )
