"""Tables of communities."""

from anju.community.models.funds import OUT, EntryKind, FundEntry, MaintenanceFund
from anju.community.models.requests import (
    Channel,
    Request,
    RequestNumber,
    RequestOutcome,
    RequestState,
    RequestStep,
    StepKind,
)
from anju.community.models.services import ServicePoint

__all__ = [
    "OUT",
    "Channel",
    "EntryKind",
    "FundEntry",
    "MaintenanceFund",
    "Request",
    "RequestNumber",
    "RequestOutcome",
    "RequestState",
    "RequestStep",
    "ServicePoint",
    "StepKind",
]
