"""A process that carries out a run in children that are killed on the way, then in one that lives.

Started by test_interrupted_runs.py with a database in a file. Prints one line of JSON.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from tests.unit.monitoring import registers  # noqa: E402

from anju.audit.actor import Actor  # noqa: E402
from anju.monitoring import queries  # noqa: E402
from anju.monitoring.actions import runs  # noqa: E402
from anju.monitoring.models import Finding, HouseholdLevel, Run, Snapshot, Tally  # noqa: E402
from anju.queue.progress import Unattended  # noqa: E402

BY, AT = Actor("bureau"), datetime(2023, 10, 8, 2, tzinfo=UTC)
ASKED: dict[str, Any] = {"month": "2023-09", "known_on": date(2023, 10, 8)}


class Dying(Unattended):
    """Progress that kills its own process, without any farewell, at one of its calls."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at

    def _call(self) -> None:
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        self._call()

    def hold(self) -> None:
        self._call()

    def complete(self, result: Any = None) -> None:
        self._call()


def in_child(work: Callable[[], object]) -> Callable[[], int]:
    """Start the work in a child process; calling the answer waits and gives its exit status."""
    connection.close()
    child = os.fork()
    if child == 0:
        work()
        connection.close()
        os._exit(0)
    return lambda: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def visible(run_id: int) -> list[int]:
    """How much of the run can be seen."""
    return [model.objects.filter(run=run_id).count() for model in (Finding, HouseholdLevel, Tally)]


def left_over() -> list[str]:
    """Folders of attempts and drafts, without the finished run's own."""
    kept = set(Run.objects.filter(state="done").values_list("folder", flat=True))
    kept |= set(Snapshot.objects.values_list("folder", flat=True))
    roots = [Path(settings.RUN_DIR), Path(settings.SNAPSHOT_DIR)]
    return sorted(p.name for root in roots for p in root.iterdir() if p.name not in kept)


class Counting(Unattended):
    """Progress that counts how often it is called."""

    def __init__(self) -> None:
        super().__init__(show=self.count)
        self.calls = 0

    def count(self, text: str, done: int, total: int) -> None:
        self.calls += 1

    def hold(self) -> None:
        self.calls += 1

    def complete(self, result: Any = None) -> None:
        self.calls += 1


def killed_everywhere() -> dict[str, Any]:
    """Kill one attempt after the other, early, between and late; let the last one live."""
    undisturbed = runs.start(by=BY, at=AT, pack="shiquan-2023", **ASKED)
    counting = Counting()
    runs.perform(progress=counting, run_id=undisturbed.pk)
    run = runs.start(by=BY, at=AT, pack="national", **ASKED)
    # Each of the last three: before loading, inside the transaction, just before its end.
    calls = counting.calls
    deaths = [0, calls // 2, calls - 3, calls - 2, calls - 1]
    seen = []
    for at in deaths:
        dying = Dying(at=at)
        status = in_child(lambda d=dying: runs.perform(progress=d, run_id=run.pk))()
        assert status == -signal.SIGKILL, status
        seen.append((Run.objects.get(pk=run.pk).state, *visible(run.pk)))
    assert in_child(lambda: runs.perform(progress=Unattended(), run_id=run.pk))() == 0
    done = Run.objects.get(pk=run.pk)
    return {
        "seen": sorted(set(seen)),
        "state": done.state,
        "rows": visible(run.pk)[0],
        "counts": done.counts,
        "left_over": left_over(),
        **same_as_undisturbed(done),
    }


def same_as_undisturbed(run: Run) -> dict[str, Any]:
    """Whether a run that nobody killed gives the same files."""
    other = runs.perform_now(by=BY, at=AT, pack=run.pack, **ASKED)
    return {"files": files(run) == files(other), "snapshot": run.snapshot == other.snapshot}


def files(run: Run) -> dict[str, bytes]:
    folder = queries.folder_of(run)
    assert folder is not None
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def two_at_once() -> dict[str, Any]:
    """Two processes, two runs over the same registers at the same time."""
    packs = ("national", "shiquan-2023")
    started = [runs.start(by=BY, at=AT, pack=pack, **ASKED) for pack in packs]
    waiting = [
        in_child(lambda r=run: runs.perform(progress=Unattended(), run_id=r.pk)) for run in started
    ]
    statuses = [wait() for wait in waiting]
    done = [Run.objects.get(pk=run.pk) for run in started]
    return {
        "statuses": statuses,
        "states": [run.state for run in done],
        "snapshots": len({run.snapshot_id for run in done}),
        "whole": [
            Finding.objects.filter(run=run).count() == run.counts["hits"] + run.counts["unknown"]
            for run in done
        ],
        "left_over": left_over(),
    }


if __name__ == "__main__":
    registers.small_county()
    asked = {"killed": killed_everywhere, "two": two_at_once}[sys.argv[1]]
    print(json.dumps(asked()))
