"""A thread that keeps a claimed job alive while its handler works, and writes its progress."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from anju.queue.progress import Claim

log = logging.getLogger(__name__)

# Progress on the page moves once a second; the lease is renewed at least three times in its length.
_EVERY_SECONDS = 1.0


@contextmanager
def beating(claim: Claim) -> Iterator[None]:
    """Renew the lease in the background for as long as the block runs."""
    if not claim.has_heartbeat:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(claim, stop), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(claim: Claim, stop: threading.Event) -> None:
    """Renew until told to stop or until the job is not ours.

    The thread has a database connection of its own. A database that is locked (the handler is
    inside a long SQLite transaction, so nobody else can take the job either) or away for a moment
    is tried again.
    """
    every = min(_EVERY_SECONDS, claim.lease.total_seconds() / 3)
    try:
        while not stop.wait(every) and not claim.is_lost:
            try:
                claim.renew()
            except DatabaseError as error:
                log.warning("job %s: heartbeat missed: %s", claim.job.pk, type(error).__name__)
                connection.close()
    finally:
        connection.close()
