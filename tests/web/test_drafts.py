"""Long forms of a case are kept while they are typed, for whoever types them and nobody else."""

import pytest
from django.test import Client
from tests.factories.casework import CaseFactory, DraftFactory
from tests.factories.county import County
from tests.web.conftest import SignedIn
from tests.web.forms import filled, form_of

from anju.audit.models import Entry
from anju.casework.actions.drafts import MOST_SIGNS
from anju.casework.models import Case, Draft, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(county: County) -> Case:
    return CaseFactory(household=county.households[0], step="review", holder="village")


def address(case: Case, what: str = "review") -> str:
    return f"/cases/{case.number}/record/{what}/"


def kept(client: Client, case: Case, **typed: str) -> int:
    """What the page sends while somebody types."""
    sent = {**typed, "seen": "1", "csrfmiddlewaretoken": "x"}
    return client.post(f"{address(case)}draft/", sent, headers={"HX-Request": "true"}).status_code


def test_what_was_typed_is_there_when_the_page_is_opened_again(
    signed_in: SignedIn, case: Case
) -> None:
    client = signed_in("village")
    assert kept(client, case, minutes="大家", place="村部") == 200
    assert kept(client, case, minutes="大家同意", place="村部") == 200

    page = client.get(address(case)).text

    assert "存的草稿，请核对后保存" in page
    assert form_of(page)["place"] == "村部"
    assert "大家同意" in page
    assert Draft.objects.get().texts.keys().isdisjoint({"seen", "csrfmiddlewaretoken"})
    assert Entry.objects.filter(action="case.draft").count() == 1


def test_nobody_else_finds_it(signed_in: SignedIn, case: Case) -> None:
    kept(signed_in("village"), case, minutes="大家同意")

    for who in ("grid", "north_town", "bureau"):
        assert "大家同意" not in signed_in(who).get(address(case)).text
    assert kept(signed_in("north_town"), case, minutes="不同意") == 403
    assert kept(signed_in("south_town"), case, minutes="不同意") == 404
    assert Draft.objects.get().texts["minutes"] == "大家同意"


def test_it_is_gone_once_the_form_is_handed_in(signed_in: SignedIn, case: Case) -> None:
    client = signed_in("village")
    kept(client, case, minutes="大家同意推荐")
    numbers = {"entitled": "30", "present": "25", "in_favour": "24", "against": "1"}
    sent = filled(client, address(case), **numbers, minutes="大家同意推荐")

    refused = client.post(address(case), {**sent, "present": "31"})
    assert refused.status_code == 422
    assert Draft.objects.exists()

    assert client.post(address(case), sent).status_code == 302
    assert Review.objects.get().minutes == "大家同意推荐"
    assert not Draft.objects.exists()


def test_it_can_be_thrown_away_and_kept_by_a_button(signed_in: SignedIn, case: Case) -> None:
    client = signed_in("village")
    button = client.post(f"{address(case)}draft/", {"minutes": "大家"}, follow=True)
    assert "已存草稿" in button.text

    thrown = client.post(f"{address(case)}discard/", follow=True)

    assert "草稿已丢弃" in thrown.text
    assert not Draft.objects.exists()
    assert Entry.objects.filter(action="case.end_draft").count() == 1


def test_too_much_is_told_and_short_forms_have_no_drafts(signed_in: SignedIn, case: Case) -> None:
    client = signed_in("village")
    DraftFactory(case=case, form="review", texts={"minutes": "大家"})
    many = {"minutes": "长" * 5_000, "place": "长" * 5_000, "chair": "长" * 5_000}
    numbers = dict.fromkeys(("entitled", "present", "in_favour", "against"), "9" * 5_000)
    assert sum(map(len, (many | numbers).values())) > MOST_SIGNS

    assert kept(client, case, **many, **numbers) == 422

    assert Draft.objects.get().texts == {"minutes": "大家"}
    assert client.post(f"{address(case, 'kind')}draft/").status_code == 404
