"""Reads of reports; lists and single reports begin at a gate (`gates`)."""

from anju.reporting.queries.gates import (
    issuers_for,
    issues,
    issues_for_the_county,
    partner_to_sign,
    replacement_of,
    report_for,
    reports_for,
    to_countersign,
    units_issued_by,
    writes,
    writes_whole,
)
from anju.reporting.queries.reading import (
    composed,
    leader_of,
    parts_of,
    plans_told,
    words_of_units,
)

__all__ = [
    "composed",
    "issuers_for",
    "issues",
    "issues_for_the_county",
    "leader_of",
    "partner_to_sign",
    "parts_of",
    "plans_told",
    "replacement_of",
    "report_for",
    "reports_for",
    "to_countersign",
    "units_issued_by",
    "words_of_units",
    "writes",
    "writes_whole",
]
