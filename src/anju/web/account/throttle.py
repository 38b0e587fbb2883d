"""Slowing down whoever tries passwords: failures are read from the audit trail, so that every server
process counts the same."""

from datetime import datetime, timedelta

from anju.audit import queries as audit

MOST_FAILURES = 5
WINDOW = timedelta(minutes=15)


def is_barred(*, username: str, address: str, at: datetime) -> bool:
    """Whether this name failed too often from this address within the last quarter of an hour."""
    failed = audit.entries().filter(
        action="session.sign_in_failed", actor=username, address=address, at__gte=at - WINDOW
    )
    return failed.order_by()[:MOST_FAILURES].count() >= MOST_FAILURES
