"""The page of doubtful rows: side by side, one answer each, nobody else's persons."""

from datetime import date

import pytest
from tests.factories.accounts import PostFactory
from tests.factories.county import NORTH, SOUTH_1, Cast, County
from tests.unit.intake.doubtful_lists import doubtful_batch
from tests.unit.intake.lists import the_row
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.intake.actions import processing
from anju.intake.models import Batch, Decision, Outcome
from anju.registry.models import Household, Person, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(county: County) -> Batch:
    """A list with one row that may be either of two namesakes."""
    return doubtful_batch("谭小燕")


def address(batch: Batch) -> str:
    return f"/imports/{batch.pk}/decisions/"


def test_the_row_stands_beside_its_candidates_with_reasons(
    signed_in: SignedIn, batch: Batch
) -> None:
    client = signed_in("bureau")

    assert address(batch) in client.get(f"/imports/{batch.pk}/").text
    page = client.get(address(batch)).text

    assert page.count("就是此人") == 2
    assert "1980-04-01" in page
    assert "1983-09-09" in page
    assert "姓名相同" in page
    assert 'data-key="1"' in page
    assert 'data-key="0"' in page
    look = Entry.objects.get(action="intake.compare")
    assert len(look.ids) == 2


def test_a_choice_is_kept_shown_and_written_when_asked(signed_in: SignedIn, batch: Batch) -> None:
    client = signed_in("bureau")
    row = the_row(batch, 4)
    chosen = Person.objects.get(name="谭小燕", born_on=date(1983, 9, 9))

    client.post(address(batch), {"row": row.pk, "person": chosen.pk, "reason": "问过村里"})
    page = client.get(address(batch)).text
    assert "还有 0 行没有认定" in page
    assert "撤回" in page
    assert not Status.objects.exists()

    client.post(f"{address(batch)}write/")
    processing.commit_now(batch_id=batch.pk)
    assert Status.objects.get().person_id == chosen.pk
    assert "没有等待认定的行" in client.get(address(batch)).text


def test_none_of_them_is_an_answer_and_it_can_be_taken_back(
    signed_in: SignedIn, batch: Batch
) -> None:
    client = signed_in("bureau")
    row = the_row(batch, 4)

    client.post(address(batch), {"row": row.pk, "person": "none"})
    assert Decision.objects.get().person_id is None
    assert "认定不是底册中的人" in client.get(address(batch)).text
    client.post(address(batch), {"row": row.pk, "undo": "1"})

    assert Decision.objects.get().revoked_by == "bureau"
    assert "还有 1 行没有认定" in client.get(address(batch)).text


@pytest.mark.parametrize("person", ["", "x", "999999", "9" * 30])
def test_answers_that_name_no_candidate_are_not_found(
    signed_in: SignedIn, batch: Batch, person: str
) -> None:
    row = the_row(batch, 4)

    response = signed_in("bureau").post(address(batch), {"row": row.pk, "person": person})

    assert response.status_code == 404
    assert not Decision.objects.exists()


def test_a_row_of_another_file_is_not_found(signed_in: SignedIn, batch: Batch) -> None:
    client = signed_in("bureau")

    assert client.post(address(batch), {"row": "0", "person": "none"}).status_code == 404
    assert client.post(address(batch), {"row": "zz", "person": "none"}).status_code == 404


def test_nothing_decided_nothing_to_write_is_said_and_kept(
    signed_in: SignedIn, batch: Batch
) -> None:
    client = signed_in("bureau")

    client.post(f"{address(batch)}write/")
    processing.commit_now(batch_id=batch.pk)

    assert the_row(batch, 4).outcome == Outcome.WAITING


@pytest.mark.parametrize("who", ["north_town", "south_town", "village", "grid"])
def test_who_does_not_import_for_the_county_does_not_see_the_page(
    signed_in: SignedIn, batch: Batch, who: str
) -> None:
    assert signed_in(who).get(address(batch)).status_code in (403, 404)


def test_candidates_are_only_shown_to_those_who_may_see_the_persons(
    signed_in: SignedIn, batch: Batch, cast: Cast
) -> None:
    PostFactory(user=cast.north_town, role="lead_bureau", division_code=NORTH)
    Batch.objects.update(held_by=cast.north_town.username)
    client = signed_in("north_town")
    assert client.get(address(batch)).text.count("就是此人") == 2

    namesakes = Household.objects.filter(memberships__person__name="谭小燕")
    namesakes.update(village_code=SOUTH_1)
    page = client.get(address(batch)).text

    assert "1980-04-01" not in page
    assert "就是此人" not in page
    assert "已不在您管理的区域内" in page
