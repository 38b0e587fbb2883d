"""Databases with all tables: migrated once, then copied for every process of tests and every office."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker
from tests import kept, postgresql
from tests.fence import fence
from tests.processes import Office

TEMPLATE = "office_template"
#: For fixtures that are made on either database.
EITHER = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The database of this process of tests, without the fence of the audit trail."""
    connection = connections["default"]
    real = connection.settings_dict["NAME"]
    name = connection.creation._get_test_db_name()
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            template = request.getfixturevalue("postgresql_template")
            new_database(template, name, template=TEMPLATE, mine="")
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
        connection.ensure_connection()
        if connection.vendor == "postgresql":
            fence("DISABLE")
        else:
            path = request.getfixturevalue("sqlite_template")
            with contextlib.closing(sqlite3.connect(path)) as template:
                template.backup(connection.connection)
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(real, verbosity=0)


@contextlib.contextmanager
def opened(request: pytest.FixtureRequest, folder: Path, name: str = "office") -> Iterator[Office]:
    """An empty office for a fixture with the parameters `EITHER`; `name`: of its database, for
    fixtures that outlive a test."""
    if request.param == "sqlite":
        path = folder / "office.sqlite3"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        url = f"sqlite:///{path}"
    else:
        url = new_database(request.getfixturevalue("postgresql_template"), name, template=TEMPLATE)
    made = Office(folder, url)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(params=EITHER)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An empty office; each test with it runs once on either database."""
    with opened(request, tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """An SQLite file with all tables and no rows."""

    def make(folder: Path) -> None:
        _migrate(folder, f"sqlite:///{folder / 'template.sqlite3'}")

    return kept.made_once("sqlite", make) / "template.sqlite3"


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    """The address of a PostgreSQL database with all tables and no rows, to be copied: on the server
    in use, or on one for this process of tests."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield _template_on(given)
        return
    with postgresql.running(copy_of=cluster()) as server:
        yield _template_on(server)


def cluster() -> Path:
    """A kept PostgreSQL cluster in which the template lies; made if it is not there."""

    def make(folder: Path) -> None:
        with postgresql.running(keep_as=folder) as server:
            _template_on(server)

    return kept.made_once(postgresql.KEPT, make)


def _template_on(server: str) -> str:
    """The template on a server, which the first of all processes of tests makes there."""
    address = urlsplit(server)
    url = address._replace(path=f"/{TEMPLATE}").geturl()
    with psycopg.connect(address._replace(path="/postgres").geturl(), autocommit=True) as asked:
        # A template in the making is nobody else's: the others wait.
        asked.execute("SELECT pg_advisory_lock(529901)")
        found = asked.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        if not found.fetchone():
            draft = new_database(server, f"{TEMPLATE}_draft", mine="")
            _migrate(Path(settings.DATA_DIR) / "template", draft)
            asked.execute(f'ALTER DATABASE "{TEMPLATE}_draft" RENAME TO "{TEMPLATE}"')
    return url


def new_database(
    url: str, name: str, *, template: str = "template1", mine: str | None = None
) -> str:
    """A new database on the server, in place of an older one; its address.

    Its name ends in that of this process of tests: several may share one server.
    """
    if mine is None:
        mine = f"_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    server = urlsplit(url)._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as asked:
        asked.execute(f'DROP DATABASE IF EXISTS "{name}{mine}" WITH (FORCE)')  # type: ignore[call-overload]
        asked.execute(f'CREATE DATABASE "{name}{mine}" TEMPLATE "{template}"')  # type: ignore[call-overload]
    return urlsplit(url)._replace(path=f"/{name}{mine}").geturl()


def _migrate(folder: Path, url: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    office = Office(folder, url)
    try:
        office.run(_make_tables)
    finally:
        office.close()


def _make_tables() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
