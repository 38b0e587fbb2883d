"""How a case goes, as data of the policy pack: steps, who acts, what must be there, clocks."""

from anju.procedures.book import ProcedureBook
from anju.procedures.books import check, load
from anju.procedures.calendars import Calendar, Clock, add_months, is_published
from anju.procedures.model import (
    LEVELS,
    Action,
    Level,
    Measure,
    MonitoredClass,
    Purpose,
    Reason,
    Step,
)
from anju.procedures.procedure import Procedure
from anju.procedures.refusals import BookError, ProcedureError, ProcedureRefused
from anju.procedures.requirements import REQUIREMENTS, Requirement
from anju.procedures.standing import Offer, Outcome, Standing

__all__ = [
    "LEVELS", "REQUIREMENTS", "Action", "BookError", "Calendar", "Clock", "Level", "Measure",
    "MonitoredClass", "Offer", "Outcome", "Procedure", "ProcedureBook", "ProcedureError",
    "ProcedureRefused", "Purpose", "Reason", "Requirement", "Standing", "Step", "add_months",
    "check", "is_published", "load",
]  # fmt: skip
