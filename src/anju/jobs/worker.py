"""The worker: takes jobs from the queue one after the other until it is told to end.

Any number of workers may run beside each other, on one machine or several. SIGTERM and SIGINT end
a worker at the next step of its job, which goes back into the queue; after a kill -9 the job is
taken again when its lease runs out.
"""

import argparse
import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, reset_queries
from django.utils import timezone, translation

from anju.jobs import timetable
from anju.jobs.handlers import HANDLERS, Handler
from anju.jobs.performing import perform
from anju.queue import work

log = logging.getLogger(__name__)


def register(subparsers: Any) -> None:
    """Declare `anju worker`."""
    command = subparsers.add_parser("worker", help="do background jobs until told to end")
    command.add_argument("--once", action="store_true", help="do the jobs that are due, then end")
    command.set_defaults(func=_command)


def _command(arguments: argparse.Namespace) -> int:
    run(once=arguments.once)
    return 0


def run(
    *,
    once: bool = False,
    poll_seconds: float = 1.0,
    handlers: dict[str, Handler] | None = None,
    clock: Callable[[], datetime] = timezone.now,
) -> int:
    """Do jobs until told to end, or, with `once`, until none is due. Returns how many were done.

    With `once` everything happens in the calling thread and connection.
    """
    worker = Worker(HANDLERS if handlers is None else handlers, clock, has_heartbeat=not once)
    worker.regular = timetable.TIMETABLE if handlers is None else ()
    with translation.override(settings.LANGUAGE_CODE):
        if once:
            return worker.do_all_due()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.end)
        worker.do_for_ever(poll_seconds)
    return worker.jobs_done


def own_name() -> str:
    """A name no other worker has, now or later: machine, process, chance."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(slots=True)
class Worker:
    """One worker: its handlers, its clock, whether it should end."""

    handlers: dict[str, Handler]
    clock: Callable[[], datetime]
    has_heartbeat: bool
    name: str = field(default_factory=own_name)
    regular: tuple[timetable.Entry, ...] = ()
    jobs_done: int = 0
    _looked_at: datetime | None = None
    _ending: threading.Event = field(default_factory=threading.Event)

    def end(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Stop at the next step; a signal handler."""
        self._ending.set()

    def do_all_due(self) -> int:
        """Do jobs until none is due; returns how many."""
        done = 0
        while self.do_next():
            done += 1
        return done

    def do_for_ever(self, poll_seconds: float) -> None:
        """Do jobs, look again when there is none, sit out a database that is away."""
        log.info("worker %s: started", self.name)
        while not self._ending.is_set():
            close_old_connections()
            reset_queries()
            try:
                self._look_at_the_timetable()
                has_worked = self.do_next()
            except DatabaseError as error:
                log.warning("worker %s: database: %s", self.name, type(error).__name__)
                connection.close()
                has_worked = False
            if not has_worked:
                self._ending.wait(poll_seconds)
        connection.close()
        log.info("worker %s: ended after %s jobs", self.name, self.jobs_done)

    def _look_at_the_timetable(self) -> None:
        """Put what is due into the queue, at most once a minute."""
        now = self.clock()
        if self._looked_at is None or now - self._looked_at >= timetable.LOOK_EVERY:
            self._looked_at = now
            timetable.put_due(now, self.regular)

    def do_next(self) -> bool:
        """Do the next job that is due; False when there is none."""
        claim = work.claim(
            worker=self.name,
            lease=timedelta(seconds=settings.WORKER_LEASE_SECONDS),
            clock=self.clock,
            must_stop=self._ending.is_set,
            has_heartbeat=self.has_heartbeat,
        )
        if claim is None:
            return False
        perform(claim, self.handlers)
        self.jobs_done += 1
        return True
