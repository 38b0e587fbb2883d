"""项目资金支付台账: what was paid out for projects, by the finance bureau, each row by its voucher."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from anju.intake import labels
from anju.intake.columns import Column, Kind
from anju.intake.context import Context
from anju.intake.layout import Feed, SheetLayout
from anju.intake.models import Outcome
from anju.intake.outcomes import Outcomes, Sieve, changes_json
from anju.intake.showing import label_of, shown_value
from anju.projects.actions import library
from anju.projects.models import Payment, Step
from anju.projects.payment_checks import problem_of
from anju.projects.queries import known

_VALUES: Final = ("paid_on", "amount", "payee", "workers", "relocated_workers")
_KEY: Final = ["code", "voucher", "kind"]
_FIELDS: Final = {
    "amount_zero": ("amount", None),
    "paid_before_entry": ("paid_on", "entered_on"),
    "workers_of_no_labour": ("workers", None),
    "relocated_above_workers": ("relocated_workers", None),
}


def _take(rows: pl.DataFrame, context: Context) -> Outcomes:
    """Payments of projects that are in the library; one of a known voucher is put right."""
    sieve = Sieve(rows, Outcomes(context.layout))
    sieve.catch_repeats(_KEY, list(_VALUES))
    _add_project(sieve, context)
    held = known.payments_of(sieve.rows["project_id"].to_list())
    now = [
        held.get((row["project_id"], row["voucher"], row["kind"]))
        for row in sieve.rows.iter_rows(named=True)
    ]
    sieve.rows = _beside(sieve.rows, now)
    _check(sieve)
    sieve.conflict(
        (pl.col("outcome") == Outcome.UPDATED.value) & (pl.col("known_from") > context.known_on),
        "newer_known",
        value="known_from",
    )
    changed = sieve.rows.filter(pl.col("outcome") != Outcome.UNCHANGED.value)
    library.write_payments(
        known_on=context.known_on,
        source=context.source,
        entries=[
            (_payment(row), held.get((row["project_id"], row["voucher"], row["kind"])))
            for row in changed.iter_rows(named=True)
        ],
    )
    _tell(sieve, context)
    return sieve.outcomes


def _add_project(sieve: Sieve, context: Context) -> None:
    """The project of each row, its place, and when it was entered in the library."""
    found = known.ids_by_code(sieve.rows["code"].to_list())
    inside = {
        code: [each for each in rows if each[1].startswith(context.prefix)]
        for code, rows in found.items()
    }
    code = pl.col("code")
    sieve.catch(~code.is_in(list(found)), "project_unknown", field="code", value="code")
    several = [name for name, rows in inside.items() if len(rows) > 1]
    sieve.catch(code.is_in(several), "project_ambiguous", field="code", value="code")
    none = [name for name, rows in inside.items() if not rows]
    sieve.catch(code.is_in(none), "project_elsewhere", field="code", value="code")
    one = {name: rows[0] for name, rows in inside.items() if len(rows) == 1}
    entered = known.reached([row[0] for row in one.values()], Step.ENTERED)
    projects = pl.DataFrame(
        [(name, row[0], row[1], entered.get(row[0])) for name, row in one.items()],
        schema={
            "code": pl.String,
            "project_id": pl.Int64,
            "village_code": pl.String,
            "entered_on": pl.Date,
        },
        orient="row",
    )
    sieve.rows = sieve.rows.join(projects, on="code", how="left")


def _beside(rows: pl.DataFrame, now: list[Payment | None]) -> pl.DataFrame:
    """What is held beside what is said; an empty cell says nothing."""
    kinds: dict[str, Any] = {name: rows.schema[name] for name in _VALUES}
    held = pl.DataFrame(
        [
            [getattr(each, name) or None if each else None for name in _VALUES]
            + [each.known_from if each else None]
            for each in now
        ],
        schema={**{f"{name}_now": kind for name, kind in kinds.items()}, "known_from": pl.Date},
        orient="row",
    )
    rows = rows.hstack(held).with_columns(pl.coalesce(name, f"{name}_now") for name in _VALUES)
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_now")) for name in _VALUES)
    return rows.with_columns(
        outcome=pl.when(pl.col("known_from").is_null())
        .then(pl.lit(Outcome.CREATED.value))
        .when(differs)
        .then(pl.lit(Outcome.UPDATED.value))
        .otherwise(pl.lit(Outcome.UNCHANGED.value))
    )


def _check(sieve: Sieve) -> None:
    problems = [problem_of(row, row["entered_on"]) for row in sieve.rows.iter_rows(named=True)]
    sieve.rows = sieve.rows.with_columns(pl.Series("_problem", problems, dtype=pl.String))
    for problem, (field, more) in _FIELDS.items():
        sieve.catch(pl.col("_problem") == problem, problem, field=field, more=more)


def _payment(row: dict[str, Any]) -> Payment:
    values = {name: row[name] for name in _VALUES}
    values["payee"] = values["payee"] or ""
    return Payment(project_id=row["project_id"], voucher=row["voucher"], kind=row["kind"], **values)


def _tell(sieve: Sieve, context: Context) -> None:
    layout = context.layout
    told = changes_json(
        sieve.rows,
        {name: label_of(layout, name) for name in _VALUES},
        lambda name, value: shown_value(layout, name, value),
    )
    updated = pl.col("outcome") == Outcome.UPDATED.value
    rows = sieve.rows.with_columns(pl.Series("_changes", told, dtype=pl.String))
    sieve.outcomes.add(rows.with_columns(changes=pl.when(updated).then("_changes")))


PAYMENTS = Feed(
    "project_payments",
    "项目资金支付台账",
    "财政",
    77,
    (
        SheetLayout(
            "project_payments",
            "支付台账",
            (
                Column("code", "项目编号", Kind.CODE, also=("项目编码", "项目代码"), needed=True,
                       filled=True, limit=40),
                Column("project_name", "项目名称", limit=200),
                Column("voucher", "凭证号", also=("支付凭证号", "凭证编号", "拨付文号"), needed=True,
                       filled=True),
                Column("paid_on", "支付日期", Kind.DATE, also=("拨付日期", "支付时间"), needed=True,
                       filled=True, day=True),
                Column("kind", "支付类别", Kind.CHOICE, also=("支付内容", "资金用途"), needed=True,
                       filled=True, choices=labels.PAYMENT_KIND),
                Column("amount", "支付金额", Kind.MONEY, also=("拨付金额", "金额"), needed=True,
                       filled=True),
                Column("payee", "收款单位", also=("收款人", "收款方"), limit=120),
                Column("workers", "领取劳务报酬人数", Kind.WHOLE, also=("发放人数", "务工人数")),
                Column("relocated_workers", "其中搬迁群众人数", Kind.WHOLE,
                       also=("其中:搬迁群众人数", "搬迁群众人数")),
            ),
            _take,
            writes_at_once=True,
            key=("code", "voucher", "kind"),
        ),
    ),
)  # fmt: skip
