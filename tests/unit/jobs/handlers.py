"""Handlers for the tests of the worker, called by dotted path like the real ones."""

import os
import time
from datetime import datetime
from pathlib import Path

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import SYSTEM
from anju.audit.refusal import Refusal
from anju.jobs.handlers import Handler
from anju.queue.progress import Cancelled, Progress, ShuttingDown


def note(*, progress: Progress, note: str) -> dict[str, str]:
    """Do what is asked and say so in the result."""
    progress.step("记录", 1, 1)
    return {"note": note}


def refuse(*, progress: Progress, note: str) -> None:
    """Refuse like an action does."""
    raise Refusal("名单缺少“户编码”一列，请补上后重新上传。")


def crash(*, progress: Progress, note: str) -> None:
    """Fail with personal data in the message, as database errors do."""
    try:
        raise KeyError("Key (identity)=(529901199003074258)")
    except KeyError as error:
        raise ValueError("张三 529901199003074258") from error


def cancelled(*, progress: Progress, note: str) -> None:
    """As if somebody had asked for the end."""
    raise Cancelled


def shut_down(*, progress: Progress, note: str) -> None:
    """As if the worker had been told to end."""
    raise ShuttingDown


def closed(*, state: str, message: str, at: datetime, note: str) -> None:
    """What a package does when its job ended without its handler."""
    record(by=SYSTEM, action="test.closed", kind=state, ids=[note], reason=message)


def cannot_close(*, state: str, message: str, at: datetime, note: str) -> None:
    """A package with a fault of its own."""
    raise RuntimeError("张三")


def work(*, progress: Progress, folder: str, seconds: float) -> None:
    """Work for a while, then write a line and end the job in one transaction.

    Every attempt leaves a mark when it begins and takes a lock that two at once would notice.
    """
    place = Path(folder)
    name = f"{os.getpid()}-{time.monotonic_ns()}"
    (place / f"begun-{name}").touch()
    lock = os.open(place / "at-work", os.O_CREAT | os.O_EXCL)
    try:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            progress.step("处理", 1, 2)
            time.sleep(0.02)
        with transaction.atomic():
            record(by=SYSTEM, action="test.result", kind="test")
            progress.complete({"pid": os.getpid()})
    finally:
        os.close(lock)
        (place / "at-work").unlink()


def long_transaction(*, progress: Progress, folder: str, seconds: float) -> None:
    """Stay in one writing transaction for longer than the lease, without a step."""
    with transaction.atomic():
        record(by=SYSTEM, action="test.result", kind="test")
        (Path(folder) / f"begun-{os.getpid()}").touch()
        time.sleep(seconds)
        progress.complete({"pid": os.getpid()})


def sleepy(*, progress: Progress, folder: str, seconds: float) -> None:
    """Sleep without steps, then write: what a stopped and continued process does."""
    (Path(folder) / f"begun-{os.getpid()}").touch()
    gate = Path(folder) / "go"
    until = time.monotonic() + seconds
    while not gate.exists() and time.monotonic() < until:
        time.sleep(0.02)
    with transaction.atomic():
        record(by=SYSTEM, action="test.result", kind="test")
        progress.complete({"pid": os.getpid()})


HANDLERS = {
    f"test.{name}": Handler(f"{__name__}.{name}", f"{__name__}.closed")
    for name in ("note", "refuse", "crash", "cancelled", "shut_down")
} | {
    "test.work": Handler(f"{__name__}.work"),
    "test.long_transaction": Handler(f"{__name__}.long_transaction"),
    "test.sleepy": Handler(f"{__name__}.sleepy"),
    "test.missing": Handler("tests.unit.jobs.handlers.no_such_thing"),
    "test.fault_in_closing": Handler(f"{__name__}.refuse", f"{__name__}.cannot_close"),
}
