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

__all__ = [
    "VOCATIONAL",
    "Answer",
    "Category",
    "Certificate",
    "Channel",
    "Employment",
    "EndReason",
    "Insurance",
    "LabourProfile",
    "Level",
    "OfMember",
    "PostFund",
    "PostHolding",
    "PostKind",
    "PostPay",
    "PostTerms",
    "Residence",
    "Training",
    "WelfarePost",
]
