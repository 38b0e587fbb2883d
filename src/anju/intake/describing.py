"""`anju lists`: docs/imports.md, written from the declarations of lists and messages."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from anju.intake.columns import Column, Kind
from anju.intake.feeds import FEEDS
from anju.intake.labels import shown
from anju.intake.layout import Feed, SheetLayout
from anju.intake.messages import MESSAGES

_KINDS = {
    Kind.TEXT: "text",
    Kind.NAME: "name",
    Kind.CODE: "code",
    Kind.IDENTITY: "identity number (18, or 20 for a disability card)",
    Kind.DATE: "date",
    Kind.MONEY: "yuan (万元 if the heading says so)",
    Kind.WHOLE: "whole number",
    Kind.CHOICE: "label",
    Kind.PHONE: "telephone",
    Kind.ACCOUNT: "bank account, 12 to 19 digits",
    Kind.QUARTER: "quarter, `2023Q3`",
}
_HEAD = """# Imports: lists, columns, messages

Written from the declarations in `src/anju/intake/feeds` and `messages.py`
(`anju lists`); a test compares the two.

```
anju import FILE… --on 2023-07-31 [--dry-run] [--whole-file] [--division CODE]
```

or on the page 导入. Several files are loaded in the order in which they build on each other (the
order below). Taken are xlsx, xls, WPS files that are these underneath, and csv (UTF-8, GB18030,
Excel's Unicode text), told by their content. The list is told by its headers, found by label in the
first 15 rows, in any order, below titles and merged cells of up to three rows; titles, notes, totals,
blank and repeated header rows are passed over. Hidden rows and columns are read like the others;
merged cells below the header hold for all their rows; a formula that failed is refused. Every other
row ends in exactly one outcome:

| outcome | meaning |
| --- | --- |
| created 新增 | not known before |
| updated 更新 | known otherwise; the row tells each field from → to |
| unchanged 无变化 | known already |
| conflict 有冲突 | contradicts the registers or another row; both values, both sources and who decides are told, nothing is written |
| waiting 待决定 | may be one of several persons, or is somebody a known household does not have; written once somebody has decided |
| rejected 退回 | cannot be read or matched; the message names the column and the remedy |

- A blank cell says nothing: what the registers know stays. (Exception: schooling and labour of
  people over 22 become `none` when nothing is known.) So an end date cannot be taken back by a list.
- `--on` is the day the county learnt of the list. What is known otherwise from then on closes the
  old row (`known_to`) and adds a new one; a list older than what is known changes nothing.
- A batch is one transaction: killed at any moment, nothing of it is there, and the job begins anew.
- A long list is compared with the registers before its transaction begins, which then only writes:
  pages that leave an audit entry wait seconds, not minutes. If a register changed in between, the
  list is compared again inside.
- A list of persons may lack numbers, or have wrong ones: where it has one of birth date, village, head
  of household or telephone beside the name, such a row is found by these (`docs/linkage.md`); what may
  be several persons waits for a decision. A number destroyed by Excel is refused all the same. Where the
  row names its household (allowances, measures of help), only its members come into question, and a bank account is kept only of rows found by number.
- Somebody whom a household that is known does not have, with a number or without, waits: the page shows
  the row beside each member, differences marked. It is one of them; or a new member, added there with
  the day of joining by whoever may correct that household (the row's number is taken over unseen); or it
  is turned away with a reason, which stands in the report. The answer holds for every row typed like
  that, also next month. Lists of persons name the household by 户编号, 户主证件号码, or 户主姓名 and 行政村
  where one household there has such a head.
- A list of households may go without 户编号 where it has 户主姓名 and 行政村: such a row is found by its head,
  by 户主证件号码 where that is given, else by name, village and telephone, with the same decisions.
- Lists that register households, members and homes themselves are never linked by likeness; each says why.
- Where two departments say otherwise of one field of a person, the policy pack's source order
  (`[[source_order]]`, `docs/policies.md`) says whose word counts: the police for names, education for
  schooling. A list of an office that stands behind it does not overwrite what the deciding office
  said; the other columns of the row are taken, and the row tells both values, both sources and who
  decides. This, and every conflict, waits on the desk of the users whose unit answers for that
  office (数据部门, page 单位) until they say that the register is right or has been corrected.
- A contradiction is the same next month where person, both values and both sources are the same. One
  that was decided (底册正确) stays decided until a value changes; one that waits goes on as the same
  item, with the day it was first told and the days it has waited; one about somebody whom a later
  list of the feed names without it is over (已不再不一致). What was said to be corrected and is not
  comes back, with its first day.
- After the import a list is compared with the one before of the same feed and place (page 名单变化,
  Excel): lines that are new, gone, or changed field by field, each with the rules of the pack whose
  facts read what it writes. Whose line it is goes by person, number, or household and name; what
  could not be read is not called gone. The lines of a list are kept sealed beside its original
  (`files/lines`) for this, and deleted with it; where they are missing the original is read again. Where less than half of the list before comes again, the list
  is taken for one of changes only, and nobody is called gone.
- How a source lays out a list is remembered by its headings. On the page 导入, a file whose headings
  are not known, or are not those of any earlier file (new, missing, renamed columns), waits until
  somebody has said what its columns are; the command takes it as its headings say.
- The same file is taken once, whatever it is called. Files are kept sealed; identity numbers never
  stand in messages, rows, logs or reports in full.
- Dates: `2023-08-15`, `2023/8/15`, `2023.08.15`, `20230815`, `2023年8月15日`, Excel's day numbers; a
  month (`202308`, `2023年8月`) is its first day. End dates are the first day on which it no longer
  holds.
"""


def register(subparsers: Any) -> None:
    """Declare `anju lists`."""
    command = subparsers.add_parser("lists", help="write the page of lists, columns and messages")
    command.add_argument("--out", type=Path, default=Path("docs/imports.md"))
    command.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the page, whole or not at all."""
    page = document()
    arguments.out.write_text(page.rstrip("\n") + "\n", encoding="utf-8")
    return 0


def document() -> str:
    """The whole page."""
    parts = [_HEAD]
    for feed in FEEDS:
        parts.append("\n".join(_feed(feed)))
    parts.append("\n".join(_messages()))
    return "\n".join(parts)


def _feed(feed: Feed) -> Iterator[str]:
    yield f"## {feed.name} `{feed.id}` ({feed.office})\n"
    if feed.unlinked:
        yield f"Never linked by name and home: {feed.unlinked}.\n"
    for sheet in feed.sheets:
        if len(feed.sheets) > 1:
            yield f"Sheet {sheet.name}:\n"
        yield from _sheet(sheet)


def _sheet(sheet: SheetLayout) -> Iterator[str]:
    yield "| column | also read as | holds | needed |"
    yield "| --- | --- | --- | --- |"
    for column in sheet.columns:
        also = "、".join(column.also)
        needed = "every row" if column.filled else "column" if column.needed else ""
        if column.instead:
            needed += "; or " + " and ".join(sheet.column(each).label for each in column.instead)
        yield f"| {column.label} | {also} | {_holds(column)} | {needed} |"
    yield ""


def _holds(column: Column) -> str:
    if column.choices is not None:
        return "、".join(f"{label} `{code}`" for code, label in shown(column.choices).items())
    if column.kind is Kind.DATE and column.day:
        return "date with its day"
    return _KINDS[column.kind]


def _messages() -> Iterator[str]:
    yield "## Messages about rows\n"
    yield "Where two sides contradict each other, the last column says whose word counts where the"
    yield "policy pack has no source order for the field and it is not the office that keeps the list.\n"
    yield "| code | what is wrong | remedy | who decides |"
    yield "| --- | --- | --- | --- |"
    for code, message in MESSAGES.items():
        text, remedy = _plain(message.text), _plain(message.remedy)
        yield f"| `{code}` | {text} | {remedy} | {message.decides} |"
    yield "\n## Messages about files\n"
    yield "| code | when | remedy |"
    yield "| --- | --- | --- |"
    for code, when, remedy in _FILES:
        yield f"| `{code}` | {when} | {remedy} |"
    yield ""


def _plain(text: str) -> str:
    return text.replace("{label}", "列名").replace("{value}", "值").replace("{more}", "…")


_FILES = (
    ("file_empty", "文件是空的", "重新导出后上传"),
    ("file_too_large", "超过大小上限（`ANJU_UPLOAD_MAX_MB`）", "按乡镇拆成几个文件"),
    ("file_not_workbook", "不是 Excel 工作簿或 csv", "用 Excel 或 WPS 另存为 xlsx"),
    ("file_web_page", "扩展名是 xls，其实是网页或 XML 文本", "用 Excel 或 WPS 打开，另存为 xlsx"),
    ("file_macros", "带有宏", "另存为不含宏的 xlsx"),
    ("file_password", "设有打开密码", "取消密码，另存后上传"),
    ("file_broken", "已损坏，读不出", "打开检查，另存后上传"),
    ("file_bomb", "解压后过大", "删去空白行列和图片，另存后上传"),
    ("file_no_rows", "没有数据行", "检查后重新导出"),
    ("file_again", "内容与以前上传的相同；说明何时、由谁上传", "不必再次导入"),
    ("feed_unknown", "没有找到认识的表头；列出工作表", "对照列名，或选对工作表"),
    ("feed_other", "像是另一种名单", "重新选择名单种类"),
    ("columns_missing", "缺少列；列出工作表和列名", "补上这些列"),
)
