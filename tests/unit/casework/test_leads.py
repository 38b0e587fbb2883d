"""Leads that people raise, how they end, and who may."""

from datetime import timedelta

import pytest
from tests.factories.county import TODAY, Cast, County
from tests.unit.casework.story import AT, Story

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.casework.actions import cases, expiry, leads, merging
from anju.casework.models import Case, CaseRisk, Channel, Lead, LeadState
from anju.casework.queries import cases_for, lead_for, leads_for, leads_on_desk
from anju.casework.refusals import CaseRefused
from anju.queue.progress import Unattended
from anju.registry.models import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def test_the_same_risk_told_again_is_one_lead_with_two_sources(
    story: Story, county: County
) -> None:
    home = county.households[0]
    first = story.raised(home)

    again = story.later(3).raised(home, who="grid")

    assert again.pk == first.pk
    assert [each.raised_by for each in again.sources.all()] == ["village", "grid"]
    assert (again.first_on, again.last_on) == (TODAY, TODAY + timedelta(days=3))
    assert again.expires_on == TODAY + timedelta(days=93)
    assert again.due_on == TODAY + timedelta(days=15)


def test_another_risk_is_another_lead(story: Story, county: County) -> None:
    home = county.households[0]

    one, two = story.raised(home), story.raised(home, risk="housing")

    assert one.pk != two.pk


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"risk": "means"}, "请选择风险类别"),
        ({"risk": "none such"}, "请选择风险类别"),
        ({"told": " 穷 "}, "请写明反映的情况"),
    ],
)
def test_what_is_no_risk_or_says_nothing_is_refused(
    story: Story, county: County, given: dict[str, str], message: str
) -> None:
    told = {"risk": "income", "told": "家里没有收入了", **given}

    with pytest.raises(CaseRefused, match=message):
        leads.report(
            household=county.households[0], channel=Channel.GRID, **told, **story.said("village")
        )
    assert not Lead.objects.exists()


def test_nobody_reports_or_sees_leads_of_another_place(story: Story, county: County) -> None:
    south = county.households[6]
    lead = story.raised(south, who="south_town")

    with pytest.raises(Household.DoesNotExist):
        story.raised(south, who="village")
    with pytest.raises(Lead.DoesNotExist):
        lead_for(story.viewer("village"), lead.pk)
    assert not leads_for(story.viewer("north_town")).exists()
    assert lead_for(story.viewer("bureau"), lead.pk) == lead


def test_a_grid_worker_sees_leads_of_the_grid_only(story: Story, county: County) -> None:
    inside, outside = (
        story.raised(county.households[0]),
        story.raised(county.households[2], who="north_town"),
    )

    seen = set(leads_for(story.viewer("grid")))

    assert inside in seen
    assert outside not in seen


def test_a_lead_that_is_none_ends_with_a_reason_and_what_was_found(
    story: Story, county: County
) -> None:
    lead = story.raised(county.households[0])

    leads.no_risk(
        lead=lead, reason="spending_bearable", note="住院费已报销大半", **story.said("village")
    )

    lead.refresh_from_db()
    assert (lead.state, lead.ended_on, lead.ended_by) == (LeadState.NO_RISK, TODAY, "village")
    entry = Entry.objects.get(action="lead.end")
    assert entry.detail["reason"] == "spending_bearable"
    assert "住院" not in str(entry.detail)


@pytest.mark.parametrize(
    ("reason", "note"), [("nonsense", "看过了没有问题"), ("other", " 无 "), ("", "看过了没有问题")]
)
def test_a_lead_does_not_end_without_reason_and_note(
    story: Story, county: County, reason: str, note: str
) -> None:
    lead = story.raised(county.households[0])

    with pytest.raises(CaseRefused):
        leads.no_risk(lead=lead, reason=reason, note=note, **story.said("village"))

    lead.refresh_from_db()
    assert lead.state == LeadState.OPEN


def test_who_only_reports_ends_no_lead(story: Story, county: County) -> None:
    lead = story.raised(county.households[0])
    reader = story.viewer("village")
    only_reports = type(reader).with_grants(
        user_id=reader.user_id,
        username="x",
        name="",
        on=reader.on,
        grants=tuple(
            type(grant)(
                frozenset(
                    p
                    for p in grant.permissions
                    if p in {"view_households", "view_cases", "report_leads"}
                ),
                grant.scope,
            )
            for grant in reader.grants
        ),
    )

    with pytest.raises(CaseRefused, match="不能办理这条线索"):
        leads.no_risk(
            by=reader.actor(), on=TODAY, viewer=only_reports, lead=lead,
            reason="other", note="看过了没有问题",
        )  # fmt: skip


