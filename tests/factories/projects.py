"""Factories of projects, their steps and their money."""

from datetime import date

import factory
from factory.django import DjangoModelFactory
from tests.factories.registry import KNOWN_FROM

from anju.projects.models import (
    Funding,
    FundSource,
    Payment,
    PaymentKind,
    Project,
    ProjectKind,
    ProjectProgress,
    ProjectRecord,
    ProjectStep,
    Step,
)


class ProjectFactory(DjangoModelFactory):
    """A road of the year's plan, entered in the library."""

    class Meta:
        model = Project

    code = factory.Sequence(lambda n: f"XM2023{n + 1:04d}")
    county_code = "529901"
    name = factory.Sequence(lambda n: f"产业路硬化工程{n + 1}")
    kind = ProjectKind.CONSTRUCTION
    division_code = "529901101201"
    entered_year = 2022
    plan_year = 2023
    planned_start = date(2023, 3, 1)
    planned_finish = date(2023, 9, 30)
    step = Step.ENTERED
    reached_on = date(2022, 11, 20)


class ProjectRecordFactory(DjangoModelFactory):
    """What the library says of it since the registers were begun."""

    class Meta:
        model = ProjectRecord

    project = factory.SubFactory(ProjectFactory)
    name = factory.SelfAttribute("project.name")
    kind = factory.SelfAttribute("project.kind")
    division_code = factory.SelfAttribute("project.division_code")
    entered_year = factory.SelfAttribute("project.entered_year")
    plan_year = factory.SelfAttribute("project.plan_year")
    planned_start = factory.SelfAttribute("project.planned_start")
    planned_finish = factory.SelfAttribute("project.planned_finish")
    is_key = factory.SelfAttribute("project.is_key")
    is_work_relief = factory.SelfAttribute("project.is_work_relief")
    known_from = KNOWN_FROM
    source = "测试名单"


class ProjectStepFactory(DjangoModelFactory):
    """The day it was entered in the library."""

    class Meta:
        model = ProjectStep

    project = factory.SubFactory(ProjectFactory)
    step = Step.ENTERED
    reached_on = date(2022, 11, 20)
    known_from = KNOWN_FROM
    source = "测试名单"


class ProjectProgressFactory(DjangoModelFactory):
    """Half of the work is done."""

    class Meta:
        model = ProjectProgress

    project = factory.SubFactory(ProjectFactory)
    seen_on = date(2023, 9, 30)
    percent = 50
    known_from = KNOWN_FROM
    source = "测试名单"


class FundingFactory(DjangoModelFactory):
    """A million yuan of the central bridging fund."""

    class Meta:
        model = Funding

    project = factory.SubFactory(ProjectFactory)
    fund = FundSource.CENTRAL
    amount = 100_000_000
    known_from = KNOWN_FROM
    source = "测试名单"


class PaymentFactory(DjangoModelFactory):
    """A first payment to the builder."""

    class Meta:
        model = Payment

    project = factory.SubFactory(ProjectFactory)
    voucher = factory.Sequence(lambda n: f"PZ{n + 1:05d}")
    paid_on = date(2023, 6, 20)
    kind = PaymentKind.WORKS
    amount = 30_000_000
    known_from = KNOWN_FROM
    source = "测试名单"
