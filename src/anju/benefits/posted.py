"""补贴公示: what of a village's roll everybody may read, as a document to print and hang up.

Masked names, what was counted, how much; never a number of identity, a telephone, an account or
anything of health.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anju.papers.official import Document, Paragraph, Table
from anju.papers.official.document import arabic


@dataclass(frozen=True, slots=True)
class PostedLine:
    """One line of the notice, as it was published. The amount is fen."""

    name: str
    item: str
    measure: str
    amount: int


@dataclass(frozen=True, slots=True)
class Posted:
    """What a notice says. `standard` is how the amount is computed, `basis` the document it rests on."""

    village: str
    scheme: str
    standard: str
    basis: str
    lines: Sequence[PostedLine]
    posted_on: date
    ends_on: date
    contact: str


def document(posted: Posted) -> Document:
    """The notice, in Chinese whatever language its maker reads."""
    opening = (
        f"根据{posted.basis or '有关文件'}，现将我村“{posted.scheme}”拟补贴名单予以公示。"
        f"补贴标准：{posted.standard}。"
        f"公示时间：{arabic(posted.posted_on)}至{arabic(posted.ends_on)}。"
    )
    closing = (
        "对名单、数量和金额有异议的，请在公示期内口头、书面或打电话反映，可以不留姓名。"
        f"监督电话：{posted.contact}。"
    )
    return Document(
        head="",
        title=f"{posted.village}{posted.scheme}名单公示",
        body=[Paragraph(opening), _table(posted.lines), Paragraph(closing)],
        signer=posted.village,
        dated=posted.posted_on,
    )


def _table(lines: Sequence[PostedLine]) -> Table:
    """The list with its sum; the column of items only where some line has one."""
    has_items = any(each.item for each in lines)
    total = sum(each.amount for each in lines)
    rows = [
        ("序号", "领取人", "事项", "数量或基数", "拟补贴金额（元）"),
        *(
            (str(number), each.name, each.item, each.measure, _yuan(each.amount))
            for number, each in enumerate(lines, start=1)
        ),
        ("合计", f"{len(lines)} 笔", "", "", _yuan(total)),
    ]
    kept = (0, 1, 2, 3, 4) if has_items else (0, 1, 3, 4)
    widths = (3, 6, 6, 6, 6) if has_items else (3, 7, 7, 7)
    return Table(
        [[row[place] for place in kept] for row in rows],
        widths=widths,
        numbers=frozenset({len(kept) - 1}),
    )


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
