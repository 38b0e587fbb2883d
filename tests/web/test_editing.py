"""Correcting a household from its page: what is asked, written, refused, and merged."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.county import COUNTY, NORTH_1, NORTH_2, Cast, County
from tests.factories.registry import StatusFactory
from tests.web.conftest import SignedIn
from tests.web.forms import filled, form_of

from anju.audit.models import Entry
from anju.registry import identity as sealed
from anju.registry.actions import numbers
from anju.registry.models import (
    Household,
    HouseholdRecord,
    Membership,
    Person,
    PersonRecord,
)

pytestmark = pytest.mark.django_db
HOME = "/households/H000000001/"
HOUSEHOLD = f"{HOME}edit/household/"


def head_of(household: Household) -> Person:
    return household.memberships.order_by("id").first().person


def member_address(household: Household) -> str:
    return f"/households/{household.code}/edit/member/{head_of(household).code}/"


def test_the_form_shows_present_values_and_where_they_came_from(
    signed_in: SignedIn, county: County
) -> None:
    text = signed_in("village").get(HOUSEHOLD).text

    assert form_of(text)["village_code"] == NORTH_1
    assert form_of(text)["site"] == "AZ0001"
    assert form_of(text)["relocated"] == "1"
    assert "来源：测试名单，2023-01-01 掌握" in text


def test_a_correction_closes_the_old_record_and_says_who_typed_it(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("north_town")

    answer = client.post(HOUSEHOLD, filled(client, HOUSEHOLD, household_class="ordinary"))

    assert answer.status_code == 302
    assert answer["Location"] == f"{HOME}people/"
    old, new = HouseholdRecord.objects.filter(household=county.households[0]).order_by("pk")
    assert (old.household_class, old.known_to) == ("lifted_out", new.known_from)
    assert (new.household_class, new.valid_from) == ("ordinary", None)
    assert new.source == "北枫镇工作人员（north）页面填写"
    entry = Entry.objects.get(action="household.change")
    assert entry.actor == "north"
    assert entry.detail["changes"] == {"household_class": ["lifted_out", "ordinary"]}
    assert "已保存" in client.get(answer["Location"]).text
    again = client.get(HOUSEHOLD).text
    assert "来源：北枫镇工作人员（north）页面填写" in again
    assert "来源：测试名单" in again  # of the fields that nobody changed


def test_a_change_from_a_day_on_keeps_what_was_true_before(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("north_town")

    client.post(
        HOUSEHOLD, filled(client, HOUSEHOLD, household_class="ordinary", since="2023-09-01")
    )

    open_records = HouseholdRecord.objects.filter(
        household=county.households[0], known_to__isnull=True
    ).order_by("valid_from")
    assert {(r.household_class, r.valid_from, r.valid_to) for r in open_records} == {
        ("lifted_out", None, date(2023, 9, 1)),
        ("ordinary", date(2023, 9, 1), None),
    }


def test_nothing_changed_writes_nothing(signed_in: SignedIn, county: County) -> None:
    client = signed_in("north_town")

    answer = client.post(HOUSEHOLD, filled(client, HOUSEHOLD))

    assert "没有改动" in client.get(answer["Location"]).text
    assert HouseholdRecord.objects.filter(household=county.households[0]).count() == 1
    assert not Entry.objects.filter(action="household.change").exists()


def test_two_people_changing_different_fields_merge_by_one_click(
    signed_in: SignedIn, county: County
) -> None:
    town, bureau = signed_in("north_town"), signed_in("bureau")
    first = filled(town, HOUSEHOLD, household_class="ordinary")
    second = filled(bureau, HOUSEHOLD, self_moved="1")

    town.post(HOUSEHOLD, first)
    told = bureau.post(HOUSEHOLD, second)

    household = Household.objects.get(pk=county.households[0].pk)
    assert told.status_code == 409
    assert not household.self_moved  # nothing is written before the person has seen it
    assert "脱贫户" in told.text
    assert "一般农户" in told.text
    assert "北枫镇工作人员（north）页面填写" in told.text
    assert "合并保存" in told.text
    assert bureau.post(HOUSEHOLD, form_of(told.text)).status_code == 302
    household.refresh_from_db()
    assert (household.household_class, household.self_moved) == ("ordinary", True)


@pytest.mark.parametrize(("choice", "kept"), [("mine", "labour lost"), ("theirs", "labour weak")])
def test_two_people_changing_the_same_field_choose_and_lose_nothing(
    signed_in: SignedIn, county: County, choice: str, kept: str
) -> None:
    address = member_address(county.households[0])
    village, town = signed_in("village"), signed_in("north_town")
    first = filled(village, address, labour="weak")
    second = filled(town, address, labour="lost", education="primary", name="新名")

    village.post(address, first)
    told = town.post(address, second)

    assert told.status_code == 409
    row = told.text.split('class="is-conflict">')[1].split("</tr>")[0]
    assert re.sub(r"<[^>]+>|\s+", " ", row).split()[:2] == ["劳动技能", "普通劳动力"]
    assert "弱劳动力或半劳动力" in row
    assert "丧失劳动力" in row
    assert "北枫一村干部（village）页面填写" in row
    kept_as_typed = told.text.split('class="edit-kept"')[1].split("</p>")[0]
    assert "<strong>小学</strong>" in kept_as_typed
    assert "<strong>新名</strong>" in kept_as_typed
    sent = form_of(told.text)
    assert "labour" not in sent  # nobody chooses for the person
    assert (sent["education"], sent["name"]) == ("primary", "新名")
    final = town.post(address, {**sent, "labour": {"mine": "lost", "theirs": "weak"}[choice]})
    assert final.status_code == 302
    person = head_of(county.households[0])
    record = PersonRecord.objects.get(person=person, known_to__isnull=True)
    assert f"labour {record.labour}" == kept
    assert (record.education, person.name) == ("primary", "新名")


def test_a_third_change_while_choosing_is_told_again(signed_in: SignedIn, county: County) -> None:
    town, bureau = signed_in("north_town"), signed_in("bureau")
    mine = filled(bureau, HOUSEHOLD, self_moved="1")
    town.post(HOUSEHOLD, filled(town, HOUSEHOLD, household_class="ordinary"))
    told = bureau.post(HOUSEHOLD, mine)
    town.post(HOUSEHOLD, filled(town, HOUSEHOLD, relocated="0"))

    assert bureau.post(HOUSEHOLD, form_of(told.text)).status_code == 409


def test_the_same_value_typed_by_two_is_no_conflict(signed_in: SignedIn, county: County) -> None:
    town, bureau = signed_in("north_town"), signed_in("bureau")
    mine = filled(bureau, HOUSEHOLD, household_class="ordinary")
    town.post(HOUSEHOLD, filled(town, HOUSEHOLD, household_class="ordinary"))

    told = bureau.post(HOUSEHOLD, mine)

    assert "is-conflict" not in told.text
    assert bureau.post(HOUSEHOLD, form_of(told.text)).status_code == 302


def test_what_cannot_be_meant_is_said_beside_the_field_and_nothing_typed_is_lost(
    signed_in: SignedIn, county: County
) -> None:
    address = member_address(county.households[0])
    client = signed_in("village")
    typed = {"name": " ", "born_on": "1985-13-40", "phone": "12ab", "labour": "hero"}

    answer = client.post(address, filled(client, address, **typed))

    assert answer.status_code == 422
    for message in (
        "请填写“姓名”",
        "日期写成 2023-09-30 的样子",
        "电话填 7 至 13 位数字",
        "请从列表中选择",
    ):
        assert message in answer.text
    assert 'value="1985-13-40"' in answer.text
    assert 'value="12ab"' in answer.text
    assert PersonRecord.objects.filter(person=head_of(county.households[0])).count() == 1


def test_a_sealed_telephone_is_never_sent_and_stays_when_left_empty(
    signed_in: SignedIn, county: County
) -> None:
    person = head_of(county.households[0])
    numbers.set_one(person=person, numbers={sealed.PHONE: "13800005678"})
    address = member_address(county.households[0])
    client = signed_in("village")
    before = bytes(person.phone_sealed)

    page = client.get(address).text
    client.post(address, filled(client, address, education="primary"))
    person.refresh_from_db()

    assert "5678" not in page
    assert bytes(person.phone_sealed) == before
    client.post(address, filled(client, address, phone="139 0000 1234"))
    person.refresh_from_db()
    assert sealed_text(person) == "13900001234"
    entry = Entry.objects.filter(action="member.correct").order_by("-sequence").first()
    assert entry.detail["changes"] == {"phone": ["*", "*"]}


def sealed_text(person: Person) -> str | None:
    from anju.registry.queries.people import opened

    return opened(person, sealed.PHONE)


def test_a_corrected_name_of_the_head_is_the_households_name_and_hidden_in_the_audit(
    signed_in: SignedIn, county: County
) -> None:
    address = member_address(county.households[0])
    client = signed_in("village")

    client.post(address, filled(client, address, name="覃秀英", relation="head"))

    household = Household.objects.get(pk=county.households[0].pk)
    assert (household.head_name, household.head_initials) == ("覃秀英", "qxy")
    entry = Entry.objects.get(action="member.correct")
    assert entry.detail["changes"]["name"] == ["*", "*"]
    assert "覃秀英" not in str(entry.detail)


def test_a_second_head_is_refused(signed_in: SignedIn, county: County) -> None:
    child = Membership.objects.get(household=county.households[0], relation="之子")
    address = f"{HOME}edit/member/{child.person.code}/"
    client = signed_in("village")

    answer = client.post(address, filled(client, address, relation="head"))

    assert answer.status_code == 422
    assert "本户已有户主" in answer.text


def test_health_is_asked_only_of_who_may_see_it(county: County, cast: Cast) -> None:
    user = UserFactory(username="steward")
    PostFactory(user=user, role="data_steward", division_code=COUNTY)
    client = Client()
    client.force_login(user)
    address = member_address(county.households[0])

    assert "健康" not in form_fields(client.get(address).text)
    client.post(address, {**filled(client, address, education="primary"), "health": "残疾"})
    record = PersonRecord.objects.get(person=head_of(county.households[0]), known_to__isnull=True)
    assert (record.education, record.health) == ("primary", "健康")
    illness = StatusFactory(household=county.households[0], kind="chronic")
    assert client.get(f"{HOME}edit/status/{illness.pk}/").status_code == 404
    assert "慢性病" not in client.get(f"{HOME}edit/status/").text


def form_fields(text: str) -> str:
    return text.split('class="card edit-form"')[1]


@pytest.mark.parametrize(
    ("who", "status"),
    [("bureau", 200), ("north_town", 200), ("village", 200), ("south_town", 404), ("grid", 403)],
)
def test_only_who_may_edit_there_opens_the_form(
    signed_in: SignedIn, county: County, who: str, status: int
) -> None:
    client = signed_in(who)

    assert client.get(HOUSEHOLD).status_code == status
    assert client.post(HOUSEHOLD, {}).status_code == (422 if status == 200 else status)
    if status != 404:
        assert ("更正户情况" in client.get(HOME).text) == (status == 200)


def test_a_post_that_sees_here_and_edits_elsewhere_does_not_edit_here(
    county: County, cast: Cast
) -> None:
    user = UserFactory(username="two_posts")
    PostFactory(user=user, role="county_leader", division_code=COUNTY)
    PostFactory(user=user, role="village", division_code=NORTH_2)
    client = Client()
    client.force_login(user)

    assert client.get(HOUSEHOLD).status_code == 403
    assert "更正户情况" not in client.get(HOME).text
    assert client.get("/households/H000000003/edit/household/").status_code == 200


def test_nobody_moves_a_household_out_of_where_they_may_edit(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("village")

    answer = client.post(HOUSEHOLD, filled(client, HOUSEHOLD, village_code=NORTH_2))

    assert answer.status_code == 422
    assert "请从列表中选择" in answer.text
    assert NORTH_2 not in client.get(HOUSEHOLD).text


def test_a_form_that_is_not_ours_is_shown_again_with_what_was_typed(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("north_town")
    other = filled(client, "/households/H000000003/edit/household/")["version"]
    sent = filled(client, HOUSEHOLD, household_class="ordinary")

    for version in ("", "made:up", other):
        answer = client.post(HOUSEHOLD, {**sent, "version": version})
        assert answer.status_code == 422
        assert "这张表已过期" in answer.text
    assert client.post(HOUSEHOLD, form_of(answer.text)).status_code == 302
    assert Household.objects.get(code="H000000001").household_class == "ordinary"


def test_forms_and_saving_ask_the_database_a_fixed_number_of_times(
    signed_in: SignedIn, county: County
) -> None:
    client, address = signed_in("bureau"), member_address(county.households[0])
    sent = filled(client, address, education="primary")

    with CaptureQueriesContext(
        connection,
    ) as shown:
        client.get(address)
    with CaptureQueriesContext(connection) as saved:
        client.post(address, sent)

    assert len(shown) <= 14
    assert len(saved) <= 30
