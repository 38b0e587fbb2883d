"""The page of doubtful rows: side by side, one answer each, nobody else's persons."""

from datetime import date

import pytest
from django.test import Client
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.again import made_again_upon
from tests.factories.county import NORTH, SOUTH_1, Cast, County
from tests.factories.registry import identity_number
from tests.unit.intake.doubtful_lists import doubtful_batch, newcomer_batch
from tests.unit.intake.lists import AT, CLERK, the_row
from tests.web.conftest import SignedIn
from tests.web.forms import filled, form_of

from anju.audit.models import Entry
from anju.intake.actions import batches, processing
from anju.intake.models import Batch, Decision, Outcome, Row
from anju.privacy.masking import mask_identity
from anju.registry.models import Household, Person, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(county: County) -> Batch:
    """A list with one row that may be either of two namesakes."""
    return made_again_upon("doubtful batch", lambda: doubtful_batch("谭小燕"))


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

    revoke = {"revoke": Decision.objects.get().pk}
    again = client.post(address(batch), revoke, follow=True)
    (left,) = again.context["left"]
    assert [fact.correct for fact in left.facts] == [
        f"/households/{left.household.code}/edit/status/{Status.objects.get().pk}/"
    ]
    desk = [each.address for each in client.get("/").context["items"]]
    assert f"{address(batch)}#left" in desk
    cleared = {"clear": left.decision.pk}
    assert "请写明理由" in client.post(address(batch), cleared, follow=True).text
    done = client.post(address(batch), {**cleared, "note": "本人确实参保"}, follow=True)
    assert "已核对完毕" in done.text
    assert not done.context["left"]


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


@pytest.fixture
def newcomer(batch: Batch) -> Row:
    """A row about somebody the household does not have, with a number the registers do not have."""
    return the_row(newcomer_batch(), 4)


def joining(row: Row) -> str:
    return f"{address(row.batch)}{row.pk}/joining/"


def test_a_new_member_is_added_from_the_row_with_its_number_unseen(
    signed_in: SignedIn, newcomer: Row
) -> None:
    client = signed_in("bureau")
    number = identity_number(902, date(2022, 4, 6))
    page = client.get(address(newcomer.batch)).text
    assert joining(newcomer) in page
    assert "把握" not in page

    form = client.get(joining(newcomer)).text
    assert form_of(form)["name"] == "谭小宝"
    assert form_of(form)["relation"] == "son"
    assert "来源：低保特困名单，2023-08-31 掌握" in form
    assert number not in form
    assert mask_identity(number) in form

    answer = client.post(
        joining(newcomer), filled(client, joining(newcomer), joined_on="2022-04-06")
    )
    assert answer["Location"] == address(newcomer.batch)
    batches.take_up(by=CLERK, at=AT, batch_id=newcomer.batch_id)
    processing.commit_now(batch_id=newcomer.batch_id)

    baby = Person.objects.get(name="谭小宝")
    assert (baby.born_on, baby.memberships.get().household_id) == (
        date(2022, 4, 6),
        newcomer.household_id,
    )
    assert Status.objects.get().person_id == baby.pk
    told = set(Entry.objects.values_list("action", flat=True))
    assert {"person.register", "member.join", "intake.decide"} <= told
    assert client.get(joining(newcomer)).status_code == 404


def test_a_row_is_turned_away_only_with_a_reason(signed_in: SignedIn, newcomer: Row) -> None:
    client = signed_in("bureau")
    answer = {"row": newcomer.pk, "person": "none"}

    client.post(address(newcomer.batch), answer)
    assert "请写明退回的理由" in client.get(address(newcomer.batch)).text
    client.post(address(newcomer.batch), {**answer, "reason": "查无此人"})

    assert Decision.objects.get().reason == "查无此人"
    client.post(f"{address(newcomer.batch)}write/")
    processing.commit_now(batch_id=newcomer.batch_id)

    assert "看认定" in client.get(f"/imports/{newcomer.batch_id}/").text
    page = client.get(address(newcomer.batch)).text
    assert "已认定并写入的行" in page
    assert "查无此人" in page
    revoke = {"revoke": Decision.objects.get().pk}
    assert signed_in("village").post(address(newcomer.batch), revoke).status_code in (403, 404)
    again = client.post(address(newcomer.batch), revoke, follow=True)
    assert "这一行重新等待认定" in again.text
    assert "登记为新成员" in again.text
    assert Decision.objects.get().revoked_by == "bureau"
    assert client.post(address(newcomer.batch), revoke).status_code == 404


def test_who_may_not_correct_the_registers_adds_nobody(signed_in: SignedIn, newcomer: Row) -> None:
    client = Client()
    office = UserFactory(username="office")
    PostFactory(user=office, role="department")
    client.force_login(office)

    assert "登记为新成员" not in client.get(address(newcomer.batch)).text
    assert client.get(joining(newcomer)).status_code == 403
    assert signed_in("village").get(joining(newcomer)).status_code in (403, 404)


def test_a_member_is_added_on_the_households_own_page_too(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("village")
    home = county.households[0].code
    page = f"/households/{home}/edit/joining/"
    assert page in client.get(f"/households/{home}/people/").text
    told = {"name": "谭小妹", "relation": "daughter", "joined_on": "2023-03-01"}

    wrong = client.post(page, filled(client, page, **told, identity="529901202303012345"))
    assert wrong.status_code == 422
    assert "校验位不对" in wrong.text
    second = client.post(page, filled(client, page, **told | {"relation": "head"}))
    assert "本户已有户主" in second.text
    client.post(page, filled(client, page, **told))

    baby = Person.objects.get(name="谭小妹")
    assert baby.code.startswith(home)
    assert baby.memberships.get().joined_on == date(2023, 3, 1)
