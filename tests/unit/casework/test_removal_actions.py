"""The check before a removal, and what decisions write back to the registers."""

from datetime import date
from typing import Any

import pytest
from tests.factories.casework import CaseFactory, FollowUpFactory
from tests.factories.county import Cast, County
from tests.factories.registry import HouseholdFactory, HouseholdRecordFactory
from tests.unit.casework import helped as county_of

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.casework.actions import registers, removal_checks
from anju.casework.indicators import INDICATORS, Unit
from anju.casework.models import Case, FollowUp
from anju.casework.refusals import CaseRefused
from anju.casework.requirements.removal import REMOVAL
from anju.registry.models import Household, HouseholdRecord

pytestmark = pytest.mark.django_db

BY = Actor("village", "北枫一村干部")
TODAY = county_of.TODAY


@pytest.fixture
def viewer(county: County, cast: Cast) -> Viewer:
    return cast.viewer("village", TODAY)


@pytest.fixture
def case(county: County) -> Case:
    return county_of.at_removal(county_of.included(), on=date(2024, 5, 10))


def answers(**changes: Any) -> dict[str, int | bool]:
    values = {id_: True if each.unit is Unit.FLAG else 100_000 for id_, each in INDICATORS.items()}
    return {**values, **changes}


def test_there_are_thirteen_indicators() -> None:
    assert len(INDICATORS) == 13
    assert [each.id for each in INDICATORS.values() if each.unit is Unit.FLAG] == [
        "education", "housing", "medical", "water",
    ]  # fmt: skip


