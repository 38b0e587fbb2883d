"""Reads of casework. Whatever is shown goes through a gate that takes the viewer."""

from anju.casework.queries.deputies import absent_for, deputies_of
from anju.casework.queries.desk import DeskCounts, counts, leads_on_desk, on_desk
from anju.casework.queries.gates import case_for, cases_for, lead_for, leads_for, notices_for
from anju.casework.queries.history import counts_from, moves_since
from anju.casework.queries.mandates import Mandate, mandate_of
from anju.casework.queries.standing import (
    Missing,
    OfferShown,
    actions_of,
    asked_of,
    evidence,
    offers,
    standing_of,
)
from anju.casework.queries.waiting import Waiting, waiting_of_run

__all__ = [
    "DeskCounts",
    "Mandate",
    "Missing",
    "OfferShown",
    "Waiting",
    "absent_for",
    "actions_of",
    "asked_of",
    "case_for",
    "cases_for",
    "counts",
    "counts_from",
    "deputies_of",
    "evidence",
    "lead_for",
    "leads_for",
    "leads_on_desk",
    "mandate_of",
    "moves_since",
    "notices_for",
    "offers",
    "on_desk",
    "standing_of",
    "waiting_of_run",
]
