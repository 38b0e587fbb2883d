"""A rule's condition in words: facts and parameters by their names, each parameter with its value.

What people read beside a rule; the expression itself is what is run. Plain text in Chinese or English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from anju.rules import catalogue, wording
from anju.rules.expression_nodes import (
    Arithmetic,
    Code,
    Comparison,
    FactRef,
    Logic,
    Node,
    Number,
    OneOf,
    ParameterRef,
    Truth,
)

_AMOUNTS: Final = {
    "<": "低于",
    "<=": "不高于",
    ">": "高于",
    ">=": "不低于",
    "=": "等于",
    "<>": "不等于",
}
_COUNTS: Final = _AMOUNTS | {"<": "少于", "<=": "不多于", ">": "多于", ">=": "不少于", "=": "为"}
_ENGLISH: Final = {
    "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least", "=": "is",
    "<>": "is not",
}  # fmt: skip
_SIGNS: Final = {"+": "+", "-": "−", "*": "×"}


@dataclass(frozen=True)
class Named:
    """What a parameter is called, and its value in words; no value where none holds."""

    name: str
    value: str


def condition(tree: Node, parameters: Mapping[str, Named], language: str = "zh") -> str:
    """A checked condition in words."""
    return _Speaker(parameters, language).said(tree)


class _Speaker:
    def __init__(self, parameters: Mapping[str, Named], language: str) -> None:
        self._parameters = parameters
        self._zh = language == "zh"
        self._language = language

    def said(self, tree: Node) -> str:
        """A condition, or a part of one."""
        if isinstance(tree, Logic):
            return self._logic(tree)
        if isinstance(tree, Comparison):
            return self._comparison(tree)
        if isinstance(tree, OneOf):
            codes = ("或" if self._zh else " or ").join(map(self._code, tree.codes))
            return f"{self._fact(tree.fact.id)}{'为' if self._zh else ' is '}{codes}"
        if isinstance(tree, FactRef) and tree.type == "boolean":
            return self._flag(tree, holds=True)
        if isinstance(tree, Truth):
            return self._yes_no(tree.value)
        return self._value(tree, "")

    def _logic(self, tree: Logic) -> str:
        if tree.operator == "NOT":
            (part,) = tree.parts
            if isinstance(part, FactRef):
                return self._flag(part, holds=False)
            return f"并非（{self.said(part)}）" if self._zh else f"not ({self.said(part)})"
        parts = [self._inside(part, tree.operator) for part in tree.parts]
        if tree.operator == "AND":
            return ("，且" if self._zh else ", and ").join(parts)
        return ("，或" if self._zh else ", or ").join(parts)

    def _inside(self, part: Node, operator: str) -> str:
        """A part of a longer condition, in brackets where it would be misread."""
        text = self.said(part)
        mixed = isinstance(part, Logic) and part.operator not in (operator, "NOT")
        return (f"（{text}）" if self._zh else f"({text})") if mixed else text

    def _flag(self, fact: FactRef, *, holds: bool) -> str:
        name, said = self._fact(fact.id), self._yes_no(holds)
        return f"“{name}”为{said}" if self._zh else f"“{name}” is {said}"

    def _yes_no(self, holds: bool) -> str:
        return ("是" if holds else "否") if self._zh else ("yes" if holds else "no")

    def _comparison(self, tree: Comparison) -> str:
        unit = self._unit(tree.left) or self._unit(tree.right)
        left, right = self._value(tree.left, unit), self._value(tree.right, unit)
        if not self._zh:
            return f"{left} {_ENGLISH[tree.operator]} {right}"
        is_count = tree.left.type in ("count", "days", "grade", "text")
        word = (_COUNTS if is_count else _AMOUNTS)[tree.operator]
        return f"{left}{word}{right}"

    def _value(self, tree: Node, unit: str) -> str:
        """A thing that is compared; a bare number takes the unit of what it is compared with."""
        if isinstance(tree, FactRef):
            return self._fact(tree.id)
        if isinstance(tree, ParameterRef):
            return self._parameter(tree.id)
        if isinstance(tree, Number):
            return _number(tree.value, unit, self._language)
        if isinstance(tree, Code):
            return self._code(tree.value)
        if isinstance(tree, Arithmetic):
            return self._arithmetic(tree)
        return self.said(tree)

    def _arithmetic(self, tree: Arithmetic) -> str:
        left, right = (self._operand(part) for part in (tree.left, tree.right))
        return f"{left} {_SIGNS[tree.operator]} {right}"

    def _operand(self, part: Node) -> str:
        text = self._value(part, "")
        is_sum = isinstance(part, Arithmetic)
        return (f"（{text}）" if self._zh else f"({text})") if is_sum else text

    def _parameter(self, id_: str) -> str:
        found = self._parameters.get(id_)
        if found is None:
            return id_
        if not found.value:
            return f"{found.name}（未定）" if self._zh else f"{found.name} (not set)"
        return f"{found.name}（{found.value}）" if self._zh else f"{found.name} ({found.value})"

    def _code(self, code: str) -> str:
        said = wording.value(code, "", self._language)
        return f"“{said}”" if self._zh else said

    def _fact(self, id_: str) -> str:
        fact = catalogue.load()[id_]
        return fact.name if self._zh else fact.name_en

    def _unit(self, tree: Node) -> str:
        return catalogue.load()[tree.id].unit if isinstance(tree, FactRef) else ""


def _number(exact: Fraction, unit: str, language: str) -> str:
    """A number as the rule writes it (fen, pieces), with its unit."""
    if exact.denominator != 1:
        return f"{float(exact):g}"
    if not unit:
        return str(exact.numerator)
    return wording.number(exact.numerator, unit, language).replace(".00 ", " ")
