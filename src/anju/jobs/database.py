"""`anju database`: the roles PostgreSQL knows Anju by, and what each may do.

Three of them: the owner of the tables migrates; `anju_work` (commands and workers) passes the fences,
because imports and runs work on the whole county; `anju_web` (pages) sees the viewer's places only.
"""

import argparse
import sys
from typing import Any

from django.db import connection

WEB, WORK = "anju_web", "anju_work"
ROLES = f"""\
-- Once, as a superuser (psql -d DATABASE). BYPASSRLS is for imports and monitoring runs.
CREATE ROLE {WORK} LOGIN BYPASSRLS PASSWORD 'choose-one';
CREATE ROLE {WEB} LOGIN PASSWORD 'choose-another';
-- Then, as the owner of the tables: anju migrate
"""
_ADDED_ONLY = ("audit_entry",)
_OWNERS_ALONE = ("django_migrations",)


def register(subparsers: Any) -> None:
    """Declare `anju database`."""
    command = subparsers.add_parser("database", help="the roles of a PostgreSQL database")
    words = command.add_subparsers(dest="word", required=True)
    words.add_parser("roles", help="print the SQL that makes the roles").set_defaults(func=_print)
    words.add_parser("grants", help="give the roles their rights").set_defaults(func=_grant)


def _print(arguments: argparse.Namespace) -> int:
    sys.stdout.write(ROLES)
    return 0


def _grant(arguments: argparse.Namespace) -> int:
    given = grant()
    print(f"Rights given to: {', '.join(given) or 'nobody (run anju database roles first)'}")
    return 0


def grant() -> list[str]:
    """Give the roles that exist their rights on all tables; the names of these roles.

    Called by the owner after each migration: a new table is of no use to pages without it.
    """
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname IN (%s, %s)", [WEB, WORK])
        roles = sorted(name for (name,) in cursor.fetchall())
        for role in roles:
            cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{role}"')
            cursor.execute(
                f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"'
            )
            cursor.execute(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"')
            for table in _ADDED_ONLY:
                cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM "{role}"')
            for table in _OWNERS_ALONE:
                cursor.execute(f'REVOKE INSERT, UPDATE, DELETE ON "{table}" FROM "{role}"')
    return roles
