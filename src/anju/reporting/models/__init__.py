"""What the package keeps, a file a noun."""

from anju.reporting.models.issuers import Issuer, NumberCount
from anju.reporting.models.partners import ReportPartner
from anju.reporting.models.reports import (
    OPEN,
    Replacing,
    Report,
    ReportKind,
    ReportState,
)

__all__ = [
    "OPEN",
    "Handling",
    "Issuer",
    "NumberCount",
    "Replacing",
    "Report",
    "ReportKind",
    "ReportPartner",
    "ReportState",
]
