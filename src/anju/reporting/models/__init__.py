"""What the package keeps, a file a noun."""

from anju.reporting.models.issuers import Issuer, NumberCount
from anju.reporting.models.reports import OPEN, Report, ReportKind, ReportState

__all__ = ["OPEN", "Issuer", "NumberCount", "Report", "ReportKind", "ReportState"]
