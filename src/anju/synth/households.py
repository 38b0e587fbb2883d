"""What a household is: class, first identification, monitoring."""

from __future__ import annotations

import numpy as np

from anju.synth.columns import (
    CLASSES,
    MONITORED,
    NO_DATE,
    NO_WORD,
    NULL,
    Array,
    Table,
    rows_of,
    word,
)
from anju.synth.geography import Geography
from anju.synth.periods import Period

LIFTED_OUT, ORDINARY = word(CLASSES, "lifted_out"), word(CLASSES, "ordinary")
_UNSTABLE, _MARGINAL, _SUDDEN = (word(MONITORED, kind) for kind in MONITORED)


def make(places: Geography, at: slice, period: Period, rng: np.random.Generator) -> Table:
    """The households of a block; `first_on` (first identification) is for the workbooks."""
    relocated = places.relocated[at]
    size = len(relocated)
    lifted_out = rng.random(size) < np.where(relocated, 0.96, 0.55)
    kind, included, removed = _monitoring(lifted_out, period, rng)
    first = np.where(
        lifted_out,
        _month(rng, size, 2013 * 12 + 11, 2017 * 12 + 11),
        _month(rng, size, 2018 * 12 + 5, 2020 * 12 + 11),
    )
    site, grid = places.site[at], places.grid[at]
    return rows_of(
        "households",
        size,
        household_id=np.arange(at.start, at.stop) + 1,
        code=places.codes[at],
        village_code=places.village_code[places.home[at]],
        site_id=np.where(site < 0, NULL, site + 1),
        grid_id=grid + 1,
        **{"class": np.where(lifted_out, LIFTED_OUT, ORDINARY)},
        relocated=relocated,
        self_moved=places.self_moved[at],
        monitored_kind=kind,
        included_on=included,
        risk_removed_on=removed,
        first_on=first.astype(np.int32),
    )


def _month(rng: np.random.Generator, size: int, low: int, high: int) -> Array:
    """First days of months drawn between two month numbers (year × 12 + month − 1)."""
    return first_days(rng.integers(low, high + 1, size))


def first_days(months: Array) -> Array:
    """First days of months given as year × 12 + month − 1."""
    days = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.asarray(days)


def _monitoring(
    lifted_out: Array, period: Period, rng: np.random.Generator
) -> tuple[Array, Array, Array]:
    size = len(lifted_out)
    monitored = rng.random(size) < 0.032
    sudden = rng.random(size) < 0.2
    kind = np.where(sudden, _SUDDEN, np.where(lifted_out, _UNSTABLE, _MARGINAL))
    last = period.last.year * 12 + period.last.number - 1
    begin = period.first.year * 12 + period.first.number - 1
    recent = rng.random(size) < 0.06
    month = np.where(
        recent, rng.integers(begin, last + 1, size), rng.integers(begin - 37, begin - 1, size)
    )
    removed_month = month + rng.integers(7, 26, size)
    removed = (rng.random(size) < 0.45) & (removed_month <= last)
    unknown = rng.random(size) < 0.01
    included_on = np.where(monitored & ~unknown, first_days(month), NO_DATE)
    removed_on = np.where(monitored & removed & ~unknown, first_days(removed_month), NO_DATE)
    return np.where(monitored, kind, NO_WORD), included_on, removed_on
