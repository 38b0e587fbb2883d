"""Factories of supervisions with their samples, problems and what follows, acceptance, villages."""

import hashlib
from datetime import date

import factory
from factory.django import DjangoModelFactory
from tests.factories.accounts import UnitFactory
from tests.factories.duties import PlanFactory
from tests.factories.registry import HouseholdFactory

from anju.supervision.models import (
    Acceptance,
    AcceptanceProof,
    AcceptanceResult,
    AnswerResult,
    FoundProblem,
    LookBack,
    NoticeKind,
    NoticeUnit,
    ProblemRound,
    ProblemSource,
    ProblemUnit,
    Rectification,
    RectificationProof,
    SampleAnswer,
    SampleItem,
    Seriousness,
    Supervision,
    SupervisionKind,
    SupervisionNotice,
    SupervisionNumber,
    VillageAttainment,
    VillageClass,
)

COUNTY = "529901000000"
_DIGEST = hashlib.sha256(b"proof").hexdigest()


class SupervisionNumberFactory(DjangoModelFactory):
    """Seven problems so far."""

    class Meta:
        model = SupervisionNumber

    prefix = factory.Sequence(lambda n: f"WT-5299{n:02}-2023")
    last = 7


class SupervisionFactory(DjangoModelFactory):
    """An inspection of the whole county, under way."""

    class Meta:
        model = Supervision

    number = factory.Sequence(lambda n: f"DC-529901-2023-{n:04}")
    kind = SupervisionKind.INSPECTION
    title = "三季度督查"
    plan = factory.SubFactory(PlanFactory)
    division_code = COUNTY
    led_by = factory.SubFactory(UnitFactory)
    starts_on = date(2023, 9, 1)
    ends_on = date(2023, 9, 20)
    questions = factory.LazyFunction(lambda: [{"id": "file", "zh": "档案齐全", "en": "File whole"}])
    opened_by = "bureau"


class SampleItemFactory(DjangoModelFactory):
    """A household that is visited."""

    class Meta:
        model = SampleItem

    supervision = factory.SubFactory(SupervisionFactory)
    position = factory.Sequence(lambda n: n + 1)
    stratum = "529901101000"
    household = factory.SubFactory(HouseholdFactory)


class SampleAnswerFactory(DjangoModelFactory):
    """One thing that was right."""

    class Meta:
        model = SampleAnswer

    item = factory.SubFactory(SampleItemFactory)
    question = "file"
    result = AnswerResult.MET


class FoundProblemFactory(DjangoModelFactory):
    """A problem that waits to be put right."""

    class Meta:
        model = FoundProblem

    number = factory.Sequence(lambda n: f"WT-529901-2023-{n:04}")
    source = ProblemSource.SUPERVISION
    division_code = COUNTY
    title = "培训台账不全"
    words = "抽查三期培训班，两期没有签到册。"
    seriousness = Seriousness.COMMON
    found_on = date(2023, 9, 10)
    due_on = date(2023, 10, 10)
    recorded_by = "bureau"


class ProblemUnitFactory(DjangoModelFactory):
    """Who puts it right."""

    class Meta:
        model = ProblemUnit

    problem = factory.SubFactory(FoundProblemFactory)
    unit = factory.SubFactory(UnitFactory)


class ProblemRoundFactory(DjangoModelFactory):
    """The first time it was opened."""

    class Meta:
        model = ProblemRound

    problem = factory.SubFactory(FoundProblemFactory)
    number = 1
    opened_on = date(2023, 9, 10)
    due_on = date(2023, 10, 10)


class RectificationFactory(DjangoModelFactory):
    """What a unit did, waiting to be checked."""

    class Meta:
        model = Rectification

    problem = factory.SubFactory(FoundProblemFactory)
    round = 1
    unit = factory.SubFactory(UnitFactory)
    words = "签到册已补齐。"
    submitted_on = date(2023, 9, 28)
    submitted_by = "department"


class RectificationProofFactory(DjangoModelFactory):
    """A file attached to it."""

    class Meta:
        model = RectificationProof

    rectification = factory.SubFactory(RectificationFactory)
    file_name = "签到册.pdf"
    size = 1024
    digest = _DIGEST


class LookBackFactory(DjangoModelFactory):
    """A closed problem that stays solved."""

    class Meta:
        model = LookBack

    problem = factory.SubFactory(FoundProblemFactory)
    round = 1
    checked_on = date(2023, 11, 1)
    checked_by = "bureau"
    is_solved = True
    words = "台账完整。"


class SupervisionNoticeFactory(DjangoModelFactory):
    """A unit is told to hurry."""

    class Meta:
        model = SupervisionNotice

    number = factory.Sequence(lambda n: f"DT-529901-2023-{n:04}")
    kind = NoticeKind.ORDER
    title = "关于培训台账的督办通知"
    words = "请于十月十日前补齐。"
    issued_on = date(2023, 9, 12)
    issued_by = "bureau"


class NoticeUnitFactory(DjangoModelFactory):
    """Whom it is sent to."""

    class Meta:
        model = NoticeUnit

    notice = factory.SubFactory(SupervisionNoticeFactory)
    unit = factory.SubFactory(UnitFactory)


class AcceptanceFactory(DjangoModelFactory):
    """The self-check was handed in."""

    class Meta:
        model = Acceptance

    plan = factory.SubFactory(PlanFactory)
    stage = "self_check"
    held_on = date(2025, 9, 20)
    result = AcceptanceResult.PASSED
    words = "自查报告已经县政府审定。"
    recorded_on = date(2025, 9, 20)
    recorded_by = "bureau"


class AcceptanceProofFactory(DjangoModelFactory):
    """Its report."""

    class Meta:
        model = AcceptanceProof

    acceptance = factory.SubFactory(AcceptanceFactory)
    file_name = "自查报告.docx"
    size = 2048
    digest = _DIGEST


class VillageClassFactory(DjangoModelFactory):
    """A village of the class to be upgraded."""

    class Meta:
        model = VillageClass

    plan = factory.SubFactory(PlanFactory)
    division_code = "529901101201"
    code = "upgrade"
    basis = "县农业农村局分类意见"
    valid_from = date(2021, 8, 1)
    recorded_by = "bureau"


class VillageAttainmentFactory(DjangoModelFactory):
    """It reached the model standard."""

    class Meta:
        model = VillageAttainment

    plan = factory.SubFactory(PlanFactory)
    division_code = "529901101201"
    code = "model"
    met = factory.LazyFunction(list)
    reached_on = date(2023, 11, 30)
    words = "经实地核验。"
    recorded_by = "bureau"
