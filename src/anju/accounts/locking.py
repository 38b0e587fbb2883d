"""Who is locked out: an account after a few failures in a row, an address after many.

Read from the rows of attempts, so that every server process counts the same. A name nobody has is
locked like any other: the answer does not tell which names exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from anju.accounts.models import AttemptOutcome, LoginAttempt, User

FAILURES = (
    AttemptOutcome.WRONG_PASSWORD,
    AttemptOutcome.WRONG_CODE,
    AttemptOutcome.NOT_KNOWN,
)
_ENDS_A_ROW = (AttemptOutcome.SIGNED_IN, AttemptOutcome.UNLOCKED)


@dataclass(frozen=True, slots=True)
class Lock:
    """A user or an address that may not try for now. `user` is None for addresses."""

    failures: int
    last: datetime
    until: datetime
    user: User | None = None
    address: str = ""


def digest_of(username: str) -> str:
    """What an attempt keeps of the name that was typed."""
    typed = username.strip().lower()
    return salted_hmac("anju.accounts.attempt", typed, algorithm="sha256").hexdigest()


def lock_of(*, username: str, address: str, at: datetime) -> Lock | None:
    """The lock that keeps this name (if one was given) or this address from trying now."""
    by_name = _account(digest_of(username), at) if username else None
    return by_name or _address(address, at)


def locks(at: datetime) -> list[Lock]:
    """All users and addresses that are locked now."""
    since = at - timedelta(minutes=settings.LOCK_MINUTES)
    recent = LoginAttempt.objects.filter(at__gt=since, outcome__in=FAILURES).order_by()
    return [*_locked_users(recent, at), *_locked_addresses(recent, at)]


def _locked_users(recent: QuerySet[LoginAttempt], at: datetime) -> Iterator[Lock]:
    users = User.objects.filter(pk__in=recent.exclude(user=None).values("user")).order_by("name")
    for user in users:
        if lock := _account(digest_of(user.username), at):
            yield Lock(lock.failures, lock.last, lock.until, user=user)


def _locked_addresses(recent: QuerySet[LoginAttempt], at: datetime) -> Iterator[Lock]:
    addresses = recent.exclude(address="").values_list("address", flat=True).distinct()
    for address in sorted(addresses):
        if lock := _address(address, at):
            yield lock


def _account(digest: str, at: datetime) -> Lock | None:
    """Failures in a row, until a sign-in or the security administrator ends the row."""
    tried = LoginAttempt.objects.filter(name_digest=digest)
    return _lock(tried, tried.filter(outcome__in=_ENDS_A_ROW), settings.LOCK_FAILURES, at)


def _address(address: str, at: datetime) -> Lock | None:
    """A sign-in does not clear an address: who tries passwords may have one of their own."""
    if not address:
        return None
    tried = LoginAttempt.objects.filter(address=address)
    ends = tried.filter(outcome=AttemptOutcome.UNLOCKED, user=None)
    found = _lock(tried, ends, settings.LOCK_ADDRESS_FAILURES, at)
    return found and Lock(found.failures, found.last, found.until, address=address)


def _lock(
    tried: QuerySet[LoginAttempt], ends: QuerySet[LoginAttempt], most: int, at: datetime
) -> Lock | None:
    """Locked when the last `most` failures lie close together and the last is not long ago."""
    duration = timedelta(minutes=settings.LOCK_MINUTES)
    ended = ends.order_by("-id").values_list("id", flat=True).first() or 0
    failed = tried.filter(id__gt=ended, outcome__in=FAILURES).order_by("-id")
    times = list(failed.values_list("at", flat=True)[:most])
    if most < 1 or len(times) < most or times[0] - times[-1] > duration:
        return None
    until = times[0] + duration
    return Lock(len(times), times[0], until) if until > at else None
