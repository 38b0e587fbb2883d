"""What a removal asks for: each from the registers, and from the check where they do not know."""

from datetime import date

import pytest
from tests.factories.casework import MoveFactory, RemovalCheckFactory
from tests.factories.registry import EventFactory, StatusFactory
from tests.unit.casework import helped as county

from anju.casework.models import Case
from anju.casework.requirements.evidence import Evidence
from anju.casework.requirements.removal import REMOVAL
from anju.procedures import REQUIREMENTS, load
from anju.registry.models import Event, Income, Membership, PersonRecord

pytestmark = pytest.mark.django_db

TODAY = county.TODAY


def found(requirement: str, case: Case, on: date = TODAY) -> Evidence:
    return REMOVAL[requirement](case, on)


def test_everything_a_removal_asks_for_is_found_out() -> None:
    book = load("national", TODAY)
    asked = {
        need
        for procedure in ("removal", "natural_removal")
        for step in book.procedure(procedure).steps
        for action in step.actions
        for need in action.needs
    }

    assert asked - set(REMOVAL) == {
        "review", "review_in_favour", "publicity_over", "no_open_objection",
    }  # fmt: skip
    assert set(REMOVAL) <= set(REQUIREMENTS)


def test_a_household_that_is_well_helped_meets_all_but_the_check() -> None:
    case = county.at_removal(county.included())
    county.helped(case)

    met = {id_: check(case, TODAY).is_met for id_, check in REMOVAL.items()}

    assert [id_ for id_, each in met.items() if not each] == [
        "removal_check", "acknowledged", "natural_cause", "first_measure",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "met"), [(date(2024, 5, 7), False), (date(2024, 5, 8), True), (date(2024, 5, 9), True)]
)
def test_half_a_year_passes_from_inclusion(day: date, met: bool) -> None:
    assert found("removal_wait", county.included(), day).is_met is met


def test_without_a_day_of_inclusion_the_wait_cannot_be_told() -> None:
    assert found("removal_wait", county.included(included_on=None)).is_met is None


def test_a_measure_fits_the_risk_and_labour_asks_for_development() -> None:
    case = county.included(risk="medical")
    assert "没有针对风险" in found("fitting_measure", case).text

    county.helped(case, "employment")
    assert found("fitting_measure", case).is_met is False

    county.helped(case, "health")
    assert found("fitting_measure", case) == Evidence(True, "已落实：健康帮扶")


def test_who_can_work_is_not_served_by_the_safety_net_alone() -> None:
    case = county.included()
    county.helped(case, "safety_net")

    evidence = found("fitting_measure", case)

    assert evidence.is_met is False
    assert "开发式" in evidence.text


def test_who_cannot_work_needs_the_safety_net() -> None:
    case = county.included(county.household(labour="lost"))
    county.helped(case, "industry")
    assert found("fitting_measure", case).text == "整户没有劳动力，还需要落实综合保障。"

    county.helped(case, "safety_net")
    assert found("fitting_measure", case).is_met is True


def test_help_that_ended_before_inclusion_does_not_count() -> None:
    case = county.included()
    county.helped(case, valid_from=date(2023, 1, 1), valid_to=county.INCLUDED)

    assert found("fitting_measure", case).is_met is False


def test_income_is_measured_against_the_line_of_the_day() -> None:
    at, below = county.LINE * 2 // 4, county.LINE * 2 // 4 - 1

    assert found("income_above_line", county.included(county.household(wage=at))).is_met is True
    evidence = found("income_above_line", county.included(county.household(wage=below)))
    assert evidence.is_met is False
    assert "8,000" in evidence.text


def test_where_income_is_not_registered_the_check_answers() -> None:
    case = county.at_removal(county.included())
    Income.objects.filter(household=case.household, quarter__gte=20234).delete()
    assert found("income_above_line", case).is_met is None

    RemovalCheckFactory(case=case, values={"net_income": 1_500_000, "claims": 99_999})
    assert found("income_above_line", case).is_met is False

    RemovalCheckFactory(case=case, values={"net_income": 1_500_000, "claims": 100_000})
    assert found("income_above_line", case).is_met is True


def test_registers_hold_against_the_check() -> None:
    case = county.at_removal(county.included(county.household(wage=1)))
    RemovalCheckFactory(case=case, values={"net_income": 9_000_000})

    assert found("income_above_line", case).is_met is False


def test_the_last_half_year_alone_is_above_the_line() -> None:
    case = county.included()
    Income.objects.filter(household=case.household, quarter=20241).update(wage=399_998)

    assert found("income_above_line", case).is_met is False
    Income.objects.filter(household=case.household, quarter=20232).update(wage=500_000)
    assert found("income_above_line", case).is_met is True
    assert found("income_steady", case).is_met is False


