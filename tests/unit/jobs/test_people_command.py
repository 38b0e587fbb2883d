"""`anju user`: the first user, and letting somebody in again."""

import io

import pytest
from django.utils import timezone
from tests.factories.accounts import UserFactory
from tests.factories.county import COUNTY, County

from anju.accounts import queries
from anju.accounts.actions import attempts, factors
from anju.accounts.locking import lock_of
from anju.accounts.models import User
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.jobs import cli

pytestmark = pytest.mark.django_db


def add(monkeypatch: pytest.MonkeyPatch, password: str = "plum-lantern-river") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    words = ["user", "add", "first", "--name", "安全管理员", "--division", COUNTY]
    return cli.main([*words, "--role", "security_administrator"])


def test_the_first_user_gets_a_post_and_changes_the_password(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert add(monkeypatch) == 0

    user = User.objects.get(username="first")
    assert user.check_password("plum-lantern-river")
    assert queries.password_is_due(user, on=user.created_on)
    assert user.posts.get().role == "security_administrator"


def test_a_weak_password_is_refused_and_nothing_is_made(
    county: County, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(monkeypatch, "short") == 2

    assert "密码至少 10 位" in capsys.readouterr().err
    assert not User.objects.exists()


def test_an_administrator_is_let_in_again_and_it_is_written_down(
    capsys: pytest.CaptureFixture[str],
) -> None:
    user = UserFactory(username="secadmin")
    factors.add_totp(by=Actor("secadmin"), user=user, secret="JBSWY3DPEHPK3PXP")
    for _each in range(5):
        attempts.failed(username="secadmin", address="", at=timezone.now())

    assert cli.main(["user", "rescue", "secadmin", "--reason", "手机丢失"]) == 0

    user.refresh_from_db()
    assert user.check_password(capsys.readouterr().out.split()[-1])
    assert user.must_change_password
    assert not queries.has_second_factor(user)
    assert lock_of(username="secadmin", address="", at=timezone.now()) is None
    written = set(Entry.objects.filter(actor="system").values_list("action", flat=True))
    assert written == {"user.initial_password", "factor.reset", "user.unlock"}


def test_nobody_of_that_name_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["user", "rescue", "nobody", "--reason", "x"]) == 2
    assert "no user nobody" in capsys.readouterr().err
