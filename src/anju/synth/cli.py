"""`anju synth`: make up a county and write its snapshot, workbooks and planted troubles."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anju.synth.county import County

DEFAULT_MONTHS = "2023-07..2023-09"


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Adds the command `synth`; its handler takes the parsed arguments and returns an exit code."""
    parser = subparsers.add_parser(
        "synth",
        help="make up a county of any size",
        description=(
            "Make up a county, the same every time for the same arguments. Writes DIR/snapshot, "
            "DIR/workbooks, a plan document in DIR/plan.docx, and the lists of planted troubles and "
            "near misses."
        ),
    )
    parser.add_argument("--households", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, required=True, metavar="S")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--months", default=DEFAULT_MONTHS, metavar="FROM..TO")
    parser.add_argument("--no-workbooks", action="store_true", help="write the snapshot only")
    parser.add_argument("--no-snapshot", action="store_true", help="write the workbooks only")
    parser.add_argument(
        "--faults", action="store_true", help="also write broken workbooks into DIR/faults"
    )
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes what the arguments ask for; 2 and a message for arguments that make no sense."""
    from anju.synth import county

    try:
        made = county.make(
            households=arguments.households, seed=arguments.seed, months=arguments.months
        )
        _write(made, arguments)
    except (ValueError, OSError) as error:
        print(f"anju synth: {error}", file=sys.stderr)
        return 2
    return 0


def _write(made: County, arguments: argparse.Namespace) -> None:
    from anju.synth import faults, plans, planted, snapshot, workbooks

    out: Path = arguments.out
    if not arguments.no_workbooks:
        workbooks.check(made)
    out.mkdir(parents=True, exist_ok=True)
    planted.write(made.slots, made.places.codes, out)
    hits = sum(1 for slot in made.slots if slot.hits)
    print(f"planted: {hits} troubles, {len(made.slots) - hits} near misses", flush=True)
    if not arguments.no_snapshot:
        rows = snapshot.write(made, out / "snapshot")
        print(
            "snapshot: " + ", ".join(f"{count} {name}" for name, count in rows.items()), flush=True
        )
    if not arguments.no_workbooks:
        files = workbooks.write(made, out / "workbooks")
        print(f"workbooks: {len(files)} files, {sum(files.values())} rows", flush=True)
        plan = plans.make(made)
        plans.write(plan, out / plans.FILE_NAME)
        print(f"plan: {len(plan.measures)} measures", flush=True)
    if arguments.faults:
        print(f"faults: {len(faults.write(made, out / 'faults'))} files", flush=True)
