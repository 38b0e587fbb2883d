"""Single changes of the registers: what they write, on both axes of time, and what they refuse."""

from datetime import date

import pytest
from tests.factories.county import NORTH_2, SOUTH_1, County
from tests.factories.registry import identity_number

from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.registry.actions import events, holdings, households, incomes, members, statuses
from anju.registry.initials import initials
from anju.registry.models import (
    Household,
    HouseholdRecord,
    Income,
    Membership,
    Person,
    Status,
)
from anju.registry.refusals import RegistryRefused

pytestmark = pytest.mark.django_db

CLERK = Actor("clerk", "经办人")
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
HOW = {"by": CLERK, "source": "入户核查"}


@pytest.fixture
def home(county: County) -> Household:
    return households.open(
        **HOW, on=JULY, code="5299011000000077", head_name="单雄", village_code=NORTH_2,
        household_class="ordinary",
    )  # fmt: skip


@pytest.fixture
def person(home: Household) -> Person:
    return members.register(
        **HOW, on=JULY, code="P77", name="单小雨", sex="F", born_on=date(2010, 3, 1),
        identity=identity_number(88, date(2010, 3, 1)),
    )  # fmt: skip


def test_a_household_is_opened_with_its_record(home: Household) -> None:
    record = HouseholdRecord.objects.get(household=home)

    assert home.head_initials == "sx"
    assert (record.village_code, record.known_from, record.valid_from) == (NORTH_2, JULY, None)
    assert Entry.objects.filter(action="household.open").count() == 1


def test_a_code_is_given_once(home: Household) -> None:
    with pytest.raises(RegistryRefused, match="已经在底册中"):
        households.open(
            **HOW, on=JULY, code=home.code, head_name="甲", village_code=NORTH_2,
            household_class="ordinary",
        )  # fmt: skip


def test_a_correction_closes_and_opens(home: Household) -> None:
    households.change(**HOW, on=AUGUST, household=home, changes={"household_class": "lifted_out"})

    records = HouseholdRecord.objects.filter(household=home).order_by("pk")
    assert [(each.household_class, each.known_from, each.known_to) for each in records] == [
        ("ordinary", JULY, AUGUST),
        ("lifted_out", AUGUST, None),
    ]
    assert Household.objects.get(pk=home.pk).household_class == "lifted_out"


def test_a_change_from_a_day_keeps_what_was_true_before(home: Household) -> None:
    moved = date(2023, 8, 15)

    households.change(
        **HOW, on=AUGUST, household=home, changes={"village_code": SOUTH_1}, since=moved
    )

    now = HouseholdRecord.objects.filter(household=home, known_to__isnull=True).order_by("pk")
    assert [(each.village_code, each.valid_from, each.valid_to) for each in now] == [
        (NORTH_2, None, moved),
        (SOUTH_1, moved, None),
    ]


def test_what_was_learnt_later_is_not_changed_as_of_before(home: Household) -> None:
    households.change(**HOW, on=AUGUST, household=home, changes={"relocated": True})

    with pytest.raises(RegistryRefused, match="晚于"):
        households.change(**HOW, on=JULY, household=home, changes={"relocated": False})


def test_fields_that_are_no_state_are_refused(home: Household) -> None:
    with pytest.raises(RegistryRefused):
        households.change(**HOW, on=AUGUST, household=home, changes={"code": "1"})


def test_joining_and_leaving_count_the_household(home: Household, person: Person) -> None:
    members.join(
        **HOW, on=JULY, household=home, person=person, relation="daughter",
        joined_on=date(2010, 3, 1),
    )  # fmt: skip
    assert home.size == 1

    members.leave(
        **HOW, on=AUGUST, household=home, person=person, left_on=date(2023, 8, 20),
        reason="marriage",
    )  # fmt: skip

    assert home.size == 0
    rows = Membership.objects.filter(person=person).order_by("pk")
    assert [(each.left_on, each.known_to) for each in rows] == [
        (None, AUGUST),
        (date(2023, 8, 20), None),
    ]


