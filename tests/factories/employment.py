"""Factories of work intervals."""

from datetime import date

import factory
from factory.django import DjangoModelFactory
from tests.factories.registry import KNOWN_FROM, PersonFactory

from anju.employment.models import Channel, Employment


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
