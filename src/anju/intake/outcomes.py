"""What becomes of each row: collected as rows are sieved out, one outcome a row."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from anju.intake.columns import SheetColumns
from anju.intake.messages import MESSAGES, row_message
from anju.intake.models import Outcome
from anju.intake.showing import label_of, shown_value

SCHEMA: dict[str, type[pl.DataType]] = {
    "number": pl.Int64,
    "outcome": pl.String,
    "household_id": pl.Int64,
    "person_id": pl.Int64,
    "village_code": pl.String,
    "code": pl.String,
    "column": pl.String,
    "message": pl.String,
    "changes": pl.String,
    "sides": pl.String,
    "candidates": pl.String,
}
BAD = (Outcome.REJECTED.value, Outcome.CONFLICT.value)
UNSETTLED = (*BAD, Outcome.WAITING.value)


@dataclass(slots=True)
class Outcomes:
    """The rows of one sheet that have met their end."""

    layout: SheetColumns
    parts: list[pl.DataFrame] = field(default_factory=list)

    def add(self, rows: pl.DataFrame) -> None:
        """Take rows with any of the columns of `SCHEMA`; the others are empty."""
        if rows.is_empty():
            return
        present = set(rows.columns)
        self.parts.append(
            rows.select(
                (pl.col(name) if name in present else pl.lit(None)).cast(kind).alias(name)
                for name, kind in SCHEMA.items()
            )
        )

    def frame(self) -> pl.DataFrame:
        """Every row once, in the order of the sheet."""
        if not self.parts:
            return pl.DataFrame(schema=SCHEMA)
        return pl.concat(self.parts).sort("number")

    def reject(
        self,
        rows: pl.DataFrame,
        problem: str,
        *,
        field: str | None = None,
        value: str | None = None,
        more: str | None = None,
        outcome: Outcome = Outcome.REJECTED,
    ) -> None:
        """End rows with a message. `value`, `more`: columns whose content the message repeats."""
        if rows.is_empty():
            return
        column = self.layout.column(field) if field else None
        values = _texts(rows, value or field)
        extras = _texts(rows, more)
        said = [
            row_message(problem, column, text, extra or "", is_own=value in (None, field, "_value"))
            for text, extra in zip(values, extras, strict=True)
        ]
        self.add(
            rows.with_columns(
                pl.Series("message", said, dtype=pl.String),
                outcome=pl.lit(outcome.value),
                code=pl.lit(problem),
                column=pl.lit(column.label if column else ""),
                changes=pl.lit(None, pl.String),
            )
        )


def _texts(rows: pl.DataFrame, column: str | None) -> list[str | None]:
    if column is None or column not in rows.columns:
        return [None] * rows.height
    return rows[column].cast(pl.String).to_list()


@dataclass(slots=True)
class Sieve:
    """Rows on their way: what falls through goes on, what is caught has its outcome."""

    rows: pl.DataFrame
    outcomes: Outcomes

    def catch(
        self,
        condition: pl.Expr,
        problem: str,
        *,
        field: str | None = None,
        value: str | None = None,
        more: str | None = None,
        outcome: Outcome = Outcome.REJECTED,
    ) -> None:
        """End the rows for which the condition surely holds."""
        caught = condition.fill_null(False)
        self.outcomes.reject(
            self.rows.filter(caught),
            problem,
            field=field,
            value=value,
            more=more,
            outcome=outcome,
        )
        self.rows = self.rows.filter(~caught)

    def conflict(
        self,
        condition: pl.Expr,
        problem: str,
        *,
        field: str | None = None,
        value: str | None = None,
        more: str | None = None,
        register: str | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        """End rows that contradict the registers or each other: a person must decide.

        `register`: the column with what the register has in place of `field`. Or `fields`: column →
        field of the sheet, where the register has `<column>_now`.
        """
        caught = condition.fill_null(False)
        rows = self.rows.filter(caught)
        self.rows = self.rows.filter(~caught)
        if rows.height:
            layout = self.outcomes.layout
            sides = _sides(rows, layout, MESSAGES[problem].decides, field, register, fields or {})
            self.outcomes.reject(
                rows.with_columns(pl.Series("sides", sides, dtype=pl.String)),
                problem,
                field=field,
                value=value,
                more=more,
                outcome=Outcome.CONFLICT,
            )

    def wait(
        self,
        condition: pl.Expr,
        problem: str,
        *,
        candidates: str,
        field: str | None = None,
        value: str | None = None,
        more: str | None = None,
    ) -> None:
        """Rows that a person must decide on before they can be written.

        `candidates`: a column of JSON texts, `[{"person_id": …, "household_id": …, "score": …,
        "reasons": […]}, …]`, the likeliest first; no numbers, no telephones.
        """
        self.rows = self.rows.with_columns(candidates=pl.col(candidates))
        self.catch(condition, problem, field=field, value=value, more=more, outcome=Outcome.WAITING)
        self.rows = self.rows.drop("candidates")

    def catch_repeats(self, key: list[str], compared: list[str]) -> None:
        """Rows of one file about the same thing: equal ones once, contradicting ones not at all."""
        rows = self.rows.with_columns(
            _first=pl.col("number").min().over(key),
            _count=pl.len().over(key),
            _kinds=pl.struct(compared).n_unique().over(key) if compared else pl.lit(1),
            _last=pl.col("number").max().over(key),
        )
        self.rows = rows.with_columns(
            _other=pl.when(pl.col("number") == pl.col("_first"))
            .then(pl.col("_last"))
            .otherwise(pl.col("_first"))
        )
        several = pl.col("_count") > 1
        self.conflict(several & (pl.col("_kinds") > 1), "contradiction", more="_other")
        self.catch(several & (pl.col("number") != pl.col("_first")), "duplicate", more="_first")
        self.rows = self.rows.drop("_first", "_count", "_kinds", "_last", "_other")


def _sides(
    rows: pl.DataFrame,
    layout: SheetColumns,
    decides: str,
    field: str | None,
    register: str | None,
    fields: Mapping[str, str],
) -> list[str]:
    """For each row both values, by label: `{"fields": {label: [of the file, of the register]}}`."""
    told = []
    for row in rows.iter_rows(named=True):
        pairs = {
            label_of(layout, name): [
                shown_value(layout, name, row[column]),
                shown_value(layout, name, row[f"{column}_now"]),
            ]
            for column, name in fields.items()
            if row[column] != row[f"{column}_now"]
        }
        if field is not None:
            theirs = shown_value(layout, field, row[register]) if register else None
            pairs[label_of(layout, field)] = [shown_value(layout, field, row.get(field)), theirs]
        # A list that is merely older is its own office's to mend, whatever fields differ.
        names = [field] if field else []
        told.append(
            json.dumps({"fields": pairs, "names": names, "decides": decides}, ensure_ascii=False)
        )
    return told


def changes_json(
    rows: pl.DataFrame,
    fields: Mapping[str, str],
    shown: Callable[[str, Any], Any],
) -> list[str | None]:
    """For each row the changed fields as `{label: [from, to]}`.

    `fields`: name → label. A row has `<name>` (the new value) and `<name>_now` (the register's).
    """
    told: list[str | None] = []
    for row in rows.iter_rows(named=True):
        changed = {
            label: [shown(name, row[f"{name}_now"]), shown(name, row[name])]
            for name, label in fields.items()
            if row[name] != row[f"{name}_now"]
        }
        told.append(json.dumps(changed, ensure_ascii=False) if changed else None)
    return told
