"""Lists of changes between two days, from the history of the registers: who left a household, who
joined one, and who is at another stage of school.

Why somebody joined is not kept in the registers. A line that came in keeps its reason; of others it
is told from what is known: born within a year before, left another household just then, relation to
the head by marriage, else moved in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from anju.intake.outgoing.filling import Known
from anju.intake.outgoing.forms import Form
from anju.registry.ledgers import PERSON_RECORDS

#: Lists that tell changes, and their sheets.
LISTS: Final = frozenset({"population", "enrolment"})
SHEETS: Final = frozenset({"left", "joined", "enrolment"})
_BY_MARRIAGE: Final = ("spouse", "daughter_in_law", "son_in_law")
_INFANT_DAYS: Final = 366
_MOVING_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included."""

    since: date
    until: date

    def holds(self, column: str) -> pl.Expr:
        """Whether a day of a column lies in it."""
        return pl.col(column).is_between(self.since, self.until)


def lines(form: Form, found: Known, span: Span) -> pl.DataFrame | None:
    """The lines of one sheet; None for a sheet that tells no changes."""
    if form.layout.id == "left":
        return (
            _memberships(found)
            .filter(span.holds("left_on"))
            .sort("household_code", "left_on", "person_code")
        )
    if form.layout.id == "joined":
        return _joined(form, found, span)
    if form.layout.id == "enrolment":
        return _enrolment(found, span)
    return None


def _memberships(found: Known) -> pl.DataFrame:
    """Everybody in each household they were of, with the latest time they were."""
    named = found.memberships.select(
        "household_id", "person_id", "relation", "joined_on", "left_on", "left_reason"
    )
    return named.join(found.people, on="person_id").join(found.homes, on="household_id")


def _joined(form: Form, found: Known, span: Span) -> pl.DataFrame:
    rows = _memberships(found).filter(span.holds("joined_on"))
    others = pl.concat([found.memberships, found.elsewhere])
    left = others.select("person_id", _other="household_id", _left="left_on").drop_nulls("_left")
    moved = rows.join(left, on="person_id").filter(
        (pl.col("_other") != pl.col("household_id"))
        & (pl.col("joined_on") - pl.col("_left")).dt.total_days().is_between(0, _MOVING_DAYS)
    )
    age = (pl.col("joined_on") - pl.col("born_on")).dt.total_days()
    told = rows.with_columns(
        joined_reason=pl.when(age.is_between(0, _INFANT_DAYS))
        .then(pl.lit("birth"))
        .when(pl.col("person_id").is_in(moved["person_id"].to_list()))
        .then(pl.lit("transfer"))
        .when(pl.col("relation").is_in(_BY_MARRIAGE))
        .then(pl.lit("marriage"))
        .otherwise(pl.lit("move"))
    )
    return _as_came(form, told).sort("household_code", "joined_on", "person_code")


def _as_came(form: Form, rows: pl.DataFrame) -> pl.DataFrame:
    """The reason as the file said it, for lines that came in with it."""
    if form.lines.is_empty() or "joined_reason" not in form.lines.columns:
        return rows
    came = form.lines.select("person_id", "joined_on", _came="joined_reason").unique(
        ["person_id", "joined_on"]
    )
    return (
        rows.join(came, on=["person_id", "joined_on"], how="left")
        .with_columns(joined_reason=pl.coalesce("_came", "joined_reason"))
        .drop("_came")
    )


def _enrolment(found: Known, span: Span) -> pl.DataFrame:
    """From a day in the span on, somebody's stage is another than before."""
    records = PERSON_RECORDS.open_rows("person_id", found.members["person_id"]).sort(
        "person_id", pl.col("started_on").fill_null(date.min), "id"
    )
    before = pl.col("schooling").shift(1).over("person_id")
    first = pl.int_range(pl.len()).over("person_id") == 0
    changed = records.filter(
        span.holds("started_on") & ~first & pl.col("schooling").ne_missing(before)
    ).select("person_id", _stage="schooling", changed_on="started_on")
    return (
        found.members.join(changed, on="person_id")
        .filter((pl.col("joined_on") <= pl.col("changed_on")).fill_null(True))
        .with_columns(schooling="_stage")
        .filter(pl.col("schooling").is_not_null())
        .drop("_stage")
        .sort("household_code", "person_code", "changed_on")
    )
