"""人口变动表: who came into a household and who left it, with the day."""

from __future__ import annotations

import polars as pl

from anju.intake import labels, people
from anju.intake.columns import Column, Kind, household
from anju.intake.context import Context
from anju.intake.feeds.households import person_columns
from anju.intake.layout import Feed, SheetLayout
from anju.intake.matching import match_households
from anju.intake.models import Outcome
from anju.intake.outcomes import Outcomes, Sieve, changes_json
from anju.intake.showing import label_of, shown_value
from anju.intake.yielding import yield_to_deciding
from anju.registry.actions import ledger
from anju.registry.ledgers import EVENTS

_FIELDS = ("relation", "joined_on", "left_on")


def take_joined(rows: pl.DataFrame, context: Context) -> Outcomes:
    """Births, marriages in, moves in: persons join a household on a day."""
    sieve = _matched(rows, context)
    people.catch_members_elsewhere(sieve, pl.col("joined_on"))
    _continue(sieve)
    sieve.rows = sieve.rows.with_columns(
        joined_on=pl.coalesce("joined_on", "joined_on_now"),
        left_on=pl.col("left_on_now"),
        left_reason=pl.col("left_reason_now"),
    )
    _write(sieve, context)
    return sieve.outcomes


def take_left(rows: pl.DataFrame, context: Context) -> Outcomes:
    """Deaths, marriages out, moves out: persons leave a household on a day; deaths are events.

    Somebody the registers do not know yet is added as one who has left: the first lists of a county
    name those who left in the year before.
    """
    sieve = _matched(rows, context)
    _continue_leaving(sieve)
    sieve.rows = sieve.rows.with_columns(
        joined_on=pl.coalesce("joined_on", "joined_on_now"),
    )
    _write(sieve, context)
    _record_deaths(sieve.rows, context)
    return sieve.outcomes


def _matched(rows: pl.DataFrame, context: Context) -> Sieve:
    """Household, person, and what is known of both."""
    sieve = Sieve(rows.with_columns(phone=pl.lit(None, pl.String)), Outcomes(context.layout))
    people.catch_repeated_persons(sieve)
    match_households(sieve, context)
    people.identify(sieve, context)
    sieve.rows = people.complete(sieve.rows, context.known_on)
    people.add_present_state(sieve, context)
    yield_to_deciding(sieve, context, people.DATED)
    people.catch_older(sieve, context)
    people.add_present_membership(sieve)
    return sieve


def _continue(sieve: Sieve) -> None:
    """Joining on another day than the membership that is known, after it ended, begins anew."""
    again = pl.col("left_on_now").is_not_null() & (pl.col("joined_on") >= pl.col("left_on_now"))
    _forget(sieve, again)


def _continue_leaving(sieve: Sieve) -> None:
    """Leaving ends the membership that is known, unless that one ended before this one began."""
    other = pl.col("left_on_now").is_not_null() & (pl.col("joined_on") >= pl.col("left_on_now"))
    _forget(sieve, other)


def _forget(sieve: Sieve, condition: pl.Expr) -> None:
    sieve.rows = sieve.rows.with_columns(
        pl.when(condition.fill_null(False)).then(None).otherwise(pl.col(name)).alias(name)
        for name in (
            "membership_id", "membership_known_from", "relation_now", "joined_on_now",
            "left_on_now", "left_reason_now",
        )
    )  # fmt: skip


def _write(sieve: Sieve, context: Context) -> None:
    """Persons, memberships, and the outcome of each row."""
    sieve.rows = people.write_persons(sieve.rows, context)
    sieve.rows = people.write_memberships(sieve.rows, context)
    rows = sieve.rows.with_columns(
        outcome=pl.when(pl.col("_joined"))
        .then(pl.lit(Outcome.CREATED.value))
        .when(pl.col("_moved") | pl.col("_changed"))
        .then(pl.lit(Outcome.UPDATED.value))
        .otherwise(pl.lit(Outcome.UNCHANGED.value))
    )
    updated = pl.col("outcome") == Outcome.UPDATED.value
    sieve.outcomes.add(rows.filter(~updated))
    changed = rows.filter(updated)
    fields = (*_FIELDS, *people.DATED, "nation")
    told = changes_json(
        changed,
        {field: label_of(context.layout, field) for field in fields},
        lambda field, value: shown_value(context.layout, field, value),
    )
    sieve.outcomes.add(changed.with_columns(pl.Series("changes", told, dtype=pl.String)))


def _record_deaths(rows: pl.DataFrame, context: Context) -> None:
    """An event for each death that is not known yet."""
    deaths = rows.filter(pl.col("left_reason") == "death")
    known = EVENTS.open_rows("person_id", deaths["person_id"]).filter(pl.col("kind") == "death")
    new = deaths.join(known, on="person_id", how="anti")
    ledger.write(
        known_on=context.known_on,
        source=context.source,
        ledger=EVENTS,
        created=new.with_columns(
            kind=pl.lit("death"),
            occurred_on=pl.col("left_on"),
            amount=pl.lit(None, pl.Int64),
            level=pl.lit(None, pl.String),
            reference=pl.lit(None, pl.String),
        ),
    )


POPULATION = Feed(
    "population",
    "人口变动表",
    "农业农村",
    30,
    (
        # First who left: a person who moves between households leaves one before joining another.
        SheetLayout(
            "left",
            "自然减少",
            (
                household(),
                *person_columns(),
                Column("joined_on", "人员识别时间", Kind.DATE, keeps_day=True),
                Column("left_on", "减少日期", Kind.DATE, needed=True, filled=True),
                Column(
                    "left_reason",
                    "减少原因",
                    Kind.CHOICE,
                    needed=True,
                    filled=True,
                    choices=labels.LEAVE_REASON,
                ),
            ),
            take_left,
            spans=(("joined_on", "left_on"),),
        ),
        SheetLayout(
            "joined",
            "自然增加",
            (
                household(),
                *person_columns(),
                Column("joined_on", "增加日期", Kind.DATE, needed=True, filled=True),
                Column(
                    "joined_reason",
                    "增加原因",
                    Kind.CHOICE,
                    needed=True,
                    filled=True,
                    choices=labels.JOIN_REASON,
                ),
            ),
            take_joined,
        ),
    ),
    unlinked="the list registers who came and who left: by number or person code; a newborn linked to "
    "a brother, or a death to his father, could not be told afterwards",
)

FEEDS = (POPULATION,)
