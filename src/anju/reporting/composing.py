"""A report as an official document: its parts numbered, the unit's own words among them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anju.papers.official import Attachment, Document, Heading, Paragraph, Partner, Table
from anju.papers.official.document import Block, arabic
from anju.reporting.attached import Attached
from anju.reporting.models import (
    Issuer,
    Replacing,
    Report,
    ReportPartner,
    ReportState,
)
from anju.reporting.replacing import called, in_place_of
from anju.reporting.spans import in_words
from anju.reporting.told import Grid, Part
from anju.supervision.models import Handling, Urgency

DRAFT = "草稿"
_LEVELS = (
    (2, re.compile(r"[（(][一二三四五六七八九十]+[）)]")),
    (3, re.compile(r"\d{1,2}[.．、](?!\d)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_LONGEST_HEADING = 30
_INTERNAL = "内部"
_URGENCIES = {Urgency.URGENT: "加急", Urgency.MOST_URGENT: "特急"}
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Section:
    """One part as it stands in the document, with its number."""

    part: Part
    heading: str
    blocks: Sequence[Block]


def sections(parts: Sequence[Part], words: Mapping[str, str]) -> list[Section]:
    """The parts that say something, numbered 一、二、…"""
    found: list[Section] = []
    for part in parts:
        blocks: list[Block] = [Paragraph(each) for each in part.sentences]
        if part.grid is not None:
            blocks.append(_table(part.grid))
        blocks += written(words.get(part.id, ""))
        if blocks:
            heading = f"{_chinese(len(found) + 1)}、{part.title}"
            found.append(Section(part, heading, blocks))
    return found


def written(words: str) -> list[Block]:
    """What a unit wrote, a paragraph a line; short lines that begin with a number are headings."""
    return [_block(line.strip()) for line in words.splitlines() if line.strip()]


def document(
    report: Report,
    parts: Sequence[Part],
    issuer: Issuer | None,
    partners: Sequence[ReportPartner] = (),
    attached: Sequence[Attached] = (),
    copy: int = 1,
) -> Document:
    """The report as it goes out; before it is issued without number and day, marked as a draft.

    What was issued keeps the head, number and names it was issued with. A report goes to a superior:
    the 签发人 stands right of the number.
    """
    is_issued = report.state == ReportState.ISSUED
    unit = report.unit.name
    head = report.head if is_issued else (issuer.head if issuer else usual_head(unit))
    signer = report.signer if is_issued else (issuer.signer if issuer else unit)
    leader = report.leader if is_issued else (issuer.leader if issuer else "")
    printed_by = report.printed_by if is_issued else (issuer.printed_by if issuer else "")
    body: list[Block] = [Paragraph(each) for each in openings(report)]
    for section in sections(parts, report.words):
        body += [Heading(section.heading), *section.blocks]
    body.append(Paragraph("特此报告。"))
    return Document(
        head=head,
        title=report.title,
        body=body,
        number=report.number,
        leader=leader,
        recipient=report.recipient,
        signer=signer,
        dated=report.issued_on,
        copies=report.copies,
        printed_by=printed_by,
        printed_on=report.issued_on,
        draft="" if is_issued else DRAFT,
        copy=copy if report.numbered else 0,
        marking=marking_said(report.handling),
        urgency=urgency_said(report.urgency),
        partners=[Partner(each.head, each.signer, each.leader) for each in partners],
        attachments=annexes(attached),
    )


def urgency_said(urgency: str) -> str:
    """紧急程度 as the standard writes it; empty for none."""
    return _URGENCIES[Urgency(urgency)] if urgency else ""


def marking_said(handling: str) -> str:
    """Who may have it, as it stands on the document; empty for everybody."""
    return _INTERNAL if handling == Handling.INTERNAL else ""


def annexes(attached: Sequence[Attached]) -> list[Attachment]:
    """What goes along, each with what stands in it."""
    return [Attachment(each.title, _annex(each)) for each in attached]


def _annex(attached: Attached) -> list[Block]:
    """What stands in an 附件: the unit's words, or the rows of a list."""
    if not attached.source:
        return written(attached.words)
    if attached.grid is None:
        return [Paragraph("没有需要列出的事项。")]
    rest = f"另有{attached.beyond}条未列出，见系统中的清单。"
    return [_table(attached.grid), *([Paragraph(rest)] if attached.beyond else [])]


def usual_head(unit: str) -> str:
    """The 发文机关标志 of a unit that has set none: its full name and 文件, as the standard has it."""
    return f"{unit}文件"


def openings(report: Report) -> list[str]:
    """The first sentences: what is reported, and which document this one corrects or withdraws."""
    old = report.replaces
    named = called(old.title, old.number) if old else ""
    told = in_place_of(report, named, old.issued_on if old else None)
    if report.replacing == Replacing.WITHDRAWAL:
        return [told]
    return [opening(report), told] if told else [opening(report)]


def opening(report: Report) -> str:
    """The first sentence: what is reported, of which time, with figures of which day."""
    time = in_words(report.kind, report.first_day, report.last_day)
    about = report.subject or "防止返贫监测帮扶和后续扶持工作"
    told = f"现将{'全县' if report.is_whole else '本单位'}{time}{about}情况报告如下。"
    return (
        f"{told}数字由系统按截至{arabic(report.frozen_on)}的登记情况汇总。"
        if report.frozen_on
        else told
    )


def _block(line: str) -> Block:
    for level, pattern in _LEVELS:
        if pattern.match(line):
            is_heading = len(line) <= _LONGEST_HEADING and line[-1] not in "。；：，"
            return Heading(line, level) if is_heading else Paragraph(line)
    return Paragraph(line)


def _table(grid: Grid) -> Table:
    return Table(grid.rows, grid.widths, grid.caption, frozenset(grid.numbers))


def _chinese(number: int) -> str:
    """一 … 十九, as many as a report has parts."""
    return _DIGITS[number] if number <= 10 else f"十{_DIGITS[number - 10]}"
