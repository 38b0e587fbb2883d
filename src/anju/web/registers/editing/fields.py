"""The fields of a form: how a value is written for people, put into an input, and read back."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from anju.intake import identities
from anju.intake.columns import identity
from anju.intake.messages import row_message
from anju.registry.actions.sheets import SEALED
from anju.web import words
from anju.web.lists.declaration import Choice, Text

_MONEY = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")
_IDENTITY = identity()
_SEPARATORS = str.maketrans("", "", ",，  \t")
_PHONE = re.compile(r"\d{7,13}")
_COUNT = re.compile(r"\d{1,4}")
_DECIMAL = re.compile(r"\d{1,13}(?:\.\d{1,4})?")


class Input(StrEnum):
    """How a value is asked for."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    YES_NO = "yes_no"
    MONEY = "money"  # integer fen, typed in yuan
    AREA = "area"  # square decimetres, typed in square metres
    PHONE = "phone"  # sealed: never shown, typed anew
    IDENTITY = "identity"  # sealed; typed only where somebody is added
    NUMBER = "number"  # a count
    DECIMAL = "decimal"  # a number with up to four places
    LONG = "long"  # several lines


_UNKNOWN_WHEN_EMPTY = frozenset(
    {Input.DATE, Input.MONEY, Input.AREA, Input.YES_NO, Input.NUMBER, Input.DECIMAL}
)


class Wrong(ValueError):
    """What was typed cannot be meant; the message says what to write."""


@dataclass(frozen=True)
class Field:
    """One field. Of a choice, `choices` are all values; the empty one is written 未掌握 or 无."""

    name: str
    title: Text
    input: Input = Input.TEXT
    choices: Callable[[Any], Sequence[Choice]] | None = None
    is_required: bool = False
    is_nullable: bool = False  # nothing typed is "unknown" (None), not the empty text
    most: int = 120
    note: Text = ""
    offers: str = ""  # the name of an address that answers with values for what is typed

    def read(self, text: str) -> Any:
        """The value of a text as it stands in an input; `Wrong` says what is wrong with it."""
        text = text.strip()
        if not text:
            return self._nothing()
        if "\x00" in text or len(text) > self.most:
            raise Wrong(_("最多 %(most)s 个字。") % {"most": self.most})
        return _READ.get(self.input, str)(text)

    def write(self, value: Any) -> str:
        """A value as it stands in an input."""
        if value is None or value == "":
            return ""
        if self.input is Input.YES_NO:
            return "1" if value else "0"
        if self.input in (Input.MONEY, Input.AREA):
            whole, rest = divmod(value, 100)
            return f"{whole}.{rest:02d}" if rest else str(whole)
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        return value.isoformat() if isinstance(value, date) else str(value)

    def say(self, value: Any, choices: Sequence[Choice] = ()) -> str:
        """A value in words."""
        if self.input is Input.PHONE:
            return _say_phone(value)
        if value is None:
            return str(words.UNKNOWN)
        if value == "":
            return str(words.NONE)
        text = self.write(value)
        return next((str(choice.label) for choice in choices if choice.value == text), text)

    def _nothing(self) -> Any:
        if self.is_required:
            raise Wrong(_("请填写“%(title)s”。") % {"title": self.title})
        if self.is_nullable or self.input in _UNKNOWN_WHEN_EMPTY:
            return None
        return ""


@dataclass(frozen=True)
class Shown:
    """A field with what is in it, what is wrong with it, and where its present value came from."""

    field: Field
    text: str
    choices: Sequence[Choice] = ()
    problem: str = ""
    source: str = ""
    known_on: date | None = None

    @property
    def is_known_choice(self) -> bool:
        """Whether what is in it is one of the choices offered."""
        return any(choice.value == self.text for choice in self.choices)


@dataclass(frozen=True)
class Told:
    """One field that somebody else changed: the three versions in words, and those to choose from."""

    field: Field
    seen: str
    present: str
    typed: str
    is_conflict: bool
    present_text: str
    typed_text: str
    source: str = ""
    known_on: date | None = None


@dataclass(frozen=True)
class Form:
    """What is edited together: its title, fields, and whether a change may begin on a day."""

    id: str
    title: Text
    fields: tuple[Field, ...]
    tab: str
    keys: tuple[Field, ...] = field(default=())  # asked once, when a fact is added
    has_since: bool = False
    can_withdraw: bool = False


def _say_phone(value: Any) -> str:
    if not value:
        return str(words.UNKNOWN)
    return _("已登记（不显示）") if str(value).startswith(SEALED) else str(value)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong(_("日期写成 2023-09-30 的样子。")) from None


def _yes_no(text: str) -> bool:
    if text not in ("0", "1"):
        raise Wrong(_("请选“是”或“否”。"))
    return text == "1"


def _hundredths(text: str) -> int:
    found = _MONEY.fullmatch(text.translate(_SEPARATORS))
    if found is None:
        raise Wrong(_("请填数字，最多两位小数，例如 1200 或 1200.50。"))
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def _phone(text: str) -> str:
    if text.startswith(SEALED):
        return text
    digits = re.sub(r"[\s\-－—()（）+]", "", text)
    if not _PHONE.fullmatch(digits):
        raise Wrong(_("电话填 7 至 13 位数字。"))
    return digits


def _identity(text: str) -> str | None:
    number, problem = identities.one(text)
    if problem is not None:
        raise Wrong(row_message(problem, _IDENTITY, text))
    return number


def _count(text: str) -> int:
    if _COUNT.fullmatch(text) is None:
        raise Wrong(_("请填整数，例如 25。"))
    return int(text)


def _decimal(text: str) -> Decimal:
    plain = text.translate(_SEPARATORS)
    if _DECIMAL.fullmatch(plain) is None:
        raise Wrong(_("请填数字，最多四位小数，例如 300 或 82.5。"))
    return Decimal(plain)


_READ: dict[Input, Callable[[str], Any]] = {
    Input.NUMBER: _count,
    Input.DECIMAL: _decimal,
    Input.DATE: _date,
    Input.IDENTITY: _identity,
    Input.YES_NO: _yes_no,
    Input.MONEY: _hundredths,
    Input.AREA: _hundredths,
    Input.PHONE: _phone,
}
