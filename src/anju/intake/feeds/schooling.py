"""Schools: changes of enrolment, children out of school, children excused for their health."""

from __future__ import annotations

import polars as pl

from anju.intake import labels
from anju.intake.columns import Column, Kind, identity, name, occurred, started
from anju.intake.context import Context
from anju.intake.feeds.facts import event, status
from anju.intake.feeds.witnesses import with_witnesses
from anju.intake.layout import Feed, SheetLayout
from anju.intake.matching import match_persons
from anju.intake.models import Outcome
from anju.intake.outcomes import Outcomes, Sieve, changes_json
from anju.intake.showing import shown_value
from anju.registry.actions import bulk, rolls
from anju.registry.ledgers import PERSON_RECORDS

_ENDED = Column("ended_on", "截止日期", Kind.DATE, future=True)


def take_enrolment(rows: pl.DataFrame, context: Context) -> Outcomes:
    """From a day on, a person is at another stage of school."""
    sieve = Sieve(rows, Outcomes(context.layout))
    match_persons(sieve, context, day="changed_on")
    sieve.catch_repeats(["person_id", "changed_on"], ["schooling"])
    _settle_schooling(sieve, context)
    changed = pl.col("schooling").ne_missing(pl.col("schooling_now"))
    rows = sieve.rows.with_columns(
        outcome=pl.when(changed)
        .then(pl.lit(Outcome.UPDATED.value))
        .otherwise(pl.lit(Outcome.UNCHANGED.value))
    )
    told = changes_json(
        rows,
        {"schooling": "在校生状况"},
        lambda field, value: shown_value(context.layout, field, value),
    )
    sieve.outcomes.add(rows.with_columns(pl.Series("changes", told, dtype=pl.String)))
    return sieve.outcomes


def _leave_school(sieve: Sieve, context: Context) -> None:
    """Who dropped out is at no school from that day on."""
    new = sieve.rows.filter(pl.col("_outcome") == Outcome.CREATED.value)
    leavers = Sieve(
        new.with_columns(schooling=pl.lit("none"), changed_on=pl.col("occurred_on")),
        sieve.outcomes,
    )
    _settle_schooling(leavers, context)


def _settle_schooling(sieve: Sieve, context: Context) -> None:
    """Part each person's record at the day of the change, one change after the other.

    Adds `schooling_now`, as the register had it on that day.
    """
    rows = sieve.rows.sort("changed_on").with_columns(
        _turn=pl.int_range(pl.len()).over("person_id")
    )
    done = [rows.head(0).with_columns(schooling_now=pl.lit(None, pl.String))]
    for turn in range(int(rows["_turn"].max() or 0) + 1 if rows.height else 0):
        if turn > 0:
            bulk.refuse_put_off()
        done.append(_part_records(rows.filter(pl.col("_turn") == turn), context))
    sieve.rows = pl.concat(done).drop("_turn")


def _part_records(rows: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows of different persons: the record that holds on the day ends there, another begins."""
    records = PERSON_RECORDS.open_rows("person_id", rows["person_id"]).rename(
        {"schooling": "schooling_now", "id": "record_id"}
    )
    on = pl.col("changed_on")
    holding = (
        rows.select("number", "person_id", "schooling", "changed_on")
        .join(records, on="person_id")
        .filter(
            (pl.col("started_on").is_null() | (pl.col("started_on") <= on))
            & (pl.col("ended_on").is_null() | (pl.col("ended_on") > on))
        )
        .sort("started_on", "record_id", nulls_last=False)
        .unique("number", keep="last", maintain_order=True)
    )
    rolls.part_person_records(
        known_on=context.known_on,
        source=context.source,
        rows=holding.filter(pl.col("schooling").ne_missing(pl.col("schooling_now"))),
    )
    return rows.join(holding.select("number", "schooling_now"), on="number", how="left")


ENROLMENT = Feed(
    "enrolment",
    "学籍变动名单",
    "教育",
    57,
    (
        SheetLayout(
            "enrolment",
            "学籍变动",
            (
                name(),
                identity(),
                Column("school", "学校", limit=120),
                Column(
                    "schooling",
                    "在校生状况",
                    Kind.CHOICE,
                    needed=True,
                    filled=True,
                    choices=labels.SCHOOLING,
                ),
                Column("changed_on", "变动日期", Kind.DATE, needed=True, filled=True),
            ),
            take_enrolment,
        ),
    ),
)

DROPOUT = Feed(
    "dropout",
    "控辍保学名单",
    "教育",
    58,
    (
        SheetLayout(
            "dropout",
            "失学辍学",
            (
                name(),
                identity(),
                Column("reference", "原就读学校", limit=120),
                occurred("离校日期"),
            ),
            event("dropout", "person", then=_leave_school),
        ),
        SheetLayout(
            "excused",
            "免学缓学",
            (name(), identity(), started("批准日期"), _ENDED),
            status("health_exempt_from_school", "person"),
            (("started_on", "ended_on"),),
        ),
    ),
)

FEEDS = (with_witnesses(ENROLMENT), with_witnesses(DROPOUT))
