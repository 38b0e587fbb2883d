"""Checks as SQL conditions over the columns of their subject, for DuckDB.

SQL's three values do the rest: a check names a row only where its condition is surely true, so that
what is not known is no mistake unless the check asks for what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from anju.quality.checks import Check

Entry = Mapping[str, Any]


def condition(check: Check) -> str:
    """True for the rows that the check names."""
    parts = [] if check.group == "anyone" else [check.group]
    if check.not_in:
        parts.append(f"NOT {check.not_in}")
    parts += [_test(test) for test in check.when]
    own = _SHAPES[check.shape](check.parameters)
    if own:
        parts.append(own)
    return " AND ".join(f"({part})" for part in parts)


def found(check: Check) -> str:
    """What the row says in the fields asked, as text: `age=23;schooling=upper_secondary`."""
    shown = ", ".join(
        f"concat('{field.id}=', coalesce(CAST({field.id} AS VARCHAR), ''))"
        for field in check.fields
    )
    return f"concat_ws(';', {shown})"


def _required(given: Entry) -> str:
    return " AND ".join(f"{field} IS NULL" for field in given["fields"])


def _allowed(given: Entry) -> str:
    listed = ", ".join(_literal(value) for value in given["values"])
    return f"{given['field']} NOT IN ({listed})"


def _bounds(given: Entry) -> str:
    field = given["field"]
    parts = [f"{field} < {_literal(given['from'])}"] if "from" in given else []
    parts += [f"{field} > {_literal(given['to'])}"] if "to" in given else []
    return " OR ".join(parts)


def _conflict(given: Entry) -> str:
    return ""


def _lacking(given: Entry) -> str:
    return " AND ".join(f"NOT {field}" for field in given["one_of"])


_SHAPES: Final[Mapping[str, Callable[[Entry], str]]] = {
    "required": _required,
    "allowed": _allowed,
    "bounds": _bounds,
    "conflict": _conflict,
    "lacking": _lacking,
}


def _test(test: Entry) -> str:
    """One test of a field; `any` is a list of alternatives, each a list of tests."""
    if "any" in test:
        return " OR ".join(
            "(" + " AND ".join(_test(each) for each in together) + ")" for together in test["any"]
        )
    field = test["field"]
    parts = []
    if "is" in test:
        parts.append(field if test["is"] else f"NOT {field}")
    if "missing" in test:
        parts.append(f"{field} IS {'' if test['missing'] else 'NOT '}NULL")
    for word, negated in (("in", ""), ("not_in", "NOT ")):
        if word in test:
            listed = ", ".join(_literal(value) for value in test[word])
            parts.append(f"{field} {negated}IN ({listed})")
    for word, sign in (("from", ">="), ("to", "<="), ("before", "<")):
        if word in test:
            parts.append(f"{field} {sign} {_literal(test[word])}")
    if "outside" in test:
        low, high = test["outside"]
        parts.append(f"({field} < {_literal(low)} OR {field} > {_literal(high)})")
    return " AND ".join(parts)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + str(value).replace("'", "''") + "'"
