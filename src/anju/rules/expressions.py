"""Rule expressions: parsed by sqlglot, checked against the catalogue of facts, kept as typed nodes.

Allowed are facts, :parameters, numbers, quoted codes, TRUE/FALSE, + - *, comparisons, BETWEEN, IN,
AND, OR, NOT and brackets. There is no division and no NULL test: thresholds are multiplied, and
what is not known makes a rule unknown. Anything else is refused with what would be allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import sqlglot
import sqlglot.errors
from sqlglot import exp

from anju.rules import catalogue
from anju.rules.errors import ExpressionError
from anju.rules.expression_nodes import (
    NUMBERS,
    Arithmetic,
    CheckedRule,
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
from anju.rules.pack_model import Parameter, Rule

_COUNTS: Final = ("count", "days")
_MONEY: Final = ("money", "per_head")
_COMPARISONS: Final[dict[type, str]] = {
    exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.EQ: "=", exp.NEQ: "<>",
}  # fmt: skip
_ARITHMETIC: Final[dict[type, str]] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
_ALLOWED_ZH: Final = (
    "只能用事实、:参数、数、单引号代码、TRUE/FALSE、+ - *、比较、BETWEEN、IN、AND、OR、NOT 和括号"
)
_ALLOWED_EN: Final = (
    "use facts, :parameters, numbers, quoted codes, TRUE/FALSE, + - *, comparisons, BETWEEN, IN, "
    "AND, OR, NOT and brackets"
)
_DEPTH_LIMIT: Final = 60
_TYPES_ZH: Final = {
    "count": "个数", "days": "天数", "money": "金额", "per_head": "人均金额", "share": "比例",
    "number": "数", "grade": "等级", "text": "代码", "boolean": "是否",
}  # fmt: skip


def check(rule: Rule, parameters: Mapping[str, Parameter]) -> CheckedRule:
    """Parse and check a rule; the first thing wrong raises `ExpressionError` naming rule and part."""
    return _check(
        rule.id,
        rule.subject,
        rule.when,
        rule.observe,
        rule.threshold,
        tuple((name, _parameter_type(given)) for name, given in parameters.items()),
    )


def check_rule(rule: Rule, parameters: Mapping[str, Parameter]) -> list[ExpressionError]:
    """Everything wrong with a rule's expressions, a message each; empty when it can be run."""
    problems: list[ExpressionError] = []
    types = {name: _parameter_type(given) for name, given in parameters.items()}
    for attempt in _parts(rule.id, rule.subject, rule.when, rule.observe, rule.threshold, types):
        try:
            attempt()
        except ExpressionError as problem:
            problems.append(problem)
    if not problems:
        try:
            check(rule, parameters)
        except ExpressionError as problem:
            problems.append(problem)
    for name in rule.show:
        if name not in catalogue.load():
            problems.append(_Reader(rule.id, "show", name, types).unknown_fact(name))
    return problems


def parse(text: str, parameters: Mapping[str, str], rule: str = "", part: str = "when") -> Node:
    """Read one expression; `parameters` gives each parameter's type (money, share, count, days)."""
    return _Reader(rule, part, text, parameters).read()


def _parameter_type(parameter: Parameter) -> str:
    return "days" if parameter.unit == "天" else parameter.kind


def _parts(
    rule: str, subject: str, when: str, observe: str, threshold: str, types: Mapping[str, str]
) -> list[Callable[[], Node | None]]:
    """Readers of the parts of a rule, each refusing for itself."""

    def condition() -> Node:
        if subject != "household":
            raise ExpressionError(
                zh=f"规则 {rule}：subject 写的是“{subject}”，现在只能是 household（户）。",
                en=f"rule {rule}: subject is '{subject}'; allowed is household.",
            )
        reader = _Reader(rule, "when", when, types)
        tree = reader.read()
        if tree.type != "boolean":
            raise reader.refusal("不是条件，应写成比较", "is no condition: write a comparison")
        return tree

    def observed() -> Node:
        return _Reader(rule, "observe", observe, types).read()

    def compared() -> Node | None:
        return _Reader(rule, "threshold", threshold, types).read() if threshold else None

    return [condition, observed, compared]


@lru_cache(maxsize=4096)
def _check(
    rule: str,
    subject: str,
    when: str,
    observe: str,
    threshold: str,
    types: tuple[tuple[str, str], ...],
) -> CheckedRule:
    known = dict(types)
    condition, observed, compared = (
        part() for part in _parts(rule, subject, when, observe, threshold, known)
    )
    if condition is None or observed is None:
        raise AssertionError("only a threshold may be missing")
    if compared is not None and not _comparable(observed, compared):
        reader = _Reader(rule, "threshold", threshold, known)
        raise reader.refusal(
            f"是{_TYPES_ZH[compared.type]}，与 observe 的{_TYPES_ZH[observed.type]}不是一类",
            f"is {compared.type} and cannot stand against observe, which is {observed.type}",
        )
    return CheckedRule(rule, condition, observed, compared)