def test_a_sharp_fall_is_not_steady() -> None:
    case = county.included(county.household(wage=700_000))
    before = Income.objects.filter(household=case.household, quarter__in=(20224, 20231))
    before.update(wage=999_999)
    assert found("income_steady", case).is_met is True

    before.update(wage=1_000_000)
    assert "骤减" in found("income_steady", case).text


def test_steadiness_needs_the_quarters_themselves() -> None:
    case = county.included()
    Income.objects.filter(household=case.household).delete()

    assert found("income_steady", case).is_met is None


def test_spending_must_not_take_the_household_under_the_line() -> None:
    case = county.included(county.household(wage=500_000))
    bill = EventFactory(household=case.household, amount=400_000, occurred_on=TODAY)
    assert found("spending_solved", case).is_met is True

    Event.objects.filter(pk=bill.pk).update(amount=400_001)
    assert found("spending_solved", case).is_met is False


def test_an_amount_nobody_knows_is_asked() -> None:
    case = county.at_removal(county.included(county.household(wage=500_000)))
    EventFactory(household=case.household, amount=None, occurred_on=TODAY)
    assert found("spending_solved", case).is_met is None

    RemovalCheckFactory(case=case, values={"self_paid": 400_000})
    assert found("spending_solved", case).is_met is True


def test_guarantees_are_sound_together() -> None:
    case = county.at_removal(county.included())
    Event.objects.filter(household=case.household, kind="housing_graded").delete()
    assert found("guarantees_sound", case) == Evidence(
        None, "不清楚：住房安全。请在消除核查中填写。"
    )

    RemovalCheckFactory(case=case, values={"housing": True})
    assert found("guarantees_sound", case).is_met is True

    StatusFactory(household=case.household, kind="unsafe_water")
    assert found("guarantees_sound", case) == Evidence(False, "还没有保障：饮水安全")


def test_a_household_wholly_without_labour_is_never_removed_by_help() -> None:
    assert found("has_labour", county.included(county.household(labour="none"))).is_met is False


def test_labour_that_is_not_known_has_to_be_found_out() -> None:
    case = county.included()
    PersonRecord.objects.filter(person__memberships__household=case.household).update(labour=None)

    assert found("has_labour", case).is_met is None


def test_a_check_of_an_earlier_removal_does_not_count() -> None:
    case = county.at_removal(county.included(), on=date(2024, 5, 10))
    RemovalCheckFactory(case=case, checked_on=date(2024, 5, 9))
    assert found("removal_check", case).is_met is False

    RemovalCheckFactory(case=case, checked_on=date(2024, 5, 10))
    assert found("removal_check", case).is_met is True


def test_after_a_return_the_check_is_made_again() -> None:
    case = county.at_removal(county.included(), on=date(2024, 5, 10))
    RemovalCheckFactory(case=case, checked_on=date(2024, 5, 12))
    MoveFactory(
        case=case, version=case.version + 1, procedure="removal", from_step="removal_review",
        action="return_to_removal_check", to_step="removal_check", moved_on=date(2024, 5, 15),
    )  # fmt: skip
    assert found("removal_check", case).is_met is False

    RemovalCheckFactory(case=case, checked_on=date(2024, 5, 15))
    assert found("removal_check", case).is_met is True


def test_the_household_signs_the_latest_check() -> None:
    case = county.at_removal(county.included())
    check = RemovalCheckFactory(case=case, checked_on=date(2024, 5, 12))
    assert found("acknowledged", case).is_met is False

    check.acknowledged_by, check.acknowledged_on = "张三", date(2024, 5, 13)
    check.save()
    assert found("acknowledged", case) == Evidence(True, "张三 2024-05-13 签字认可")


def test_nobody_left_is_a_natural_cause() -> None:
    case = county.included()
    one, two = Membership.objects.filter(household=case.household).order_by("pk")
    Membership.objects.filter(pk=one.pk).update(left_on=date(2024, 4, 1), left_reason="move")
    assert "还有 1 名成员" in found("natural_cause", case).text

    EventFactory(
        household=case.household, person=two.person, kind="death", occurred_on=date(2024, 5, 1)
    )
    assert found("natural_cause", case).is_met is True


def test_a_case_without_a_risk_has_no_fitting_measure() -> None:
    case = county.included()
    county.helped(case)
    case.risks.all().delete()

    assert "补登风险" in found("fitting_measure", case).text
