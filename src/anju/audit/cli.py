"""`anju audit`: is the audit trail what was written? Heads to keep elsewhere, archives of old entries."""

import argparse
import sys
from datetime import date, datetime
from typing import Any


def register(subparsers: Any) -> None:
    """Declare `anju audit`."""
    command = subparsers.add_parser(
        "audit", help="check the audit trail, keep its head, archive it"
    )
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser(
        "verify", help="walk the chain; name every entry that was changed, removed or slipped in"
    )
    check.add_argument(
        "--head",
        type=_head,
        metavar="NUMBER:DIGEST",
        help="a head printed earlier: finds a trail that was cut off or written anew",
    )
    check.add_argument(
        "--archives", action="store_true", help="walk the archived entries as well, from the first"
    )
    check.set_defaults(func=run)
    head = verbs.add_parser("head", help="print the head of the trail, to be kept elsewhere")
    head.add_argument("--keep", action="store_true", help="also write it into ANJU_AUDIT_HEADS")
    head.set_defaults(func=run_head)
    archive = verbs.add_parser(
        "archive", help="put old entries into a sealed file; as the owner of the database"
    )
    archive.add_argument(
        "--before", type=date.fromisoformat, required=True, metavar="DATE", help="a day, 2026-01-01"
    )
    archive.set_defaults(func=run_archive)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 1 when the trail is broken."""
    from anju.audit import archive, heads
    from anju.audit.verify import Head, verify

    try:
        found = verify(
            Head(*arguments.head) if arguments.head else None,
            heads=heads.kept(),
            archived=archive.entries() if arguments.archives else (),
        )
    except heads.BadHead as error:
        print(error, file=sys.stderr)
        return 2
    for each in found.breaks:
        print(f"BROKEN at entry {each.sequence}: {each.problem}.")
    if found.breaks:
        print(f"Whole up to entry {found.entries}.")
        return 1
    since = "" if found.first == 1 else f" (entries before {found.first} are archived)"
    print(f"Whole: {found.entries} entries{since}. Keep this head outside the database:")
    print(heads.text(found.head))
    return 0


def run_head(arguments: argparse.Namespace) -> int:
    """Print the head; the chain before it is not checked."""
    from django.utils import timezone

    from anju.audit import heads
    from anju.audit.verify import current_head

    head = current_head()
    print(heads.text(head))
    if arguments.keep:
        print(heads.keep(head, timezone.localdate()), file=sys.stderr)
    return 0


def run_archive(arguments: argparse.Namespace) -> int:
    """Archive, and say how many entries."""
    from django.utils import timezone

    from anju.audit.actions import TrailNotWhole, archive
    from anju.audit.actor import SYSTEM

    before = timezone.make_aware(datetime.combine(arguments.before, datetime.min.time()))
    try:
        count = archive(by=SYSTEM, before=before)
    except TrailNotWhole:
        print("The trail is not whole: run anju audit verify first.", file=sys.stderr)
        return 1
    print(f"{count} entries archived.")
    return 0


def _head(text: str) -> tuple[int, str]:
    """The number and digest of a head, as printed."""
    sequence, _, digest = text.partition(":")
    if not sequence.isdigit() or len(digest) != 64:
        raise argparse.ArgumentTypeError("write the head as it was printed, NUMBER:DIGEST")
    return int(sequence), digest
