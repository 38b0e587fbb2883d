"""Factories of plans, tasks, assignments and indicators."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from django.db.models import F
from factory.django import DjangoModelFactory
from tests.factories.accounts import UnitFactory, UserFactory

from anju.duties.models import (
    Assignment,
    Comparison,
    DeadlineKind,
    Indicator,
    IndicatorSource,
    IndicatorTarget,
    IndicatorValue,
    MeasureAmount,
    MeasureDeadline,
    MeasureKind,
    MeasureOffice,
    MeasureOrigin,
    MeasureTarget,
    OfficeName,
    OfficeUnit,
    Owed,
    OwedKind,
    Plan,
    PlanMeasure,
    PlanVersion,
    Progress,
    ProgressDraft,
    Proof,
    Rhythm,
    Task,
    TaskDue,
    TaskKind,
    TaskUnit,
    UnitRole,
    ValueProof,
    ValueState,
    VersionState,
)

TEXT = "一、开展技能培训。每季度开班一次，2023年底前培训300人。（责任单位：县人社局）"


class PlanFactory(DjangoModelFactory):
    """A plan of the made-up county."""

    class Meta:
        model = Plan

    title = "云岭县易地搬迁后续扶持实施方案"
    short_title = factory.Sequence(lambda n: f"后续扶持方案{n}")
    number = "云政办发〔2023〕1号"
    issuer = "云岭县人民政府办公室"
    dated = date(2023, 1, 10)
    pack = "shiquan-2023"
    created_on = date(2023, 1, 12)


class PlanVersionFactory(DjangoModelFactory):
    """Its first version, in force."""

    class Meta:
        model = PlanVersion

    plan = factory.SubFactory(PlanFactory)
    sequence = 1
    file_name = "方案.docx"
    digest = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    text = TEXT
    state = VersionState.LIVE
    uploaded_on = date(2023, 1, 12)
    uploaded_by = "bureau"
    adopted_on = date(2023, 1, 15)
    adopted_by = "bureau"


class PlanMeasureFactory(DjangoModelFactory):
    """Its only measure."""

    class Meta:
        model = PlanMeasure

    version = factory.SubFactory(PlanVersionFactory)
    position = factory.Sequence(lambda n: n + 1)
    key = factory.LazyAttribute(lambda made: f"一/{made.position}")
    section = "一"
    title = "开展技能培训"
    start = 0
    end = len(TEXT)
    kind = MeasureKind.MEASURE
    origin = MeasureOrigin.READ


class MeasureOfficeFactory(DjangoModelFactory):
    """Who answers for it, as the plan says."""

    class Meta:
        model = MeasureOffice

    measure = factory.SubFactory(PlanMeasureFactory)
    name = "县人社局"
    role = UnitRole.RESPONSIBLE


class MeasureDeadlineFactory(DjangoModelFactory):
    """Once a quarter."""

    class Meta:
        model = MeasureDeadline

    measure = factory.SubFactory(PlanMeasureFactory)
    words = "每季度"
    kind = DeadlineKind.RECURRING
    every = Rhythm.QUARTER


class MeasureTargetFactory(DjangoModelFactory):
    """300 people trained."""

    class Meta:
        model = MeasureTarget

    measure = factory.SubFactory(PlanMeasureFactory)
    indicator = "培训人数"
    operator = Comparison.AT_LEAST
    value = Decimal(300)
    unit = "人"
    due_on = date(2023, 12, 31)


class MeasureAmountFactory(DjangoModelFactory):
    """500 yuan a person."""

    class Meta:
        model = MeasureAmount

    measure = factory.SubFactory(PlanMeasureFactory)
    what = "培训补贴"
    value = Decimal(500)
    unit = "元/人"


class OfficeNameFactory(DjangoModelFactory):
    """An office name that was settled."""

    class Meta:
        model = OfficeName

    name = factory.Sequence(lambda n: f"县人社局{n}")
    settled_on = date(2023, 1, 12)
    settled_by = "bureau"


class OfficeUnitFactory(DjangoModelFactory):
    """What it means."""

    class Meta:
        model = OfficeUnit

    office = factory.SubFactory(OfficeNameFactory)
    unit = factory.SubFactory(UnitFactory)


class TaskFactory(DjangoModelFactory):
    """Train 300 people by the end of 2023."""

    class Meta:
        model = Task

    number = factory.Sequence(lambda n: f"RW-{n:04}")
    plan = factory.SubFactory(PlanFactory)
    kind = TaskKind.MEASURE
    clause = "一"
    title = "开展技能培训"
    starts_on = date(2023, 1, 15)
    due_on = date(2023, 12, 31)


class TaskUnitFactory(DjangoModelFactory):
    """Who leads it."""

    class Meta:
        model = TaskUnit
        skip_postgeneration_save = True

    task = factory.SubFactory(TaskFactory)
    unit = factory.SubFactory(UnitFactory)
    role = UnitRole.LEAD

    @factory.post_generation
    def counted(made: TaskUnit, create: bool, extracted: object) -> None:
        """The task knows how many units it names, as `dues.point` would tell it."""
        Task.objects.filter(pk=made.task_id).update(units_named=F("units_named") + 1)


class TaskDueFactory(DjangoModelFactory):
    """The day it is due."""

    class Meta:
        model = TaskDue

    task = factory.SubFactory(TaskFactory)
    due_on = date(2023, 12, 31)


class ProgressFactory(DjangoModelFactory):
    """A report that waits to be checked."""

    class Meta:
        model = Progress

    due = factory.SubFactory(TaskDueFactory)
    unit = factory.SubFactory(UnitFactory)
    words = "已培训120人。"
    percent = 40
    value = Decimal(120)
    reported_on = date(2023, 6, 30)
    reported_by = "department"


class ProgressDraftFactory(DjangoModelFactory):
    """What somebody of a unit has typed so far."""

    class Meta:
        model = ProgressDraft

    due = factory.SubFactory(TaskDueFactory)
    written_by = "department"
    texts = factory.LazyFunction(lambda: {"words": "已培训120人。", "is_complete": ""})
    saved_at = datetime(2023, 9, 20, 2, tzinfo=UTC)


class ProofFactory(DjangoModelFactory):
    """A file attached to it."""

    class Meta:
        model = Proof

    progress = factory.SubFactory(ProgressFactory)
    file_name = "培训名册.xlsx"
    size = 1024
    digest = hashlib.sha256(b"proof").hexdigest()


class AssignmentFactory(DjangoModelFactory):
    """A leader for a village."""

    class Meta:
        model = Assignment

    leader = factory.SubFactory(UserFactory)
    division_code = "529901101201"
    visits_every = Rhythm.HALF_YEAR
    meetings_every = Rhythm.QUARTER
    assigned_on = date(2023, 1, 1)
    valid_from = date(2023, 1, 1)


class OwedFactory(DjangoModelFactory):
    """The visit of the first half of 2023."""

    class Meta:
        model = Owed

    assignment = factory.SubFactory(AssignmentFactory)
    kind = OwedKind.VISIT
    period = "2023H1"
    due_on = date(2023, 6, 30)


class IndicatorFactory(DjangoModelFactory):
    """A figure that a unit reports."""

    class Meta:
        model = Indicator

    code = factory.Sequence(lambda n: f"shiquan-2023/trained{n}")
    name = "培训人数"
    unit = "人"
    operator = Comparison.AT_LEAST
    source = IndicatorSource.REPORTED
    every = Rhythm.QUARTER
    begun_on = date(2023, 1, 15)


class IndicatorTargetFactory(DjangoModelFactory):
    """300 by the end of the year."""

    class Meta:
        model = IndicatorTarget

    indicator = factory.SubFactory(IndicatorFactory)
    due_on = date(2023, 12, 31)
    value = Decimal(300)


class IndicatorValueFactory(DjangoModelFactory):
    """120 at the end of June."""

    class Meta:
        model = IndicatorValue

    indicator = factory.SubFactory(IndicatorFactory)
    as_of = date(2023, 6, 30)
    value = Decimal(120)
    state = ValueState.ACCEPTED
    recorded_on = date(2023, 7, 2)


class ValueProofFactory(DjangoModelFactory):
    """A file attached to it."""

    class Meta:
        model = ValueProof

    value = factory.SubFactory(IndicatorValueFactory)
    file_name = "培训名册.xlsx"
    size = 1024
    digest = hashlib.sha256(b"proof").hexdigest()
