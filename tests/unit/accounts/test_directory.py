"""Signing in against a directory, played by ldap3 in memory."""

import warnings

import pytest
from tests.factories.accounts import PASSWORD, UserFactory

from anju.accounts import directory
from anju.accounts.models import User

with warnings.catch_warnings():
    # ldap3 uses names that pyasn1 0.6 is about to drop; pyproject keeps pyasn1 below 0.7.
    warnings.simplefilter("ignore", DeprecationWarning)
    import ldap3

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning"),
]


@pytest.fixture
def office(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory with one person, whose password there is `from-the-directory`."""
    settings.LDAP_SERVER = "ldaps://directory"
    settings.LDAP_USER = "uid={username},ou=people,dc=county"
    settings.AUTHENTICATION_BACKENDS = [
        "django.contrib.auth.backends.ModelBackend",
        "anju.accounts.directory.DirectoryBackend",
    ]
    server = ldap3.Server("directory")
    monkeypatch.setattr(directory, "server", lambda: server)
    monkeypatch.setattr(directory, "strategy", lambda: ldap3.MOCK_SYNC)
    connect = ldap3.Connection

    def with_people(*given, **options):
        connection = connect(*given, **options)
        for name in ("linfeng", "stranger"):
            connection.strategy.add_entry(
                f"uid={name},ou=people,dc=county",
                {"userPassword": "from-the-directory", "sn": name},
            )
        return connection

    monkeypatch.setattr(ldap3, "Connection", with_people)


@pytest.fixture
def user(office: None) -> User:
    """Somebody whose password lives in the directory."""
    made = UserFactory(username="linfeng")
    made.set_unusable_password()
    made.save()
    return made


def enter(client, username: str = "linfeng", password: str = "from-the-directory") -> int:
    return client.post("/login/", {"username": username, "password": password}).status_code


def test_the_directory_s_password_lets_in(user: User, client) -> None:
    assert enter(client) == 302
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD])
def test_another_password_does_not(user: User, client, password: str) -> None:
    assert enter(client, password=password) == 422


def test_who_is_in_the_directory_but_not_here_stays_out(office: None, client) -> None:
    assert enter(client, "stranger") == 422


def test_who_has_a_password_here_does_not_get_in_by_the_directory_s(office: None, client) -> None:
    UserFactory(username="linfeng")

    assert enter(client) == 422
    assert enter(client, password=PASSWORD) == 302


def test_a_closed_user_stays_out(user: User, client) -> None:
    User.objects.update(is_active=False)

    assert enter(client) == 422


def test_a_name_cannot_point_elsewhere_in_the_directory(user: User) -> None:
    assert not directory.directory_takes("linfeng,ou=people,dc=county+x", "from-the-directory")


def test_a_directory_that_does_not_answer_lets_nobody_in(settings) -> None:
    settings.LDAP_SERVER = "ldap://127.0.0.1:9"
    settings.LDAP_USER = "uid={username},dc=county"

    assert not directory.directory_takes("linfeng", "from-the-directory")
