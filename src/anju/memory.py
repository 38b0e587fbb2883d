"""What one page asks again and again is read once.

Conditions, offers and parts of the story of a case each ask on their own who belongs to the household,
what it earned, which moves were made; parts of the desk each ask for whom the viewer acts. Inside `once()` the answers of functions marked `remembered` are kept;
outside, as in every action, each call reads what is there now.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def once() -> Iterator[None]:
    """Keep answers while a page is made; nothing may be changed meanwhile."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Answer from memory inside `once()`. Arguments have to be hashable, answers are not changed."""

    @wraps(function)
    def asked(*args: P.args, **named: P.kwargs) -> R:
        kept = _kept.get()
        if kept is None:
            return function(*args, **named)
        key = (function, args, tuple(sorted(named.items())))
        if key not in kept:
            kept[key] = function(*args, **named)
        answer: R = kept[key]
        return answer

    return asked
