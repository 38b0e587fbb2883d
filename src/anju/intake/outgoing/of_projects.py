"""Lines of the project library and of its payments, as the fields of their sheets."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from anju.accounts.scope import Scope
from anju.intake.feeds.projects import FUNDS, STEPS
from anju.places import queries as places
from anju.projects.models import Payment, Project
from anju.projects.queries import known

_PLAIN: Final[dict[str, type[pl.DataType]]] = {
    "code": pl.String, "name": pl.String, "kind": pl.String, "subkind": pl.String,
    "content": pl.String, "unit_name": pl.String, "builder": pl.String, "entered_year": pl.Int64,
    "plan_year": pl.Int64, "planned_start": pl.Date, "planned_finish": pl.Date,
    "households": pl.Int64, "labour_percent": pl.Int64, "labour_base": pl.String,
}  # fmt: skip
_YES_NO: Final = ("is_key", "is_work_relief")
_PAID: Final[dict[str, type[pl.DataType]]] = {
    "code": pl.String, "project_name": pl.String, "village_code": pl.String, "voucher": pl.String,
    "paid_on": pl.Date, "kind": pl.String, "amount": pl.Int64, "payee": pl.String,
    "workers": pl.Int64, "relocated_workers": pl.Int64,
}  # fmt: skip


def library(scope: Scope) -> pl.DataFrame:
    """Projects in the scope in the order of their codes, with what is known of them now."""
    rows = Project.objects.filter(scope.q("division_code", None)).select_related("site")
    projects = list(rows.order_by("code", "pk"))
    held = known.held_by_id([each.pk for each in projects])
    names = places.names([each.division_code for each in projects])
    lines = []
    for each in projects:
        line: dict[str, Any] = {name: getattr(each, name) for name in _PLAIN}
        line |= {name: "yes" if getattr(each, name) else "no" for name in _YES_NO}
        code = each.division_code
        line["town"] = names.of(f"{code[:9]}000") if code[6:9] != "000" else None
        line["village"] = names.of(code) if code[9:] != "000" else None
        line["village_code"] = code
        line["site_code"] = each.site.code if each.site else None
        line["labour_base"] = each.labour_base if each.is_work_relief else None
        facts = held[each.pk]
        line |= {STEPS[step]: fact.value for step, fact in facts.steps.items()}  # type: ignore[index]
        line |= {FUNDS[fund]: fact.value for fund, fact in facts.funds.items()}  # type: ignore[index]
        line["total"] = sum(fact.value for fact in facts.funds.values()) or None
        line["seen_on"] = max(facts.progress, default=None)
        if facts.progress:
            line["progress"] = facts.progress[line["seen_on"]].value
        lines.append(line)
    schema: dict[str, Any] = {
        **_PLAIN,
        **dict.fromkeys((*_YES_NO, "town", "village", "village_code", "site_code"), pl.String),
        **dict.fromkeys((*FUNDS.values(), "total", "progress"), pl.Int64),
        **dict.fromkeys((*STEPS.values(), "seen_on"), pl.Date),
    }
    return _without_blanks(pl.DataFrame(lines, schema=schema))


def payments(scope: Scope) -> pl.DataFrame:
    """Payments for projects in the scope as known now, project by project, the earliest first."""
    rows = Payment.objects.filter(
        scope.q("project__division_code", None), known_to__isnull=True
    ).order_by("project__code", "paid_on", "voucher", "pk")
    lines = rows.values_list(
        "project__code", "project__name", "project__division_code", "voucher", "paid_on", "kind",
        "amount", "payee", "workers", "relocated_workers",
    )  # fmt: skip
    return _without_blanks(pl.DataFrame(list(lines), schema=_PAID, orient="row"))


def _without_blanks(rows: pl.DataFrame) -> pl.DataFrame:
    """Empty text is nothing."""
    return rows.with_columns(pl.col(pl.String).replace("", None))
