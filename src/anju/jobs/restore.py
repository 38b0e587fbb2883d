"""`anju restore`: a backup into an empty machine."""

import argparse
import sys
from pathlib import Path
from typing import Any

from anju.jobs.backup import add_passphrase, passphrase


def register(subparsers: Any) -> None:
    """Declare `anju restore`."""
    command = subparsers.add_parser("restore", help="put a backup in place, on an empty machine")
    command.add_argument("file", type=Path)
    command.add_argument(
        "--overwrite", action="store_true", help="replace the database and files that are here"
    )
    add_passphrase(command)
    command.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Restore, and say what is still to be done; 1 when rows differ or keys are missing."""
    from anju.audit.actor import SYSTEM
    from anju.audit.refusal import Refusal
    from anju.keeping.restore import restore
    from anju.sealing import SealingError

    try:
        done = restore(
            by=SYSTEM,
            source=arguments.file,
            passphrase=passphrase(arguments),
            overwrite=arguments.overwrite,
        )
    except (Refusal, SealingError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"restored as of {done.made_at}: {done.files:,} files, {done.rows:,} rows")
    if done.differing:
        print(f"ROWS DIFFER in {', '.join(done.differing)}", file=sys.stderr)
    if done.missing_keys:
        _say_which_keys(done.missing_keys)
    if done.needs_migration:
        print("The program is newer than the backup: run anju migrate.")
    return 1 if done.differing or done.missing_keys else 0


def _say_which_keys(missing: tuple[str, ...]) -> None:
    from django.conf import settings

    print(
        f"KEYS MISSING or others than the backup's: {', '.join(missing)}. Copy the kept folder of"
        f" keys to {settings.KEY_DIR} before starting, or numbers cannot be opened.",
        file=sys.stderr,
    )