def test_a_check_keeps_what_the_registers_said_beside_the_answers(
    case: Case, viewer: Viewer
) -> None:
    check = removal_checks.record(
        by=BY, viewer=viewer, on=TODAY, case=case, checked_on=date(2024, 5, 18),
        values=answers(wage=3_000_000),
    )  # fmt: skip

    assert check.values["wage"] == 3_000_000
    assert check.known["wage"]["value"] == 1_600_000
    assert check.known["wage"]["source"] == "测试名单"
    assert "claims" not in check.known
    assert REMOVAL["removal_check"](case, TODAY).is_met is True
    entry = Entry.objects.get(action="removal_check.record")
    assert entry.detail == {"case": case.number, "row": check.pk}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (answers(claims=None), "还没有填写：理赔收入"),
        (answers(wage=-1), "填正数"),
        (answers(housing=1), "填写有误"),
        (answers(wage=True), "填写有误"),
    ],
)
def test_an_incomplete_check_is_refused(
    case: Case, viewer: Viewer, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(CaseRefused, match=message):
        removal_checks.record(
            by=BY, viewer=viewer, on=TODAY, case=case, checked_on=TODAY, values=values
        )


def test_a_loss_is_an_answer(case: Case, viewer: Viewer) -> None:
    check = removal_checks.record(
        by=BY, viewer=viewer, on=TODAY, case=case, checked_on=TODAY,
        values=answers(net_income=-5, net_income_per_capita=-3),
    )  # fmt: skip

    assert check.values["net_income"] == -5


@pytest.mark.parametrize("day", [date(2024, 5, 9), date(2024, 5, 21)])
def test_a_check_is_made_while_the_removal_is_under_way(
    case: Case, viewer: Viewer, day: date
) -> None:
    with pytest.raises(CaseRefused, match="之间"):
        removal_checks.record(
            by=BY, viewer=viewer, on=TODAY, case=case, checked_on=day, values=answers()
        )


def test_no_check_without_a_removal(viewer: Viewer) -> None:
    with pytest.raises(CaseRefused, match="没有在办理风险消除"):
        removal_checks.record(
            by=BY, viewer=viewer, on=TODAY, case=county_of.included(), checked_on=TODAY,
            values=answers(),
        )  # fmt: skip


@pytest.mark.parametrize("who", ["north_town", "bureau"])
def test_the_check_is_the_villages(case: Case, cast: Cast, who: str) -> None:
    with pytest.raises(CaseRefused, match="由村"):
        removal_checks.record(
            by=BY, viewer=cast.viewer(who, TODAY), on=TODAY, case=case, checked_on=TODAY,
            values=answers(),
        )  # fmt: skip


def test_the_household_signs_what_was_checked(case: Case, viewer: Viewer) -> None:
    given = {"by": BY, "viewer": viewer, "on": TODAY, "case": case}
    with pytest.raises(CaseRefused, match="先完成"):
        removal_checks.acknowledge(**given, signed_by="张三", signed_on=TODAY)
    removal_checks.record(**given, checked_on=date(2024, 5, 18), values=answers())

    with pytest.raises(CaseRefused, match="之间"):
        removal_checks.acknowledge(**given, signed_by="张三", signed_on=date(2024, 5, 17))
    with pytest.raises(CaseRefused, match="签字人"):
        removal_checks.acknowledge(**given, signed_by=" ", signed_on=TODAY)
    check = removal_checks.acknowledge(**given, signed_by="张三", signed_on=TODAY)

    assert (check.acknowledged_by, check.acknowledged_on) == ("张三", TODAY)
    assert "张三" not in str(Entry.objects.get(action="removal_check.acknowledge").detail)


def test_inclusion_is_written_to_the_registers_from_its_day() -> None:
    home: Household = HouseholdFactory()
    HouseholdRecordFactory(household=home)
    case: Case = CaseFactory(household=home, monitored_kind="marginal", number="529901-2023-000007")
    on = date(2023, 10, 20)

    columns = registers.include(by=BY, on=on, case=case)

    assert columns == {"included_on": on, "decided_on": on}
    home.refresh_from_db()
    assert (home.monitored_kind, home.included_on) == ("marginal", on)
    now = HouseholdRecord.objects.filter(household=home, known_to__isnull=True).order_by("pk")
    assert [(r.monitored_kind, r.valid_from, r.valid_to, r.source) for r in now] == [
        (None, None, on, "测试名单"),
        ("marginal", on, None, "案件 529901-2023-000007"),
    ]
    assert FollowUp.objects.get(case=case).due_on == date(2023, 11, 20)


def test_without_a_kind_nobody_is_included() -> None:
    with pytest.raises(CaseRefused, match="监测对象类别"):
        registers.include(by=BY, on=TODAY, case=CaseFactory())


def test_removal_is_written_to_the_registers_and_solves_the_risks(case: Case) -> None:
    FollowUpFactory(case=case, due_on=date(2024, 6, 1))
    FollowUpFactory(case=case, due_on=date(2024, 5, 1), done_on=date(2024, 5, 2))

    columns = registers.remove(by=BY, on=TODAY, case=case, removal_kind="helped")

    assert columns == {"removed_on": TODAY, "closed_on": TODAY, "removal_kind": "helped"}
    home = Household.objects.get(pk=case.household_id)
    assert (home.monitored_kind, home.risk_removed_on) == ("marginal", TODAY)
    assert case.risks.get().solved_on == TODAY
    last, following = FollowUp.objects.filter(case=case).order_by("due_on")
    assert (last.done_on, following.done_on) == (date(2024, 5, 2), None)
    assert following.due_on == date(2024, 11, 20)


def test_nobody_is_visited_where_nobody_is_left(case: Case) -> None:
    FollowUpFactory(case=case, due_on=date(2024, 6, 1))

    registers.remove(by=BY, on=TODAY, case=case, removal_kind="natural")

    assert not FollowUp.objects.exists()


def test_a_second_inclusion_keeps_the_first_in_the_past(case: Case) -> None:
    registers.remove(by=BY, on=TODAY, case=case, removal_kind="helped")
    again = date(2024, 9, 1)

    registers.include(by=BY, on=again, case=case)

    home = Household.objects.get(pk=case.household_id)
    assert (home.included_on, home.risk_removed_on) == (again, None)
    now = HouseholdRecord.objects.filter(household=home, known_to__isnull=True).order_by("pk")
    assert [(each.included_on, each.risk_removed_on) for each in now] == [
        (county_of.INCLUDED, None),
        (county_of.INCLUDED, TODAY),
        (again, None),
    ]
