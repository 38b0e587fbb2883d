"""Numbers of receipts and tokens of addresses: drawn by chance, easy to read out and to type."""

import secrets
from typing import Final

# No vowels (no words arise), nothing that is taken for another sign on paper.
_ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
_NUMBER: Final = 8
_TOKEN: Final = 10

SELF_REPORT: Final = "SB"
OBJECTION: Final = "YY"


def number(prefix: str) -> str:
    """A receipt number: two letters for what it is of, then eight signs drawn by chance."""
    return prefix + _drawn(_NUMBER)


def token() -> str:
    """What stands in the address of a village's open page."""
    return _drawn(_TOKEN).lower()


def normal(typed: str) -> str:
    """A receipt number as it is stored, however it was typed."""
    return "".join(typed.split()).replace("-", "").upper()[:12]


def _drawn(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
