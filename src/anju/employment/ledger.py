"""The labour ledger as columns: what incoming lists of work, training and wishes are compared with."""

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

_OF_MEMBER = ("household_id", "person_id")

TRAININGS = Ledger(
    "employment_training",
    _OF_MEMBER,
    {
        "category": pl.String,
        "trade": pl.String,
        "organiser": pl.String,
        "started_on": pl.Date,
        "ended_on": pl.Date,
        "certificate": pl.String,
        "level": pl.String,
        "subsidy": pl.Int64,
    },
    texts=("organiser", "level"),
)
PROFILES = Ledger(
    "employment_labourprofile",
    _OF_MEMBER,
    {
        "told_on": pl.Date,
        "residence": pl.String,
        "wants_work": pl.String,
        "wants_training": pl.String,
        "wished_trade": pl.String,
        "wished_wage": pl.Int64,
        "skill": pl.String,
        "talks": pl.Int64,
        "openings": pl.Int64,
        "offers": pl.Int64,
    },
    texts=("wished_trade", "skill"),
)
HOLDINGS = Ledger(
    "employment_postholding",
    _OF_MEMBER,
    {
        "post_id": pl.Int64,
        "started_on": pl.Date,
        "agreed_until": pl.Date,
        "monthly_pay": pl.Int64,
        "insurance": pl.String,
        "is_part_time": pl.Boolean,
        "has_licence": pl.Boolean,
        "has_official": pl.Boolean,
        "note": pl.String,
        "ended_on": pl.Date,
        "end_reason": pl.String,
        "end_note": pl.String,
    },
    texts=("note", "end_note"),
)
