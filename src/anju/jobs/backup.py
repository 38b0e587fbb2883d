"""`anju backup`: one sealed file of everything but the keys, read back and compared."""

import argparse
import getpass
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

FILE_VARIABLE = "ANJU_BACKUP_PASSPHRASE_FILE"


def register(subparsers: Any) -> None:
    """Declare `anju backup`."""
    command = subparsers.add_parser("backup", help="write or check a sealed backup")
    command.add_argument("file", type=Path, help="where to write it; a folder gets a dated name")
    command.add_argument("--check", action="store_true", help="only read a backup and compare it")
    command.add_argument("--overwrite", action="store_true", help="replace a file of that name")
    add_passphrase(command)
    command.set_defaults(func=run)


def add_passphrase(command: argparse.ArgumentParser) -> None:
    """Where the passphrase comes from."""
    command.add_argument(
        "--passphrase-file",
        type=Path,
        default=os.environ.get(FILE_VARIABLE),
        metavar="FILE",
        help=f"a file with the passphrase (or {FILE_VARIABLE}); otherwise it is asked for",
    )


def passphrase(arguments: argparse.Namespace, *, twice: bool = False) -> str:
    """The passphrase of backups, of a file or typed."""
    if arguments.passphrase_file:
        return Path(arguments.passphrase_file).read_text(encoding="utf-8").strip()
    typed = getpass.getpass("passphrase of the backup: ")
    if twice and getpass.getpass("once more: ") != typed:
        raise SystemExit("The two do not agree.")
    return typed


def run(arguments: argparse.Namespace) -> int:
    """Write or check a backup."""
    from anju.audit.actor import SYSTEM
    from anju.audit.refusal import Refusal
    from anju.keeping import backup
    from anju.sealing import SealingError

    now = datetime.now().astimezone()
    try:
        secret = passphrase(arguments, twice=not arguments.check)
        if arguments.check:
            return _print_checked(backup.check(arguments.file, secret))
        target = arguments.file
        if target.is_dir():
            target = target / f"anju-{now:%Y%m%d-%H%M}.backup"
        made = backup.make(
            by=SYSTEM, at=now, target=target, passphrase=secret, overwrite=arguments.overwrite
        )
    except (Refusal, SealingError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{made.path}: {made.size:,} bytes, {made.files:,} files, read back and compared")
    print(f"sha256 {made.sha256}")
    _warn_of_keys()
    return 0


def _print_checked(manifest: dict[str, Any]) -> int:
    print(f"whole: made {manifest['made_at']} by Anju {manifest['program']}")
    print(f"{len(manifest['files']):,} files, {sum(manifest['rows'].values()):,} rows")
    return 0


def _warn_of_keys() -> None:
    from django.conf import settings

    print(
        f"The keys are NOT in it. Without {settings.KEY_DIR} sealed numbers, uploaded files and"
        " second factors cannot be opened: keep a copy of that folder elsewhere, apart from this."
    )
