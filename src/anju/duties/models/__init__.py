"""What the package keeps, a file a noun."""

from anju.duties.models.assignments import Assignment, Owed, OwedKind
from anju.duties.models.indicators import (
    Indicator,
    IndicatorSource,
    IndicatorTarget,
    IndicatorValue,
    ValueState,
)
from anju.duties.models.offices import OfficeName, OfficeUnit
from anju.duties.models.plans import (
    DeadlineKind,
    MeasureAmount,
    MeasureDeadline,
    MeasureKind,
    MeasureOffice,
    MeasureOrigin,
    MeasureState,
    MeasureTarget,
    Plan,
    PlanMeasure,
    PlanVersion,
    VersionState,
)
from anju.duties.models.rhythms import Comparison, Rhythm, UnitRole
from anju.duties.models.tasks import (
    DueState,
    Progress,
    ProgressState,
    Proof,
    Task,
    TaskDue,
    TaskKind,
    TaskState,
    TaskUnit,
)

__all__ = [
    "Assignment",
    "Comparison",
    "DeadlineKind",
    "DueState",
    "Indicator",
    "IndicatorSource",
    "IndicatorTarget",
    "IndicatorValue",
    "MeasureAmount",
    "MeasureDeadline",
    "MeasureKind",
    "MeasureOffice",
    "MeasureOrigin",
    "MeasureState",
    "MeasureTarget",
    "OfficeName",
    "OfficeUnit",
    "Owed",
    "OwedKind",
    "Plan",
    "PlanMeasure",
    "PlanVersion",
    "Progress",
    "ProgressState",
    "Proof",
    "Rhythm",
    "Task",
    "TaskDue",
    "TaskKind",
    "TaskState",
    "TaskUnit",
    "UnitRole",
    "ValueState",
    "VersionState",
]
