"""Inspections: opened, sampled once, filled in, concluded; who sees what of them when."""

from datetime import date
from typing import Any

import pytest
from tests.factories.county import COUNTY, NORTH, TODAY, Cast, County
from tests.factories.duties import TaskFactory, TaskUnitFactory
from tests.unit.supervision.conftest import BUREAU, Units

from anju.audit.models import Entry
from anju.supervision import queries
from anju.supervision.actions import supervisions as actions
from anju.supervision.models import Supervision
from anju.supervision.queries.frames import is_unchanged
from anju.supervision.queries.listing import unmet_of
from anju.supervision.queries.looking_back import results_of
from anju.supervision.refusals import SupervisionRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervision(cast: Cast, units: Units) -> Supervision:
    return opened(cast, units)


def opened(cast: Cast, units: Units, **given: Any) -> Supervision:
    asked = {
        "kind": "inspection", "title": "三季度督查", "division_code": COUNTY, "led_by": units.bureau,
        "starts_on": date(2023, 10, 1), "ends_on": date(2023, 10, 20), "checklist": "home", **given,
    }  # fmt: skip
    new = actions.NewSupervision(**asked)
    return actions.open_supervision(by=BUREAU, on=TODAY, viewer=cast.viewer("bureau"), new=new)


def drawn(cast: Cast, supervision: Supervision, size: int = 4, **given: str) -> Supervision:
    asked = {"sample_of": "households", "strata": "town", "among": "all", "seed": "7", **given}
    return actions.draw_sample(
        by=BUREAU, on=TODAY, viewer=cast.viewer("bureau"), supervision=supervision, size=size,
        **asked,
    )  # fmt: skip


def test_its_number_counts_and_its_questions_are_those_of_the_pack(
    cast: Cast, supervision: Supervision
) -> None:
    assert supervision.number == "DC-529901-2023-0001"
    assert [each["id"] for each in supervision.questions][:2] == ["file_agrees", "work"]
    assert Entry.objects.get(action="supervision.create").ids == [supervision.number]


def test_a_sample_is_spread_over_the_towns_and_drawn_again_it_is_the_same(
    cast: Cast, supervision: Supervision
) -> None:
    row = drawn(cast, supervision)
    codes = [item.household.code for item in row.items.select_related("household")]

    assert row.frame == {NORTH: 4, "529901102000": 4}
    assert len(codes) == 4
    assert sum(code <= "H000000004" for code in codes) == 2
    assert is_unchanged(cast.viewer("bureau"), row)
    with pytest.raises(SupervisionRefused, match="不能重抽"):
        drawn(cast, supervision, seed="8")


def test_after_a_household_moved_in_the_frame_is_another_one(
    county: County, cast: Cast, supervision: Supervision
) -> None:
    row = drawn(cast, supervision, among="relocated", strata="site")
    assert row.frame == {"AZ0001": 2}
    home = county.households[4]
    home.relocated = True
    home.save()

    assert not is_unchanged(cast.viewer("bureau"), row)


def test_tasks_are_drawn_by_the_unit_that_leads_them(cast: Cast, units: Units) -> None:
    supervision = opened(cast, units, checklist="task")
    for _number in range(3):
        TaskUnitFactory(task=TaskFactory(), unit=units.north)
    TaskUnitFactory(task=TaskFactory(), unit=units.south)

    row = drawn(cast, supervision, size=2, sample_of="tasks", strata="unit")

    assert row.frame == {str(units.north.pk): 3, str(units.south.pk): 1}
    assert {item.stratum for item in row.items.all()} == set(row.frame)
    assert row.among == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"strata": "unit"}, "分层依据"),
        ({"size": 0}, "样本数"),
        ({"among": "monitored"}, "放宽"),
        ({"among": "unmet"}, "只有“回头看”"),
        ({"sample_of": "tasks", "strata": "unit"}, "检查表是查农户的"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    cast: Cast, supervision: Supervision, given: dict[str, str], said: str
) -> None:
    with pytest.raises(SupervisionRefused, match=said):
        drawn(cast, supervision, **given)


def test_every_question_wants_an_answer_and_a_later_look_replaces_it(
    cast: Cast, supervision: Supervision
) -> None:
    row, viewer = drawn(cast, supervision), cast.viewer("bureau")
    item = queries.item_for(viewer, row, 1)
    answers = {each["id"]: "met" for each in row.questions}

    def check(**more: str) -> None:
        actions.check_item(
            by=BUREAU, on=TODAY, viewer=viewer, item=item, checked_on=TODAY,
            answers=answers | more, words="",
        )  # fmt: skip

    with pytest.raises(SupervisionRefused, match="每个检查项"):
        check(work="")
    check()
    check(work="unmet")

    assert unmet_of(viewer, row, [item]) == {item.pk: ["work"]}
    with pytest.raises(SupervisionRefused, match="检查日期"):
        actions.check_item(
            by=BUREAU, on=TODAY, viewer=viewer, item=item, checked_on=date(2023, 9, 1),
            answers=answers, words="",
        )  # fmt: skip


