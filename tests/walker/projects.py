"""A project of a town with its money, steps and what was put right."""

from datetime import date
from typing import TYPE_CHECKING

from tests.factories.projects import (
    FundingFactory,
    PaymentFactory,
    ProjectFactory,
    ProjectProgressFactory,
    ProjectRecordFactory,
    ProjectStepFactory,
)

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_projects(town: "Town") -> None:
    """Everything that is text carries the town's mark."""
    number, mark = len(town.samples.get("project", ())), town.people
    project = ProjectFactory(
        code=f"ZQ{town.letter}XM{number}", division_code=town.code, name=f"{mark}路",
        unit_name=f"{mark}镇政府", builder=f"{mark}公司", content=f"{mark}建设内容",
    )  # fmt: skip
    before = date(2023, 5, 1)
    ProjectRecordFactory(project=project, name=f"{mark}旧名", known_to=before)
    ProjectRecordFactory(project=project, known_from=before)
    ProjectStepFactory(project=project)
    ProjectProgressFactory(project=project)
    FundingFactory(project=project)
    payment = PaymentFactory(project=project, payee=f"{mark}收款公司")
    town.add_sample("project", project.pk)
    town.add_sample("payment", payment.pk)
