"""A copy of the whole database in one file, and back: SQLite and PostgreSQL.

Both copies are of one moment, while the console stays in use. PostgreSQL's own programs do the work
there (`pg_dump`, `pg_restore`); the password goes to them by the environment, never as an argument.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from anju.audit.refusal import Refusal

NAMES = {"sqlite": "database/anju.sqlite3", "postgresql": "database/anju.dump"}


class DatabaseRefused(Refusal):
    """The database cannot be copied or restored."""


def dump(path: Path) -> None:
    """Copy the database as it is at this moment into a new file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        path.chmod(0o600)
        return
    path.touch(mode=0o600)
    _run("pg_dump", "--format=custom", "--compress=1", "--no-owner", f"--file={path}", _name())


def is_empty() -> bool:
    """Whether there is no table yet (for SQLite: no file)."""
    if connection.vendor == "sqlite":
        return not Path(str(settings.DATABASES["default"]["NAME"])).exists()
    return not connection.introspection.table_names()


def load(path: Path) -> None:
    """Put a copy in the place of the database; on PostgreSQL in one transaction."""
    connection.close()
    if connection.vendor == "sqlite":
        _check_sqlite(path)
        target = Path(str(settings.DATABASES["default"]["NAME"]))
        target.parent.mkdir(parents=True, exist_ok=True)
        for rest in ("-wal", "-shm", "-journal"):
            Path(f"{target}{rest}").unlink(missing_ok=True)
        path.replace(target)
        return
    _run(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
        "--exit-on-error", f"--dbname={_name()}", str(path),
    )  # fmt: skip


def counts() -> dict[str, int]:
    """Rows by table, so that a restored database can be compared."""
    tables = sorted(
        model._meta.db_table for model in apps.get_models() if model._meta.app_label in _counted()
    )
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


def _counted() -> set[str]:
    return {"places", "registry", "projects", "employment", "assets", "accounts"}


def migrations() -> list[str]:
    """The migrations that are applied."""
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations)


def pending_migrations() -> list[str]:
    """Those this program has and the database does not."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    return sorted(f"{app}.{name}" for app, name in set(loader.disk_migrations) - applied)


def unknown_migrations(applied: list[str]) -> list[str]:
    """Those this program does not have: the copy was made by a newer one."""
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    return sorted(set(applied) - known)


def _check_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
        said = copy.execute("PRAGMA quick_check").fetchone()[0]
    if said != "ok":
        raise DatabaseRefused(f"The copied database is damaged: {said[:200]}")


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs; its complaint is passed on."""
    if shutil.which(program) is None:
        raise DatabaseRefused(f"{program} is not installed (Debian: postgresql-client).")
    values = connection.settings_dict
    environment = dict(os.environ)
    for variable, key in (
        ("PGHOST", "HOST"),
        ("PGPORT", "PORT"),
        ("PGUSER", "USER"),
        ("PGPASSWORD", "PASSWORD"),
    ):
        if values.get(key):
            environment[variable] = str(values[key])
    done = subprocess.run(  # noqa: S603 - a fixed program, arguments of our own
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DatabaseRefused(f"{program} failed: {done.stderr.strip()[-500:]}")


def _name() -> str:
    return str(connection.settings_dict["NAME"])
