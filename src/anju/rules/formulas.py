"""Formulas between parameters, such as ``0.6 * :county_farmer_income_last_year``, computed exactly.

Numbers, ``:parameters``, ``+ - * /`` and brackets; nothing else can be written, so nothing else can run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from anju.rules.errors import PackError

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,15}(?:\.[0-9]{1,9})?(?![0-9.]))|:(?P<name>[a-z][a-z0-9_]*)|(?P<sign>[-+*/()]))"
)
_DEPTH_LIMIT = 50

Lookup = Callable[[str], Fraction]
Node = Callable[[Lookup], Fraction]


@dataclass(frozen=True)
class Formula:
    """A parsed formula: the parameters it names, and its exact value given theirs."""

    text: str
    names: tuple[str, ...]
    _node: Node

    def value(self, lookup: Lookup) -> Fraction:
        """The exact value; `lookup` gives each named parameter. Refuses a division by zero."""
        try:
            return self._node(lookup)
        except ZeroDivisionError:
            raise _refusal(self.text, "除数为零", "it divides by zero") from None


def parse(text: str) -> Formula:
    """Read a formula; anything but numbers, :parameters, + - * / and brackets is a `PackError`."""
    return _Parser(text).formula()


def _refusal(text: str, zh: str, en: str) -> PackError:
    return PackError(
        zh=f"公式“{text}”不对:{zh}。只能写数字、:参数、+ - * / 和括号。",
        en=f"formula '{text}' is refused: {en}; use numbers, :parameters, + - * / and brackets.",
    )


class _Parser:
    """Recursive descent; the usual precedence of * and / over + and -."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[tuple[str, str]] = []
        self._names: list[str] = []
        self._next = 0
        self._depth = 0
        at = 0
        while at < len(text.rstrip()):
            found = _TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                raise _refusal(
                    text, f"看不懂“{text[at:].strip()}”", f"cannot read '{text[at:].strip()}'"
                )
            self._tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()

    def formula(self) -> Formula:
        node = self._sum()
        if self._next < len(self._tokens):
            raise self._unexpected()
        return Formula(self._text, tuple(dict.fromkeys(self._names)), node)

    def _unexpected(self) -> PackError:
        if self._next >= len(self._tokens):
            return _refusal(self._text, "没有写完", "it ends too early")
        token = self._tokens[self._next][1]
        return _refusal(self._text, f"“{token}”不该在这里", f"'{token}' is not expected here")

    def _take(self, *signs: str) -> str | None:
        if self._next < len(self._tokens):
            kind, token = self._tokens[self._next]
            if kind == "sign" and token in signs:
                self._next += 1
                return token
        return None

    def _sum(self) -> Node:
        left = self._product()
        while sign := self._take("+", "-"):
            left = _joined(sign, left, self._product())
        return left

    def _product(self) -> Node:
        left = self._factor()
        while sign := self._take("*", "/"):
            left = _joined(sign, left, self._factor())
        return left

    def _factor(self) -> Node:
        self._depth += 1
        if self._depth > _DEPTH_LIMIT:
            raise _refusal(self._text, "套得太深", "it is nested too deeply")
        node = self._bracket_or_sign() or self._number_or_name()
        self._depth -= 1
        return node

    def _bracket_or_sign(self) -> Node | None:
        if self._take("-"):
            inner = self._factor()
            return lambda lookup: -inner(lookup)
        if self._take("("):
            inner = self._sum()
            if not self._take(")"):
                raise self._unexpected()
            return inner
        return None

    def _number_or_name(self) -> Node:
        if self._next >= len(self._tokens) or self._tokens[self._next][0] == "sign":
            raise self._unexpected()
        kind, token = self._tokens[self._next]
        self._next += 1
        if kind == "name":
            self._names.append(token)
            return lambda lookup: lookup(token)
        number = Fraction(token)
        return lambda lookup: number


def _joined(sign: str, left: Node, right: Node) -> Node:
    if sign == "+":
        return lambda lookup: left(lookup) + right(lookup)
    if sign == "-":
        return lambda lookup: left(lookup) - right(lookup)
    if sign == "*":
        return lambda lookup: left(lookup) * right(lookup)
    return lambda lookup: left(lookup) / right(lookup)
