"""From TOML tables to the parts of a pack that rules run on: documents, parameters, rules, drops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from anju.policies.tables import Table
from anju.rules import formulas, pack_model
from anju.rules.errors import PackError, RulesError
from anju.rules.months import Month
from anju.rules.pack_model import (
    Basis,
    DatedValue,
    Document,
    Drop,
    Examples,
    Fact,
    Parameter,
    Rule,
)

UNKNOWN = "unknown"  # how an example writes a fact that is not known


class _Dated(Protocol):
    @property
    def from_(self) -> date: ...
    @property
    def until(self) -> date | None: ...


def document(table: Table) -> Document:
    """Read one ``[[document]]``."""
    found = Document(
        id=entitled(table, table.text("id")),
        title=table.text("title"),
        number=table.optional_text("number"),
        dated=table.day("dated"),
    )
    table.close()
    return found


def basis(table: Table, key: str = "basis") -> Basis:
    """Read ``{ doc, clause }`` or ``{ default }``; a value without one is refused."""
    if key not in table:
        table.table(key)
        return Basis()
    inner = table.table(key)
    return basis_in(inner) if inner is not None else Basis()


def basis_in(table: Table) -> Basis:
    """Read the table of a basis itself."""
    if "default" in table:
        found = Basis(default=table.text("default"), default_en=table.optional_text("default_en"))
    else:
        found = Basis(doc=table.text("doc"), clause=table.text("clause"))
    table.close()
    return found


def parameter(table: Table) -> Parameter:
    """Read one ``[[parameter]]`` with its dated values."""
    identifier = entitled(table, table.identifier("id"))
    name, name_en = table.text("name"), table.text("name_en")
    unit = table.choice("unit", pack_model.PARAMETER_UNITS)
    kind = pack_model.UNIT_KINDS.get(unit, "")
    rows = table.tables("values")
    values = tuple(_dated_value(row, kind) for row in rows)
    in_order(rows, values)
    table.close()
    return Parameter(identifier, name, name_en, unit, values)


def _dated_value(table: Table, kind: str) -> DatedValue:
    from_, until = period(table)
    value: int | Fraction | None = None
    formula = ""
    if "formula" in table:
        formula = _formula(table)
    else:
        value = amount(table, "value", kind)
    found = DatedValue(from_, until, value, formula, basis(table))
    table.close()
    return found


def _formula(table: Table) -> str:
    text = table.text("formula")
    if "value" in table:
        table.note(
            "value", "已有 formula,value 要去掉。", "there is a formula: remove one of the two."
        )
        table.number("value")
    if text:
        try:
            formulas.parse(text)
        except PackError as error:
            table.note("formula", error.zh, error.en)
    return text


def amount(table: Table, key: str, kind: str) -> int | Fraction:
    """A number in the measure of its unit: fen, an exact share, or a count."""
    if kind in ("share", ""):  # without a known unit no measure can be asked for
        return Fraction(table.number(key))
    if kind == "money":
        return table.whole(
            key, "整数的分(7300 元写 730000)", "a whole number of fen (7300 yuan is 730000)"
        )
    return table.whole(key, "整数", "a whole number")


def period(table: Table) -> tuple[date, date | None]:
    """``from`` (included) and optional ``until`` (excluded)."""
    from_, until = table.day("from"), table.optional_day("until")
    if until is not None and until <= from_:
        table.note("until", f"应晚于 from({from_})。", f"must be later than from ({from_}).")
    return from_, until


def in_order(rows: Sequence[Table], values: Sequence[_Dated]) -> None:
    """Refuse dated values that overlap or do not stand in order of time."""
    for number in range(1, len(values)):
        before, this = values[number - 1], values[number]
        if date.min in (before.from_, this.from_):
            continue  # no day to compare: that is noted already
        if this.from_ <= before.from_:
            rows[number].note(
                "from",
                f"应晚于上一项的 from({before.from_}),各项按时间先后排列。",
                f"must be later than the from before it ({before.from_}): values stand in order of time.",
            )
        elif before.until is not None and before.until > this.from_:
            rows[number].note(
                "from",
                f"与上一项重叠,上一项到 {before.until} 为止。",
                f"overlaps the value before it, which holds until {before.until}.",
            )


def rule(table: Table, pack: str) -> Rule:
    """Read one ``[[rule]]``; `pack` is the id of the pack that writes it."""
    identifier = entitled(table, table.identifier("id"))
    found = Rule(
        id=identifier,
        name=table.text("name"),
        name_en=table.text("name_en"),
        subject=table.choice("subject", pack_model.SUBJECTS),
        when=table.text("when"),
        observe=table.text("observe"),
        threshold=table.text("threshold"),
        unit=table.choice("unit", tuple(pack_model.UNIT_KINDS)),
        level=table.choice("level", pack_model.LEVELS),
        risk=table.choice("risk", pack_model.RISKS),
        clears=table.text("clears"),
        clears_en=table.text("clears_en"),
        basis=tuple(basis_in(row) for row in table.tables("basis")),
        show=table.texts("show"),
        examples=_examples(table),
        from_=table.optional_day("from"),
        until=table.optional_day("until"),
        pack=pack,
    )
    if found.from_ is not None and found.until is not None and found.until <= found.from_:
        table.note(
            "until", f"应晚于 from({found.from_})。", f"must be later than from ({found.from_})."
        )
    table.close()
    return found


def _examples(table: Table) -> Examples:
    inner = table.table("examples")
    if inner is None:
        return Examples("", (), (), ())
    month = inner.text("month")
    if month:
        try:
            Month.parse(month)
        except RulesError as error:
            inner.note("month", error.zh, error.en)
    hit, miss, near = (
        tuple(_fact_row(row) for row in inner.tables(key)) for key in ("hit", "miss", "near")
    )
    inner.close()
    return Examples(month, hit, miss, near)


def _fact_row(table: Table) -> dict[str, Fact]:
    row: dict[str, Fact] = {}
    for key, value in table.items():
        if isinstance(value, (bool, int, str)):
            row[key] = None if value == UNKNOWN else value
        else:
            shown = value if isinstance(value, Decimal) else type(value).__name__
            table.note(
                key,
                f"“{shown}”不能作事实,应是整数(金额为分)、true/false 或文字。",
                f"'{shown}' is no fact: use a whole number (money in fen), true, false or a text.",
            )
    return row


def drop(table: Table) -> Drop:
    """Read one ``[[drop]]``."""
    found = Drop(rule=entitled(table, table.identifier("rule")), basis=basis(table))
    table.close()
    return found


def entitled(table: Table, identifier: str) -> str:
    """Let messages name the entry by its id rather than by its number."""
    if identifier:
        table.title = f"{table.title.split('[')[0]}[{identifier}]"
    return identifier
