"""`anju plan read FILE [--json]`: print what a plan document promises."""

import argparse
import sys
from pathlib import Path

from anju.reader.files import text_of
from anju.reader.json_form import to_json
from anju.reader.model import Measure, Plan
from anju.reader.reading import read
from anju.reader.refusals import Unreadable


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `plan` to the `anju` command."""
    parser = subparsers.add_parser("plan", help="read plan documents")
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    reading = words.add_parser("read", help="print measures, offices, deadlines and targets")
    reading.add_argument("file", type=Path, help="txt, html, docx or pdf with text")
    reading.add_argument("--json", action="store_true", help="in the published form")
    reading.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Read and print; 2 when the file cannot be read."""
    try:
        plan = read(text_of(arguments.file))
    except Unreadable as refusal:
        print(refusal, file=sys.stderr)
        return 2
    print(to_json(plan) if arguments.json else described(plan))
    return 0


def described(plan: Plan) -> str:
    """The plan for a terminal."""
    lines = [
        f"title     {plan.title or '-'}",
        f"number    {plan.number or '-'}",
        f"issuer    {plan.issuer or '-'}",
        f"dated     {plan.dated or '-'}",
        f"measures  {len(plan.measures)}",
    ]
    for measure in plan.measures:
        lines += ["", *_measure(measure)]
    lines += ["", *(f"warning   {w.code} at {w.start}: {w.text}" for w in plan.warnings)]
    return "\n".join(lines).rstrip()


def _measure(measure: Measure) -> list[str]:
    """A measure in a few lines."""
    lines = [f"{measure.key}  {measure.title}  [{measure.kind}, {measure.confidence}]"]
    roles: dict[str, list[str]] = {}
    for unit in measure.units:
        roles.setdefault(unit.role, []).append(unit.name)
    lines += [f"  {role}: {'、'.join(names)}" for role, names in roles.items()]
    for deadline in measure.deadlines:
        said = deadline.date or deadline.every or deadline.kind
        lines.append(
            f"  when: {deadline.text} → {said}{f' ({deadline.flag})' * bool(deadline.flag)}"
        )
    for target in measure.targets:
        by = f" by {target.by}" if target.by else ""
        lines.append(
            f"  target: {target.indicator} {target.operator} {target.value} {target.unit}{by}"
        )
    lines += [f"  amount: {each.what}: {each.value:g} {each.unit}" for each in measure.amounts]
    return lines
