"""Casework behind row-level security: all of it works there, and nothing of other places is seen.

PostgreSQL; each person acts with the settings of their own request.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from tests.factories.casework import CaseFactory, LeadFactory, LeadSourceFactory
from tests.factories.county import TODAY, Cast, County
from tests.unit.accounts.test_row_security import as_web_role
from tests.unit.casework.story import AT, Story

from anju.accounts import row_security
from anju.accounts.viewer import Viewer
from anju.casework.actions import drafts
from anju.casework.models import Case, CaseState, Draft, Lead, LeadSource, Move
from anju.casework.queries import offers, on_desk
from anju.registry.models import Household

pytestmark = [pytest.mark.django_db]


@dataclass
class FencedStory(Story):
    """Whoever acts sees their own places only, in the database too."""

    def viewer(self, who: str) -> Viewer:
        viewer = super().viewer(who)
        row_security.enter(viewer)
        return viewer


@pytest.fixture
def fenced(cast: Cast) -> Iterator[FencedStory]:
    with as_web_role():
        yield FencedStory(cast)


def test_a_case_goes_its_whole_way(fenced: FencedStory, county: County) -> None:
    case = fenced.included(county.households[0])

    assert case.state == CaseState.INCLUDED
    assert case.moves.count() == 8
    fenced.viewer("south_town")
    assert not Case.objects.exists()
    assert not Move.objects.exists()


def test_a_grid_worker_reports_and_a_second_case_of_the_county_gets_the_next_number(
    fenced: FencedStory, county: County
) -> None:
    first = fenced.opened(county.households[6], who="south_town")
    fenced.raised(county.households[0], who="grid")
    second = fenced.opened(county.households[0], who="grid")

    assert (first.number[-1], second.number[-1]) == ("1", "2")
    fenced.viewer("grid")
    assert list(Case.objects.all()) == [second]


def test_rows_of_a_lead_are_seen_where_the_lead_is(fenced: FencedStory, county: County) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for home in (county.households[0], county.households[6]):
            LeadSourceFactory(lead=LeadFactory(household=home))
        cursor.execute("SET LOCAL ROLE anju_web")

    fenced.viewer("south_town")
    seen = [each.household for each in Lead.objects.all()]
    assert (seen, LeadSource.objects.count()) == ([county.households[6]], 1)
    fenced.viewer("grid")
    assert [each.household for each in Lead.objects.all()] == [county.households[0]]


def test_a_case_of_another_town_cannot_be_changed(fenced: FencedStory, county: County) -> None:
    case = fenced.opened(county.households[0])

    fenced.viewer("south_town")
    assert Case.objects.filter(pk=case.pk).update(state=CaseState.INCLUDED) == 0
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        CaseFactory(household=Household.objects.first(), village_code="529901101201")


def test_the_desk_is_found_by_its_index(fenced: FencedStory, county: County) -> None:
    """The page of a town's desk reads its own places, whatever else the county has open."""
    viewer = fenced.viewer("north_town")
    page = on_desk(viewer)[:41]
    with connection.cursor() as cursor:
        # Two rows are quicker read than looked up; what is asked is whether they could be.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = page.explain(verbose=True)

    assert "casework_case_desk" in plan
    assert "current_setting" not in plan.partition("Filter:")[2].partition("\n")[0]


def test_what_is_offered_is_the_same_with_and_without_the_fence(cast: Cast, county: County) -> None:
    case = Story(cast).opened(county.households[0])

    def offered(story: Story) -> list[tuple[str, bool]]:
        found = offers(story.viewer("village"), case, TODAY)
        return [(each.action.id, each.is_allowed) for each in found]

    before = offered(Story(cast))
    with as_web_role():
        assert offered(FencedStory(cast)) == before


def test_a_draft_is_seen_by_its_writer_only(fenced: FencedStory, county: County) -> None:
    case = fenced.opened(county.households[0])
    viewer = fenced.viewer("village")
    drafts.keep(by=viewer.actor(), at=AT, case=case, form="check", texts={"met": "户主"})
    drafts.keep(by=viewer.actor(), at=AT, case=case, form="check", texts={"met": "户主和配偶"})

    assert Draft.objects.get().texts == {"met": "户主和配偶"}
    fenced.viewer("bureau")
    assert not Draft.objects.exists()
