"""The steps of signing in: a second factor, a new password, setting one up; one's own account."""

import base64
import hmac
import json
import re
import struct
import time
from hashlib import sha1

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.factories.accounts import PASSWORD, PostFactory, UserFactory
from tests.factories.county import Cast
from tests.web.conftest import SignedIn

from anju.accounts.actions import factors, passwords
from anju.accounts.models import User
from anju.audit.actor import Actor
from anju.audit.models import Entry

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "violet-bridge-41"


def code_of(secret: str, steps: int = 0) -> str:
    """What a telephone shows: RFC 6238, computed here once more."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, counter, sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def enter(client: Client, username: str = "bureau", password: str = PASSWORD, wanted: str = "/"):
    form = {"username": username, "password": password, "next": wanted}
    return client.post("/login/", form)


def is_signed_in(client: Client) -> bool:
    return client.get("/").status_code == 200


@pytest.fixture
def with_totp(cast: Cast) -> list[str]:
    """The bureau's officer has one-time codes; their recovery codes."""
    return factors.add_totp(by=Actor("bureau"), user=cast.bureau, secret=SECRET)


def test_a_one_time_code_is_asked_after_the_password(with_totp: list[str]) -> None:
    client = Client()

    response = enter(client, wanted="/households/")
    assert response["Location"] == "/login/code/"
    assert not is_signed_in(client)
    assert "请完成第二步验证" in client.get("/login/code/").text

    response = client.post("/login/code/", {"code": code_of(SECRET)})
    assert response["Location"] == "/households/"
    assert is_signed_in(client)
    assert Entry.objects.get(action="session.sign_in").detail == {"methods": ["password", "totp"]}


def test_a_code_is_good_once(with_totp: list[str]) -> None:
    code = code_of(SECRET)
    first, second = Client(), Client()
    enter(first)
    first.post("/login/code/", {"code": code})
    enter(second)

    response = second.post("/login/code/", {"code": code})

    assert response.status_code == 422
    assert "已经用过" in response.text
    assert not is_signed_in(second)


def test_a_recovery_code_helps_once(with_totp: list[str]) -> None:
    for expected in (302, 422):
        client = Client()
        enter(client)
        response = client.post("/login/code/", {"code": with_totp[0]})
        assert response.status_code == expected


def test_wrong_codes_lock_the_account(with_totp: list[str]) -> None:
    client = Client()
    enter(client)
    for _each in range(5):
        assert client.post("/login/code/", {"code": "000000"}).status_code == 422

    assert client.post("/login/code/", {"code": code_of(SECRET)}).status_code == 429
    assert enter(Client()).status_code == 429
    assert Entry.objects.filter(action="session.sign_in_failed").count() == 7


def test_the_second_step_cannot_be_opened_without_the_first(cast: Cast) -> None:
    for address in ("/login/code/", "/login/password/", "/login/second-factor/"):
        response = Client().get(address)
        assert (response.status_code, response["Location"]) == (302, "/login/")


def test_an_initial_password_is_changed_before_anything_else(cast: Cast) -> None:
    password = passwords.issue(by=Actor("security"), on=cast.bureau.created_on, user=cast.bureau)
    client = Client()

    assert enter(client, password=password)["Location"] == "/login/password/"
    assert not is_signed_in(client)
    assert "初始密码" in client.get("/login/password/").text
    for form, words in (
        ({"password": NEW, "again": "other"}, "不一样"),
        ({"password": "short", "again": "short"}, "至少 10 位"),
        ({"password": password, "again": password}, "不能与现在的密码"),
    ):
        refused = client.post("/login/password/", form)
        assert refused.status_code == 422
        assert words in refused.text
    response = client.post("/login/password/", {"password": NEW, "again": NEW})

    assert response["Location"] == "/"
    assert is_signed_in(client)
    assert enter(Client(), password=NEW)["Location"] == "/"


def test_an_old_password_is_changed_first(cast: Cast, settings) -> None:
    settings.PASSWORD_DAYS = 90
    User.objects.filter(pk=cast.bureau.pk).update(password_set_on="2023-01-01")

    assert enter(Client())["Location"] == "/login/password/"


def test_who_may_reveal_or_export_sets_up_a_second_factor_first(cast: Cast, settings) -> None:
    settings.SECOND_FACTOR = True
    client = Client()
    assert enter(client)["Location"] == "/login/second-factor/"

    page = client.get("/login/second-factor/")
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', page.text).group(1)
    assert "data:image/svg+xml;base64," in page.text
    assert client.post("/login/second-factor/", {"code": "000000"}).status_code == 422
    assert not is_signed_in(client)
    shown = client.post("/login/second-factor/", {"code": code_of(secret)})
    assert len(re.findall(r"<code>\d{8}</code>", shown.text)) == 10
    assert not is_signed_in(client)

    assert client.post("/login/second-factor/")["Location"] == "/"
    assert is_signed_in(client)
    assert Entry.objects.filter(action="factor.add", actor="bureau").count() == 1


def test_who_only_looks_needs_no_second_factor(cast: Cast, settings) -> None:
    settings.SECOND_FACTOR = True

    assert enter(Client(), "grid")["Location"] == "/"


def test_the_secret_is_sealed_in_the_database(with_totp: list[str]) -> None:
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in kept
    assert not any(code in kept for code in with_totp)


def confirmed(client: Client) -> Client:
    assert client.post("/account/confirm/", {"password": PASSWORD}).status_code == 302
    return client


