"""`anju user`: make the first users before anybody can sign in."""

import argparse
import getpass
import sys
from datetime import date
from typing import Any


def register(subparsers: Any) -> None:
    """Declare `anju user add`."""
    group = subparsers.add_parser("user", help="people who sign in").add_subparsers(
        dest="action", required=True
    )
    add = group.add_parser("add", help="make a user and give a post; asks for the password")
    add.add_argument("username")
    add.add_argument("--name", required=True, help="name shown on screen")
    add.add_argument("--role", required=True, help="id of a role, such as lead_bureau")
    add.add_argument("--division", required=True, help="12-digit code of the place it covers")
    add.add_argument("--grid", default="", help="code of the grid, for grid workers")
    add.set_defaults(func=run_add)


def run_add(arguments: argparse.Namespace) -> int:
    """Make the user; the password comes from the terminal or from standard input.

    Its owner changes it when signing in for the first time.
    """
    from django.db import transaction

    from anju.accounts.actions import posts, users
    from anju.audit.actor import SYSTEM
    from anju.audit.refusal import Refusal

    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    today = date.today()
    try:
        with transaction.atomic():
            user = users.create(
                by=SYSTEM,
                on=today,
                username=arguments.username,
                name=arguments.name,
                password=password,
                must_change_password=True,
            )
            posts.give(
                by=SYSTEM,
                on=today,
                user=user,
                role=arguments.role,
                division_code=arguments.division,
                grid_code=arguments.grid,
            )
    except Refusal as refused:
        print(refused.zh, file=sys.stderr)
        return 2
    print(f"{arguments.username}: {arguments.role} in {arguments.division}")
    return 0
