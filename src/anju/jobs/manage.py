"""`anju manage ARGS`: Django's own commands, for administrators who need one."""

import argparse
from typing import Any


def register(subparsers: Any) -> None:
    """Declare `anju manage`."""
    command = subparsers.add_parser(
        "manage", help="any of Django's commands", add_help=False, prefix_chars="\0"
    )
    command.add_argument("words", nargs=argparse.REMAINDER)
    command.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Hand the words over to Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["anju manage", *arguments.words])
    return 0
