"""Attempts to sign in: counted, locked, unlocked, forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories.accounts import PASSWORD, LoginAttemptFactory, UserFactory

from anju.accounts import locking
from anju.accounts.actions import attempts, sessions
from anju.accounts.models import AttemptOutcome, LoginAttempt, User
from anju.audit.actor import Actor
from anju.audit.models import Entry

pytestmark = pytest.mark.django_db
SECURITY = Actor("security", "安全管理员", "10.0.0.9")
NOW = datetime(2023, 10, 8, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def user() -> User:
    return UserFactory(username="linfeng")


def fail(times: int = 1, name: str = "linfeng", address: str = "10.0.0.1", at=NOW) -> None:
    for _each in range(times):
        with pytest.raises(sessions.SignInRefused, match="登录名或密码不正确"):
            sessions.verify(username=name, password="wrong", address=address, at=at)


def enter(address: str = "10.0.0.1", at: datetime = NOW) -> User:
    return sessions.verify(username="linfeng", password=PASSWORD, address=address, at=at)


def test_a_failed_sign_in_is_kept_with_the_user_it_was_tried_on(user: User) -> None:
    fail()

    attempt, entry = LoginAttempt.objects.get(), Entry.objects.get()
    assert (attempt.user, attempt.address, attempt.at) == (user, "10.0.0.1", NOW)
    assert attempt.outcome == AttemptOutcome.WRONG_PASSWORD
    assert (entry.action, entry.actor, entry.ids) == (
        "session.sign_in_failed",
        "linfeng",
        [user.pk],
    )
    assert entry.address == "10.0.0.1"


def test_a_name_nobody_has_is_not_written_down() -> None:
    fail(name="My-Secret-Password")

    attempt, entry = LoginAttempt.objects.get(), Entry.objects.get()
    assert (attempt.user, entry.actor, entry.ids) == (None, "", [])
    assert "ecret" not in str(vars(entry)) + str(vars(attempt))


def test_five_failures_lock_the_account_from_everywhere_even_for_the_right_password(
    user: User,
) -> None:
    fail(4)
    assert enter() == user
    fail(1, at=NOW + MINUTE)

    for address in ("10.0.0.1", "10.0.0.2"):
        with pytest.raises(attempts.LockedOut, match="约 15 分钟.*安全管理员"):
            enter(address, NOW + MINUTE)
    with pytest.raises(attempts.LockedOut, match="约 1 分钟"):
        enter(at=NOW + 15 * MINUTE + timedelta(seconds=1))
    assert enter(at=NOW + 16 * MINUTE) == user


def test_a_name_nobody_has_is_locked_like_any_other() -> None:
    fail(5, name="nobody")

    with pytest.raises(attempts.LockedOut):
        sessions.verify(username="nobody", password="x", address="10.0.0.1", at=NOW)


def test_a_sign_in_ends_the_row_of_failures(user: User) -> None:
    fail(4)
    sessions.signed_in(user=user, address="10.0.0.1", at=NOW)
    fail(4)

    assert enter() == user


def test_failures_far_apart_do_not_lock(user: User) -> None:
    for each in range(8):
        fail(at=NOW + each * 5 * MINUTE)

    assert enter(at=NOW + 36 * MINUTE) == user


def test_trying_on_while_locked_does_not_lock_for_longer(user: User) -> None:
    fail(5)
    for each in range(1, 15):
        with pytest.raises(attempts.LockedOut):
            enter(at=NOW + each * MINUTE)

    assert enter(at=NOW + 15 * MINUTE) == user


def test_an_address_that_tries_many_names_is_locked(user: User, settings) -> None:
    settings.LOCK_ADDRESS_FAILURES = 6
    for each in range(6):
        fail(name=f"name{each}")

    with pytest.raises(attempts.LockedOut, match="地址"):
        enter()
    assert enter("10.0.0.2") == user


def test_signing_in_does_not_clear_the_address(user: User, settings) -> None:
    settings.LOCK_ADDRESS_FAILURES = 6
    for each in range(5):
        fail(name=f"name{each}")
    sessions.signed_in(user=user, address="10.0.0.1", at=NOW)
    fail(name="name5")

    with pytest.raises(attempts.LockedOut, match="地址"):
        enter()


def test_the_security_administrator_sees_locks_and_opens_them(user: User, settings) -> None:
    settings.LOCK_ADDRESS_FAILURES = 5
    fail(5)
    by_user, by_address = locking.locks(NOW)
    assert (by_user.user, by_user.failures, by_user.until) == (user, 5, NOW + 15 * MINUTE)
    assert (by_address.user, by_address.address) == (None, "10.0.0.1")

    for lock in (by_user, by_address):
        with pytest.raises(attempts.UnlockRefused, match="理由"):
            attempts.unlock(by=SECURITY, at=NOW, lock=lock, reason=" ")
        attempts.unlock(by=SECURITY, at=NOW, lock=lock, reason="本人到场核实")

    assert enter() == user
    assert locking.locks(NOW) == []
    written = Entry.objects.filter(action__endswith=".unlock").order_by("sequence")
    assert list(written.values_list("action", "actor", "reason")) == [
        ("user.unlock", "security", "本人到场核实"),
        ("address.unlock", "security", "本人到场核实"),
    ]


def test_wrong_codes_count_like_wrong_passwords(user: User) -> None:
    fail(3)
    for _each in range(2):
        attempts.failed(username="linfeng", address="", at=NOW, outcome=AttemptOutcome.WRONG_CODE)

    with pytest.raises(attempts.LockedOut):
        enter()


def test_old_attempts_are_forgotten_by_setting(user: User, settings) -> None:
    settings.ATTEMPTS_DAYS = 180
    LoginAttemptFactory(at=NOW - timedelta(days=181))
    kept = LoginAttemptFactory(at=NOW - timedelta(days=179))

    sessions.signed_in(user=user, address="10.0.0.1", at=NOW)

    assert set(LoginAttempt.objects.values_list("outcome", flat=True)) == {
        "signed_in",
        kept.outcome,
    }
    assert LoginAttempt.objects.count() == 2
