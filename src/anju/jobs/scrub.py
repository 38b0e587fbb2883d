"""`anju scrub`: a copy of the registers for training, with everything personal made up."""

import argparse
import sys
from pathlib import Path
from typing import Any


def register(subparsers: Any) -> None:
    """Declare `anju scrub`."""
    command = subparsers.add_parser("scrub", help="write a de-identified copy for training")
    command.add_argument("folder", type=Path, help="a new data folder for the copy")
    command.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the copy and say how to open it."""
    from anju.audit.actor import SYSTEM
    from anju.audit.refusal import Refusal
    from anju.keeping.scrub import scrub

    try:
        total = scrub(
            by=SYSTEM,
            folder=arguments.folder,
            show=lambda table, count: print(f"  {table}: {count:,}"),
        )
    except Refusal as refused:
        print(refused, file=sys.stderr)
        return 2
    print(f"{total:,} rows. There are no users in it: for each,")
    print(f"  ANJU_DATA={arguments.folder} anju user add NAME --name … --role … --division …")
    print(f"then ANJU_DATA={arguments.folder} ANJU_DEMO=1 anju up")
    return 0
