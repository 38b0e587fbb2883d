"""Marks of state secrets in a text: what carries one must not be kept by a system on an ordinary network.

The law on guarding state secrets forbids to store or pass them on outside networks made for them; what
is marked is refused before anything of it is kept. See docs/decisions/0024-no-state-secrets.md.
"""

import re

_DEGREE = r"(?:绝\s*密|机\s*密|秘\s*密)"
_MARKS = (
    re.compile(rf"{_DEGREE}\s*[★☆＊*]"),
    re.compile(rf"密\s*级\s*[:：]?\s*{_DEGREE}"),
    re.compile(rf"(?m)^\s*{_DEGREE}\s*$"),
)


def carries_mark(text: str) -> bool:
    """Whether a text is marked 绝密, 机密 or 秘密 as documents are: with a star, as 密级, or on a line of
    its own. The words in a sentence are no mark."""
    return any(mark.search(text) for mark in _MARKS)
