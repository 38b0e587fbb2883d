"""The interface for other systems: who gets in, what of which place, masked, in pages, on record."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.county import COUNTY, NORTH, SOUTH, County

from anju.accounts.actions import tokens
from anju.accounts.models import Token
from anju.accounts.permissions import Permission
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.registry.actions import households

pytestmark = pytest.mark.django_db

BY = Actor("security", "安全管理员")
READ = (Permission.VIEW_HOUSEHOLDS, Permission.VIEW_FINDINGS)


def issued(code: str, *permissions: Permission, system: str = "一卡通") -> dict[str, str]:
    now = timezone.now()
    _, secret = tokens.issue(
        by=BY,
        at=now,
        on=timezone.localdate(),
        system=system,
        division_code=code,
        permissions=permissions or READ,
        expires_on=timezone.localdate() + timedelta(days=30),
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


@pytest.fixture
def client() -> Client:
    return Client()


def codes(answer) -> list[str]:
    return [each["code"] for each in answer.json()["items"]]


def test_without_a_token_nothing_is_answered(client: Client, county: County) -> None:
    for address in ("places", "households", "households/H1", "runs", "findings", "changes"):
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 401
        assert answer.json()["code"] == "no_token"
        assert "令牌" in answer.json()["message"]


def test_a_signed_in_person_is_no_token(client: Client, cast) -> None:
    client.force_login(cast.bureau)
    assert client.get("/api/v1/households").status_code == 401


def test_a_token_sees_its_own_place_only(client: Client, county: County) -> None:
    key = issued(NORTH)
    north = sorted(each.code for each in county.households_in(NORTH[:9]))
    assert codes(client.get("/api/v1/households", **key)) == north
    outside = county.households_in(SOUTH[:9])[0].code
    assert client.get(f"/api/v1/households/{outside}", **key).status_code == 404
    narrowed = client.get("/api/v1/households", {"place": SOUTH[:9]}, **key)
    assert codes(narrowed) == []
    listed = client.get("/api/v1/places", **key).json()
    assert {each["code"][:9] for each in listed} == {NORTH[:9]}


def test_a_taken_back_or_expired_token_opens_nothing(client: Client, county: County) -> None:
    key = issued(COUNTY)
    token = Token.objects.get()
    assert client.get("/api/v1/places", **key).status_code == 200
    Token.objects.update(expires_on=timezone.localdate())
    assert client.get("/api/v1/places", **key).status_code == 401
    Token.objects.update(expires_on=timezone.localdate() + timedelta(days=1))
    tokens.revoke(by=BY, at=timezone.now(), token_id=token.pk)
    assert client.get("/api/v1/places", **key).status_code == 401


def test_what_the_token_does_not_allow_is_refused(client: Client, county: County) -> None:
    key = issued(COUNTY, Permission.VIEW_FINDINGS)
    answer = client.get("/api/v1/households", **key)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert client.get("/api/v1/findings", **key).status_code == 200


def test_pages_follow_each_other_without_gap_or_double(client: Client, county: County) -> None:
    key = issued(COUNTY)
    seen: list[str] = []
    after = ""
    for _ in range(10):
        answer = client.get("/api/v1/households", {"limit": 3, "after": after}, **key).json()
        seen += [each["code"] for each in answer["items"]]
        after = answer["next"]
        if after is None:
            break
    assert seen == sorted(each.code for each in county.households)


def test_members_come_masked_and_health_only_where_allowed(client: Client, county: County) -> None:
    household = next(each for each in county.households if each.size)
    plain = client.get(f"/api/v1/households/{household.code}", **issued(COUNTY)).json()
    assert plain["members"]
    for member in plain["members"]:
        assert member["identity"] is None or "********" in member["identity"]
        assert member["health"] is None
    allowed = issued(COUNTY, Permission.VIEW_HOUSEHOLDS, Permission.VIEW_HEALTH, system="医保")
    detail = client.get(f"/api/v1/households/{household.code}", **allowed).json()
    assert [each["code"] for each in detail["members"]] == [m["code"] for m in plain["members"]]


def test_every_read_leaves_an_entry_with_the_codes_handed_out(
    client: Client, county: County
) -> None:
    key = issued(NORTH)
    shown = codes(client.get("/api/v1/households", **key))
    entry = Entry.objects.get(action="api.read")
    assert entry.actor == f"token:{Token.objects.get().pk}"
    assert entry.ids == shown


def test_changes_name_the_households_changed_since_a_number(client: Client, county: County) -> None:
    key = issued(NORTH)
    begin = client.get("/api/v1/households", **key).json()["change"]
    north, south = (county.households_in(place[:9])[0] for place in (NORTH, SOUTH))
    for household in (south, north):
        households.change(
            by=Actor("bureau"),
            on=timezone.localdate(),
            household=household,
            source="更正",
            changes={"self_moved": True},
        )
    feed = client.get("/api/v1/changes", {"after": begin}, **key).json()
    assert [each["households"] for each in feed["items"]] == [[north.code]]
    assert feed["last"] == Entry.objects.count()
    again = client.get("/api/v1/changes", {"after": feed["last"]}, **key).json()
    assert again["items"] == []
    step = client.get("/api/v1/changes", {"after": begin, "limit": 1}, **key).json()
    assert (step["items"], step["more"]) == ([], True)


def test_a_number_older_than_the_audit_kept_is_told_to_begin_again(
    client: Client, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = issued(NORTH)
    monkeypatch.setattr("anju.api.operations.is_archived", lambda after: after < 7)
    answer = client.get("/api/v1/changes", {"after": 3}, **key)
    assert (answer.status_code, answer.json()["code"]) == (410, "archived")
    assert client.get("/api/v1/changes", {"after": 7}, **key).status_code == 200


@pytest.mark.parametrize(
    ("address", "asked", "named"),
    [
        ("households", {"limit": 0}, "limit"),
        ("households", {"limit": 501}, "limit"),
        ("households", {"place": "12x"}, "place"),
        ("findings", {"month": "2023-13"}, "month"),
        ("changes", {"after": -1}, "after"),
    ],
)
def test_wrong_parameters_are_named(
    client: Client, county: County, address: str, asked: dict[str, object], named: str
) -> None:
    answer = client.get(f"/api/v1/{address}", asked, **issued(COUNTY))
    assert answer.status_code == 422
    assert named in answer.json()["message"]


def test_nothing_can_be_written(client: Client, county: County) -> None:
    key = issued(COUNTY)
    for method in (client.post, client.put, client.patch, client.delete):
        assert method("/api/v1/households", **key).status_code == 405


def test_the_queries_of_a_page_do_not_grow_with_it(
    client: Client, county: County, django_assert_max_num_queries
) -> None:
    key = issued(COUNTY)
    for limit in (1, 500):
        with django_assert_max_num_queries(12):
            assert client.get("/api/v1/households", {"limit": limit}, **key).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "seen", "written"),
    [
        (0, "10.9.9.9", "127.0.0.1"),
        (1, "10.9.9.9, 10.2.3.4", "10.2.3.4"),
        (2, "10.2.3.4, 10.0.0.1", "10.2.3.4"),
        (1, "nobody", "127.0.0.1"),
    ],
)
def test_behind_a_proxy_the_entry_names_the_system(
    client: Client, county: County, settings, proxies: int, seen: str, written: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    client.get("/api/v1/households", **issued(NORTH), HTTP_X_FORWARDED_FOR=seen)

    assert Entry.objects.get(action="api.read").address == written
