"""`anju migrate`: bring the database and the folders beside it up to date."""

import argparse
from typing import Any


def register(subparsers: Any) -> None:
    """Declare `anju migrate`."""
    command = subparsers.add_parser(
        "migrate", help="make or update the database and collect static files"
    )
    command.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Prepare what a server needs before it starts."""
    prepare()
    return 0


def prepare() -> None:
    """Make the data folders, apply migrations, collect static files. Safe to repeat."""
    from django.conf import settings
    from django.core.management import call_command

    from anju.jobs.database import grant

    for folder in (
        settings.DATA_DIR,
        settings.SNAPSHOT_DIR,
        settings.RUN_DIR,
        settings.UPLOAD_DIR,
    ):
        folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    grant()
    call_command("createcachetable", verbosity=0)
    if not settings.DEBUG:
        call_command("collectstatic", verbosity=0, interactive=False)
