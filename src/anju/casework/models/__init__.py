"""Leads, cases and what is written down on the way; docs/cases.md tells the story."""

from anju.casework.models.calendar import Holiday
from anju.casework.models.cases import Case, CaseKind, CaseRisk, CaseState, Move, RemovalKind
from anju.casework.models.checks import Authorisation, Comparison, HomeCheck, RemovalCheck, Review
from anju.casework.models.clinics import ClinicCase, ClinicMove, ClinicState
from anju.casework.models.deputies import Deputy
from anju.casework.models.drafts import Draft
from anju.casework.models.help import FollowUp, Measure, MeasureState
from anju.casework.models.leads import Channel, Lead, LeadSource, LeadState, SelfReport
from anju.casework.models.notices import Notice, NoticeEntry, Objection
from anju.casework.models.numbers import CaseNumber
from anju.casework.models.open_pages import OpenPage
from anju.casework.models.papers import PaperTemplate

__all__ = [
    "Authorisation",
    "Case",
    "CaseKind",
    "CaseNumber",
    "CaseRisk",
    "CaseState",
    "Channel",
    "ClinicCase",
    "ClinicMove",
    "ClinicState",
    "Comparison",
    "Deputy",
    "Draft",
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
    "OpenPage",
    "PaperTemplate",
    "RemovalCheck",
    "RemovalKind",
    "Review",
    "SelfReport",
]
