"""`anju retention`: what has been kept long enough; `--apply` lets go of it."""

import argparse
from datetime import datetime
from typing import Any

from anju.privacy.retention import RULES


def register(subparsers: Any) -> None:
    """Declare `anju retention`."""
    command = subparsers.add_parser(
        "retention", help="what has been kept long enough; let go of it"
    )
    command.add_argument("--apply", action="store_true", help="do it (without: only say what)")
    command.add_argument(
        "--rule",
        choices=[rule.id for rule in RULES],
        help="only this rule; households are erased only when named",
    )
    command.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what is due, and with --apply do it."""
    from anju.audit.actor import SYSTEM
    from anju.keeping import retention

    now = datetime.now().astimezone()
    for each in retention.due(at=now):
        rule = each.rule
        if arguments.rule not in (None, rule.id):
            continue
        text = f"{rule.id}: {each.count:,} {rule.what}, older than {each.months} months"
        if not arguments.apply:
            print(text if rule.automatic else f"{text} (only with --rule {rule.id})")
        elif rule.automatic or arguments.rule == rule.id:
            done = retention.apply(by=SYSTEM, at=now, rule=rule)
            print(f"{rule.id}: {done:,} done")
    if not arguments.apply:
        print("Nothing was touched; with --apply it is done.")
    return 0
