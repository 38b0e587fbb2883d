"""What checking and writing a list that goes out takes, on a database that is there.

    ANJU_DATA=… [DATABASE_URL=…] python benchmarks/outgoing.py --from 529901000000 --to 529902000000
        [--feed households] [--file]

Checks the list of the households in a range of place codes (`[from, to)`) as the job of the page does,
or, with `--file`, writes it with its numbers in full. Tells rows, seconds by the clock, processor
seconds, and peak memory. Nothing of it stays: the transaction is rolled back.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from datetime import UTC, datetime

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from anju.accounts.permissions import Permission  # noqa: E402
from anju.accounts.scope import Scope  # noqa: E402
from anju.accounts.viewer import Grant, Viewer  # noqa: E402
from anju.audit.actor import SYSTEM  # noqa: E402
from anju.inspection.actions import list_checks  # noqa: E402
from anju.inspection.asked import Asked  # noqa: E402
from anju.intake.actions import outgoing  # noqa: E402
from anju.intake.feeds import BY_ID  # noqa: E402
from anju.intake.outgoing.lists import Offer  # noqa: E402


def main() -> None:
    """Do one of the two and tell what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--from", dest="low", required=True)
    parser.add_argument("--to", dest="high", required=True)
    parser.add_argument("--feed", default="households", choices=sorted(BY_ID))
    parser.add_argument("--file", action="store_true")
    arguments = parser.parse_args()
    scope = Scope(((arguments.low, arguments.high),))
    clock, processor = time.monotonic(), time.process_time()
    with transaction.atomic():
        told = _file(arguments.feed, scope) if arguments.file else _check(arguments.feed, scope)
        transaction.set_rollback(True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{told}; {time.monotonic() - clock:.1f} s, {time.process_time() - processor:.1f} s of"
        f" processor time, peak {peak:.0f} MiB"
    )


def _check(feed: str, scope: Scope) -> str:
    asked = Asked(feed, None, "", scope.ranges)
    check = list_checks.perform_now(
        by=SYSTEM, at=datetime.now(UTC), as_of=timezone.localdate(), asked=asked
    )
    return f"{check.report['rows']:,} rows checked, {check.problems.count():,} problems"


def _file(feed: str, scope: Scope) -> str:
    grant = Grant(frozenset(Permission), scope)
    viewer = Viewer.with_grants(
        user_id=0, username="benchmark", name="", on=timezone.localdate(), grants=(grant,)
    )
    with tempfile.TemporaryFile() as file:
        summary = outgoing.take_out(
            by=SYSTEM,
            viewer=viewer,
            scope=scope,
            offer=Offer(BY_ID[feed], ()),
            batch=None,
            in_full=True,
            file=file,
        )
        size = file.seek(0, 2) / 2**20
    return f"{summary['count']:,} rows written, {size:.0f} MiB"


if __name__ == "__main__":
    main()
