"""Monitored households, allowances, and measures of help."""

from __future__ import annotations

import polars as pl

from anju.intake import labels
from anju.intake.columns import Column, Kind, ended, head, household, identity, name, started
from anju.intake.comparing import Comparison, settle
from anju.intake.context import Context
from anju.intake.feeds.witnesses import by_head, with_witnesses
from anju.intake.homes import (
    HOME_STATE,
    add_present_homes,
    catch_older,
    differs,
    write_changes,
)
from anju.intake.layout import Feed, SheetLayout
from anju.intake.linking import MEMBER, find_without_number
from anju.intake.matching import add_persons, match_households
from anju.intake.models import Outcome
from anju.intake.newcomers import ask_the_household
from anju.intake.outcomes import Outcomes, Sieve, changes_json
from anju.intake.showing import label_of, shown_value
from anju.registry.actions import numbers
from anju.registry.columns import fetch_by
from anju.registry.identity import ACCOUNT_PURPOSE, BANK_ACCOUNT, TABLE, digested
from anju.registry.ledgers import STATUSES

_SPAN = (("started_on", "ended_on"),)
_WATCHED = ("monitored_kind", "included_on", "risk_removed_on")


def take_monitored(rows: pl.DataFrame, context: Context) -> Outcomes:
    """Which households are watched, since when, and when the risk was removed."""
    sieve = Sieve(rows, Outcomes(context.layout))
    sieve.catch_repeats(["household_code"], list(_WATCHED))
    match_households(sieve, context)
    sieve.rows = sieve.rows.drop("household_id", "village_code", "_head", "head_name")
    add_present_homes(sieve)
    again = _included_again(sieve.rows)
    sieve.rows = sieve.rows.with_columns(
        monitored_kind=pl.coalesce("monitored_kind", "monitored_kind_now"),
        included_on=pl.coalesce("included_on", "included_on_now"),
        risk_removed_on=pl.when(again)
        .then(pl.col("risk_removed_on"))
        .otherwise(pl.coalesce("risk_removed_on", "risk_removed_on_now")),
        **{name: pl.col(f"{name}_now") for name in HOME_STATE if name not in _WATCHED},
    )
    catch_older(sieve, context)
    write_changes(sieve.rows.filter(differs()), context)
    rows = sieve.rows.with_columns(
        outcome=pl.when(differs())
        .then(pl.lit(Outcome.UPDATED.value))
        .otherwise(pl.lit(Outcome.UNCHANGED.value))
    )
    told = changes_json(
        rows,
        {field: label_of(context.layout, field) for field in _WATCHED},
        lambda field, value: shown_value(context.layout, field, value),
    )
    sieve.outcomes.add(rows.with_columns(pl.Series("changes", told, dtype=pl.String)))
    return sieve.outcomes


def _included_again(rows: pl.DataFrame) -> pl.Series:
    """Included after an earlier risk was removed: the old removal does not hold any more."""
    return rows.select(
        (pl.col("included_on") >= pl.col("risk_removed_on_now")).fill_null(False).alias("again")
    )["again"]


def take_allowances(rows: pl.DataFrame, context: Context) -> Outcomes:
    """An allowance of the household as a whole, or of one person of it."""
    sieve = Sieve(rows, Outcomes(context.layout))
    match_households(sieve, context)
    _match_member(sieve, context, wanted=pl.col("scope") == "person")
    _settle_statuses(sieve, context, key=("kind", "started_on"))
    _keep_accounts(sieve, context)
    return sieve.outcomes


def _keep_accounts(sieve: Sieve, context: Context) -> None:
    """The account an allowance is paid to, sealed; only where it is another than the known one.

    Of rows found by number alone: money is not sent after a likeness of names.
    """
    settled = pl.col("_outcome").is_in(
        [Outcome.CREATED.value, Outcome.UPDATED.value, Outcome.UNCHANGED.value]
    )
    told = (
        sieve.rows.filter(
            settled
            & ~pl.col("_found")
            & pl.col("_payee").is_not_null()
            & pl.col("account").is_not_null()
        )
        .sort("started_on", "number")
        .unique("_payee", keep="last", maintain_order=True)
        .select("account", person_id="_payee")
    )
    digests = digested(context.keys, told["account"].to_list(), ACCOUNT_PURPOSE)
    known = fetch_by(
        TABLE,
        {"id": pl.Int64, "bank_account_digest": pl.Binary},
        "id",
        told["person_id"].to_list(),
    )
    other = (
        told.with_columns(pl.Series("_digest", digests, dtype=pl.Binary))
        .join(known, left_on="person_id", right_on="id", how="left")
        .filter(pl.col("_digest").ne_missing(pl.col("bank_account_digest")))
    )
    numbers.set_many(
        keys=context.keys, ids=other["person_id"], number=BANK_ACCOUNT, plain=other["account"]
    )


