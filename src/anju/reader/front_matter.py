"""Title, document number, issuer and date, from the page's head and the covering notice."""

import re
from dataclasses import dataclass
from datetime import date

from anju.reader.dates_of_issue import (
    date_alone,
    date_at_head,
    date_inside,
    date_labelled,
    marks_lost,
)
from anju.reader.issuers import issuer_of
from anju.reader.model import Oddity
from anju.reader.shadow import Line, lines_of
from anju.reader.titles import NUMBER, title_of

_NEAR_THE_END = 25  # lines
_LAST = 3


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the first numbered heading."""

    title: str | None
    number: str | None
    issuer: str | None
    dated: date | None
    warnings: tuple[Oddity, ...] = ()


def front_matter_of(text: str, shadow: str, body: int) -> FrontMatter:
    """Read what stands before `body`, the offset of the first heading, and the signature at the end."""
    lines = lines_of(shadow[:body])
    title = title_of(lines, text)
    dated, at = date_at_head(lines)
    warnings: list[Oddity] = []
    if dated is None:
        at, warnings = marks_lost(lines)
        dated = date_labelled(lines, of_page=False) or date_inside(lines)
    issuer = issuer_of(lines, at)
    if dated is None:
        issuer, dated = _signed_at_the_end(lines_of(shadow[body:]), issuer)
    if dated is None:
        dated = date_labelled(lines, of_page=True)
    if dated is None and at is not None:
        dated = date_alone(lines[at].text)
    return FrontMatter(
        title and re.sub(r"\s+", "", title),
        _number(lines, text),
        issuer,
        dated,
        tuple(warnings),
    )


def _number(lines: list[Line], text: str) -> str | None:
    """The number behind its label or alone on its line; a cited one stands inside a sentence."""
    for line in lines:
        for match in NUMBER.finditer(line.text):
            before = line.text[: match.start()].rstrip(" :：|号字")
            alone = match[0] == line.text.strip("() ")
            leads = not before and re.match(
                r" *[:\s]*(?:各|[^,。]{4,60}关于)", line.text[match.end() :]
            )
            if alone or leads or re.search(r"文 *$|文号$|发文字?$|字$|编$|>$", before):
                first = line.start + match.start()
                return re.sub(r"\s", "", text[first : first + len(match[0])])
    return None


def _signed_at_the_end(lines: list[Line], issuer: str | None) -> tuple[str | None, date | None]:
    """Office and date under the last paragraph, as where no notice covers the plan."""
    for index in range(len(lines) - 1, max(0, len(lines) - _NEAR_THE_END) - 1, -1):
        day = date_alone(lines[index].text)
        if day is None:
            continue
        signed = issuer_of(lines, index)
        if signed is not None or issuer is not None or index >= len(lines) - _LAST:
            return signed or issuer, day
    return issuer, None
