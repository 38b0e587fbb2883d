"""`anju monitor`: one monitoring run from the registers, without a browser."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anju.monitoring.models import Run


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command; it needs Django to be set up when it runs."""
    parser = subparsers.add_parser(
        "monitor",
        help="judge the registers of a month under a policy pack",
        description="Write a snapshot of the registers, judge it, and load the findings.",
    )
    parser.add_argument("--month", required=True, help="the month, as 2023-09")
    parser.add_argument("--pack", required=True, help="the policy pack, as shiquan-2023")
    parser.add_argument(
        "--known-on",
        type=_day,
        help="what was known on this day, as 2023-10-08 (default: today)",
    )
    parser.set_defaults(func=_monitor)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day; write it as 2023-10-08") from None


def _monitor(arguments: argparse.Namespace) -> int:
    from django.utils import timezone, translation

    from anju.audit.actor import SYSTEM
    from anju.audit.refusal import Refusal
    from anju.monitoring.actions import runs
    from anju.rules.errors import RulesError

    at = datetime.now().astimezone()
    try:
        with translation.override("en"):
            run = runs.perform_now(
                by=SYSTEM,
                at=at,
                month=arguments.month,
                pack=arguments.pack,
                known_on=arguments.known_on or timezone.localdate(at),
                show=_show if sys.stderr.isatty() else None,
            )
    except (Refusal, RulesError) as error:
        print(f"anju monitor: {error}", file=sys.stderr)
        return 2
    _report(run)
    return 0


def _show(step: str, done: int, total: int) -> None:
    print(f"\r\x1b[K{step} {done:,}" if done else f"\r\x1b[K{step}", end="", file=sys.stderr)


def _report(run: Run) -> None:
    """What came out, on one screen."""
    from anju.monitoring import queries

    counts = run.counts
    levels = ", ".join(f"{counts['levels'].get(name, 0):,} {name}" for name in _LEVELS)
    folder: Path | None = queries.folder_of(run)
    same = queries.same_result(run)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    print(f"run {run.pk}: {run.month} under {run.pack}, known on {run.known_on}")
    print(f"  households {counts['households']:,}; at a level: {levels}")
    print(f"  findings {counts['hits']:,}; gaps in the data {counts['unknown']:,}")
    print(f"  snapshot {run.snapshot.hash if run.snapshot else '-'}")
    if same is not None:
        print(f"  same data, pack and month as run {same.pk}: the same result")
    print(f"  files in {folder}")


_LEVELS = ("red", "orange", "yellow", "hint")
