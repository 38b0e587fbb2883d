"""Leads, cases and what is written down on the way; docs/cases.md tells the story."""

from anju.casework.models.calendar import Holiday
from anju.casework.models.cases import Case, CaseKind, CaseRisk, CaseState, Move, RemovalKind
from anju.casework.models.checks import Authorisation, Comparison, HomeCheck, RemovalCheck, Review
from anju.casework.models.help import FollowUp, Measure, MeasureState
from anju.casework.models.leads import Channel, Lead, LeadSource, LeadState, SelfReport
from anju.casework.models.notices import Notice, NoticeEntry, Objection

__all__ = [
    "Authorisation",
    "Case",
    "CaseKind",
    "CaseRisk",
    "CaseState",
    "Channel",
    "Comparison",
    "FollowUp",
    "Holiday",
    "HomeCheck",
    "Lead",
    "LeadSource",
    "LeadState",
    "Measure",
    "MeasureState",
    "Move",
    "Notice",
    "NoticeEntry",
    "Objection",
    "RemovalCheck",
    "RemovalKind",
    "Review",
    "SelfReport",
]
