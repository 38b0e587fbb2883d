"""Factories of the labour ledger."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory
from tests.factories.registry import KNOWN_FROM, HouseholdFactory, PersonFactory

from anju.employment.models import (
    Answer,
    Category,
    Certificate,
    Channel,
    Employment,
    LabourProfile,
    Residence,
    Training,
)


class EmploymentFactory(DjangoModelFactory):
    """Work in another county that goes on."""

    class Meta:
        model = Employment

    person = factory.SubFactory(PersonFactory)
    started_on = date(2023, 2, 10)
    channel = Channel.MIGRANT
    employer = "枫溪制衣厂"
    monthly_wage = 350_000
    known_from = KNOWN_FROM
    source = "测试名单"


class TrainingFactory(DjangoModelFactory):
    """A course in a trade that ended without a certificate."""

    class Meta:
        model = Training

    household = factory.SubFactory(HouseholdFactory)
    person = factory.SubFactory(PersonFactory)
    category = Category.SKILLS
    trade = "家政服务员"
    organiser = "枫溪职业培训学校"
    started_on = date(2023, 5, 8)
    ended_on = factory.LazyAttribute(lambda row: row.started_on + timedelta(days=11))
    certificate = Certificate.NONE
    known_from = KNOWN_FROM
    source = "测试名单"


class LabourProfileFactory(DjangoModelFactory):
    """A worker at home who wants work and training."""

    class Meta:
        model = LabourProfile

    household = factory.SubFactory(HouseholdFactory)
    person = factory.SubFactory(PersonFactory)
    told_on = date(2023, 6, 20)
    residence = Residence.HERE
    wants_work = Answer.YES
    wants_training = Answer.YES
    known_from = KNOWN_FROM
    source = "测试名单"
