"""Issuing and taking back tokens on screen: security administrators only, shown once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.accounts import PostFactory, UserFactory

from anju.accounts.models import Token

pytestmark = pytest.mark.django_db


@pytest.fixture
def security(county) -> Client:
    user = UserFactory(username="security", name="安全管理员")
    PostFactory(user=user, role="security_administrator", division_code="529901000000")
    client = Client()
    client.force_login(user)
    return client


def asked(**changed) -> dict[str, object]:
    until = timezone.localdate() + timedelta(days=30)
    return {
        "system": "医保平台",
        "place": "529901101000",
        "allow": ["view_households"],
        "until": until.isoformat(),
        **changed,
    }


def test_a_token_is_shown_once_and_opens_the_interface(security: Client) -> None:
    page = security.post("/people/new-token/", asked())
    secret = page.context["secret"]
    assert secret in page.content.decode()
    answer = Client().get("/api/v1/households", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert answer.status_code == 200
    token = Token.objects.get()
    for address in ("/people/tokens/", f"/people/tokens/{token.pk}/"):
        shown = security.get(address).content.decode()
        assert "医保平台" in shown
        assert secret not in shown


@pytest.mark.parametrize(
    "changed",
    [{"system": ""}, {"place": ""}, {"allow": []}, {"allow": ["manage_users"]}, {"until": "soon"}],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(security: Client, changed) -> None:
    page = security.post("/people/new-token/", asked(**changed))
    assert page.status_code == 422
    assert page.context["problem"] in page.content.decode()
    assert not Token.objects.exists()
    if "system" not in changed:
        assert 'value="医保平台"' in page.content.decode()


def test_a_token_taken_back_opens_nothing(security: Client) -> None:
    secret = security.post("/people/new-token/", asked()).context["secret"]
    token = Token.objects.get()
    security.post(f"/people/tokens/{token.pk}/revoke/")
    answer = Client().get("/api/v1/households", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert answer.status_code == 401
    assert "已收回" in security.get("/people/tokens/").content.decode()


def test_others_may_not_see_or_issue_tokens(cast, client: Client) -> None:
    client.force_login(cast.bureau)
    for address in ("/people/tokens/", "/people/new-token/", "/people/tokens/1/"):
        assert client.get(address).status_code == 403
    assert client.post("/people/new-token/", asked()).status_code == 403