def _comparable(left: Node, right: Node) -> bool:
    kinds = {left.type, right.type}
    if kinds <= {"text", "grade"}:
        return len(kinds) == 1 or isinstance(left, Code) or isinstance(right, Code)
    if kinds == {"boolean"} or kinds <= set(_MONEY) or kinds <= {"share", "number"}:
        return True
    if len(kinds) == 1:
        return True
    if "number" in kinds:
        number = left if left.type == "number" else right
        other = (kinds - {"number"}).pop()
        # A bare amount has no date and no basis: only zero may stand beside money.
        return other in _COUNTS or (other in _MONEY and number == Number(Fraction(0)))
    return False


class _Reader:
    """Turns sqlglot's tree of one text into checked nodes."""

    def __init__(self, rule: str, part: str, text: str, parameters: Mapping[str, str]) -> None:
        self._rule, self._part, self._text = rule, part, text
        self._parameters = parameters

    def read(self) -> Node:
        try:
            # In no dialect: DuckDB's takes a leading "(:" for its prefix alias.
            tree = sqlglot.parse_one(self._text)
        except sqlglot.errors.SqlglotError as error:
            reason = str(error).splitlines()[0][:160]
            raise self.refusal(f"读不懂（{reason}）", f"cannot be read ({reason})") from None
        except RecursionError:
            raise self.refusal("嵌套太深", "is nested too deeply") from None
        return self._node(tree, 0)

    def refusal(self, zh: str, en: str) -> ExpressionError:
        """A message that names rule, part and text, and what is allowed."""
        return ExpressionError(
            zh=f"规则 {self._rule} 的 {self._part}“{self._text}”{zh}；{_ALLOWED_ZH}。",
            en=f"rule {self._rule}: {self._part} '{self._text}' {en}; {_ALLOWED_EN}.",
        )

    def unknown_fact(self, name: str) -> ExpressionError:
        """The message for a name that is no fact, with those that look like it."""
        near = _nearest(name, list(catalogue.load()))
        hint_zh = f"，是不是 {near}" if near else "，可用的事实见 docs/rules/facts.md"
        hint_en = f", did you mean {near}?" if near else "; the facts are in docs/rules/facts.md"
        return self.refusal(f"里的 {name} 不是事实{hint_zh}", f"names {name}, no fact{hint_en}")

    def _node(self, tree: Any, depth: int) -> Node:
        if depth > _DEPTH_LIMIT:
            raise self.refusal("嵌套太深", "is nested too deeply")
        if tree.comments:
            raise self.refusal("里有注释", "has a comment inside")
        kind = type(tree)
        if kind is exp.Paren:
            return self._node(tree.this, depth + 1)
        if kind in _COMPARISONS:
            left, right = self._node(tree.this, depth + 1), self._node(tree.expression, depth + 1)
            return self._comparison(_COMPARISONS[kind], left, right)
        if kind in _ARITHMETIC:
            left, right = self._node(tree.this, depth + 1), self._node(tree.expression, depth + 1)
            return self._arithmetic(_ARITHMETIC[kind], left, right)
        if kind in (exp.And, exp.Or):
            both = (self._node(tree.this, depth + 1), self._node(tree.expression, depth + 1))
            return self._logic("AND" if kind is exp.And else "OR", both)
        if kind is exp.Not:
            return self._logic("NOT", (self._node(tree.this, depth + 1),))
        if kind is exp.Neg:
            negated = self._node(tree.this, depth + 1)
            return self._arithmetic("-", Number(Fraction(0), negated.type), negated)
        if kind is exp.Between:
            return self._between(tree, depth)
        if kind is exp.In:
            return self._one_of(tree, depth)
        return self._leaf(tree)

    def _leaf(self, tree: Any) -> Node:
        if isinstance(tree, exp.Column):
            return self._fact(tree)
        if isinstance(tree, exp.Placeholder) and tree.name:
            return self._parameter(tree.name)
        if isinstance(tree, exp.Literal):
            return Code(tree.this) if tree.is_string else self._number(tree.this)
        if isinstance(tree, exp.Boolean):
            return Truth(bool(tree.this))
        if isinstance(tree, exp.Div):
            raise self.refusal("里有除法，请改用乘法", "divides: multiply the other side instead")
        if isinstance(tree, (exp.Null, exp.Is)):
            raise self.refusal(
                "不能问空值，不知道的自会成为“未知”", "asks for NULL: what is not known is unknown"
            )
        what = tree.sql(dialect="duckdb")[:60]
        raise self.refusal(f"里的“{what}”不允许", f"contains '{what}', which is not allowed")

    def _fact(self, column: Any) -> FactRef:
        if column.table or column.this.quoted:
            name = column.sql(dialect="duckdb")
            raise self.refusal(f"里的 {name} 要直接写事实名", f"must name the fact {name} plainly")
        fact = catalogue.load().get(column.name)
        if fact is None:
            raise self.unknown_fact(column.name)
        return FactRef(fact.id, fact.type)

    def _parameter(self, name: str) -> ParameterRef:
        if name not in self._parameters:
            near = _nearest(name, list(self._parameters))
            hint_zh, hint_en = (
                (f"，是不是 :{near}", f", did you mean :{near}?") if near else ("", "")
            )
            raise self.refusal(
                f"里的 :{name} 不是参数{hint_zh}", f"names :{name}, no parameter{hint_en}"
            )
        return ParameterRef(name, self._parameters[name])

    def _number(self, text: str) -> Number:
        try:
            return Number(Fraction(text))
        except ValueError:
            raise self.refusal(f"里的数 {text} 不对", f"has {text}, not a number") from None

    def _arithmetic(self, operator: str, left: Node, right: Node) -> Node:
        type_ = _arithmetic_type(operator, left.type, right.type)
        if type_ is None:
            raise self.refusal(
                f"里 {_TYPES_ZH[left.type]} {operator} {_TYPES_ZH[right.type]} 没有意义",
                f"has {left.type} {operator} {right.type}, which means nothing",
            )
        return Arithmetic(operator, left, right, type_)

    def _comparison(self, operator: str, left: Node, right: Node) -> Node:
        if not _comparable(left, right):
            raise self.refusal(
                f"里 {_TYPES_ZH[left.type]} 与 {_TYPES_ZH[right.type]} 不能比较（金额只能与金额参数或 0 比较）",
                f"compares {left.type} with {right.type} (money only with money: put the amount "
                "into a :parameter)",
            )
        kinds = {left.type, right.type}
        if kinds & {"text", "boolean"} and operator not in ("=", "<>") and "grade" not in kinds:
            raise self.refusal(
                f"里 {_TYPES_ZH[left.type]} 不分大小",
                f"orders {left.type}, which only knows = and <>",
            )
        if kinds <= {"text", "grade"}:
            self._known_code(left, right)
            self._known_code(right, left)
        return Comparison(operator, left, right)

    def _known_code(self, fact: Node, code: Node) -> None:
        if not isinstance(code, Code):
            return
        allowed = catalogue.load()[fact.id].values if isinstance(fact, FactRef) else ()
        if code.value not in allowed:
            listed = "、".join(allowed) or "—"
            raise self.refusal(
                f"里的代码 '{code.value}' 没有，可以是 {listed}",
                f"has the code '{code.value}'; allowed are {', '.join(allowed) or 'none here'}",
            )

    def _logic(self, operator: str, parts: tuple[Node, ...]) -> Node:
        for part in parts:
            if part.type != "boolean":
                raise self.refusal(
                    f"里 {operator} 要的是条件，不是{_TYPES_ZH[part.type]}",
                    f"has {operator} over {part.type}: it needs conditions",
                )
        return Logic(operator, parts)

    def _between(self, tree: Any, depth: int) -> Node:
        if tree.args.get("symmetric"):
            raise self.refusal("里有 SYMMETRIC", "uses SYMMETRIC")
        value, low, high = (
            self._node(tree.args[key], depth + 1) for key in ("this", "low", "high")
        )
        both = (self._comparison(">=", value, low), self._comparison("<=", value, high))
        return self._logic("AND", both)

    def _one_of(self, tree: Any, depth: int) -> Node:
        fact = self._node(tree.this, depth + 1)
        codes = [self._node(item, depth + 1) for item in tree.expressions]
        if not isinstance(fact, FactRef) or fact.type not in ("text", "grade") or not codes:
            raise self.refusal(
                "里 IN 左边要是代码类事实", "needs a fact with codes to the left of IN"
            )
        for code in codes:
            if not isinstance(code, Code):
                raise self.refusal("里 IN 只能列代码", "may list only quoted codes after IN")
            self._known_code(fact, code)
        return OneOf(fact, tuple(code.value for code in codes if isinstance(code, Code)))


def _arithmetic_type(operator: str, left: str, right: str) -> str | None:
    """The type of the result, or None where the operation means nothing."""
    kinds = {left, right}
    if not kinds <= set(NUMBERS):
        return None
    if operator == "*":
        if kinds <= {"share", "number"}:
            return "share" if "share" in kinds else "number"
        plain = [kind for kind in (left, right) if kind in ("share", "number")]
        if plain:
            return left if right in ("share", "number") else right
        return "money" if "count" in kinds and kinds & set(_MONEY) else None
    if len(kinds) == 1:
        return left
    if kinds <= set(_MONEY):
        return "per_head"
    if kinds <= {"share", "number"}:
        return "share"
    return (kinds - {"number"}).pop() if "number" in kinds and kinds & set(_COUNTS) else None


def _nearest(name: str, known: list[str]) -> str:
    import difflib

    return next(iter(difflib.get_close_matches(name, known, n=1)), "")