def test_nobody_belongs_to_two_households(home: Household, person: Person, county: County) -> None:
    joining = {**HOW, "on": JULY, "person": person, "relation": "daughter"}
    members.join(**joining, household=home, joined_on=date(2010, 3, 1))

    with pytest.raises(RegistryRefused, match=home.code):
        members.join(**joining, household=county.households[0], joined_on=date(2023, 7, 1))


def test_who_is_no_member_cannot_leave(home: Household, person: Person) -> None:
    with pytest.raises(RegistryRefused, match="不是户"):
        members.leave(
            **HOW, on=JULY, household=home, person=person, left_on=JULY, reason="move"
        )  # fmt: skip


def test_a_number_is_registered_once(person: Person) -> None:
    number = identity_number(88, date(2010, 3, 1)).lower()

    with pytest.raises(RegistryRefused, match="证件号码已经在底册中"):
        members.register(**HOW, on=JULY, code="P78", name="另一人", identity=f" {number}")


def test_a_status_begins_and_ends(home: Household) -> None:
    status = statuses.record(
        **HOW, on=JULY, household=home, kind="dibao", started_on=date(2023, 1, 1)
    )

    closed = statuses.close(**HOW, on=AUGUST, status=status, ended_on=date(2023, 8, 1))

    assert closed.valid_to == date(2023, 8, 1)
    assert list(Status.objects.order_by("pk").values_list("valid_to", "known_to")) == [
        (None, AUGUST),
        (date(2023, 8, 1), None),
    ]


def test_a_status_is_recorded_once_and_ends_after_it_began(home: Household) -> None:
    given = {**HOW, "on": JULY, "household": home, "kind": "dibao"}
    status = statuses.record(**given, started_on=date(2023, 1, 1))

    with pytest.raises(RegistryRefused, match="登记过"):
        statuses.record(**given, started_on=date(2023, 1, 1))
    with pytest.raises(RegistryRefused, match="早于"):
        statuses.close(**HOW, on=AUGUST, status=status, ended_on=date(2022, 12, 1))


def test_an_income_is_corrected_and_the_old_one_stays_on_record(home: Household) -> None:
    income = incomes.record(
        **HOW, on=JULY, household=home, quarter=20232, amounts={"wage": 100, "transfer": None}
    )

    incomes.correct(**HOW, on=AUGUST, income=income, amounts={"wage": 250})

    assert list(Income.objects.order_by("pk").values_list("wage", "known_from", "known_to")) == [
        (100, JULY, AUGUST),
        (250, AUGUST, None),
    ]


@pytest.mark.parametrize(
    ("quarter", "amounts"), [(20235, {"wage": 1}), (20232, {"wage": -1}), (20232, {"salary": 1})]
)
def test_nonsense_income_is_refused(home: Household, quarter: int, amounts: dict[str, int]) -> None:
    with pytest.raises(RegistryRefused):
        incomes.record(**HOW, on=JULY, household=home, quarter=quarter, amounts=amounts)


def test_an_event_is_recorded_once_and_not_before_it_happens(home: Household) -> None:
    given = {**HOW, "household": home, "kind": "disaster", "occurred_on": JULY, "amount": 500}
    events.record(**given, on=JULY)

    with pytest.raises(RegistryRefused, match="登记过"):
        events.record(**given, on=AUGUST)
    with pytest.raises(RegistryRefused, match="晚于"):
        events.record(**{**given, "occurred_on": AUGUST}, on=JULY)


def test_a_holding_is_recorded_once(home: Household) -> None:
    given = {**HOW, "on": JULY, "household": home, "kind": "vehicle", "reference": "云X1"}
    holdings.record(**given, started_on=date(2020, 1, 1), value=1)

    with pytest.raises(RegistryRefused, match="登记过"):
        holdings.record(**given, started_on=date(2021, 1, 1))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("覃秀英", "qxy"), ("单雄", "sx"), ("仇和", "qh"), ("曾国", "zg"), ("盖叫天", "gjt"),
        ("查良", "zl"), ("欧阳修", "oyx"), ("尉迟恭", "ycg"), ("阿依古丽·买买提", "aygl mmt".replace(" ", "")),
        ("Anna李", "annal"), ("", ""),
    ],
)  # fmt: skip
def test_initials_read_surnames_as_surnames(name: str, expected: str) -> None:
    assert initials(name) == expected
