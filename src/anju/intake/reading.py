"""A stored file → checked rows, sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from anju.intake.checking import Checked, check
from anju.intake.layout import SheetLayout
from anju.intake.recognising import Recognised
from anju.intake.refusals import FileRefused
from anju.intake.workbook import Workbook

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class SheetRows:
    """One sheet of a list, read and checked."""

    sheet: str
    layout: SheetLayout
    checked: Checked

    @property
    def total(self) -> int:
        """How many data rows the sheet has, good and bad."""
        bad = sum(part.height for part in self.checked.outcomes.parts)
        return self.checked.rows.height + bad


def read(workbook: Workbook, recognised: Recognised, known_on: date, step: Step) -> list[SheetRows]:
    """Read and check every sheet of a list; refused when there is not one row."""
    sheets = []
    for place, (name, heading) in enumerate(recognised.sheets):
        step(f"读取工作表“{name}”", place, len(recognised.sheets))
        checked = check(workbook, workbook.sheet(name), heading, known_on)
        sheets.append(SheetRows(name, heading.layout, checked))
    if not any(sheet.total for sheet in sheets):
        raise FileRefused(
            "file_no_rows", f"文件“{workbook.file_name}”里没有数据行，请检查后重新导出。"
        )
    return sheets
