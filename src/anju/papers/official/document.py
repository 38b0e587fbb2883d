"""What an official document is made of: plain texts and days, in the words of the standard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

_FILE: Final = "文件"


@dataclass(frozen=True, slots=True)
class Heading:
    """结构层次序数: level 1 to 4 are written 一、 （一） 1. （1）; the text holds its number."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"A heading has level 1 to 4, not {self.level}.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """自然段: it begins two characters in."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table in the text. The first row is its head and stands again on every page.

    `widths` are parts of the whole width, `numbers` the columns whose values stand to the right.
    """

    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    caption: str = ""
    numbers: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.rows or any(len(row) != len(self.widths) for row in self.rows):
            raise ValueError("Every row of a table has one cell for each width.")


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: named below the text and bound behind it, on a page of its own."""

    title: str
    body: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Partner:
    """联署机关: an organ that issues the document too. `head` is its name in the head, `signer` its
    署名, `leader` its 签发人 where the document goes to a superior.
    """

    head: str
    signer: str
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """公文. What is empty is left out; `body` stands in its order.

    `head` is the 发文机关标志 (without it there is no 版头: a 公示 hung up in a village), `number` the
    发文字号, `leader` the 签发人 of a document that goes to a superior (the number then stands at the left). `dated` is the 成文日期: without it room for
    a date by hand is left. `draft` is a word set on top of every page of what is not issued yet.
    `copy` is the 份号 of this copy, 0 for none; `marking` stands where the standard has the 密级;
    `partners` issue it together with the head's organ, which leads and gives the number.
    """

    head: str
    title: str
    body: Sequence[Block]
    number: str = ""
    leader: str = ""
    recipient: str = ""
    attachments: Sequence[Attachment] = ()
    signer: str = ""
    dated: date | None = None
    note: str = ""
    copies: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    draft: str = ""
    copy: int = 0
    marking: str = ""
    urgency: str = ""
    partners: Sequence[Partner] = ()

    @property
    def marks(self) -> list[str]:
        """What stands at the upper left: 份号, then the marking, then the 紧急程度."""
        number = f"{self.copy:06d}" if self.copy else ""
        return [each for each in (number, self.marking, self.urgency) if each]

    @property
    def heads(self) -> list[str]:
        """The names in the head, the leading organ first, without 文件 where several issue it."""
        if not self.partners:
            return [self.head]
        return [name_in_head(each) for each in (self.head, *(row.head for row in self.partners))]

    @property
    def file_said(self) -> str:
        """文件 where it stands once, right of the names of several organs; else empty."""
        return _FILE if self.partners and self.head.endswith(_FILE) else ""

    @property
    def signers(self) -> list[str]:
        """署名 in the order of the organs."""
        return [each for each in (self.signer, *(row.signer for row in self.partners)) if each]

    @property
    def leaders(self) -> list[str]:
        """签发人 in the order of the organs; empty in what does not go up."""
        return [self.leader, *(row.leader for row in self.partners)] if self.leader else []

    @property
    def named(self) -> list[tuple[str, str]]:
        """附件 as they are called at their own heads and in the list below the text, with their titles."""
        several = len(self.attachments) > 1
        return [
            (f"附件{place}" if several else "附件", each.title)
            for place, each in enumerate(self.attachments, start=1)
        ]

    @property
    def dated_said(self) -> str:
        """The 成文日期; empty while there is none."""
        return arabic(self.dated) if self.dated else ""

    @property
    def leader_said(self) -> str:
        """签发人 as it stands right of the number; empty in what does not go up."""
        return f"签发人：{'　'.join(filter(None, self.leaders))}" if self.leader else ""

    @property
    def copies_said(self) -> str:
        """抄送 as it stands in the 版记; empty without copies."""
        return f"抄送：{self.copies.rstrip('。')}。" if self.copies else ""

    @property
    def printed_said(self) -> str:
        """When it was printed, as it stands in the 版记; empty while that is not known."""
        return f"{arabic(self.printed_on)}印发" if self.printed_on else ""


def name_in_head(head: str) -> str:
    """An organ as it is named beside others: its head without 文件."""
    return head.removesuffix(_FILE)


def arabic(day: date) -> str:
    """A day as the standard writes it: Arabic numerals without zeros before them."""
    return f"{day.year}年{day.month}月{day.day}日"


def number_of(mark: str, year: int, sequence: int) -> str:
    """发文字号: 机关代字, the year in 六角括号, a number without 第 and without zeros before it."""
    return f"{mark}〔{year}〕{sequence}号"
