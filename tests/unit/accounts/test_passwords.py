"""Passwords: initial ones, old ones, ones that come back, and how they are hashed."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.county import TODAY

from anju.accounts import hashing, queries
from anju.accounts.actions import passwords, users
from anju.accounts.models import OldPassword, User
from anju.accounts.password_rules import CharacterKindsValidator
from anju.audit.actor import Actor
from anju.audit.models import Entry

pytestmark = pytest.mark.django_db
SECURITY = Actor("security", "安全管理员", "10.0.0.9")


def change(user: User, password: str, on: date = TODAY) -> None:
    passwords.change(by=Actor(user.username), on=on, user=user, password=password)


def test_an_initial_password_is_good_for_one_thing() -> None:
    user, password = users.create_with_initial_password(
        by=SECURITY, on=TODAY, username="linfeng", name="新用户"
    )

    assert user.check_password(password)
    assert queries.password_is_due(user, on=TODAY)

    change(user, "another-lantern-9")
    user.refresh_from_db()
    assert not queries.password_is_due(user, on=TODAY)
    assert not user.check_password(password)


def test_what_happened_to_a_password_is_written_down_without_it() -> None:
    user = UserFactory()

    password = passwords.issue(by=SECURITY, on=TODAY, user=user)
    change(user, "another-lantern-9")

    entries = list(Entry.objects.values_list("action", "actor"))
    assert entries == [
        ("user.initial_password", "security"),
        ("user.change_password", user.username),
    ]
    assert password not in str(list(Entry.objects.values()))


def test_initial_passwords_differ_and_keep_the_rules() -> None:
    user = UserFactory()

    made = {passwords.made_up(user) for _each in range(20)}

    assert len(made) == 20
    for password in made:
        passwords.check(user, password)


def test_a_password_does_not_come_back_until_enough_others_were_used(settings) -> None:
    settings.PASSWORD_HISTORY = 2
    user = UserFactory()
    change(user, "second-lantern-2")
    change(user, "third-lantern-3")

    for used in (PASSWORD, "second-lantern-2", "third-lantern-3"):
        with pytest.raises(passwords.PasswordRefused, match="最近 2 次"):
            change(user, used)

    change(user, "fourth-lantern-4")
    change(user, PASSWORD)
    assert OldPassword.objects.filter(user=user).count() == 2


def test_a_password_grows_old(settings) -> None:
    settings.PASSWORD_DAYS = 90
    user = UserFactory(password_set_on=TODAY)

    assert queries.password_ends_on(user) == TODAY + timedelta(days=90)
    assert not queries.password_is_due(user, on=TODAY + timedelta(days=89))
    assert queries.password_is_due(user, on=TODAY + timedelta(days=90))

    settings.PASSWORD_DAYS = 0
    assert not queries.password_is_due(user, on=TODAY + timedelta(days=9000))


def test_a_password_that_lives_in_the_directory_is_not_changed_here() -> None:
    user = users.create(by=SECURITY, on=TODAY, username="linfeng", name="新用户", password=None)

    assert not queries.password_is_due(user, on=TODAY + timedelta(days=9000))
    with pytest.raises(passwords.PasswordRefused, match="统一身份"):
        change(user, "another-lantern-9")


def test_a_password_holds_several_kinds_of_characters() -> None:
    rule = CharacterKindsValidator(at_least=3)

    rule.validate("plum-lantern-9")
    with pytest.raises(ValidationError, match="3 类"):
        rule.validate("plum-lantern-river")


def test_passwords_are_hashed_with_argon2_of_the_memory_that_is_documented(settings) -> None:
    settings.PASSWORD_HASHERS = ["anju.accounts.hashing.LimitedArgon2PasswordHasher"]

    encoded = make_password(PASSWORD)

    assert encoded.startswith("argon2$argon2id$v=19$m=65536,t=3,p=4$")
    assert check_password(PASSWORD, encoded)
    assert not check_password("wrong", encoded)


def test_only_a_few_passwords_are_hashed_at_once(settings) -> None:
    settings.PASSWORD_HASHERS = ["anju.accounts.hashing.LimitedArgon2PasswordHasher"]

    for _each in range(settings.HASHES_AT_ONCE):
        assert hashing._turns.acquire(blocking=False)
    try:
        assert not hashing._turns.acquire(blocking=False)
    finally:
        hashing._turns.release(settings.HASHES_AT_ONCE)
