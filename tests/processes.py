"""Real processes on a real database, for what only they can show: kills, races, lost leases.

An `office` is a database of its own (an SQLite file, and a database on a PostgreSQL server) with a
folder of keys; it starts processes that run functions of the product in it.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from tests import postgresql

LEASE_SECONDS = 2
# Only a test that fails waits this long.
PATIENCE_SECONDS = 60
_PREPARE = "import django; django.setup()\n"


@dataclass
class Office:
    """A database, its keys, and the processes at work on it."""

    folder: Path
    url: str
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, code: str) -> "subprocess.Popen[str]":
        """Run Python code beside the test, with Django set up."""
        process = subprocess.Popen(
            [sys.executable, "-c", _PREPARE + textwrap.dedent(code)],
            env=self._environment(),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.started.append(process)
        return process

    def run(self, code: str) -> str:
        """Run Python code to its end and return what it printed."""
        process = self.start(code)
        said, complained = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 0, complained
        return said.strip()

    def worker(self) -> "subprocess.Popen[str]":
        """Start a worker that knows the handlers of the tests."""
        return self.start("""
            from anju.jobs.worker import run
            from tests.unit.jobs.handlers import HANDLERS
            run(poll_seconds=0.05, handlers=HANDLERS)
        """)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into the database from outside."""
        if self.url.startswith("sqlite"):
            with sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=30) as file:
                rows = file.execute(sql).fetchall()
            file.close()
            return rows
        with psycopg.connect(self.url) as server:
            return server.execute(sql).fetchall()  # type: ignore[call-overload, no-any-return]

    def wait_for(self, what: str, is_so: Callable[[], bool]) -> None:
        """Wait until something is so; a test that waits too long fails."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < until, f"waited in vain: {what}\n{self._complaints()}"
            time.sleep(0.02)

    def close(self) -> None:
        """End what is still running."""
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.communicate()

    def _complaints(self) -> str:
        self.close()
        return "\n".join(str(process.args[-1]) for process in self.started)  # type: ignore[index]

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "anju.config.settings",
            "ANJU_DATA": str(self.folder),
            "ANJU_LEASE_SECONDS": str(LEASE_SECONDS),
            "DATABASE_URL": self.url,
            "PYTHONPATH": os.pathsep.join([str(postgresql.ROOT), *sys.path]),
        }


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "template.sqlite3"
    _migrate(Office(folder, f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a database on a PostgreSQL server: the one in use, or one for this run."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with postgresql.running() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PostgreSQL database with all tables and no rows, to be copied."""
    url = _database(postgresql_server, "office_template", template="template1")
    _migrate(Office(tmp_path_factory.mktemp("template"), url))
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An empty office; each test with it runs once on either database."""
    if request.param == "sqlite":
        path = tmp_path / "office.sqlite3"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        url = f"sqlite:///{path}"
    else:
        template = request.getfixturevalue("postgresql_template")
        url = _database(template, "office", template="office_template")
    made = Office(tmp_path, url)
    try:
        yield made
    finally:
        made.close()


def _migrate(office: Office) -> None:
    office.run(
        "from django.core.management import call_command\ncall_command('migrate', verbosity=0)"
    )


def _database(url: str, name: str, *, template: str) -> str:
    """A new database of this name on the server, in place of an older one; its address."""
    server = urlsplit(url)._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[call-overload]
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[call-overload]
    return urlsplit(url)._replace(path=f"/{name}").geturl()
