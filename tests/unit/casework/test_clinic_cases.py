"""Blank spots in clinics: a case each, by the pack, closed only by what is seen there."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.factories.casework import ClinicCaseFactory
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, TODAY, Cast, County
from tests.factories.registry import ClinicReportFactory

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.casework.actions import clinic_cases, clinics
from anju.casework.models import ClinicCase, ClinicMove, ClinicState
from anju.casework.queries import clinic_cases as cases
from anju.casework.queries import clinics as lists
from anju.casework.queries.clinics import Standing
from anju.casework.refusals import CaseMoved, CaseRefused
from anju.places.models import Division

pytestmark = pytest.mark.django_db
AT = datetime(2023, 10, 8, 2, tzinfo=UTC)


def blank(village: str, **columns: Any) -> None:
    ClinicReportFactory(
        village_code=village, has_staff=False, arrangement="每周二乡镇卫生院巡诊", **columns
    )


def opened(on: date = TODAY) -> list[ClinicCase]:
    return clinic_cases.open_cases(by=SYSTEM, at=AT, on=on)


def move(cast: Cast, action: str, who: str = "north_town", **given: Any) -> ClinicCase:
    case, viewer = ClinicCase.objects.get(), cast.viewer(who)
    return clinic_cases.take(
        by=viewer.actor(), at=AT, on=TODAY, viewer=viewer, case=case, action=action,
        seen=given.pop("seen", case.version), **given,
    )  # fmt: skip


def standing(cast: Cast, on: date = TODAY) -> dict[str, str]:
    rows = lists.villages_for(cast.viewer("bureau", on))
    return dict(rows.values_list("code", "standing"))


def test_each_blank_spot_gets_one_case_with_the_limits_of_the_pack(county: County) -> None:
    blank(NORTH_1)
    blank(SOUTH_1, seen_on=date(2023, 9, 1))
    ClinicReportFactory(village_code=SOUTH_1)  # filled since
    ClinicReportFactory(village_code=NORTH_2)

    (case,) = opened()

    assert (case.village_code, case.step, case.holder) == (NORTH_1, "arrange", "town")
    assert (case.step_due_on, case.due_on) == (date(2023, 10, 11), date(2023, 11, 7))
    assert case.number.startswith("529901-2023-")
    assert opened() == []
    assert Entry.objects.filter(action="clinic.open").count() == 1


def test_a_blank_spot_is_closed_by_the_county_once_it_is_seen_filled(
    county: County, cast: Cast
) -> None:
    blank(NORTH_1)
    opened()
    with pytest.raises(CaseRefused, match="由乡镇"):
        move(cast, "to_filling", "bureau")
    move(cast, "to_filling")
    with pytest.raises(CaseRefused, match="已有村卫生室和合格村医"):
        move(cast, "to_clearing")
    assert standing(cast)[NORTH_1] == Standing.BLANK
    viewer = cast.viewer("village")
    clinics.record(
        by=viewer.actor(), viewer=viewer, at=AT, on=TODAY, village_code=NORTH_1, seen_on=TODAY,
        has_clinic=True, has_staff=True, source="实地查看",
    )  # fmt: skip
    assert standing(cast)[NORTH_1] == Standing.TO_CONFIRM
    move(cast, "to_clearing")

    case = move(cast, "clear", "bureau")

    assert (case.state, case.closed_on, case.step) == (ClinicState.CLEARED, TODAY, "")
    assert standing(cast)[NORTH_1] == Standing.FILLED
    assert standing(cast, date(2023, 11, 2))[NORTH_1] == Standing.UNSEEN
    assert [each.version for each in ClinicMove.objects.order_by("version")] == [1, 2, 3, 4]
    blank(NORTH_1, seen_on=date(2023, 10, 20))
    assert len(opened(date(2023, 10, 20))) == 1


def test_what_the_county_found_to_be_none_is_left_alone_as_long_as_the_pack_says(
    county: County, cast: Cast
) -> None:
    blank(NORTH_1)
    opened()
    move(cast, "propose_not_concerned", reason="shared", note="与邻村共用")
    move(cast, "confirm_not_concerned", "bureau")

    assert standing(cast)[NORTH_1] == Standing.NOT_CONCERNED
    assert opened(date(2024, 4, 8)) == []
    assert len(opened(date(2024, 4, 9))) == 1


def test_of_two_who_saw_the_same_standing_the_second_reads_what_the_first_did(
    county: County, cast: Cast
) -> None:
    blank(NORTH_1)
    opened()
    move(cast, "to_filling")

    with pytest.raises(CaseMoved) as refused:
        move(cast, "propose_not_concerned", seen=1, reason="shared", note="与邻村共用")

    assert [each.action for each in refused.value.moves] == ["to_filling"]


def test_late_ones_are_told_and_the_months_before(county: County, cast: Cast) -> None:
    blank(NORTH_1, seen_on=date(2023, 8, 20))
    blank(NORTH_2, seen_on=date(2023, 9, 20))
    blank(SOUTH_1)
    opened()
    ClinicCase.objects.filter(village_code=NORTH_1).update(due_on=TODAY - timedelta(days=1))

    told = lists.tally(cast.viewer("bureau"))

    assert (told.by_standing[Standing.LATE], told.by_standing[Standing.BLANK]) == (1, 2)
    assert told.remaining == 3
    assert told.earlier == [("2023-09", 2), ("2023-08", 1), ("2023-07", 0)]
    assert lists.tally(cast.viewer("village")).total == 1


def test_its_clock_is_on_the_desk_of_who_holds_it_and_of_nobody_else(
    county: County, cast: Cast
) -> None:
    ClinicCaseFactory(village_code=NORTH_1)
    everybody = ("bureau", "north_town", "south_town", "village", "grid")
    held = {who: cases.on_desk(cast.viewer(who)).count() for who in everybody}

    assert {who for who, number in held.items() if number} == {"north_town"}


def test_the_case_of_a_village_that_was_merged_ends(county: County) -> None:
    blank(NORTH_1)
    (case,) = opened()
    Division.objects.filter(code=NORTH_1).update(ended_on=TODAY)

    assert opened() == []

    case.refresh_from_db()
    assert (case.step, case.closed_on) == ("", TODAY)
    assert ClinicMove.objects.latest("id").action == clinic_cases.GONE