def take_measures(rows: pl.DataFrame, context: Context) -> Outcomes:
    """Measures of help: of a person where one is named, else of the household."""
    sieve = Sieve(
        rows.with_columns(kind=pl.lit("help_measure")),
        Outcomes(context.layout),
    )
    match_households(sieve, context)
    named = pl.any_horizontal(pl.col(each).is_not_null() for each in ("identity", "name"))
    _match_member(sieve, context, wanted=named)
    _settle_statuses(sieve, context, key=("kind", "level", "reference", "started_on"))
    return sieve.outcomes


def _match_member(sieve: Sieve, context: Context, *, wanted: pl.Expr) -> None:
    """`person_id` for the rows that are about a person; the others are about the household."""
    sieve.rows = sieve.rows.with_columns(_wanted=wanted)
    add_persons(sieve, context)
    find_without_number(sieve, context, MEMBER)
    ask_the_household(sieve, context)
    named = pl.col("identity").is_not_null()
    sieve.catch(
        named & pl.col("person_id").is_null(), "person_unknown", field="identity", value="name"
    )
    sieve.conflict(
        named & ~pl.col("_found") & (pl.col("name") != pl.col("_name")),
        "name_differs",
        field="name",
        value="name",
        register="_name",
    )
    sieve.rows = sieve.rows.with_columns(
        person_id=pl.when("_wanted").then("person_id"), _payee="person_id"
    )


def _settle_statuses(sieve: Sieve, context: Context, key: tuple[str, ...]) -> None:
    missing = [
        pl.lit(None, dtype).alias(name)
        for name, dtype in STATUSES.columns.items()
        if name not in sieve.rows.columns
    ]
    sieve.rows = sieve.rows.with_columns(missing)
    settle(sieve, context, Comparison(STATUSES, key, ("ended_on",), {}))


MONITORED = Feed(
    "monitored",
    "监测对象变动表",
    "农业农村",
    40,
    (
        SheetLayout(
            "monitored",
            "监测对象",
            (
                household(),
                head(),
                Column(
                    "monitored_kind",
                    "监测对象类别",
                    Kind.CHOICE,
                    also=("监测对象类型",),
                    needed=True,
                    filled=True,
                    choices=labels.MONITORED_KIND,
                ),
                Column(
                    "included_on",
                    "风险识别时间",
                    Kind.DATE,
                    needed=True,
                    keeps_day=True,
                    by_month=True,
                ),
                Column(
                    "risk_removed_on",
                    "风险消除时间",
                    Kind.DATE,
                    needed=True,
                    keeps_day=True,
                    by_month=True,
                ),
            ),
            take_monitored,
            spans=(("included_on", "risk_removed_on"),),
        ),
    ),
)

ALLOWANCE = Feed(
    "allowance",
    "低保特困名单",
    "民政",
    41,
    (
        SheetLayout(
            "allowance",
            "救助对象",
            (
                household(),
                name(),
                identity(),
                Column(
                    "kind",
                    "救助类型",
                    Kind.CHOICE,
                    needed=True,
                    filled=True,
                    choices=labels.ALLOWANCE,
                ),
                Column(
                    "scope",
                    "保障范围",
                    Kind.CHOICE,
                    needed=True,
                    filled=True,
                    choices=labels.ALLOWANCE_SCOPE,
                ),
                started("起始年月", "起始时间"),
                ended("停发年月", "停发时间"),
                Column("account", "银行账号", Kind.ACCOUNT, also=("一卡通账号", "社保卡银行账号")),
            ),
            take_allowances,
            _SPAN,
            at_home=True,
        ),
    ),
)

HELP_MEASURE = Feed(
    "help_measure",
    "帮扶措施台账",
    "农业农村",
    90,
    (
        SheetLayout(
            "help_measure",
            "措施",
            (
                household(),
                head(),
                Column("name", "帮扶对象姓名", Kind.NAME),
                Column("identity", "帮扶对象证件号码", Kind.IDENTITY),
                Column("level", "措施类别", Kind.CHOICE, needed=True, choices=labels.MEASURE),
                Column("reference", "措施内容", limit=120),
                started("开始日期", future=True),
                ended("结束日期"),
            ),
            take_measures,
            _SPAN,
            at_home=True,
        ),
    ),
)

FEEDS = (by_head(MONITORED), with_witnesses(ALLOWANCE), with_witnesses(HELP_MEASURE))
