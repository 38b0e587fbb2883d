"""What the package keeps, a file a noun."""

from anju.supervision.models.acceptance import Acceptance, AcceptanceProof, AcceptanceResult
from anju.supervision.models.notices import (
    OUT,
    REPLACED,
    Handling,
    NoticeKind,
    NoticeUnit,
    SupervisionNotice,
    Urgency,
)
from anju.supervision.models.numbers import SupervisionNumber
from anju.supervision.models.problems import (
    FoundProblem,
    LookBack,
    ProblemRound,
    ProblemSource,
    ProblemState,
    ProblemUnit,
    Rectification,
    RectificationProof,
    RectificationState,
    Seriousness,
)
from anju.supervision.models.replacing import Replaceable, Replacing
from anju.supervision.models.supervisions import (
    Among,
    AnswerResult,
    SampleAnswer,
    SampledFrom,
    SampleItem,
    Strata,
    Supervision,
    SupervisionKind,
    SupervisionState,
)
from anju.supervision.models.villages import VillageAttainment, VillageClass

__all__ = [
    "OUT",
    "REPLACED",
    "Acceptance",
    "AcceptanceProof",
    "AcceptanceResult",
    "Among",
    "AnswerResult",
    "FoundProblem",
    "Handling",
    "LookBack",
    "NoticeKind",
    "NoticeUnit",
    "ProblemRound",
    "ProblemSource",
    "ProblemState",
    "ProblemUnit",
    "Rectification",
    "RectificationProof",
    "RectificationState",
    "Replaceable",
    "Replacing",
    "SampleAnswer",
    "SampleItem",
    "SampledFrom",
    "Seriousness",
    "Strata",
    "Supervision",
    "SupervisionKind",
    "SupervisionNotice",
    "SupervisionNumber",
    "SupervisionState",
    "Urgency",
    "VillageAttainment",
    "VillageClass",
]