def test_an_ended_lead_cannot_be_ended_again(story: Story, county: County) -> None:
    lead = story.raised(county.households[0])
    said = {"reason": "other", "note": "看过了没有问题", **story.said("village")}
    leads.no_risk(lead=lead, **said)

    with pytest.raises(CaseRefused, match="已经办结"):
        leads.no_risk(lead=lead, **said)
    with pytest.raises(CaseRefused, match="已经办结"):
        cases.open_case(lead=lead, at=AT, **story.said("village"))


def test_a_lead_is_merged_into_another_of_its_household_only(story: Story, county: County) -> None:
    one = story.raised(county.households[0])
    two = story.raised(county.households[0], risk="medical")
    elsewhere = story.raised(county.households[1])

    with pytest.raises(CaseRefused, match="同一户"):
        merging.merge(lead=one, into=elsewhere, **story.said("village"))
    with pytest.raises(CaseRefused, match="同一户"):
        merging.merge(lead=one, into=one, **story.said("village"))
    merging.merge(lead=one, into=two, **story.said("village"))

    one.refresh_from_db()
    assert (one.state, one.merged_into) == (LeadState.MERGED, two)


def test_a_lead_goes_into_the_case_under_way_with_its_risk(story: Story, county: County) -> None:
    home = county.households[0]
    case = story.opened(home)
    lead = story.later(2).raised(home, risk="medical")

    with pytest.raises(CaseRefused, match="已有在办案件"):
        cases.open_case(lead=lead, at=AT, **story.said("village"))
    merging.merge_into_case(lead=lead, case=case, **story.said("village"))

    lead.refresh_from_db()
    assert (lead.state, lead.case) == (LeadState.MERGED, case)
    assert set(case.risks.values_list("risk", flat=True)) == {"income", "medical"}
    assert CaseRisk.objects.count() == 2


def test_leads_nobody_looked_at_expire_the_day_after_their_last(
    story: Story, county: County
) -> None:
    lead = story.raised(county.households[0])
    later = story.later(30).raised(county.households[1])

    assert expiry.expire(progress=Unattended(), by=SYSTEM, on=lead.expires_on) == 0
    day_after = lead.expires_on + timedelta(days=1)
    assert expiry.expire(progress=Unattended(), by=SYSTEM, on=day_after) == 1
    assert expiry.expire(progress=Unattended(), by=SYSTEM, on=day_after) == 0

    lead.refresh_from_db()
    later.refresh_from_db()
    assert (lead.state, later.state) == (LeadState.EXPIRED, LeadState.OPEN)
    assert Entry.objects.get(action="lead.lapse").ids == [lead.pk]


def test_the_desk_shows_leads_to_those_who_go_there(story: Story, county: County) -> None:
    lead = story.raised(county.households[0])
    other = story.raised(county.households[2], who="north_town")

    assert list(leads_on_desk(story.viewer("village"))) == [lead]
    assert list(leads_on_desk(story.viewer("grid"))) == [lead]
    assert not leads_on_desk(story.viewer("bureau")).exists()
    assert other in leads_for(story.viewer("bureau"))


def test_a_lead_given_to_somebody_is_on_that_desk_alone(story: Story, county: County) -> None:
    lead = story.raised(county.households[0])
    Lead.objects.filter(pk=lead.pk).update(assigned_to=story.cast.grid)

    assert list(leads_on_desk(story.viewer("grid"))) == [lead]
    assert not leads_on_desk(story.viewer("village")).exists()


def test_opening_takes_all_open_leads_of_the_household_along(story: Story, county: County) -> None:
    home = county.households[0]
    one, two = story.raised(home), story.later(2).raised(home, risk="medical")

    case = cases.open_case(lead=two, at=AT, **story.later(2).said("village"))

    assert {lead.state for lead in Lead.objects.all()} == {LeadState.CASE}
    assert {lead.case for lead in Lead.objects.all()} == {case}
    assert dict(case.risks.values_list("risk", "found_on")) == {
        "income": one.first_on,
        "medical": two.first_on,
    }
    # The fifteen days of the whole run from the first lead.
    assert case.due_on == one.first_on + timedelta(days=15)
    assert Case.objects.get() == cases_for(story.viewer("village")).get()
