"""A household that is included and being helped, with everything a removal asks for, in May 2024."""

from datetime import date

from tests.factories.casework import CaseFactory, CaseRiskFactory, MoveFactory
from tests.factories.county import NORTH_1
from tests.factories.registry import (
    EventFactory,
    HouseholdFactory,
    HouseholdRecordFactory,
    IncomeFactory,
    MembershipFactory,
    PersonFactory,
    PersonRecordFactory,
    StatusFactory,
)

from anju.casework.models import Case, CaseState
from anju.registry.models import Household, Person

INCLUDED, TODAY = date(2023, 11, 8), date(2024, 5, 20)
LINE = 800_000  # of 2024, in fen a head and year


def household(
    *, wage: int = 400_000, members: int = 2, labour: str = "ordinary", on: date = TODAY
) -> Household:
    """Insured, in a sound house, with the same wages in the eight quarters before a day (fen)."""
    home: Household = HouseholdFactory(
        village_code=NORTH_1, size=members, monitored_kind="marginal", included_on=INCLUDED
    )
    HouseholdRecordFactory(household=home)
    for _member in range(members):
        join(home, labour=labour)
    StatusFactory(household=home, kind="medical_insured")
    EventFactory(
        household=home, kind="housing_graded", level="A", amount=None, occurred_on=date(2023, 3, 1)
    )
    ended = on.year * 4 + (on.month - 1) // 3
    for quarter in (place // 4 * 10 + place % 4 + 1 for place in range(ended - 8, ended)):
        IncomeFactory(
            household=home, quarter=quarter, wage=wage, business=0, business_cost=0, property=0,
            transfer=0,
        )  # fmt: skip
    return home


def join(home: Household, *, labour: str | None = "ordinary", schooling: str = "none") -> Person:
    """One more member."""
    person: Person = PersonFactory()
    PersonRecordFactory(person=person, labour=labour, schooling=schooling)
    MembershipFactory(household=home, person=person)
    return person


def included(home: Household | None = None, *, risk: str = "income", **columns: object) -> Case:
    """Its case, which waits for nobody."""
    values = {
        "procedure": "inclusion",
        "step": "",
        "holder": "",
        "step_since": None,
        "step_due_on": None,
        "due_on": None,
        "state": CaseState.INCLUDED,
        "monitored_kind": "marginal",
        "opened_on": date(2023, 10, 25),
        "included_on": INCLUDED,
        "decided_on": INCLUDED,
        "version": 9,
    }
    case: Case = CaseFactory(household=home or household(), **{**values, **columns})
    CaseRiskFactory(case=case, risk=risk)
    return case


def at_removal(case: Case, *, step: str = "removal_check", on: date = date(2024, 5, 10)) -> Case:
    """The removal has begun."""
    case.procedure, case.step, case.holder = "removal", step, "village"
    case.step_since, case.version = on, case.version + 1
    case.save()
    MoveFactory(
        case=case, version=case.version, procedure="removal", from_step="", action="start_removal",
        to_step=step, moved_on=on,
    )  # fmt: skip
    return case


def helped(case: Case, kind: str = "employment", **columns: object) -> None:
    """A measure that the registers know, from a list."""
    values = {"valid_from": date(2023, 12, 1), "reference": "推荐就业"}
    StatusFactory(
        household=case.household, kind="help_measure", level=kind, **{**values, **columns}
    )
