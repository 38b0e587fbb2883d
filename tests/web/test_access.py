"""Who may open what: by role, by place, and without being signed in."""

import pytest
from django.test import Client
from django.urls import get_resolver
from tests.factories.accounts import PASSWORD, PostFactory, UserFactory
from tests.factories.county import Cast
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.web.access import access_of

pytestmark = pytest.mark.django_db


def test_every_page_says_who_may_open_it() -> None:
    views = [pattern.callback for pattern in _patterns(get_resolver().url_patterns)]

    unmarked = [view.__qualname__ for view in views if access_of(view) is None]

    assert len(views) > 10
    assert unmarked == []


def _patterns(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


@pytest.mark.parametrize("address", ["/", "/households/", "/households/H000000001/", "/sites/"])
def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back(address: str) -> None:
    response = Client().get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/login/?next=")


def test_a_fragment_without_a_session_leaves_the_page_for_sign_in() -> None:
    response = Client().get(
        "/households/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/households/?q=x"},
    )

    assert response.status_code == 401
    assert response["HX-Redirect"] == "/login/?next=%2Fhouseholds%2F%3Fq%3Dx"


def test_the_system_administrator_sees_no_households(cast: Cast) -> None:
    user = UserFactory(username="sysadmin")
    PostFactory(user=user, role="system_administrator")
    client = Client()
    client.force_login(user)

    for address in ("/households/", "/households/H000000001/", "/sites/", "/monitoring/findings/"):
        response = client.get(address)
        assert response.status_code == 403
        assert "没有权限打开这一页" in response.text
    assert client.get("/").status_code == 200
    assert "/households/" not in client.get("/").text


def test_a_user_without_a_post_sees_an_empty_desk_and_nothing_else(cast: Cast) -> None:
    client = Client()
    client.force_login(UserFactory(username="nobody"))

    assert client.get("/").status_code == 200
    assert client.get("/households/").status_code == 403


def test_signing_in_goes_where_one_wanted_and_is_recorded(cast: Cast) -> None:
    client = Client()
    form = {"username": "bureau", "password": PASSWORD, "next": "/households/"}

    response = client.post("/login/", form)

    assert response.status_code == 302
    assert response["Location"] == "/households/"
    assert Entry.objects.filter(action="session.sign_in", actor="bureau").count() == 1


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(cast: Cast) -> None:
    response = Client().post("/login/", {"username": "bureau", "password": "wrong"})

    assert response.status_code == 422
    assert "登录名或密码不正确" in response.text
    assert 'value="bureau"' in response.text
    assert "wrong" not in response.text


def test_five_wrong_passwords_lock_the_account_and_the_page_says_for_how_long(cast: Cast) -> None:
    wrong = {"username": "bureau", "password": "wrong"}
    right = {"username": "bureau", "password": PASSWORD}
    for _attempt in range(5):
        assert Client().post("/login/", wrong).status_code == 422

    locked = Client().post("/login/", right)

    assert locked.status_code == 429
    assert "约 15 分钟后可再试" in locked.text
    assert "安全管理员" in locked.text
    assert Client().post("/login/", right, REMOTE_ADDR="10.0.0.9").status_code == 429
    assert Client().post("/login/", {**right, "username": "village"}).status_code == 302


def test_sign_in_never_leads_to_another_server(cast: Cast) -> None:
    form = {"username": "bureau", "password": PASSWORD, "next": "https://elsewhere.example/"}

    response = Client().post("/login/", form)

    assert response["Location"] == "/"


def test_signing_out_ends_the_session(signed_in: SignedIn) -> None:
    client = signed_in("village")

    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/").status_code == 302
    assert Entry.objects.filter(action="session.sign_out", actor="village").count() == 1


def test_pages_of_signed_in_people_are_kept_by_nobody(signed_in: SignedIn) -> None:
    response = signed_in("bureau").get("/households/")

    assert response["Cache-Control"] == "no-store, private"
    assert "HX-Request" in response["Vary"]


def test_the_language_is_kept_and_refused_when_unknown(signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    client.post("/language/", {"language": "en", "next": "/sites/"})
    assert '<html lang="en">' in client.get("/").text

    client.post("/language/", {"language": "xx", "next": "/"})
    assert '<html lang="en">' in client.get("/").text


def test_the_language_of_a_user_follows_them_to_another_machine(cast: Cast) -> None:
    first, second = Client(), Client()
    first.force_login(cast.bureau)
    first.post("/language/", {"language": "en", "next": "/"})

    second.post("/login/", {"username": "bureau", "password": PASSWORD})

    assert '<html lang="en">' in second.get("/").text
    second.post("/logout/")
    assert '<html lang="en">' in second.get("/login/").text


def test_before_sign_in_the_language_is_that_of_the_browser_s_cookie(cast: Cast) -> None:
    client = Client()

    client.post("/language/", {"language": "en", "next": "/login/"})
    assert '<html lang="en">' in client.get("/login/").text
    client.post("/login/", {"username": "bureau", "password": PASSWORD})

    assert '<html lang="en">' in client.get("/").text


def test_what_is_not_there_says_what_to_do_next(signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    for address in ("/nothing/", "/households/H999/", "/households/H000000001/nothing/"):
        response = client.get(address)
        assert response.status_code == 404
        assert "没有找到这一页" in response.text


def test_health_needs_no_session_and_no_secrets() -> None:
    client = Client()

    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "ok\n"
    assert client.get("/healthz").cookies == {}


def test_a_fault_inside_shows_nothing_of_the_inside(signed_in: SignedIn, monkeypatch) -> None:
    def fault(*args: object, **options: object) -> None:
        raise RuntimeError("secret 529901")

    monkeypatch.setattr("anju.web.registers.households.lists.show", fault)
    client = signed_in("bureau")
    client.raise_request_exception = False

    response = client.get("/households/")

    assert response.status_code == 500
    assert "系统出了故障" in response.text
    assert "secret" not in response.text


def test_a_form_that_lost_its_token_says_what_to_do(signed_in: SignedIn, cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/login/", {"username": "bureau", "password": PASSWORD})

    assert response.status_code == 403
    assert "请返回上一页刷新后重新提交" in response.text
