"""What the package keeps: schemes, rolls with their claims, publications, payments."""

from anju.benefits.models.claims import Claim, ClaimMove, Eligibility, Roll
from anju.benefits.models.payouts import Batch, BatchState, LineResult, PayoutLine, Recovery
from anju.benefits.models.publications import Objection, Publication, PublicationEntry
from anju.benefits.models.schemes import Every, Recipient, Rounding, Scheme, SchemeState

__all__ = [
    "Batch",
    "BatchState",
    "Claim",
    "ClaimMove",
    "Eligibility",
    "Every",
    "LineResult",
    "Objection",
    "PayoutLine",
    "Publication",
    "PublicationEntry",
    "Recipient",
    "Recovery",
    "Roll",
    "Rounding",
    "Scheme",
    "SchemeState",
]
