"""A request from told to closed, by whom it may be moved, and told twice for one matter."""

from datetime import date
from typing import Any

import pytest
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, NORTH_1, TODAY, Cast, County

from anju.accounts.models import Unit
from anju.accounts.queries import viewer_of
from anju.accounts.viewer import Viewer
from anju.audit.models import Entry
from anju.community import queries
from anju.community.actions import closing, moving, telling
from anju.community.actions.telling import SameMatter, Told
from anju.community.models import Channel, Request
from anju.community.queries import requests as reading
from anju.community.refusals import CommunityRefused
from anju.procedures.calendars import Calendar

DAYS = Calendar()


def _as(viewer: Viewer, on: date = TODAY) -> dict[str, Any]:
    return {"by": viewer.actor(), "on": on, "viewer": viewer}


def _told(county: County, **said: Any) -> Told:
    given = {
        "kind": "repair", "village_code": NORTH_1, "words": "三楼楼道灯不亮。", "said_on": TODAY,
        "site": county.site, "building": county.building, "channel": Channel.VISIT,
    }  # fmt: skip
    return Told(**{**given, **said})


def _tell(viewer: Viewer, county: County, **said: Any) -> Request:
    return telling.tell(**_as(viewer), calendar=DAYS, told=_told(county, **said), is_another=True)


@pytest.fixture
def housing(cast: Cast) -> tuple[Viewer, Unit]:
    """Somebody of the housing bureau, and its unit."""
    unit = UnitFactory(name="枫溪县住房和城乡建设局", division_code=COUNTY)
    user = UserFactory(username="housing", unit=unit)
    PostFactory(user=user, role="department", division_code=COUNTY)
    return viewer_of(user, on=TODAY), unit


def test_a_request_is_told_taken_on_handled_and_confirmed(county: County, cast: Cast) -> None:
    worker = viewer_of(cast.grid, on=TODAY)
    row = _tell(worker, county, grid=county.site_grid, household=county.households[0])
    assert (row.answer_by, row.settle_by) == (date(2023, 10, 9), date(2023, 10, 23))
    assert [each.pk for each in reading.on_desk(worker)] == [row.pk]

    moving.take(**_as(worker), request=row)
    with pytest.raises(CommunityRefused, match="已经受理"):
        moving.take(**_as(worker), request=row)
    done = moving.handle(**_as(worker, date(2023, 10, 12)), request=row, words="已换灯三盏。")
    assert (done.state, done.confirm_by) == ("handled", date(2023, 10, 19))
    closed = closing.confirm(**_as(worker, date(2023, 10, 13)), request=row)

    assert (closed.state, closed.outcome) == ("closed", "confirmed")
    story = queries.steps_of(worker, row).values_list("kind", flat=True)
    assert list(story) == ["told", "taken", "handled", "confirmed"]
    written = Entry.objects.filter(kind="request").order_by("sequence")
    assert [each.action for each in written] == [
        "request.tell", "request.accept", "request.handle", "request.confirm_done",
    ]  # fmt: skip
    assert all("灯" not in str(each.detail) for each in written)


def test_what_got_no_word_is_closed_by_the_daily_job_and_taken_up_again_when_asked(
    county: County, cast: Cast
) -> None:
    village = viewer_of(cast.village, on=TODAY)
    row = _tell(village, county)
    moving.handle(**_as(village), request=row, words="已换灯三盏。")
    assert closing.lapse(by=village.actor(), on=date(2023, 10, 15)) == 0
    assert closing.lapse(by=village.actor(), on=date(2023, 10, 16)) == 1
    assert closing.lapse(by=village.actor(), on=date(2023, 10, 16)) == 0

    later = date(2023, 10, 20)
    again = closing.reopen(
        **_as(village, later), calendar=DAYS, request=row, words="灯又坏了，请再修。"
    )
    assert (again.state, again.outcome, again.settle_by) == ("taken", "", date(2023, 11, 4))


def test_passed_on_it_lies_with_the_other_unit_which_sees_no_others(
    county: County, cast: Cast, housing: tuple[Viewer, Unit]
) -> None:
    village, (viewer, unit) = viewer_of(cast.village, on=TODAY), housing
    row, _other = _tell(village, county), _tell(village, county, kind="dispute")
    assert not queries.requests_for(viewer).exists()

    moving.pass_on(
        **_as(village), calendar=DAYS, request=row, unit=unit, words="楼道线路老化，要专业维修。"
    )
    assert [each.pk for each in queries.requests_for(viewer)] == [row.pk]
    assert [each.pk for each in reading.on_desk(viewer)] == [row.pk]
    with pytest.raises(CommunityRefused, match="不由您的单位"):
        moving.take(**_as(village), request=row)
    moving.take(**_as(viewer), request=row)
    moving.handle(**_as(viewer), request=row, words="已更换楼道线路。")
    rejected = closing.reject(
        **_as(village), calendar=DAYS, request=row, words="二楼的灯还是不亮。"
    )
    assert (rejected.state, rejected.unit_id) == ("taken", unit.pk)


