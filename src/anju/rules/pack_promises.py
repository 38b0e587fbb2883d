"""From TOML tables to what a plan promises, and who answers: benefits, indicators, limits, offices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TypedDict

from anju.policies.files import KeyPath
from anju.policies.tables import Table
from anju.rules import pack_model, pack_reading
from anju.rules.entitlement import CAPPED, ELIGIBILITY, RECIPIENTS, SOURCES, Code, alternatives
from anju.rules.pack_model import (
    Benefit,
    DatedBenefit,
    DatedLimit,
    DatedOrder,
    Indicator,
    Limit,
    SourceOrder,
    Target,
    Unit,
)

_FEN = ("整数的分(500 元写 50000)", "a whole number of fen (500 yuan is 50000)")
_MONEY_UNITS = tuple(unit for unit, kind in pack_model.UNIT_KINDS.items() if kind == "money")


class _PaidTo(TypedDict):
    recipient: str
    eligibility: tuple[str, ...]
    excludes: tuple[str, ...]
    source: str
    pay_by: str


def benefit(table: Table) -> Benefit:
    """Read one ``[[benefit]]`` with its dated figures."""
    identifier = pack_reading.entitled(table, table.identifier("id"))
    name, name_en, who = table.text("name"), table.text("name_en"), table.text("who")
    measure = table.optional_text("measure")
    unit = table.choice("unit", _MONEY_UNITS)
    per = table.optional_text("per")
    conditions = table.texts("conditions")
    rows = table.tables("values")
    values = tuple(_dated_benefit(row) for row in rows)
    pack_reading.in_order(rows, values)
    found = Benefit(
        identifier, name, name_en, who, measure, unit, per, conditions, values, **_paid_to(table)
    )
    _check_per(table, found)
    table.close()
    return found


def _paid_to(table: Table) -> _PaidTo:
    """Who is paid, on which conditions that registers answer, and until when."""
    recipient = table.choice("recipient", RECIPIENTS) if "recipient" in table else ""
    eligibility, excludes = table.texts("eligibility"), table.texts("excludes")
    source, pay_by = table.optional_text("source"), table.optional_text("pay_by")
    if not recipient:
        for key in ("eligibility", "excludes", "source", "pay_by"):
            if key in table:
                table.note(key, "写了这个键就要写 recipient。", "needs a recipient beside it.")
    for number, asked in enumerate(eligibility):
        for code in alternatives(asked):
            _known(table, ("eligibility", number), code, ELIGIBILITY, recipient)
    if source:
        _known(table, ("source",), source, SOURCES, recipient)
    return {
        "recipient": recipient,
        "eligibility": eligibility,
        "excludes": excludes,
        "source": source,
        "pay_by": pay_by,
    }


def _known(
    table: Table, path: KeyPath, code: str, codes: Mapping[str, Code], recipient: str
) -> None:
    allowed = [key for key, each in codes.items() if not recipient or recipient in each.of]
    if code not in allowed:
        listed = ", ".join(allowed) or "none"
        table.note(
            path,
            f"“{code}”不是可核对的条件,可用:{listed}。",
            f"'{code}' is no code for this recipient: use one of {listed}.",
        )


def _check_per(table: Table, benefit: Benefit) -> None:
    capped = any(each.cap is not None for each in benefit.values)
    if benefit.recipient and capped and benefit.per not in CAPPED:
        listed = ", ".join(CAPPED)
        table.note(
            "per",
            f"有 cap 又有 recipient 的,per 应是其中之一:{listed}。",
            f"a cap with a recipient needs one of {listed}.",
        )


def _dated_benefit(table: Table) -> DatedBenefit:
    from_, until = pack_reading.period(table)
    amount = table.optional_whole("amount", *_FEN)
    rate = table.optional_number("rate")
    cap = table.optional_whole("cap", *_FEN)
    not_set = table.optional_text("open")
    if not (amount is not None or rate is not None or cap is not None or not_set):
        table.note(
            "amount",
            "amount、rate、cap、open 至少写一个(方案没有定数时写 open 说明)。",
            "write at least one of amount, rate, cap, open (open says why the plan sets no figure).",
        )
    found = DatedBenefit(
        from_,
        until,
        amount,
        None if rate is None else Fraction(rate),
        cap,
        not_set,
        pack_reading.basis(table),
    )
    table.close()
    return found


def indicator(table: Table) -> Indicator:
    """Read one ``[[indicator]]`` with its targets in order of time."""
    identifier = pack_reading.entitled(table, table.identifier("id"))
    name, name_en, unit = table.text("name"), table.text("name_en"), table.text("unit")
    operator = table.choice("operator", pack_model.OPERATORS)
    computable = table.flag("computable")
    figure = table.optional_text("figure")
    if figure and not computable:
        table.note(
            "figure",
            "写了 figure(由系统计算)的指标，computable 应为 true。",
            "an indicator with a figure is computed: computable must be true.",
        )
    rows = table.tables("targets")
    targets = tuple(_target(row) for row in rows)
    for number in range(1, len(targets)):
        if date.min < targets[number].by <= targets[number - 1].by:
            rows[number].note(
                "by",
                f"应晚于上一项的 by({targets[number - 1].by}),各项按时间先后排列。",
                f"must be later than the by before it ({targets[number - 1].by}): targets stand in order of time.",
            )
    table.close()
    return Indicator(identifier, name, name_en, unit, operator, computable, targets, figure)


def _target(table: Table) -> Target:
    value, upper = table.number("value"), table.optional_number("upper")
    if upper is not None and upper <= value:
        table.note("upper", f"应大于 value({value})。", f"must be more than value ({value}).")
    found = Target(table.day("by"), value, upper, pack_reading.basis(table))
    table.close()
    return found


def limit(table: Table) -> Limit:
    """Read one ``[[limit]]`` with its dated figures."""
    identifier = pack_reading.entitled(table, table.identifier("id"))
    name, name_en = table.text("name"), table.text("name_en")
    unit = table.choice("unit", pack_model.LIMIT_UNITS)
    bound = table.choice("bound", pack_model.BOUNDS)
    rows = table.tables("values")
    values = tuple(_dated_limit(row, unit) for row in rows)
    pack_reading.in_order(rows, values)
    table.close()
    return Limit(identifier, name, name_en, unit, bound, values)


def _dated_limit(table: Table, unit: str) -> DatedLimit:
    from_, until = pack_reading.period(table)
    is_day = unit == "截止日"
    value = None if is_day else table.whole("value", f"整数({unit})", f"a whole number ({unit})")
    by = table.day("by") if is_day else None
    found = DatedLimit(from_, until, value, by, pack_reading.basis(table))
    table.close()
    return found


def unit(table: Table) -> Unit:
    """Read one ``[[unit]]``: an office and the clauses it answers for in each role."""
    identifier = pack_reading.entitled(table, table.identifier("id"))
    name, name_en, doc = table.text("name"), table.text("name_en"), table.text("doc")
    roles: dict[str, tuple[str, ...]] = {}
    inner = table.table("roles")
    if inner is not None:
        clauses = {role: inner.texts(role) for role in pack_model.ROLES}
        roles = {role: listed for role, listed in clauses.items() if listed}
        if not roles:
            allowed = ", ".join(pack_model.ROLES)
            inner.note("", f"至少写一种职责:{allowed}。", f"name at least one role: {allowed}.")
        inner.close()
    table.close()
    return Unit(identifier, name, name_en, doc, roles)


def source_order(table: Table) -> SourceOrder:
    """Read one ``[[source_order]]``: of a field, the offices whose word counts, dated."""
    identifier = pack_reading.entitled(table, table.identifier("id"))
    name, name_en = table.text("name"), table.text("name_en")
    rows = table.tables("values")
    values = tuple(_dated_order(row) for row in rows)
    pack_reading.in_order(rows, values)
    table.close()
    return SourceOrder(identifier, name, name_en, values)


def _dated_order(table: Table) -> DatedOrder:
    from_, until = pack_reading.period(table)
    offices = table.texts("offices")
    if len(set(offices)) != len(offices):
        table.note("offices", "同一部门写了两次。", "an office stands twice.")
    if not offices:
        table.note("offices", "至少写一个部门。", "name at least one office.")
    found = DatedOrder(from_, until, offices, pack_reading.basis(table))
    table.close()
    return found
