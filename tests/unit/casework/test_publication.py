"""Notices: who is published, how long, under which name; objections, and what both hold up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.casework import NoticeFactory, ReviewFactory
from tests.factories.county import NORTH_1, NORTH_2, TODAY, Cast, County
from tests.unit.casework.story import Story

from anju.audit.actor import PUBLIC
from anju.audit.models import Entry
from anju.casework import books
from anju.casework.actions import notices, objections
from anju.casework.models import Case, Notice, NoticeEntry, Objection
from anju.casework.queries import notices as queries
from anju.casework.queries import open_pages, publication
from anju.casework.queries.open_pages import OpenVillage
from anju.casework.refusals import CaseRefused
from anju.casework.requirements.publicity import no_open_objection, publicity_over

pytestmark = pytest.mark.django_db
VILLAGE = OpenVillage(NORTH_1, "北枫一村", "t", "村委会")


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


@pytest.fixture
def case(story: Story, county: County) -> Case:
    """A case that stands at the publication."""
    return story.to_publicity(story.opened(county.households[0]))


def _posted(story: Story, *cases: Case, **changes: object) -> Notice:
    given = {
        "village_code": NORTH_1,
        "kind": "inclusion",
        "numbers": [each.number for each in cases],
        "contact": "村委会 0000-1",
        **story.said("village"),
        **changes,
    }
    return notices.post(**given)


def _objected(story: Story, notice: Notice, *, whole: bool = False, days: int = 1) -> Objection:
    at = datetime.combine(story.on, datetime.min.time(), UTC) + timedelta(days=days, hours=2)
    return objections.receive(
        by=PUBLIC,
        at=at,
        notice=notice,
        entry=None if whole else notice.entries.get(),
        name="",
        phone="",
        told="这户在城里有房",
    )


def _answered(story: Story, objection: Objection, *, is_upheld: bool, **changes: object) -> None:
    given = {"entry": None, "answer": "上门核实过", **story.said("village"), **changes}
    objections.answer(objection=objection, is_upheld=is_upheld, **given)


def test_a_notice_shows_masked_names_and_hangs_for_the_days_of_the_pack(
    story: Story, case: Case
) -> None:
    notice = _posted(story, case)
    entry = notice.entries.get()
    days = books.book_of(case).limit("village_publicity").amount

    assert days == 5
    assert (notice.posted_on, notice.ends_on) == (TODAY, TODAY + timedelta(days=days))
    assert (entry.masked_name, entry.members, entry.proposed) == (
        "搬*",
        case.household.size,
        "脱贫不稳定户",
    )
    assert Entry.objects.filter(action="notice.post").get().detail == {"cases": [case.number]}


def test_the_board_shows_a_notice_in_its_days_only(story: Story, case: Case) -> None:
    notice = _posted(story, case)
    shown = [
        day
        for day in (TODAY + timedelta(days=number) for number in range(-1, 8))
        if open_pages.current_notices(VILLAGE, on=day).exists()
    ]

    assert shown == [TODAY + timedelta(days=number) for number in range(6)]
    other = OpenVillage(NORTH_2, "北枫二村", "t", "")
    assert not open_pages.current_notices(other, on=notice.posted_on).exists()


def test_the_case_waits_until_the_day_after_the_last(story: Story, case: Case) -> None:
    assert publicity_over(case, TODAY).is_met is False
    notice = _posted(story, case)

    assert publicity_over(case, notice.ends_on).is_met is False
    assert publicity_over(case, notice.ends_on + timedelta(days=1)).is_met is True
    with pytest.raises(CaseRefused):
        story.later(5).move(case, "to_town_check")
    assert story.later(6).move(case, "to_town_check").step == "town_check"


def test_a_case_is_published_once(story: Story, case: Case) -> None:
    _posted(story, case)

    assert publication.waiting(story.viewer("village")) == []
    with pytest.raises(CaseRefused, match="至少选择一户"):
        _posted(story, case)
    assert NoticeEntry.objects.count() == 1


def test_only_cases_at_the_publication_of_that_village_are_published(
    story: Story, case: Case, county: County
) -> None:
    early = story.opened(county.households[1])

    with pytest.raises(CaseRefused, match="已不在公示环节"):
        _posted(story, case, early)
    with pytest.raises(CaseRefused, match="至少选择一户"):
        _posted(story, case, kind="removal")
    assert not Notice.objects.exists()


@pytest.mark.parametrize("who", ["north_town", "bureau", "grid"])
def test_the_village_itself_publishes(story: Story, case: Case, who: str) -> None:
    with pytest.raises(CaseRefused, match="本村工作人员"):
        _posted(story, case, **story.said(who))


def test_a_notice_needs_somebody_to_turn_to(story: Story, case: Case) -> None:
    with pytest.raises(CaseRefused, match="受理单位"):
        _posted(story, case, contact=" ")


def test_what_was_taken_down_early_is_published_again(story: Story, case: Case) -> None:
    notice = _posted(story, case)
    with pytest.raises(CaseRefused, match="理由"):
        notices.take_down(notice=notice, reason="", **story.said("village"))
    notices.take_down(notice=notice, reason="姓名有误", **story.later(1).said("village"))

    assert not open_pages.current_notices(VILLAGE, on=TODAY + timedelta(days=1)).exists()
    assert publicity_over(case, TODAY + timedelta(days=9)).is_met is False
    assert publication.waiting(story.viewer("village")) == [case]
    with pytest.raises(CaseRefused, match="已经结束或撤下"):
        notices.take_down(notice=notice, reason="再撤", **story.later(2).said("village"))


def test_a_new_decision_of_the_village_is_published_anew(story: Story, case: Case) -> None:
    _posted(story, case)
    over = TODAY + timedelta(days=6)
    assert publicity_over(case, over).is_met is True

    later = story.later(6)
    later.move(case, "return_to_review", reason="objection", note="有新情况，重新评议")
    later.reviewed(case)
    case = later.move(case, "to_publicity")

    assert publicity_over(case, over).is_met is False
    assert publication.waiting(later.viewer("village")) == [case]
    _posted(later, case)
    assert publicity_over(case, later.on + timedelta(days=6)).is_met is True


def test_help_that_came_first_is_published_once_the_village_has_decided(
    story: Story, county: County
) -> None:
    case = story.opened(county.households[0])
    Case.objects.filter(pk=case.pk).update(
        is_green_channel=True, step="", holder="", state="included", step_due_on=None
    )
    case.refresh_from_db()
    assert publication.waiting(story.viewer("village")) == []

    ReviewFactory(case=case, held_on=TODAY)

    assert publication.waiting(story.viewer("village")) == [case]
    notice = _posted(story, case)
    assert publication.waiting(story.viewer("village")) == []
    assert publicity_over(case, notice.ends_on + timedelta(days=1)).is_met is True


def test_an_objection_holds_the_case_until_it_is_answered(story: Story, case: Case) -> None:
    notice = _posted(story, case)
    objection = _objected(story, notice)
    later = story.later(6)

    assert no_open_objection(case, later.on).is_met is False
    with pytest.raises(CaseRefused):
        later.move(case, "to_town_check")
    _answered(later, objection, is_upheld=False)
    assert no_open_objection(case, later.on).is_met is True
    assert later.move(case, "to_town_check").step == "town_check"


def test_an_objection_that_is_right_holds_the_household_back(story: Story, case: Case) -> None:
    objection = _objected(story, _posted(story, case))
    _answered(story.later(2), objection, is_upheld=True)

    found = no_open_objection(case, story.later(6).on)
    assert found.is_met is False
    assert "成立" in found.text


def test_an_objection_to_the_whole_notice_holds_everybody_until_it_is_answered(
    story: Story, case: Case, county: County
) -> None:
    other = story.to_publicity(story.opened(county.households[1]))
    notice = _posted(story, case, other)
    objection = _objected(story, notice, whole=True)
    assert [no_open_objection(each, story.on).is_met for each in (case, other)] == [False, False]

    _answered(story.later(1), objection, is_upheld=True, entry=notice.entries.get(case=other))

    assert [no_open_objection(each, story.on).is_met for each in (case, other)] == [True, False]


def test_an_objection_is_answered_once_and_in_words(story: Story, case: Case) -> None:
    objection = _objected(story, _posted(story, case))
    with pytest.raises(CaseRefused, match="核实情况"):
        _answered(story, objection, is_upheld=False, answer=" ")
    _answered(story, objection, is_upheld=False)

    with pytest.raises(CaseRefused, match="已由他人答复"):
        _answered(story, objection, is_upheld=True)
    objection.refresh_from_db()
    assert objection.is_upheld is False


def test_the_board_takes_objections_while_the_notice_hangs(story: Story, case: Case) -> None:
    notice = _posted(story, case)

    assert _objected(story, notice, days=5).channel == "board"
    with pytest.raises(CaseRefused, match="已经结束"):
        _objected(story, notice, days=6)


def test_an_objection_on_paper_is_written_down_by_the_village(story: Story, case: Case) -> None:
    notice = _posted(story, case)
    given = {
        "at": datetime(2023, 10, 20, 2, tzinfo=UTC),
        "notice": notice,
        "entry": notice.entries.get(),
        "name": "邻居",
        "phone": "10000000018",
        "told": "他家有车",
    }
    viewer = story.viewer("village")
    objection = objections.write_down(by=viewer.actor(), viewer=viewer, channel="paper", **given)

    assert (objection.channel, objection.recorded_by) == ("paper", "village")
    assert (
        objections.phone_of(by=viewer.actor(), viewer=viewer, objection=objection) == "10000000018"
    )
    with pytest.raises(CaseRefused, match="怎么收到"):
        objections.write_down(by=viewer.actor(), viewer=viewer, channel="board", **given)
    elsewhere = story.viewer("south_town")
    with pytest.raises(CaseRefused):
        objections.write_down(by=elsewhere.actor(), viewer=elsewhere, channel="paper", **given)


def test_an_entry_of_another_notice_is_refused(story: Story, case: Case) -> None:
    notice, other = _posted(story, case), NoticeFactory(village_code=NORTH_1, posted_on=TODAY)

    with pytest.raises(CaseRefused, match="不在这次公示中"):
        objections.receive(
            by=PUBLIC,
            at=datetime(2023, 10, 9, tzinfo=UTC),
            notice=other,
            entry=notice.entries.get(),
            name="",
            phone="",
            told="不对",
        )


def test_objections_are_read_by_who_answers_them(story: Story, case: Case) -> None:
    objection = _objected(story, _posted(story, case))
    readers = [
        who
        for who in ("village", "north_town", "bureau", "south_town", "grid")
        if objection in queries.objections_for(story.viewer(who))
    ]

    assert readers == ["village", "north_town", "bureau"]


def test_notices_count_their_households_and_open_objections(story: Story, case: Case) -> None:
    notice = _posted(story, case)
    _objected(story, notice)
    _answered(story, _objected(story, notice, days=2), is_upheld=False)

    found = queries.notices_for(story.viewer("north_town")).get()
    assert (found.households, found.unanswered) == (1, 1)
    assert not queries.notices_for(story.viewer("south_town")).exists()


def test_what_is_proposed_stands_in_chinese_whoever_publishes(story: Story, case: Case) -> None:
    from django.utils import translation

    with translation.override("en"):
        notice = _posted(story, case)

    assert notice.entries.get().proposed == "脱贫不稳定户"


def test_the_day_of_posting_does_not_count(case: Case) -> None:
    assert publication.last_day(case, date(2023, 10, 13)) == date(2023, 10, 18)
