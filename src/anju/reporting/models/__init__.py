"""What the package keeps, a file a noun."""

from anju.reporting.models.issuers import Issuer, NumberCount
from anju.reporting.models.partners import ReportPartner
from anju.reporting.models.references import Area, RegionalIncome
from anju.reporting.models.reports import (
    OPEN,
    Report,
    ReportKind,
    ReportState,
)
from anju.supervision.models import Replacing

__all__ = [
    "OPEN",
    "Area",
    "Issuer",
    "NumberCount",
    "RegionalIncome",
    "Replacing",
    "Report",
    "ReportKind",
    "ReportPartner",
    "ReportState",
]
