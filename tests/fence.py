"""The fence of the audit trail on PostgreSQL, taken down for tests.

Its triggers refuse what tests do on purpose (touch entries) and what the test runner does between
tests (empty all tables). Tests of the fence itself put it up again.
"""

from django.db import connection


def fence(state: str) -> None:
    """`ENABLE` or `DISABLE` the triggers, in the transaction of the caller."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE audit_entry {state} TRIGGER USER")
