"""The `anju` command: one door to everything that runs without a browser.

Packages below declare their own commands (`register(subparsers)`); this module puts them together
and imports only what the chosen command needs, so that `anju rules run` starts at once and works
where no database is.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A word after `anju`: the module that declares it, whether it needs the database, and
    settings it starts from unless the environment has its own."""

    module: str
    django: bool
    defaults: tuple[tuple[str, str], ...] = ()


COMMANDS: dict[str, Command] = {
    "rules": Command("anju.rules.cli", django=False),
    "quality": Command("anju.quality.cli", django=False),
    "procedures": Command("anju.procedures.cli", django=False),
    "synth": Command("anju.synth.cli", django=False),
    "plan": Command("anju.reader.cli", django=False),
    "demo": Command(
        "anju.jobs.demo",
        django=True,
        defaults=(
            ("ANJU_DATA", "data/demo"),
            ("ANJU_PACK", "shiquan-2023"),
            ("ANJU_DEMO", "1"),
        ),
    ),
    "up": Command("anju.jobs.up", django=True),
    "worker": Command("anju.jobs.worker", django=True),
    "migrate": Command("anju.jobs.upkeep", django=True),
    "user": Command("anju.jobs.people", django=True),
    "import": Command("anju.intake.cli", django=True),
    "monitor": Command("anju.monitoring.cli", django=True),
    "audit": Command("anju.audit.cli", django=True),
    "database": Command("anju.jobs.database", django=True),
    "keys": Command("anju.jobs.keys", django=True),
    "backup": Command("anju.jobs.backup", django=True),
    "restore": Command("anju.jobs.restore", django=True),
    "api": Command("anju.api.cli", django=True),
    "retention": Command("anju.jobs.retention", django=True),
    "scrub": Command("anju.jobs.scrub", django=True),
    "dictionary": Command("anju.jobs.dictionary", django=True),
    "lists": Command("anju.intake.describing", django=True),
    "manage": Command("anju.jobs.manage", django=True),
}


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """The whole tree of commands, or the branch of one word."""
    root = argparse.ArgumentParser(
        prog="anju", description="Follow-up support for relocated and lifted-out households."
    )
    subparsers = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for word, command in COMMANDS.items():
        if only is None or only == word:
            importlib.import_module(command.module).register(subparsers)
    return root


def set_up_django() -> None:
    """Load settings and applications, for commands that use the database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.config.settings")
    django.setup()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; errors that a person can mend end with code 2 and one line of text."""
    words = list(sys.argv[1:] if argv is None else argv)
    word = words[0] if words else ""
    known = COMMANDS.get(word)
    for name, value in known.defaults if known else ():
        os.environ.setdefault(name, value)
    if known is None or known.django:
        set_up_django()
    arguments, rest = parser(word if known else None).parse_known_args(words)
    if rest and word != "manage":
        parser(word).error(f"unrecognized arguments: {' '.join(rest)}")
    arguments.rest = rest
    try:
        code: int | None = arguments.func(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; without this, closing would complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code or 0


if __name__ == "__main__":
    sys.exit(main())