def test_more_time_has_a_reason_and_an_end(county: County, cast: Cast) -> None:
    village = viewer_of(cast.village, on=TODAY)
    row = _tell(village, county)
    moving.take(**_as(village), request=row)
    for until, words in ((date(2023, 10, 20), "配件没有到货。"), (date(2023, 11, 20), "")):
        with pytest.raises(CommunityRefused):
            moving.extend(**_as(village), request=row, until=until, words=words)
    for until in (date(2023, 11, 1), date(2023, 11, 20)):
        row = moving.extend(**_as(village), request=row, until=until, words="配件没有到货。")
    assert (row.settle_by, row.due_on, row.extensions) == (until, until, 2)
    with pytest.raises(CommunityRefused, match="已经延期"):
        moving.extend(**_as(village), request=row, until=date(2023, 12, 1), words="配件没有到货。")


def test_what_cannot_be_settled_is_explained_with_a_reason_of_the_list(
    county: County, cast: Cast
) -> None:
    village = viewer_of(cast.village, on=TODAY)
    row = _tell(village, county, kind="errand")
    with pytest.raises(CommunityRefused, match="原因"):
        closing.explain(**_as(village), request=row, reason="lazy", words="已当面说明。")
    done = closing.explain(**_as(village), request=row, reason="not_met", words="已当面说明。")
    assert (done.state, done.outcome, done.reason) == ("closed", "explained", "not_met")


def test_one_matter_told_twice_is_asked_about_once_and_joined(county: County, cast: Cast) -> None:
    village = viewer_of(cast.village, on=TODAY)
    first = _tell(village, county)
    with pytest.raises(SameMatter) as found:
        telling.tell(**_as(village), calendar=DAYS, told=_told(county))
    assert [each.pk for each in found.value.rows] == [first.pk]
    joined = telling.tell(
        **_as(village),
        calendar=DAYS,
        told=_told(county, words="楼道一直是黑的。"),
        joins=first.number,
    )
    assert (joined.pk, joined.tellings, Request.objects.count()) == (first.pk, 2, 1)
    assert reading.tellers_of(village, first).count() == 2

    home = county.households[0]
    own = telling.tell(
        **_as(village), calendar=DAYS, told=_told(county, household=home, is_own=True)
    )
    second = _tell(village, county)
    target = closing.join(**_as(village), request=second, into=first.number)
    assert (target.tellings, Request.objects.get(pk=second.pk).outcome) == (3, "joined")
    with pytest.raises(CommunityRefused, match="并入另一件"):
        closing.reopen(**_as(village), calendar=DAYS, request=second, words="再办一次。")
    with pytest.raises(CommunityRefused, match="没有办结"):
        closing.join(**_as(village), request=own, into=second.number)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "gossip"}, "类别"),
        ({"said_on": date(2023, 10, 9)}, "晚于今天"),
        ({"words": "灯"}, "至少 4 个字"),
        ({"words": "住户52990119900101123X家没有灯"}, "证件号码"),
        ({"told_by": "13800138000"}, "证件号码"),
        ({"village_code": "529901102201", "site": None, "building": None}, "负责的区域"),
        ({"site": None}, "楼栋不在"),
        ({"is_own": True}, "先选农户"),
    ],
)
def test_what_cannot_be_written_down_says_why(
    county: County, cast: Cast, wrong: dict[str, Any], said: str
) -> None:
    village = viewer_of(cast.village, on=TODAY)
    with pytest.raises(CommunityRefused, match=said):
        _tell(village, county, **wrong)


def test_counts_are_of_kinds_and_places(county: County, cast: Cast) -> None:
    village = viewer_of(cast.village, on=TODAY)
    late, done, _open = (_tell(village, county) for _ in range(3))
    dispute = _tell(village, county, kind="dispute")
    moving.handle(**_as(village), request=done, words="已换灯三盏。")
    closing.explain(**_as(village), request=dispute, reason="no_ground", words="已当面说明。")
    closing.join(**_as(village), request=_open, into=late.number)

    on = date(2023, 10, 12)
    found = reading.counted(village, "kind", since=TODAY, until=TODAY, on=on)
    repair = found["repair"]
    assert (repair.told, repair.open, repair.late, repair.in_time) == (2, 2, 1, 1)
    assert (found["dispute"].unsettled, found["dispute"].settled) == (1, 1)
    assert set(reading.counted(village, "village_code", since=TODAY, until=TODAY, on=on)) == {
        NORTH_1
    }
