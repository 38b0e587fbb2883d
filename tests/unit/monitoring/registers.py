"""A few households straight into the registers' tables, for tests of what reads them."""

from datetime import date
from typing import Any

from anju.employment.models import Employment
from anju.registry.models import (
    Event,
    Holding,
    Household,
    HouseholdRecord,
    Income,
    Membership,
    Person,
    PersonRecord,
    Status,
)

KNOWN = date(2023, 7, 5)
LIST = "名单"
VILLAGE = "529901101001"
OTHER_VILLAGE = "529901102001"


def household(code: str, village: str = VILLAGE, **record: Any) -> Household:
    """A household with one record that is known from `KNOWN` on."""
    row = Household.objects.create(
        code=code, head_name="户主", village_code=village, household_class="lifted_out"
    )
    household_record(row, village_code=village, **record)
    return row


def household_record(row: Household, **values: Any) -> HouseholdRecord:
    given: dict[str, Any] = {
        "village_code": row.village_code, "household_class": "lifted_out", "known_from": KNOWN,
        "source": LIST,
    }  # fmt: skip
    return HouseholdRecord.objects.create(household=row, **{**given, **values})


def member(row: Household, code: str, born_on: date | None, **record: Any) -> Person:
    """A member from long ago, with one record."""
    person = Person.objects.create(code=code, name="成员", sex="F", born_on=born_on)
    person_record(person, born_on=born_on, **record)
    Membership.objects.create(
        household=row, person=person, relation="户主", joined_on=date(2015, 1, 1),
        known_from=KNOWN, source=LIST,
    )  # fmt: skip
    return person


def person_record(person: Person, **values: Any) -> PersonRecord:
    given: dict[str, Any] = {
        "sex": "F", "schooling": "none", "labour": "ordinary", "known_from": KNOWN, "source": LIST,
    }  # fmt: skip
    return PersonRecord.objects.create(person=person, **{**given, **values})


def income(row: Household, quarter: int, wage: int, **known: Any) -> Income:
    """Wages of one quarter in fen; the other kinds are nought."""
    given = {"known_from": KNOWN, "source": LIST}
    return Income.objects.create(
        household=row, quarter=quarter, wage=wage, business=0, business_cost=0, property=0,
        transfer=0, **{**given, **known},
    )  # fmt: skip


def status(row: Household, kind: str, person: Person | None = None, **values: Any) -> Status:
    given = {"valid_from": date(2023, 1, 1), "known_from": KNOWN, "source": LIST}
    return Status.objects.create(household=row, person=person, kind=kind, **{**given, **values})


def event(row: Household, kind: str, on: date, **values: Any) -> Event:
    given = {"known_from": KNOWN, "source": LIST}
    return Event.objects.create(household=row, kind=kind, occurred_on=on, **{**given, **values})


def holding(row: Household, kind: str, **values: Any) -> Holding:
    given = {"valid_from": date(2022, 1, 1), "known_from": KNOWN, "source": LIST}
    return Holding.objects.create(household=row, kind=kind, **{**given, **values})


def employment(person: Person, **values: Any) -> Employment:
    given = {
        "started_on": date(2023, 3, 1), "channel": "migrant", "known_from": KNOWN, "source": LIST,
    }  # fmt: skip
    return Employment.objects.create(person=person, **{**given, **values})


def small_county() -> list[Household]:
    """Three households in two villages, with something in every table."""
    first, second, third = (
        household("A1"), household("A2"), household("B1", village=OTHER_VILLAGE, relocated=True),
    )  # fmt: skip
    worker = member(first, "A1-1", date(1985, 2, 28))
    member(first, "A1-2", date(2013, 5, 1), schooling="compulsory", labour="none")
    member(second, "A2-1", date(1950, 1, 1), labour="none")
    member(third, "B1-1", None, labour=None)
    employment(worker, ended_on=date(2023, 8, 1))
    for row, wage in ((first, 300_000), (second, 20_000), (third, 500_000)):
        for quarter in (20221, 20222, 20223, 20224, 20231, 20232, 20233):
            income(row, quarter, wage)
    status(first, "medical_insured")
    status(second, "dibao", valid_to=date(2023, 8, 1))
    status(third, "disabled", person=Person.objects.get(code="B1-1"), level="2")
    event(second, "medical_selfpaid", date(2023, 8, 9), amount=900_000, person=worker)
    event(third, "housing_graded", date(2023, 6, 1), level="D")
    holding(third, "vehicle", value=8_000_000)
    return [first, second, third]
