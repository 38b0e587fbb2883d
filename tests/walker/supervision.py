"""An inspection of one of the two towns, problems found there with what was done, a village's class."""

from typing import TYPE_CHECKING

from tests.factories.accounts import UnitFactory
from tests.factories.duties import PlanFactory, PlanVersionFactory
from tests.factories.supervision import (
    FoundProblemFactory,
    LookBackFactory,
    NoticeUnitFactory,
    ProblemRoundFactory,
    ProblemUnitFactory,
    RectificationFactory,
    RectificationProofFactory,
    SampleAnswerFactory,
    SampleItemFactory,
    SupervisionFactory,
    SupervisionNoticeFactory,
    VillageClassFactory,
)

from anju.duties.models import Plan
from anju.supervision import proofs

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_supervision(town: "Town") -> None:
    """A sample of one household, a problem of it put right, one of the town's office, a notice."""
    number, mark, home = len(town.samples.get("supervision", ())), town.people, town.households[0]
    unit = UnitFactory(name=f"{mark}整改办{number}", kind="town", division_code=town.code)
    plan = _plan()
    supervision = SupervisionFactory(
        number=f"ZQ{town.letter}-DC-{number}",
        title=f"{mark}督查",
        plan=plan,
        division_code=town.code,
        led_by=unit,
        team=f"{mark}组长",
        sample_of="households",
        strata="town",
        drawn_on=home.included_on or "2023-09-01",
        frame={town.code: 3},
    )
    item = SampleItemFactory(
        supervision=supervision, position=1, household=home, stratum=town.code, words=f"{mark}漏雨"
    )
    SampleAnswerFactory(item=item, result="unmet")
    problem = FoundProblemFactory(
        number=f"ZQ{town.letter}-WT-{number}",
        supervision=supervision,
        item=item,
        household=home,
        plan=plan,
        division_code=home.village_code,
        title=f"{mark}屋顶",
        words=f"{mark}未修",
    )
    plain = FoundProblemFactory(
        number=f"ZQ{town.letter}-WT-{number}B", title=f"{mark}台账", division_code=town.code
    )
    for each in (problem, plain):
        ProblemUnitFactory(problem=each, unit=unit)
        ProblemRoundFactory(problem=each)
    told = RectificationFactory(problem=problem, unit=unit, words=f"{mark}已修")
    proof = RectificationProofFactory(rectification=told, file_name=f"{mark}照片.txt")
    proofs.RECTIFICATIONS.store(proof.pk, f"{mark}照片".encode())
    LookBackFactory(problem=plain, words=f"{mark}回头看")
    notice = SupervisionNoticeFactory(
        number=f"ZQ{town.letter}-DT-{number}", plan=plan, title=f"{mark}督办", words=mark,
        issuing_unit=unit,
    )  # fmt: skip
    NoticeUnitFactory(notice=notice, unit=unit)
    if not number:
        VillageClassFactory(plan=plan, division_code=town.villages[0].code, basis=f"{mark}分类")
        town.add_sample("plan_with_stages", plan.pk)
    town.add_sample("supervision", supervision.number)
    town.add_sample("item", item.position)
    town.add_sample("problem", problem.number)
    town.add_sample("supervision_notice", notice.number)
    town.add_sample("told", told.pk)
    town.add_sample("proof", proof.pk)


def _plan() -> Plan:
    """A public plan with stages and classes, for both towns."""
    found = Plan.objects.filter(short_title="分阶段方案").first()
    if found is not None:
        return found
    plan = PlanFactory(short_title="分阶段方案", pack="yinchuan-2021")
    return PlanVersionFactory(plan=plan).plan