def test_the_account_page_shows_posts_and_sessions(cast: Cast) -> None:
    client = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0"})
    enter(client)

    page = client.get("/account/").text

    for words in ("县局工作人员", "县级牵头部门", "枫溪县", "Chrome · Windows", "就是这里"):
        assert words in page


def test_signing_out_elsewhere_ends_only_the_other_sessions(cast: Cast) -> None:
    here, there, elsewhere = Client(), Client(), Client()
    for client in (here, there, elsewhere):
        enter(client)

    assert here.get("/account/").text.count('name="session"') == 2
    here.post("/account/sessions/end/")

    assert [is_signed_in(client) for client in (here, there, elsewhere)] == [True, False, False]
    assert Entry.objects.get(action="session.end").detail == {"sessions": 2}


def test_nobody_ends_somebody_elses_session(cast: Cast) -> None:
    here, other = Client(), Client()
    enter(here)
    enter(other, "village")
    page = other.get("/account/")
    theirs = page.context["sessions"][0][0].pk

    here.post("/account/sessions/end/", {"session": theirs})

    assert is_signed_in(other)


def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions(cast: Cast) -> None:
    here, there = Client(), Client()
    enter(here)
    enter(there)
    form = {"old": "wrong", "password": NEW, "again": NEW}
    assert "密码不正确" in here.post("/account/password/", form).text

    response = here.post("/account/password/", {**form, "old": PASSWORD})

    assert response["Location"] == "/account/"
    assert is_signed_in(here)
    assert "就是这里" in here.get("/account/").text
    assert not is_signed_in(there)


@pytest.mark.parametrize("address", ["/account/totp/", "/account/passkeys/"])
def test_changing_the_second_factor_asks_once_more_who_it_is(
    signed_in: SignedIn, address: str
) -> None:
    client = signed_in("village")

    asked = client.get(address)

    assert asked["Location"].startswith("/account/confirm/?next=")
    assert client.post("/account/confirm/", {"password": "wrong"}).status_code == 422
    assert client.get(address).status_code == 302


def test_one_time_codes_are_set_up_renewed_and_given_up(signed_in: SignedIn) -> None:
    client = confirmed(signed_in("village"))
    page = client.get("/account/totp/").text
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', page).group(1)

    shown = client.post("/account/totp/", {"code": code_of(secret)})
    assert len(re.findall(r"<code>\d{8}</code>", shown.text)) == 10
    renewed = client.post("/account/codes/")
    assert len(re.findall(r"<code>\d{8}</code>", renewed.text)) == 10
    assert "还有 10 个恢复码" in client.get("/account/").text

    totp = Authenticator.objects.get(type="totp")
    client.post(f"/account/factors/{totp.pk}/remove/")
    assert not Authenticator.objects.exists()
    assert list(
        Entry.objects.filter(action__startswith="factor").values_list("action", flat=True)
    ) == ["factor.add", "factor.codes", "factor.remove"]


def test_the_last_second_factor_stays_while_a_post_needs_one(
    with_totp: list[str], signed_in: SignedIn, settings
) -> None:
    settings.SECOND_FACTOR = True
    client = confirmed(signed_in("bureau"))
    totp = Authenticator.objects.get(type="totp")

    response = client.post(f"/account/factors/{totp.pk}/remove/", follow=True)

    assert "请先启用另一种方式" in response.text
    assert Authenticator.objects.filter(type="totp").exists()


def test_somebody_elses_factor_is_not_removed(with_totp: list[str], signed_in: SignedIn) -> None:
    client = confirmed(signed_in("village"))
    totp = Authenticator.objects.get(type="totp")

    client.post(f"/account/factors/{totp.pk}/remove/")

    assert Authenticator.objects.filter(pk=totp.pk).exists()


def test_a_false_passkey_is_refused(cast: Cast) -> None:
    client = Client()
    assert "request_options" in client.get("/login/passkey/").json()

    for credential in ("", "{}", '{"id": "x", "response": {"userHandle": "MQ"}}', "[]"):
        response = client.post("/login/passkey/", {"credential": credential}, follow=True)
        assert "通行密钥没有通过" in response.text
    assert not is_signed_in(client)


def test_passkeys_are_offered_where_browsers_give_them(cast: Cast, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    assert "通行密钥" not in Client(headers={"Host": "10.1.2.3"}).get("/login/").text
    assert "通行密钥" not in Client(headers={"Host": "anju.county"}).get("/login/").text
    assert "用通行密钥登录" in Client(headers={"Host": "localhost:8000"}).get("/login/").text
    assert (
        "用通行密钥登录" in Client(headers={"Host": "anju.county"}).get("/login/", secure=True).text
    )


def test_a_closed_user_is_signed_out_at_once(signed_in: SignedIn, cast: Cast) -> None:
    client = signed_in("village")
    User.objects.filter(pk=cast.village.pk).update(is_active=False)

    assert not is_signed_in(client)


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(cast: Cast, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(headers={"X-Forwarded-For": "1.2.3.4, 10.9.8.7"})

    enter(client)

    assert Entry.objects.get(action="session.sign_in").address == "10.9.8.7"


def test_the_sign_in_page_asks_the_database_nothing(django_assert_num_queries, cast: Cast) -> None:
    client = Client()

    with django_assert_num_queries(0):
        assert client.get("/login/").status_code == 200


def test_administrators_and_who_approves_exports_sign_in_with_a_second_factor(
    settings, county
) -> None:
    settings.SECOND_FACTOR = True
    for role in ("system_administrator", "security_administrator", "auditor", "county_leader"):
        PostFactory(user=UserFactory(username=role), role=role)

        assert enter(Client(), role)["Location"] == "/login/second-factor/"
