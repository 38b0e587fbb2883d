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
    Offer,
    PostHolding,
    PostKind,
    PostPay,
    PostTerms,
    Residence,
    Training,
    Vacancy,
    WelfarePost,
    Workshop,
    WorkshopCount,
    WorkshopKind,
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


class WelfarePostFactory(DjangoModelFactory):
    """A post that is needed in a village; without terms its size is not known."""

    class Meta:
        model = WelfarePost

    kind = PostKind.CLEANING
    name = factory.Sequence(lambda n: f"村内保洁{n}")
    division_code = "529901101001"
    unit = "枫溪镇人民政府"
    started_on = date(2022, 1, 1)
    known_on = KNOWN_FROM
    source = "测试名单"


class PostTermsFactory(DjangoModelFactory):
    """Two places for 800 yuan a month."""

    class Meta:
        model = PostTerms

    post = factory.SubFactory(WelfarePostFactory)
    places = 2
    monthly_pay = 80_000
    fund = "employment"
    valid_from = date(2022, 1, 1)
    known_from = KNOWN_FROM
    source = "测试名单"


class PostHoldingFactory(DjangoModelFactory):
    """Somebody who holds a post, without a row in the labour ledger."""

    class Meta:
        model = PostHolding

    household = factory.SubFactory(HouseholdFactory)
    person = factory.SubFactory(PersonFactory)
    post = factory.SubFactory(WelfarePostFactory)
    started_on = date(2023, 3, 1)
    agreed_until = date(2024, 2, 29)
    monthly_pay = 80_000
    known_from = KNOWN_FROM
    source = "测试名单"


class PostPayFactory(DjangoModelFactory):
    """One month that was paid."""

    class Meta:
        model = PostPay

    household = factory.SubFactory(HouseholdFactory)
    person = factory.SubFactory(PersonFactory)
    post = factory.SubFactory(WelfarePostFactory)
    month = "2023-08"
    due = 80_000
    amount = 80_000
    paid_on = date(2023, 9, 5)
    known_from = date(2023, 9, 6)
    source = "测试名单"


class WorkshopFactory(DjangoModelFactory):
    """A sewing workshop of a village that is open."""

    class Meta:
        model = Workshop

    division_code = "529901101201"
    county_code = factory.LazyAttribute(lambda row: row.division_code[:6])
    name = factory.Sequence(lambda n: f"枫溪服饰车间{n}")
    kind = WorkshopKind.FACTORY
    operator = "枫溪服饰公司"
    opened_on = date(2022, 3, 1)
    known_on = KNOWN_FROM
    source = "测试名单"


class WorkshopCountFactory(DjangoModelFactory):
    """Twenty posts, half of them with lifted-out people."""

    class Meta:
        model = WorkshopCount

    workshop = factory.SubFactory(WorkshopFactory)
    told_on = date(2023, 6, 30)
    posts = 20
    workers = 18
    lifted_out = 10
    relocated = 6
    average_wage = 320_000
    known_from = KNOWN_FROM
    source = "测试名单"


class VacancyFactory(DjangoModelFactory):
    """Two sewers wanted in the county's seat."""

    class Meta:
        model = Vacancy

    county_code = "529901"
    employer = factory.Sequence(lambda n: f"枫溪制衣厂{n}")
    trade = "缝纫工"
    division_code = "529901000000"
    wanted = 2
    wage_from = 300_000
    wage_to = 450_000
    opened_on = date(2023, 6, 1)
    known_on = KNOWN_FROM
    source = "测试名单"


class OfferFactory(DjangoModelFactory):
    """An opening put to somebody who has not answered yet."""

    class Meta:
        model = Offer

    household = factory.SubFactory(HouseholdFactory)
    person = factory.SubFactory(PersonFactory)
    vacancy = factory.SubFactory(VacancyFactory)
    offered_on = date(2023, 6, 25)
    known_from = KNOWN_FROM
    source = "测试名单"
