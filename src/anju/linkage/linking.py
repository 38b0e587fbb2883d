"""The whole of it: two frames in, for every row who it is, how likely, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from anju.linkage import (
    candidates,
    comparing,
    learning,
    rarity,
    records,
    resolving,
    scoring,
    weights,
)
from anju.linkage.characters import Array
from anju.linkage.comparing import FIELDS
from anju.linkage.rarity import Rarity
from anju.linkage.resolving import NOBODY
from anju.linkage.weights import Weights

UPPER: Final = 0.995
"""As likely as that, a row is linked without asking."""
MIDDLE: Final = 0.98
"""As likely as that, too, while of all rows linked no more than `WRONG` are expected to be wrong."""
WRONG: Final = 0.0005
LOWER: Final = 0.10
"""Less likely than that, nobody is asked: the row is nobody of the register."""
_SHOWN: Final = 6
_LEAST: Final = 0.005

OUTCOMES: Final = {
    "row": pl.Int64, "outcome": pl.String, "person": pl.Int64, "probability": pl.Float64, "bits": pl.Float64,
}  # fmt: skip
"""`outcome`: linked, doubtful or nobody; `person` is the likeliest, null for nobody."""


@dataclass(frozen=True)
class Links:
    """What was found: a line for every row, and the candidates of the rows that are not nobody."""

    outcomes: pl.DataFrame
    candidates: pl.DataFrame
    """`row`, `person`, `probability`, `bits`, and by field its level and bits (`name`, `name_bits` …);
    likeliest first, at most six a row."""
    weights: Weights


def link(
    rows: pl.DataFrame,
    register: pl.DataFrame,
    *,
    upper: float = UPPER,
    lower: float = LOWER,
    known: Weights | None = None,
    learns: bool = True,
) -> Links:
    """Links rows to persons; columns as in `anju.linkage.records`.

    `known`: weights to begin with (default: those shipped); `learns`: whether to fit them to this list.
    The result depends neither on the order of the rows nor on that of the register. Raises ValueError
    for ids given twice and for thresholds out of order.
    """
    both = records.prepare(rows.sort("row"), register.sort("person"))
    left, right = candidates.find(both)
    levels = comparing.compare(both, left, right)
    shares = Rarity(both)
    extra = shares.of(left, right, levels)
    used = known or weights.shipped()
    if learns:
        used = learning.learn(both, used, shares, left, right, levels, extra)
    scored = scoring.score(both, used, extra, left, right, levels)
    likely = resolving.respect_claims(left, right, scored.probability)
    scored = replace(scored, probability=likely)
    if upper > MIDDLE:
        upper = resolving.affordable(left, likely, upper, MIDDLE, WRONG)
    at, best, outcome = resolving.settle(
        left, right, likely, scored.total, upper=upper, lower=lower
    )
    found = pl.DataFrame(
        {
            "row": both.rows.ids[at],
            "outcome": outcome,
            "person": both.persons.ids[right[best]],
            "probability": scored.probability[best],
            "bits": scored.total[best],
        },
        OUTCOMES,
    ).with_columns(pl.when(pl.col("outcome") != NOBODY).then("person"))
    everybody = pl.DataFrame({"row": both.rows.ids}, {"row": pl.Int64})
    outcomes = everybody.join(found, on="row", how="left", maintain_order="left").with_columns(
        pl.col("outcome").fill_null(NOBODY), pl.col("probability").fill_null(0.0)
    )
    shown = np.isin(left, at[outcome != NOBODY]) & (scored.probability >= _LEAST)
    return Links(outcomes, _candidates(both, scored, levels, shown, _SHOWN), used)


def beside(rows: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """Every row with each member of the household it names, however unlike; `Links.candidates` columns.

    Nothing is decided here: `probability` is 0. Bits are those of the shipped weights; how rare a value
    is can not be told from a few households.
    """
    both = records.prepare(rows.sort("row"), register.sort("person"))
    left, right = candidates.find(both)
    levels = comparing.compare(both, left, right)
    plain = rarity.nothing(len(left))
    by_field = scoring.bits(weights.shipped(), levels, plain)
    total, zero = by_field.sum(axis=1), np.zeros(len(left))
    scored = scoring.Scored(left, right, by_field, total, zero, zero, zero)
    return _candidates(both, scored, levels, np.ones(len(left), dtype=bool), None)


def _candidates(
    both: records.Both, scored: scoring.Scored, levels: Array, shown: Array, most: int | None
) -> pl.DataFrame:
    columns: dict[str, Array | pl.Series] = {
        "row": both.rows.ids[scored.rows[shown]],
        "person": both.persons.ids[scored.persons[shown]],
        "probability": scored.probability[shown],
        "bits": scored.total[shown],
    }
    for place, (field, words) in enumerate(FIELDS.items()):
        level = pl.Series(levels[shown, place]).cast(pl.Int64)
        columns[field] = pl.Series(list(words)).gather(level)
        columns[f"{field}_bits"] = scored.bits[shown, place]
    order = ["row", "probability", "bits", "person"]
    return (
        pl.DataFrame(columns)
        .sort(order, descending=[False, True, True, False])
        .filter(pl.int_range(pl.len()).over("row") < (most or pl.len()))
    )
