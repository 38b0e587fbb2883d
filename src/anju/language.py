"""Which of two texts the reader reads: of words that data files carry in Chinese and in English."""

from __future__ import annotations

from django.utils.translation import get_language


def is_chinese() -> bool:
    """Whether the reader reads Chinese; so does whoever reads outside a request."""
    return (get_language() or "zh").startswith("zh")


def in_language(zh: str, en: str) -> str:
    """The one of the two that the reader reads; the Chinese one where there is no other."""
    return zh if is_chinese() or not en else en
