"""Signing in through an OpenID provider, played by a small server in this process."""

import json
import threading
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import jwt
import pytest
from django.test import Client
from tests.factories.accounts import UserFactory
from tests.factories.county import Cast

from anju.accounts.models import LoginAttempt, User
from anju.audit.models import Entry

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """Says about everybody what `claims` says."""

    claims: ClassVar[dict[str, object]] = {}

    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.endswith("openid-configuration"):
            self._answer(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "jwks_uri": f"{here}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            self._answer({"sub": "17", **self.claims})

    def do_POST(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"
        named = {"sub": "17", "iss": here, "aud": "anju", "iat": 1, "exp": 4102444800}
        token = jwt.encode(named, "x" * 32, algorithm="HS256")
        self._answer({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def _answer(self, said: dict[str, object]) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings) -> Iterator[type[Provider]]:
    """The provider, running and declared in the settings."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.OIDC_SERVER = f"http://127.0.0.1:{server.server_port}"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "office",
                    "name": "统一身份认证",
                    "client_id": "anju",
                    "secret": "s",
                    "settings": {"server_url": settings.OIDC_SERVER},
                }
            ]
        }
    }
    Provider.claims = {"preferred_username": "bureau"}
    yield Provider
    server.shutdown()
    server.server_close()
    thread.join()


def come_back(client: Client, wanted: str = "/households/"):
    """Through the provider and back."""
    gone = client.get("/login/office/begin/", {"next": wanted})
    assert gone.status_code == 302, gone.text
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(gone["Location"]).query)
    assert asked["client_id"] == ["anju"]
    assert asked["redirect_uri"] == ["http://testserver/login/office/back/"]
    return client.get("/login/office/back/", {"code": "c", "state": asked["state"][0]})


def test_who_exists_here_is_signed_in_and_goes_where_they_wanted(
    provider: type[Provider], cast: Cast
) -> None:
    client = Client()
    assert "用统一身份认证登录" in client.get("/login/").text

    response = come_back(client)

    assert response["Location"] == "/households/"
    assert client.get("/households/").status_code == 200
    entry = Entry.objects.get(action="session.sign_in")
    assert (entry.actor, entry.detail) == ("bureau", {"methods": ["socialaccount"]})


def test_the_claim_is_the_declared_one(provider: type[Provider], cast: Cast, settings) -> None:
    settings.OIDC_CLAIM = "employee"
    provider.claims = {"preferred_username": "bureau", "employee": "Village"}
    client = Client()

    come_back(client)

    assert client.get("/").wsgi_request.user == cast.village


@pytest.mark.parametrize("claims", [{"preferred_username": "stranger"}, {}])
def test_nobody_signs_themselves_up(
    provider: type[Provider], cast: Cast, claims: dict[str, object]
) -> None:
    provider.claims = claims
    client = Client()

    response = come_back(client)

    assert response["Location"] == "/login/"
    assert "没有您的账号" in client.get("/login/").text
    assert client.get("/").status_code == 302
    assert User.objects.count() == 5
    assert LoginAttempt.objects.get().outcome == "not_known"


def test_a_closed_user_stays_out(provider: type[Provider], cast: Cast) -> None:
    User.objects.filter(username="bureau").update(is_active=False)
    client = Client()

    assert come_back(client)["Location"] == "/login/"
    assert client.get("/").status_code == 302


def test_an_initial_password_does_not_stand_in_the_way(
    provider: type[Provider], cast: Cast
) -> None:
    UserFactory(username="helper", must_change_password=True)
    provider.claims = {"preferred_username": "helper"}

    assert come_back(Client())["Location"] == "/households/"


def test_a_second_factor_is_still_asked(provider: type[Provider], cast: Cast, settings) -> None:
    settings.SECOND_FACTOR = True

    assert come_back(Client())["Location"] == "/login/second-factor/"


def test_an_answer_nobody_asked_for_is_refused(provider: type[Provider], cast: Cast) -> None:
    client = Client()

    response = client.get("/login/office/back/", {"code": "c", "state": "made-up"})

    assert response["Location"] == "/login/"
    assert "没有完成" in client.get("/login/").text


def test_it_never_leads_to_another_server(provider: type[Provider], cast: Cast) -> None:
    assert come_back(Client(), "https://elsewhere.example/")["Location"] == "/"


def test_without_a_provider_there_is_no_such_page(cast: Cast) -> None:
    client = Client()

    assert client.get("/login/office/begin/").status_code == 404
    assert client.get("/login/office/back/").status_code == 404
    assert "统一身份" not in client.get("/login/").text
