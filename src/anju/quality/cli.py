"""`anju quality`: the inspectors' checks over a snapshot, and the list of them."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Declare the command and its two words."""
    parser = subparsers.add_parser("quality", help="check the registers as inspectors do")
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    run = words.add_parser("run", help="ask every check of a snapshot")
    run.add_argument("--snapshot", type=Path, required=True, metavar="DIR")
    run.add_argument("--out", type=Path, required=True, metavar="DIR")
    run.add_argument("--month", type=_month, required=True, help="as of its last day, as 2023-09")
    run.add_argument("--level", choices=("must", "look"), help="only checks of this level")
    run.add_argument("--threads", type=int)
    run.add_argument("--memory", default="2GB", help="bound of the engine (default: 2GB)")
    run.set_defaults(func=_run)
    listed = words.add_parser("list", help="the checks, or what cannot be checked and why")
    listed.add_argument("--not-held", action="store_true", help="what the registers do not hold")
    listed.set_defaults(func=_list)


def _month(text: str) -> date:
    """The last day of a month."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no month; write it as 2023-09") from None
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _run(arguments: argparse.Namespace) -> int:
    from anju.quality import running
    from anju.quality.checks import CheckError, checks

    level = arguments.level
    try:
        report = running.run(
            arguments.snapshot,
            arguments.out,
            arguments.month,
            only=lambda check: level in (None, check.level),
            threads=arguments.threads,
            memory=arguments.memory,
        )
    except CheckError as error:
        print(f"anju quality: {error}", file=sys.stderr)
        return 2
    for check in checks():
        if number := report.problems.get(check.code):
            print(f"{number:>10,}  {check.code:12} {check.level:5} {check.en}")
    total = sum(report.problems.values())
    print(
        f"{total:,} problems in {report.affected:,} of {report.households:,} households "
        f"({report.persons:,} persons), {len(report.problems)} checks asked"
    )
    for code, needs in report.not_run.items():
        print(f"not asked: {code} (the snapshot lacks {', '.join(needs)})")
    print(f"written to {report.out}")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from anju.quality.checks import checks, not_held

    if arguments.not_held:
        for reason in not_held():
            print(f"{reason.en}: {', '.join(reason.codes)}")
        return 0
    for check in checks():
        also = f" (also {', '.join(check.also)})" if check.also else ""
        print(f"{check.code:12} {check.level:5} {check.group:17} {check.mend:19} {check.en}{also}")
    return 0