def test_a_town_sees_an_inspection_of_its_own_once_it_is_concluded(
    cast: Cast, units: Units
) -> None:
    viewer, town = cast.viewer("bureau"), cast.viewer("north_town")
    new = actions.NewSupervision(
        kind="inspection", title="北枫镇督查", division_code=NORTH, led_by=units.bureau,
        starts_on=TODAY, ends_on=TODAY,
    )  # fmt: skip
    row = actions.open_supervision(by=BUREAU, on=TODAY, viewer=viewer, new=new)
    drawn(cast, row)
    assert not queries.supervisions_for(town).exists()

    actions.conclude(by=BUREAU, on=TODAY, viewer=viewer, supervision=row, conclusion="总体较好。")

    assert queries.supervision_for(town, row.number).conclusion == "总体较好。"
    assert queries.items_for(town, row).count() == 4
    assert not queries.supervisions_for(cast.viewer("south_town")).exists()
    with pytest.raises(SupervisionRefused, match="已经办结"):
        actions.conclude(by=BUREAU, on=TODAY, viewer=viewer, supervision=row, conclusion="再改")


def test_a_town_sees_of_a_county_inspection_what_is_its_own(
    cast: Cast, units: Units, supervision: Supervision
) -> None:
    row, town = drawn(cast, supervision), cast.viewer("north_town")
    assert not queries.supervisions_for(town).exists()
    actions.conclude(
        by=BUREAU, on=TODAY, viewer=cast.viewer("bureau"), supervision=row, conclusion="总体较好。"
    )

    assert queries.supervision_for(town, row.number) == row
    assert {item.household.village_code[:9] for item in queries.items_for(town, row)} == {NORTH[:9]}


def test_whoever_does_not_inspect_there_opens_nothing(cast: Cast, units: Units) -> None:
    new = actions.NewSupervision(
        kind="inspection", title="自己查", division_code=NORTH, led_by=units.north,
        starts_on=TODAY, ends_on=TODAY,
    )  # fmt: skip
    with pytest.raises(SupervisionRefused, match="不能在这个范围"):
        actions.open_supervision(by=BUREAU, on=TODAY, viewer=cast.viewer("north_town"), new=new)


def test_a_look_back_draws_what_was_not_met_before(
    cast: Cast, units: Units, supervision: Supervision
) -> None:
    row, viewer = drawn(cast, supervision), cast.viewer("bureau")
    first, second = queries.items_for(viewer, row).order_by("position")[:2]
    for item, work in ((first, "unmet"), (second, "met")):
        answers = {each["id"]: "met" for each in row.questions} | {"work": work}
        actions.check_item(
            by=BUREAU, on=TODAY, viewer=viewer, item=item, checked_on=TODAY, answers=answers,
            words="", seen=actions.mark_of(item),
        )  # fmt: skip
    assert results_of(viewer, row)["work"] == {"unmet": 1, "met": 1}
    again = opened(cast, units, kind="look_back", title="回头看", looks_back_at=row)

    again = drawn(cast, again, among="unmet", size=9)

    assert [item.household_id for item in again.items.all()] == [first.household_id]
    assert is_unchanged(viewer, again)


def test_what_another_inspector_filled_in_meanwhile_is_not_overwritten(
    cast: Cast, supervision: Supervision
) -> None:
    row, viewer = drawn(cast, supervision), cast.viewer("bureau")
    item = queries.item_for(viewer, row, 1)
    seen, answers = actions.mark_of(item), {each["id"]: "met" for each in row.questions}

    def check(words: str) -> None:
        actions.check_item(
            by=BUREAU, on=TODAY, viewer=viewer, item=item, checked_on=TODAY, answers=answers,
            words=words, seen=seen,
        )  # fmt: skip

    check("户主在家。")
    with pytest.raises(SupervisionRefused, match="另一位督查人员"):
        check("无人在家。")
    assert queries.item_for(viewer, row, 1).words == "户主在家。"


def test_a_form_sent_twice_makes_one_inspection(
    cast: Cast, units: Units, supervision: Supervision
) -> None:
    with pytest.raises(SupervisionRefused, match=supervision.number):
        opened(cast, units)
    assert opened(cast, units, title="四季度督查").number.endswith("0002")


def test_a_look_back_looks_at_something(cast: Cast, units: Units) -> None:
    new = actions.NewSupervision(
        kind="look_back", title="回头看", division_code=COUNTY, led_by=units.bureau,
        starts_on=TODAY, ends_on=TODAY,
    )  # fmt: skip
    with pytest.raises(SupervisionRefused, match="哪一次督查"):
        actions.open_supervision(by=BUREAU, on=TODAY, viewer=cast.viewer("bureau"), new=new)
