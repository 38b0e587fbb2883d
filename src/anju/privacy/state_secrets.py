"""Marks of state secrets in a text: what carries one must not be kept by a system on an ordinary network.

The law on guarding state secrets forbids to store or pass them on outside networks made for them; what
is marked is refused before anything of it is kept. See docs/decisions/0024-no-state-secrets.md.
"""

import re
from typing import Final

#: A document is marked at its head: how much of it is looked at, in characters.
HEAD: Final = 1_500

# 商业秘密★ and 工作秘密★ mark no state secret.
_DEGREE = r"(?<!商业)(?<!工作)(?:绝\s*密|机\s*密|秘\s*密)"
_STAR = r"[★☆＊*]"
_PERIOD = r"(?:(?:\d+|[一二三四五六七八九十]+)\s*(?:年|个?月|天|日)|长期)"
_URGENCY = r"(?:特提|特急|加急|平急|急件)"
_MARKS = (
    re.compile(rf"{_DEGREE}\s*{_STAR}"),
    re.compile(rf"密\s*级\s*[:：]?\s*{_DEGREE}"),
    # On a line of its own, with the number of the copy before it, and the period and the urgency behind.
    re.compile(rf"(?m)^\s*(?:\d{{3,8}}\s+)?{_DEGREE}\s*{_PERIOD}?\s*{_URGENCY}?\s*$"),
)


def carries_mark(text: str) -> bool:
    """Whether a text is marked 绝密, 机密 or 秘密 as documents are: with a star, as 密级, or on a line of
    its own, with its period or without. The words in a sentence are no mark."""
    return any(mark.search(text) for mark in _MARKS)


def head_carries_mark(text: str) -> bool:
    """Whether a whole document is marked: what it says further on about such marks is no mark of it."""
    return carries_mark(text[:HEAD])
