"""Columns of a finding, the same in every list of findings."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anju.monitoring import queries as monitoring
from anju.places import queries as places
from anju.registry import queries as registry
from anju.web.lists import Ask, Column, Found, Kind
from anju.web.lists.declaration import Rows


def prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of places in one query; the words of the rule from the run's record."""
    names = places.names([row.village_code for row in rows])
    hidden = monitoring.hidden(ask.viewer, rows)
    for row in rows:
        book = ask.given["books"][row.run_id]
        row.place_name = names.village(row.village_code) or row.village_code
        row.rule_name = book.name(row.rule)
        row.value_text = book.value(row)
        row.threshold_text_shown = book.threshold(row)
        row.basis_text = "；".join(clause.text for clause in book.clauses(row.rule))
        row.clears_text = book.clears(row.rule)
        if row.pk in hidden:
            row.rule_name = str(monitoring.HIDDEN)
            row.value_text = row.threshold_text_shown = row.basis_text = row.clears_text = ""


def search(rows: Rows, text: str, ask: Ask) -> Found:
    """Findings of the households that fit what was typed."""
    match = registry.search(registry.households_for(ask.viewer), text)
    return Found(rows.filter(household__in=match.households.order_by().values("pk")))


def _level(row: Any) -> str:
    """A gap in the data has no level: it is no warning."""
    return str(row.level) if row.status == "hit" else ""


def _household(row: Any) -> str:
    return reverse("web:household-tab", args=[row.household.code, "findings"])


COLUMNS = (
    Column(
        "code", _("户编码"), lambda row: row.household.code, Kind.CODE, link=_household, fixed=True
    ),
    Column("head", _("户主"), lambda row: row.household.head_name),
    Column("place", _("现住村（社区）"), lambda row: row.place_name),
    Column("level", _("等级"), _level, Kind.LEVEL),
    Column("rule", _("规则"), lambda row: row.rule_name),
    Column("value", _("实际情况"), lambda row: row.value_text),
    Column("threshold", _("对照标准"), lambda row: row.threshold_text_shown),
    Column("basis", _("依据"), lambda row: row.basis_text, shown=False),
    Column("clears", _("解除条件"), lambda row: row.clears_text, shown=False),
)
