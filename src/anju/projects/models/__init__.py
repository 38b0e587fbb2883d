"""What the package keeps: projects, how far they are, and their money."""

from anju.projects.models.money import Funding, FundSource, Payment, PaymentKind
from anju.projects.models.progress import ProjectProgress, ProjectStep
from anju.projects.models.projects import (
    LabourBase,
    Project,
    ProjectKind,
    ProjectRecord,
    Step,
)

__all__ = [
    "FundSource",
    "Funding",
    "LabourBase",
    "Payment",
    "PaymentKind",
    "Project",
    "ProjectKind",
    "ProjectProgress",
    "ProjectRecord",
    "ProjectStep",
    "Step",
]
