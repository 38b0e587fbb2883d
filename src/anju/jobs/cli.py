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
