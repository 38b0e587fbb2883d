"""`anju procedures …`: show, check, docs. English on the terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from anju.procedures import books, showing
from anju.procedures.refusals import ProcedureError
from anju.procedures.shelves import names

_ERROR: Final = 2
# The page of the documents must not change from day to day; the first day after the transition.
_DOCUMENTED_ON: Final = date(2026, 1, 1)
_PAGE: Final = Path("docs/procedures.md")
_HEAD: Final = """<!-- Written by `anju procedures docs`; change the data, not this page. -->

# Procedures

How a case goes is data of the [policy pack](policies.md): `procedures/*.toml` in its folder. Steps say who holds a case and how long;
actions say who may do them, what must be present and where they lead. Limits stand in `limits.toml`, once for all uses. A pack that
extends another replaces single procedures, lists of reasons, measures and classes by writing one of the same id; a limit written anew
changes every clock that refers to it. A case keeps the procedure it began, also when the pack has a later one.

The day a clock starts is not counted. Working days follow the published holidays and the county's own changes to them; for years not
published yet Monday to Friday are counted. `anju procedures show --pack PACK --on DATE` prints this page for any pack and day,
`anju procedures check` names everything wrong with file, line and remedy.

"""


def register(subparsers: Any) -> None:
    """Add `procedures` and its commands to the parser of `anju`; each sets `func`."""
    procedures = subparsers.add_parser("procedures", help="how cases go, as the policy packs say")
    commands = procedures.add_subparsers(
        dest="procedures_command", required=True, metavar="COMMAND"
    )
    show = commands.add_parser("show", help="a pack's procedures, measures and classes")
    show.add_argument("--pack", required=True)
    show.add_argument("--on", type=date.fromisoformat, help="clocks as they hold then")
    show.add_argument("--packs", type=Path, help="folder of packs (default: those shipped)")
    show.set_defaults(func=_guarded(_show))
    check = commands.add_parser("check", help="everything wrong with the procedures of packs")
    check.add_argument("--pack", help="one pack (default: all)")
    check.add_argument("--on", type=date.fromisoformat, help="clocks as they hold then")
    check.add_argument("--packs", type=Path, help="folder of packs (default: those shipped)")
    check.set_defaults(func=_guarded(_check))
    docs = commands.add_parser("docs", help="write docs/procedures.md")
    docs.add_argument("--out", type=Path, default=_PAGE)
    docs.add_argument("--check", action="store_true", help="only say whether it is current")
    docs.set_defaults(func=_guarded(_docs))


def page() -> str:
    """The page of the documents about the common procedures."""
    return _HEAD + showing.show(books.load("national", _DOCUMENTED_ON))


def _guarded(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Turn a refusal into one English message and exit code 2."""

    def guarded(arguments: argparse.Namespace) -> int:
        try:
            return command(arguments)
        except ProcedureError as error:
            print(f"anju procedures: {error}", file=sys.stderr)
            return _ERROR

    return guarded


def _show(arguments: argparse.Namespace) -> int:
    on = arguments.on or date.today()
    print(showing.show(books.load(arguments.pack, on, arguments.packs)), end="")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    on = arguments.on or date.today()
    wanted = (arguments.pack,) if arguments.pack else names(arguments.packs)
    problems = {name: books.check(name, on, arguments.packs) for name in wanted}
    print(showing.checked(problems), end="")
    return _ERROR if any(problems.values()) else 0


def _docs(arguments: argparse.Namespace) -> int:
    path: Path = arguments.out
    if arguments.check:
        if path.is_file() and path.read_text(encoding="utf-8") == page():
            return 0
        print(
            f"anju procedures: {path} is not current; run 'anju procedures docs'", file=sys.stderr
        )
        return 1
    path.write_text(page(), encoding="utf-8")
    print(path)
    return 0
