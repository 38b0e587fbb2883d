"""Factories of reports."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory
from tests.factories.accounts import UnitFactory

from anju.reporting.models import (
    Area,
    Issuer,
    NumberCount,
    RegionalIncome,
    Report,
    ReportKind,
    ReportPartner,
)


class IssuerFactory(DjangoModelFactory):
    """A bureau that sends documents."""

    class Meta:
        model = Issuer

    unit = factory.SubFactory(UnitFactory)
    head = "枫溪县农业农村局文件"
    mark = factory.Sequence(lambda n: f"枫农{n + 1}发")
    signer = "枫溪县农业农村局"
    printed_by = "枫溪县农业农村局办公室"


class NumberCountFactory(DjangoModelFactory):
    """It has sent three this year."""

    class Meta:
        model = NumberCount

    unit = factory.SubFactory(UnitFactory)
    year = 2023
    last = 3


class ReportFactory(DjangoModelFactory):
    """The draft of September 2023."""

    class Meta:
        model = Report

    unit = factory.SubFactory(UnitFactory)
    kind = ReportKind.MONTHLY
    period = "2023-09"
    first_day = date(2023, 9, 1)
    last_day = date(2023, 9, 30)
    due_on = date(2023, 10, 5)
    title = "关于2023年9月工作情况的报告"
    recipient = "枫溪县乡村振兴局"
    created_on = date(2023, 9, 28)


class ReportPartnerFactory(DjangoModelFactory):
    """A unit that issues a report too and has not signed yet."""

    class Meta:
        model = ReportPartner

    report = factory.SubFactory(ReportFactory)
    unit = factory.SubFactory(UnitFactory)
    position = 1


class RegionalIncomeFactory(DjangoModelFactory):
    """The city's farmers, 8 per cent more in three quarters of 2023."""

    class Meta:
        model = RegionalIncome

    area = Area.CITY
    quarter = 20233
    amount = 1_200_000
    growth = Decimal("8.0")
    source = "市统计局2023年前三季度新闻稿"
    published_on = date(2023, 10, 20)
    recorded_on = date(2023, 10, 21)
    recorded_by = "tongji"
