"""How long a check of the audit chain takes, and what writing an entry costs.

    python benchmarks/audit.py                      100 000 entries on SQLite, in a temporary folder
    DATABASE_URL=… python benchmarks/audit.py       the same on an empty PostgreSQL database

One entry in ten is a page of a list with 50 ids, the others hold one to three. Prints CPU seconds of
this process, so that a busy machine does not blur them, and wall seconds beside. The aim: 100 000
entries in under 3 s. Exits with 1 when it is missed.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

AIM_SECONDS = 3.0
AIM_ENTRIES = 100_000


def set_up(folder: str) -> None:
    """Django with a database of its own."""
    os.environ["ANJU_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "anju.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def entries(count: int) -> Iterator[object]:
    """Entries as a year of a county leaves them, chained."""
    from anju.audit import chain
    from anju.audit.models import Entry

    begin, previous = datetime(2026, 1, 1, tzinfo=UTC), chain.FIRST_PREVIOUS
    digest_of = chain.digester()
    for number in range(1, count + 1):
        is_page = number % 10 == 0
        wanted = 50 if is_page else 1 + number % 3
        entry = Entry(
            sequence=number,
            at=begin + timedelta(seconds=number * 300, microseconds=number),
            actor=f"user{number % 80}",
            action="register.read" if is_page else "household.change",
            kind="household",
            ids=[f"H{(number * 50 + each) % 10**9:09d}" for each in range(wanted)],
            count=wanted,
            reason="" if is_page else "入户核查",
            detail={"register": "households"}
            if is_page
            else {"changes": {"size": [number % 9, 3]}},
            address=f"10.0.{number % 250}.7",
            place="529901101201",
            previous=previous,
        )
        entry.digest = previous = digest_of(entry.written())
        yield entry


def timed(work: Callable[[], object]) -> tuple[object, float, float]:
    """What the work returns, its CPU seconds and its wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, time.process_time() - cpu, time.perf_counter() - wall


def main() -> int:
    """Write, check, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=AIM_ENTRIES)
    count = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from django.db import connection

        from anju.audit.actions import record
        from anju.audit.actor import SYSTEM
        from anju.audit.models import Entry
        from anju.audit.verify import verify

        Entry.objects.bulk_create(entries(count), batch_size=5_000)
        found, cpu, wall = min((timed(verify) for _ in range(3)), key=lambda each: each[1])
        print(
            f"{connection.vendor}: {found.entries:,} entries checked in {cpu:.2f} s CPU, {wall:.2f} s"
        )
        _, one, _ = timed(
            lambda: [record(by=SYSTEM, action="test.note", kind="test") for _ in range(500)]
        )
        print(f"{connection.vendor}: one entry written in {one / 500 * 1000:.2f} ms CPU")
        connection.close()
        return 0 if found.is_whole and cpu <= AIM_SECONDS * count / AIM_ENTRIES else 1


if __name__ == "__main__":
    sys.exit(main())
