"""Real processes on a real database, for what only they can show: kills, races, lost leases.

An `Office` is a database of its own (an SQLite file, or a database on a PostgreSQL server) with a
folder of keys; it starts processes that run functions in it. They are forks of a process that has
only started Django (`tests.seed`): starting it anew would take a second each, and a fork of the test's
own process stands still as soon as that has computed with Polars, whose threads it does not inherit.
"""

import importlib
import multiprocessing
import os
import runpy
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import django
import psycopg
from django.conf import settings
from django.db import connections
from tests import postgresql

LEASE_SECONDS = 2
# Only a test that fails waits this long.
PATIENCE_SECONDS = 240
_SEED = multiprocessing.get_context("forkserver")
_SEED.set_forkserver_preload(["tests.seed"])
_OURS = (
    "AUDIT_ARCHIVE_DIR",
    "AUDIT_HEAD_DIR",
    "DATABASES",
    "DATA_DIR",
    "FILES_DIR",
    "KEY_DIR",
    "RUN_DIR",
    "SNAPSHOT_DIR",
    "UPLOAD_DIR",
    "WORKER_LEASE_SECONDS",
)
_SETTINGS = Path(postgresql.ROOT, "src/anju/config/settings.py")


@dataclass
class Office:
    """A database, its keys, and the processes at work on it."""

    folder: Path
    url: str
    started: list[BaseProcess] = field(default_factory=list)

    def start(self, work: Callable[..., object], *given: object) -> BaseProcess:
        """Run a function in a process of its own."""
        return self._start(work, given, None)

    def run(self, work: Callable[..., object], *given: object) -> Any:
        """Run a function in a process of its own to its end, and return what it returns."""
        here, there = _SEED.Pipe(duplex=False)
        process = self._start(work, given, there)
        there.close()
        assert here.poll(PATIENCE_SECONDS), "the process does not answer"
        answer = here.recv()
        assert wait(process) == 0
        return answer

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into the database from outside."""
        if self.url.startswith("sqlite"):
            file = sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=30)
            try:
                return file.execute(sql).fetchall()
            finally:
                file.close()
        with psycopg.connect(self.url) as server:
            return server.execute(sql).fetchall()  # type: ignore[call-overload, no-any-return]

    def wait_for(self, what: str, is_so: Callable[[], bool]) -> None:
        """Wait until something is so; a test that waits too long fails."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < until, f"waited in vain: {what}"
            time.sleep(0.02)

    def close(self) -> None:
        """End what is still running."""
        for process in self.started:
            process.kill()
            process.join()
            process.close()

    def _start(
        self, work: Callable[..., object], given: tuple[object, ...], answer: Connection | None
    ) -> BaseProcess:
        process = _SEED.Process(
            target=_inside,
            args=(self.url, str(self.folder), work.__module__, work.__name__, given, answer),
        )
        process.start()
        self.started.append(process)
        return process


def _inside(
    url: str,
    folder: str,
    module: str,
    name: str,
    given: tuple[object, ...],
    answer: Connection | None,
) -> None:
    """What a process of the office does first: enter its database. The function is told by its name,
    since its module can be imported only where Django is there."""
    django.setup()
    os.environ.update(DATABASE_URL=url, ANJU_DATA=folder, ANJU_LEASE_SECONDS=str(LEASE_SECONDS))
    ours = runpy.run_path(str(_SETTINGS))
    for each in _OURS:
        setattr(settings, each, ours[each])
    connections.settings = connections.configure_settings(ours["DATABASES"])
    connections["default"] = connections.create_connection("default")
    said = getattr(importlib.import_module(module), name)(*given)
    connections["default"].close()
    if answer is not None:
        answer.send(said)


def wait(process: BaseProcess) -> int | None:
    """The exit code of a process that is about to end."""
    process.join(PATIENCE_SECONDS)
    return process.exitcode


def stop(process: BaseProcess) -> None:
    """Freeze a process, as a suspended machine would."""
    os.kill(_pid(process), signal.SIGSTOP)


def resume(process: BaseProcess) -> None:
    """Let a frozen process go on."""
    os.kill(_pid(process), signal.SIGCONT)


def _pid(process: BaseProcess) -> int:
    assert process.pid is not None
    return process.pid
