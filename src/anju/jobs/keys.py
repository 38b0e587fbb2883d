"""`anju keys`: which keys are in use, a new key, putting old ones aside."""

import argparse
import sys
from typing import Any


def register(subparsers: Any) -> None:
    """Declare `anju keys`."""
    command = subparsers.add_parser("keys", help="look at, change and retire keys")
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("status", help="what stands under which key").set_defaults(func=_status)
    rotate = verbs.add_parser(
        "rotate", help="make a new key and seal everything anew; goes on where it was interrupted"
    )
    rotate.add_argument("--digest", action="store_true", help="the key of look-ups as well")
    rotate.add_argument(
        "--only-renew", action="store_true", help="make no key: only seal anew what is older"
    )
    rotate.set_defaults(func=_rotate)
    verbs.add_parser("retire", help="put keys aside that nothing stands under").set_defaults(
        func=_retire
    )


def _status(arguments: argparse.Namespace) -> int:
    """Print what stands under which key; 1 while something waits to be sealed anew."""
    from anju.audit.keys import provider
    from anju.keeping import rotation

    keys = provider()
    print(f"sealing with key {keys.seal_key_id}, digesting with key {keys.digest_key_id}")
    found = rotation.uses()
    for use in found:
        print(f"  {use.place}: {use.count:,} under {use.key}{' — waiting' * use.is_old}")
    idle = [*keys.seal_key_ids[:-1], *keys.digest_key_ids[:-1]]
    if any(use.is_old for use in found):
        print("A change is unfinished: run anju keys rotate.")
        return 1
    if idle:
        print("Nothing stands under the older keys: run anju keys retire.")
    return 0


def _rotate(arguments: argparse.Namespace) -> int:
    """Make the keys unless a change is unfinished, then seal everything anew."""
    from anju.audit.actor import SYSTEM
    from anju.keeping import rotation

    if not arguments.only_renew:
        made = rotation.begin(by=SYSTEM, digest=arguments.digest)
        print(f"made {', '.join(made)}" if made else "going on with the unfinished change")
        if made:
            print("Copy the folder of keys to its second place before anything else.")
    total = rotation.renew_all(by=SYSTEM, show=lambda what, done: print(f"  {what}: {done:,}"))
    print(f"{total:,} rows and files sealed anew. Then: anju keys retire")
    return 0


def _retire(arguments: argparse.Namespace) -> int:
    """Move idle keys aside, or say why not."""
    from anju.audit.actor import SYSTEM
    from anju.audit.refusal import Refusal
    from anju.keeping import rotation

    try:
        moved = rotation.retire(by=SYSTEM)
    except Refusal as refused:
        print(refused, file=sys.stderr)
        return 2
    print("\n".join(moved) if moved else "There is no older key.")
    if moved:
        print("Backups made until today need them: keep them as long as those backups.")
    return 0
