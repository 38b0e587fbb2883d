"""The labour ledger as columns: what an incoming work list is compared with."""

import polars as pl

from anju.registry.ledgers import Ledger

EMPLOYMENTS = Ledger(
    "employment_employment",
    ("person_id",),
    {
        "started_on": pl.Date,
        "ended_on": pl.Date,
        "channel": pl.String,
        "county_code": pl.String,
        "employer": pl.String,
        "monthly_wage": pl.Int64,
    },
    texts=("county_code", "employer"),
)
