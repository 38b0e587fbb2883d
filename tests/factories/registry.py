"""Factories of households, persons and what is known of them."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory
from tests.factories.places import DivisionFactory

from anju.registry.actions import numbers
from anju.registry.identity import NUMBERS
from anju.registry.models import (
    ClinicReport,
    Event,
    Holding,
    Household,
    HouseholdRecord,
    Housing,
    Income,
    Membership,
    Person,
    PersonRecord,
    Status,
)
from anju.registry.models.household import HouseholdClass
from anju.registry.models.person import Labour, Schooling, Sex

KNOWN_FROM = date(2023, 1, 1)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


# Factories number people in an area of their own: never the number that a test gives somebody.
_AREA_OF_FACTORIES = "529999"


def identity_number(sequence: int, born_on: date, area: str = "529901") -> str:
    """A made-up identity number with a valid check digit, in an area that does not exist."""
    body = f"{area}{born_on:%Y%m%d}{sequence % 1000:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[rest]


class HouseholdFactory(DjangoModelFactory):
    """An ordinary household in the north town's first village."""

    class Meta:
        model = Household

    code = factory.Sequence(lambda n: f"H{n + 1:09d}")
    head_name = factory.Sequence(lambda n: f"户主{n + 1}")
    head_initials = "hz"
    size = 2
    village_code = "529901101201"
    household_class = HouseholdClass.ORDINARY


class HouseholdRecordFactory(DjangoModelFactory):
    """The record that says what the household's own row says."""

    class Meta:
        model = HouseholdRecord

    household = factory.SubFactory(HouseholdFactory)
    village_code = factory.SelfAttribute("household.village_code")
    site = factory.SelfAttribute("household.site")
    grid = factory.SelfAttribute("household.grid")
    household_class = factory.SelfAttribute("household.household_class")
    relocated = factory.SelfAttribute("household.relocated")
    self_moved = factory.SelfAttribute("household.self_moved")
    monitored_kind = factory.SelfAttribute("household.monitored_kind")
    included_on = factory.SelfAttribute("household.included_on")
    risk_removed_on = factory.SelfAttribute("household.risk_removed_on")
    known_from = KNOWN_FROM
    source = "测试名单"


class HousingFactory(DjangoModelFactory):
    """A home in the village; give `building` for one at a site."""

    class Meta:
        model = Housing

    household = factory.SubFactory(HouseholdFactory)
    room = "101"
    area_dm2 = 10000
    has_title = True
    known_from = KNOWN_FROM
    source = "测试名单"


class PersonFactory(DjangoModelFactory):
    """A person of working age with a sealed identity number."""

    class Meta:
        model = Person

    code = factory.Sequence(lambda n: f"P{n + 1:09d}")
    name = factory.Sequence(lambda n: f"成员{n + 1}")
    initials = "cy"
    sex = Sex.MALE
    born_on = date(1985, 5, 20)
    nation = "汉族"
    identity = factory.LazyAttributeSequence(
        lambda person, n: identity_number(n, person.born_on, _AREA_OF_FACTORIES)
    )

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        """The row first: seals are bound to its number."""
        plain = {number: kwargs.pop(number.name, None) for number in NUMBERS}
        person: Person = super()._create(model_class, *args, **kwargs)
        numbers.set_one(person=person, numbers=plain)
        return person


class PersonRecordFactory(DjangoModelFactory):
    """The record of an ordinary worker who is not at school."""

    class Meta:
        model = PersonRecord

    person = factory.SubFactory(PersonFactory)
    sex = factory.SelfAttribute("person.sex")
    born_on = factory.SelfAttribute("person.born_on")
    schooling = Schooling.NONE
    labour = Labour.ORDINARY
    health = "健康"
    known_from = KNOWN_FROM
    source = "测试名单"


class MembershipFactory(DjangoModelFactory):
    """The head's place in a household."""

    class Meta:
        model = Membership

    household = factory.SubFactory(HouseholdFactory)
    person = factory.SubFactory(PersonFactory)
    relation = "户主"
    joined_on = date(2015, 1, 1)
    known_from = KNOWN_FROM
    source = "测试名单"


class StatusFactory(DjangoModelFactory):
    """A subsistence allowance of the whole household."""

    class Meta:
        model = Status

    household = factory.SubFactory(HouseholdFactory)
    kind = "dibao"
    valid_from = date(2023, 1, 1)
    known_from = KNOWN_FROM
    source = "测试名单"


class IncomeFactory(DjangoModelFactory):
    """Wages of one quarter."""

    class Meta:
        model = Income

    household = factory.SubFactory(HouseholdFactory)
    quarter = 20231
    wage = 900_000
    known_from = KNOWN_FROM
    source = "测试名单"


class EventFactory(DjangoModelFactory):
    """A medical bill the household paid itself."""

    class Meta:
        model = Event

    household = factory.SubFactory(HouseholdFactory)
    kind = "medical_selfpaid"
    occurred_on = date(2023, 6, 15)
    amount = 300_000
    known_from = KNOWN_FROM
    source = "测试名单"


class HoldingFactory(DjangoModelFactory):
    """A vehicle."""

    class Meta:
        model = Holding

    household = factory.SubFactory(HouseholdFactory)
    kind = "vehicle"
    value = 8_000_000
    known_from = KNOWN_FROM
    source = "测试名单"


class ClinicReportFactory(DjangoModelFactory):
    """A village with a clinic and a doctor, seen in October 2023."""

    class Meta:
        model = ClinicReport

    village_code = factory.LazyFunction(lambda: DivisionFactory().code)
    seen_on = date(2023, 10, 8)
    has_clinic = True
    has_staff = True
    source = "实地查看"
    recorded_by = "village"
