"""Incomes by quarter: wages that follow the work, business with seasons, shocks, gaps."""

from __future__ import annotations

import numpy as np

from anju.synth.columns import NO_DATE, NULL, Array, Table, rows_of, size_of, take
from anju.synth.periods import Period, Quarter

_SEASON = np.array([0.16, 0.2, 0.26, 0.38])
_BROUGHT_HOME = 0.72
_FLOOR = 10_500_00
"""Children's support and other transfers lift nearly everybody to about this a head and year."""


def make(
    households: Table,
    people: Table,
    employments: Table,
    scripted: Array,
    period: Period,
    rng: np.random.Generator,
) -> Table:
    """Quarterly incomes of the households of a block but the scripted ones."""
    size = size_of(households)
    members = np.maximum(_members(people, size, period), 1)
    elders = _elders(people, size, period)
    quarters = period.quarters
    years = np.array([q.year - quarters[0].year for q in quarters])
    wages = np.stack([_wages(employments, q, size) for q in quarters])
    growth = np.exp(rng.normal(0.085, 0.045, size))[None, :] ** years[:, None]
    shocked = (rng.random(size) < 0.012)[None, :] & (years[:, None] > 0)
    growth = np.where(shocked, growth * rng.uniform(0.35, 0.65, size), growth)
    season = _SEASON[[q.number - 1 for q in quarters]][:, None]
    base = rng.lognormal(8.1, 0.55, size) * 100 * np.minimum(members, 4)
    base *= rng.random(size) < 0.85
    noise = np.exp(rng.normal(0, 0.02, (len(quarters), size)))
    gross = base * season * growth * noise
    wage = wages * growth * noise
    rent = np.where(rng.random(size) < 0.35, rng.integers(20, 400, size) * 100, 0)
    pension = elders * 3 * 150_00 + rng.integers(0, 60, size) * 1000
    net_year = (wage[:4] + gross[:4] * 0.65).sum(axis=0) + 4 * (rent + pension)
    spared = rng.random(size) < 0.012
    gap = np.where(
        spared, 0, np.maximum(_FLOOR * rng.uniform(1, 1.5, size) * members - net_year, 0)
    )
    transfer = (pension + gap / 4) * growth
    amounts = {
        "wage": wage,
        "business": gross,
        "business_cost": gross * 0.35,
        "property": np.broadcast_to(rent, wage.shape),
        "transfer": transfer,
    }
    return _rows(households, quarters, amounts, scripted, rng)


def _rows(
    households: Table,
    quarters: tuple[Quarter, ...],
    amounts: dict[str, Array],
    scripted: Array,
    rng: np.random.Generator,
) -> Table:
    size = size_of(households)
    whole = {
        name: np.round(v / 1000).astype(np.int64).T.ravel() * 1000 for name, v in amounts.items()
    }
    for name, values in whole.items():
        whole[name] = np.where(rng.random(len(values)) < 0.0004, NULL, values)
    made = rows_of(
        "incomes",
        size * len(quarters),
        household_id=np.repeat(households["household_id"], len(quarters)),
        quarter=np.tile([q.code for q in quarters], size),
        **whole,
    )
    asked = rng.random(size * len(quarters)) >= 0.001
    return take(made, asked & ~np.repeat(scripted, len(quarters)))


def _members(people: Table, size: int, period: Period) -> Array:
    here = (people["left_on"] == NO_DATE) & (people["joined_on"] < period.stop)
    return np.bincount(people["household"][here], minlength=size)


def _elders(people: Table, size: int, period: Period) -> Array:
    old = (people["left_on"] == NO_DATE) & (people["born_on"] < period.start - 60 * 365)
    return np.bincount(people["household"][old], minlength=size)


def _wages(employments: Table, quarter: Quarter, size: int) -> Array:
    """Fen a household brings home from its work in a quarter."""
    end = np.where(employments["ended_on"] == NO_DATE, quarter.next_day, employments["ended_on"])
    low = np.maximum(employments["started_on"], quarter.first_day)
    days = np.clip(np.minimum(end, quarter.next_day) - low, 0, None)
    monthly = np.where(employments["monthly_wage"] == NULL, 2500_00, employments["monthly_wage"])
    paid = monthly * (days / 30.4375) * _BROUGHT_HOME
    return np.bincount(employments["household"], weights=paid, minlength=size)
