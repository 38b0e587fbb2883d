"""The labour ledger: who worked where, what they were trained in, what they want."""

from anju.employment.models.labour import Answer, Channel, Employment, LabourProfile, Residence
from anju.employment.models.members import OfMember
from anju.employment.models.posts import (
    EndReason,
    Insurance,
    PostFund,
    PostHolding,
    PostKind,
    PostPay,
    PostTerms,
    WelfarePost,
)
from anju.employment.models.trainings import (
    VOCATIONAL,
    Category,
    Certificate,
    Level,
    Training,
)
from anju.employment.models.vacancies import Keep, Offer, Reason, Result, Vacancy
from anju.employment.models.workshops import Rating, Workshop, WorkshopCount, WorkshopKind

__all__ = [
    "VOCATIONAL",
    "Answer",
    "Category",
    "Certificate",
    "Channel",
    "Employment",
    "EndReason",
    "Insurance",
    "Keep",
    "LabourProfile",
    "Level",
    "OfMember",
    "Offer",
    "PostFund",
    "PostHolding",
    "PostKind",
    "PostPay",
    "PostTerms",
    "Rating",
    "Reason",
    "Residence",
    "Result",
    "Training",
    "Vacancy",
    "WelfarePost",
    "Workshop",
    "WorkshopCount",
    "WorkshopKind",
]
