"""`anju user`: make the first users, and let in who can no longer sign in, from the server itself."""

import argparse
import getpass
import sys
from datetime import date
from typing import Any


def register(subparsers: Any) -> None:
    """Declare `anju user add` and `anju user rescue`."""
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
    rescue = group.add_parser(
        "rescue", help="new initial password, no second factor, no lock: for administrators"
    )
    rescue.add_argument("username")
    rescue.add_argument("--reason", required=True, help="why; it goes into the audit trail")
    rescue.set_defaults(func=run_rescue)


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


def run_rescue(arguments: argparse.Namespace) -> int:
    """Let somebody in again when no security administrator is left to do it."""
    from django.db import transaction
    from django.utils import timezone

    from anju.accounts import locking, queries
    from anju.accounts.actions import attempts, factors, passwords
    from anju.audit.actor import SYSTEM

    user = queries.user_by_name(arguments.username)
    if user is None:
        print(f"There is no user {arguments.username}.", file=sys.stderr)
        return 2
    now = timezone.now()
    with transaction.atomic():
        password = passwords.issue(by=SYSTEM, on=timezone.localdate(), user=user)
        if queries.factors_of(user).exists():
            factors.reset(by=SYSTEM, user=user, reason=arguments.reason)
        lock = locking.lock_of(username=user.username, address="", at=now)
        if lock is not None:
            theirs = locking.Lock(lock.failures, lock.last, lock.until, user=user)
            attempts.unlock(by=SYSTEM, at=now, lock=theirs, reason=arguments.reason)
    print(f"{user.username}: {password}")
    return 0
