"""村卫生室情况表: of each village whether it has a clinic and somebody qualified, by the health bureau."""

from __future__ import annotations

import polars as pl

from anju.intake import labels, places
from anju.intake.columns import Column, Kind
from anju.intake.context import Context
from anju.intake.layout import Feed, SheetLayout
from anju.intake.models import Outcome
from anju.intake.outcomes import Outcomes, Sieve
from anju.registry.actions import clinics as actions
from anju.registry.actions.clinics import Seen
from anju.registry.queries import clinics

_TOLD = ("has_clinic", "has_staff", "arrangement", "seen_on")


def _take(rows: pl.DataFrame, context: Context) -> Outcomes:
    """What was seen in each village is added; the latest holds, an older list changes nothing."""
    sieve = Sieve(rows, Outcomes(context.layout))
    sieve.catch_repeats(["town", "village"], list(_TOLD))
    places.add_village(sieve, context, town="town", village="village", as_="village_code")
    sieve.rows = _with_latest(sieve.rows)
    clinic, staff = pl.col("has_clinic") == "yes", pl.col("has_staff") == "yes"
    sieve.catch(staff & ~clinic, "staff_without_clinic", field="has_staff")
    is_blank = ~(clinic & staff)
    sieve.catch(is_blank & pl.col("arrangement").is_null(), "required", field="arrangement")
    sieve.catch(
        pl.col("seen_on") < pl.col("seen_on_now"), "seen_later", field="seen_on", more="seen_on_now"
    )
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_now")) for name in _TOLD)
    is_new = pl.col("seen_on_now").is_null()
    told = sieve.rows.with_columns(
        _same=same,
        outcome=pl.when(same)
        .then(pl.lit(Outcome.UNCHANGED.value))
        .when(is_new)
        .then(pl.lit(Outcome.CREATED.value))
        .otherwise(pl.lit(Outcome.UPDATED.value)),
    )
    actions.write(
        recorded_by=context.by.username,
        source=context.source,
        seen=[_seen(row) for row in told.filter(~pl.col("_same")).to_dicts()],
    )
    sieve.outcomes.add(told.select("number", "outcome", "village_code"))
    return sieve.outcomes


def _with_latest(rows: pl.DataFrame) -> pl.DataFrame:
    """Beside what the list says of a village, what was seen there last."""
    known = clinics.latest(rows["village_code"].to_list())
    latest = pl.DataFrame(
        [
            (
                code,
                "yes" if row.has_clinic else "no",
                "yes" if row.has_staff else "no",
                row.arrangement or None,
                row.seen_on,
            )
            for code, row in known.items()
        ],
        schema={
            "village_code": pl.String,
            "has_clinic_now": pl.String,
            "has_staff_now": pl.String,
            "arrangement_now": pl.String,
            "seen_on_now": pl.Date,
        },
        orient="row",
    )
    return rows.join(latest, on="village_code", how="left")


def _seen(row: dict[str, object]) -> Seen:
    return Seen(
        village_code=str(row["village_code"]),
        seen_on=row["seen_on"],  # type: ignore[arg-type]
        has_clinic=row["has_clinic"] == "yes",
        has_staff=row["has_staff"] == "yes",
        arrangement=str(row["arrangement"] or ""),
    )


CLINICS = Feed(
    "clinics",
    "村卫生室情况表",
    "卫健",
    75,
    (
        SheetLayout(
            "clinics",
            "村卫生室",
            (
                Column("town", "乡镇", also=("乡镇名称", "所在乡镇"), needed=True, filled=True),
                Column("village", "行政村", also=("村", "村名称", "村(社区)"), needed=True, filled=True),
                Column(
                    "has_clinic",
                    "有无村卫生室",
                    Kind.CHOICE,
                    also=("是否有卫生室", "是否有村卫生室", "村卫生室"),
                    needed=True,
                    filled=True,
                    choices=labels.YES_NO,
                ),
                Column(
                    "has_staff",
                    "有无合格村医",
                    Kind.CHOICE,
                    also=("是否有合格村医", "是否有村医", "有无村医"),
                    needed=True,
                    filled=True,
                    choices=labels.YES_NO,
                ),
                Column("arrangement", "空白期间的安排", also=("临时安排", "巡诊安排"), limit=200),
                Column(
                    "seen_on", "核实日期", Kind.DATE, also=("填报日期", "统计日期"), needed=True,
                    filled=True, day=True,
                ),
            ),
            _take,
            writes_at_once=True,
            key=("town", "village"),
        ),
    ),
)  # fmt: skip
