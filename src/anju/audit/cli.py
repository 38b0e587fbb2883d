"""`anju audit`: is the audit trail what was written?"""

import argparse
from typing import Any


def register(subparsers: Any) -> None:
    """Declare `anju audit`."""
    command = subparsers.add_parser("audit", help="check the audit trail")
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    verify = verbs.add_parser(
        "verify", help="walk the chain; name the first entry that was changed or removed"
    )
    verify.add_argument(
        "--head",
        type=_head,
        metavar="NUMBER:DIGEST",
        help="the head an earlier check printed: finds a trail that was cut off or written anew",
    )
    verify.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 1 when the trail is broken."""
    from anju.audit.verify import Head, verify

    found = verify(Head(*arguments.head) if arguments.head else None)
    if found.broken is not None:
        print(f"BROKEN at entry {found.broken.sequence}: {found.broken.problem}.")
        print(f"Whole up to entry {found.entries}.")
        return 1
    print(f"Whole: {found.entries} entries. Keep this head outside the database:")
    print(f"{found.head.sequence}:{found.head.digest}")
    return 0


def _head(text: str) -> tuple[int, str]:
    """The number and digest of a head, as printed."""
    sequence, _, digest = text.partition(":")
    if not sequence.isdigit() or len(digest) != 64:
        raise argparse.ArgumentTypeError("write the head as it was printed, NUMBER:DIGEST")
    return int(sequence), digest
