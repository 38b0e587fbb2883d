"""`anju import`: workbooks into the registers, from the command line."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any


def register(subparsers: Any) -> None:
    """Declare `anju import`."""
    command = subparsers.add_parser("import", help="import workbooks into the registers")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument(
        "--on", required=True, type=date.fromisoformat, metavar="DATE",
        help="the day the county learnt of the lists, like 2023-07-31",
    )  # fmt: skip
    command.add_argument("--dry-run", action="store_true", help="check only, write nothing")
    command.add_argument(
        "--whole-file", action="store_true", help="write nothing unless every row is good"
    )
    command.add_argument("--division", default="", metavar="CODE", help="take only this place")
    command.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Import the files in the order in which they build on each other."""
    from anju.audit.actor import SYSTEM
    from anju.intake.loading import in_order, load_file
    from anju.intake.models import BatchState
    from anju.intake.refusals import FileRefused

    missing = [path for path in arguments.files if not path.is_file()]
    for path in missing:
        print(f"{path}: no such file", file=sys.stderr)
    if missing:
        return 2
    failed = 0
    for path in in_order(arguments.files):
        try:
            batch = load_file(
                path,
                by=SYSTEM,
                at=datetime.now(UTC),
                known_on=arguments.on,
                division_code=arguments.division,
                dry_run=arguments.dry_run,
                good_rows_only=not arguments.whole_file,
            )
        except FileRefused as refusal:
            print(f"{path.name}: refused: {refusal}", file=sys.stderr)
            failed += refusal.code != "file_again"
            continue
        counts = ", ".join(f"{count} {name}" for name, count in batch.counts.items() if count)
        print(f"{path.name}: {batch.feed}, batch {batch.pk}, {batch.state}: {counts}")
        failed += batch.state == BatchState.REFUSED
    return 1 if failed else 0
