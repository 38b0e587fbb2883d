"""How the columns of a list are declared: their headings, and what their cells hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds, and so how it is read and checked."""

    TEXT = "text"
    NAME = "name"
    CODE = "code"
    IDENTITY = "identity"
    DATE = "date"
    MONEY = "money"
    WHOLE = "whole"
    CHOICE = "choice"
    PHONE = "phone"
    ACCOUNT = "account"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    `needed`: the list is not this list without the column. `filled`: a row without a value is
    refused. `future`: a date may lie after the day the list was known. `day`: a date without its
    day is refused instead of read as the first of the month. `keeps_day`: a month alone does not change a
    day that is known in it. `by_month`: where no file says otherwise it goes out as YYYYMM. `limit`: most characters of a text.
    `witness`: it only helps to find whose row it is where the number is missing or wrong; what
    cannot be read there is passed over. `instead`: fields that together stand for a missing value,
    or for the whole column.
    """

    field: str
    label: str
    kind: Kind = Kind.TEXT
    also: tuple[str, ...] = ()
    needed: bool = False
    filled: bool = False
    choices: Mapping[str, str] | None = None
    future: bool = False
    day: bool = False
    keeps_day: bool = False
    by_month: bool = False
    limit: int = 60
    witness: bool = False
    instead: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind is Kind.CHOICE) != (self.choices is not None):
            raise ValueError(f"{self.field}: a code list goes with kind CHOICE, and only there.")

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading the column is known by."""
        return (self.label, *self.also)


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """The columns of one sheet of a list."""

    id: str
    name: str
    columns: tuple[Column, ...]

    @property
    def needed(self) -> tuple[Column, ...]:
        """The columns without which the sheet is refused."""
        return tuple(column for column in self.columns if column.needed)

    def lacking(self, fields: Collection[str]) -> tuple[Column, ...]:
        """The needed columns that are not among the fields, and that nothing there stands for."""
        return tuple(
            column
            for column in self.needed
            if column.field not in fields
            and not (column.instead and all(each in fields for each in column.instead))
        )

    def column(self, name: str) -> Column:
        """The declaration of a field."""
        return next(column for column in self.columns if column.field == name)


_OF_A_PERSON = ("人员姓名", "参保人", "参保人姓名", "学生姓名", "患者姓名", "权利人", "借款人")


def identity(label: str = "证件号码", *, filled: bool = True) -> Column:
    """The identity number of a person: 18 characters, or 20 (a disability card)."""
    return Column(
        "identity",
        label,
        Kind.IDENTITY,
        also=("身份证号码", "身份证号", "公民身份号码", "身份证件号码", "证件号"),
        needed=True,
        filled=filled,
    )


def name(label: str = "姓名", *also: str) -> Column:
    """The name of a person."""
    return Column("name", label, Kind.NAME, also=(*also, *_OF_A_PERSON), needed=True, filled=True)


def household(*, needed: bool = True) -> Column:
    """The code of a household."""
    return Column(
        "household_code",
        "户编号",
        Kind.CODE,
        also=("户编码", "家庭编号", "户号"),
        needed=needed,
        filled=True,
        limit=20,
    )


def head() -> Column:
    """The name of the head, which tells whether the household code was typed right."""
    return Column("head_name", "户主姓名", Kind.NAME, also=("户主",))


def started(label: str, *also: str, future: bool = False) -> Column:
    """The first day on which it holds."""
    return Column(
        "started_on", label, Kind.DATE, also=also, needed=True, filled=True, future=future
    )


def ended(label: str, *also: str) -> Column:
    """The first day on which it no longer holds; empty while it goes on."""
    return Column("ended_on", label, Kind.DATE, also=also, future=True)


def occurred(label: str, *also: str) -> Column:
    """The day on which something happened."""
    return Column("occurred_on", label, Kind.DATE, also=also, needed=True, filled=True)


def amount(label: str, *also: str, name: str = "amount", needed: bool = True) -> Column:
    """Money in yuan, read as fen; empty is unknown."""
    return Column(name, label, Kind.MONEY, also=also, needed=needed)
