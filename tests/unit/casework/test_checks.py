"""What is written down on the way of a case: the kind, the visit, the comparison, the village's votes."""

from datetime import timedelta

import pytest
from tests.factories.county import TODAY, Cast, County
from tests.unit.casework.story import Story

from anju.casework.actions import checks
from anju.casework.models import Case
from anju.casework.refusals import CaseRefused
from anju.registry.models import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


@pytest.fixture
def home(county: County) -> Household:
    return county.households[0]


@pytest.mark.parametrize(
    ("kind", "message"),
    [("marginal", "不能认定"), ("none_such", "从现行类别中选择"), ("", "从现行类别中选择")],
)
def test_the_kind_agrees_with_the_registers(
    story: Story, home: Household, kind: str, message: str
) -> None:
    case = story.opened(home)

    with pytest.raises(CaseRefused, match=message):
        story.kind_set(case, kind)


def test_a_decided_kind_stays(story: Story, home: Household) -> None:
    case = story.included(home)

    with pytest.raises(CaseRefused, match="不能再改"):
        story.later(7).kind_set(case, "sudden_hardship")


@pytest.mark.parametrize(
    ("votes", "message"),
    [
        ({"entitled": 20, "present": 25}, "不能多于"),
        ({"in_favour": 20, "against": 10}, "不能多于"),
        ({"present": 0, "in_favour": 0, "against": 0}, "请填写"),
        ({"minutes": "  "}, "评议记录"),
        ({"held_on": TODAY + timedelta(days=1)}, "还没有到"),
    ],
)
def test_a_review_whose_numbers_do_not_add_up_is_refused(
    story: Story, home: Household, votes: dict[str, object], message: str
) -> None:
    case = story.opened(home)
    Case.objects.update(step="review", holder="village")
    given = {
        "held_on": TODAY, "entitled": 30, "present": 25, "in_favour": 20, "against": 5,
        "minutes": "一致", **votes,
    }  # fmt: skip

    with pytest.raises(CaseRefused, match=message):
        checks.review(case=case, **given, **story.said("village"))


def test_a_check_is_written_down_where_the_step_asks_for_it_only(
    story: Story, home: Household
) -> None:
    case = story.opened(home)

    with pytest.raises(CaseRefused, match="当前环节不需要"):
        story.checked(case)
    with pytest.raises(CaseRefused, match="当前环节不需要"):
        story.compared(case)
    story.authorised(case)
    story.move(case, "to_home_check")
    with pytest.raises(CaseRefused, match="不办理这户"):
        checks.check_home(
            case=case, checked_on=TODAY, met="户主", income_per_capita=0, rigid_spending=0,
            guarantees=dict.fromkeys(checks.GUARANTEES, True), own_means="无", has_risk=True,
            **story.said("bureau"),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"met": " "}, "接待"),
        ({"own_means": ""}, "自主应对"),
        ({"rigid_spending": -1}, "正数"),
        ({"guarantees": {"education": True}}, "逐项"),
        ({"checked_on": TODAY + timedelta(days=1)}, "还没有到"),
    ],
)
def test_a_home_check_answers_all_four_criteria(
    story: Story, home: Household, given: dict[str, object], message: str
) -> None:
    case = story.opened(home)
    story.authorised(case)
    story.move(case, "to_home_check")
    full = {
        "checked_on": TODAY, "met": "户主", "income_per_capita": 1, "rigid_spending": 1,
        "guarantees": dict.fromkeys(checks.GUARANTEES, True), "own_means": "无", "has_risk": True,
    }  # fmt: skip

    with pytest.raises(CaseRefused, match=message):
        checks.check_home(case=case, **{**full, **given}, **story.said("grid"))
    checks.check_home(case=case, **full, **story.said("grid"))
