"""How numbers and names of persons look where they are not needed in full.

Masked by default everywhere: on pages, in lists, reports and messages. Full numbers are shown by one
action only (`anju.registry.actions.reveal`). A mask keeps the length of a number, and hides at least
four characters of it or all.
"""

import re
from typing import overload

_MOST_SHOWN = 10
_FEWEST_HIDDEN = 4
_CARD = 18
"""A disability card is an identity number and two to four digits, which tell the disability."""
_IN_TEXT = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:18|19|20)[0-9]{9,10}[0-9Xx]?[0-9]{0,4}(?![0-9A-Za-z])"
)
_PHONE_IN_TEXT = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_ACCOUNT_IN_TEXT = re.compile(r"(?<![0-9])6[0-9]{15,18}(?![0-9])")
_LONG_SURNAMES = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 "
    "申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐".split()
)


@overload
def mask_identity(number: str) -> str: ...
@overload
def mask_identity(number: None) -> None: ...
def mask_identity(number: str | None) -> str | None:
    """`529901********1234`: area and last four, enough to find the row, too little to use."""
    if number is None:
        return None
    text = number.strip()
    if len(text) > _CARD:
        return _kept(text[:_CARD], 6, 4) + "*" * (len(text) - _CARD)
    return _kept(text, 6, 4)


@overload
def mask_phone(number: str) -> str: ...
@overload
def mask_phone(number: None) -> None: ...
def mask_phone(number: str | None) -> str | None:
    """`138****5678`."""
    return None if number is None else _kept(number.strip(), 3, 4)


@overload
def mask_account(number: str) -> str: ...
@overload
def mask_account(number: None) -> None: ...
def mask_account(number: str | None) -> str | None:
    """`6229***********1234`: the bank and the last four."""
    return None if number is None else _kept(number.strip(), 4, 4)


@overload
def mask_name(name: str) -> str: ...
@overload
def mask_name(name: None) -> None: ...
def mask_name(name: str | None) -> str | None:
    """`张*` on public notices: the surname, however long the rest is."""
    if name is None:
        return None
    text = name.strip()
    surname = text[:2] if text[:2] in _LONG_SURNAMES and len(text) > 2 else text[:1]
    return f"{surname}*" if len(text) > len(surname) else "*" * len(text)


def masked_text(text: str) -> str:
    """A text with everything in it masked that looks like a number of a person."""
    text = _IN_TEXT.sub(lambda found: mask_identity(found.group()), text)
    text = _ACCOUNT_IN_TEXT.sub(lambda found: mask_account(found.group()), text)
    return _PHONE_IN_TEXT.sub(lambda found: mask_phone(found.group()), text)


def holds_a_number(text: str) -> bool:
    """Whether a text holds what looks like an identity, telephone or account number."""
    return any(each.search(text) for each in (_IN_TEXT, _ACCOUNT_IN_TEXT, _PHONE_IN_TEXT))


def _kept(text: str, first: int, last: int) -> str:
    """The first and last characters; all hidden where too few would be."""
    hidden = len(text) - first - last
    if hidden < _FEWEST_HIDDEN or first + last > _MOST_SHOWN:
        return "*" * len(text)
    return f"{text[:first]}{'*' * hidden}{text[-last:]}"
