"""The fence of the audit trail on PostgreSQL, taken down for tests.

Its triggers refuse what tests do on purpose (touch entries) and what the test runner does between
tests (empty all tables). Tests of the fence itself put it up again.
"""

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker


def fence(state: str) -> None:
    """`ENABLE` or `DISABLE` the triggers, in the transaction of the caller."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE audit_entry {state} TRIGGER USER")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database, without the fence."""
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            fence("DISABLE")
