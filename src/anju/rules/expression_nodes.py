"""What a checked rule expression is made of: frozen nodes, each with the type of its value.

Types are count, days, money, per_head, share, number, grade, text and boolean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from anju.rules import catalogue

NUMBERS: Final = ("count", "days", "money", "per_head", "share", "number")


@dataclass(frozen=True)
class FactRef:
    """A fact by name."""

    id: str
    type: str


@dataclass(frozen=True)
class ParameterRef:
    """A parameter by name, written with a colon."""

    id: str
    type: str


@dataclass(frozen=True)
class Number:
    """A number written in the rule, exact."""

    value: Fraction
    type: str = "number"


@dataclass(frozen=True)
class Code:
    """A quoted code, such as a housing grade or a household class."""

    value: str
    type: str = "text"


@dataclass(frozen=True)
class Truth:
    """TRUE or FALSE."""

    value: bool
    type: str = "boolean"


@dataclass(frozen=True)
class Arithmetic:
    """left + right, left - right or left * right."""

    operator: str
    left: Node
    right: Node
    type: str


@dataclass(frozen=True)
class Comparison:
    """Two things of one kind compared."""

    operator: str
    left: Node
    right: Node
    type: str = "boolean"


@dataclass(frozen=True)
class OneOf:
    """A grade or text fact among listed codes."""

    fact: FactRef
    codes: tuple[str, ...]
    type: str = "boolean"


@dataclass(frozen=True)
class Logic:
    """AND or OR over two conditions, or NOT over one; in three values."""

    operator: str
    parts: tuple[Node, ...]
    type: str = "boolean"


Node = FactRef | ParameterRef | Number | Code | Truth | Arithmetic | Comparison | OneOf | Logic


def nodes(tree: Node) -> Iterator[Node]:
    """The node and all below it, depth first."""
    yield tree
    if isinstance(tree, (Arithmetic, Comparison)):
        yield from nodes(tree.left)
        yield from nodes(tree.right)
    elif isinstance(tree, Logic):
        for part in tree.parts:
            yield from nodes(part)
    elif isinstance(tree, OneOf):
        yield tree.fact


@dataclass(frozen=True)
class CheckedRule:
    """A rule's three expressions, parsed and checked; `threshold` may be missing."""

    id: str
    when: Node
    observe: Node
    threshold: Node | None

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it rests on, in the order of the catalogue."""
        found = {node.id for node in self._nodes() if isinstance(node, FactRef)}
        return tuple(fact for fact in catalogue.load() if fact in found)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters it reads, in order of name."""
        return tuple(sorted({n.id for n in self._nodes() if isinstance(n, ParameterRef)}))

    def _nodes(self) -> Iterator[Node]:
        for tree in (self.when, self.observe, self.threshold):
            if tree is not None:
                yield from nodes(tree)
