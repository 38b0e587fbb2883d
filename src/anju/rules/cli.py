"""`anju rules …`: run, show, check, explain, diff, docs. English on the terminal, JSON where asked."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anju.rules.errors import RulesError
from anju.rules.months import Month

if TYPE_CHECKING:
    from anju.rules.explaining import Explained, Explanation
    from anju.rules.running import RunReport

_ERROR = 2


def register(subparsers: Any) -> None:
    """Add `rules` and its commands to the parser of `anju`; each sets `func`."""
    rules = subparsers.add_parser("rules", help="policy packs and monitoring runs over a snapshot")
    commands = rules.add_subparsers(dest="rules_command", required=True, metavar="COMMAND")
    _add_run(commands)
    _add_pack_commands(commands)
    _add_explain(commands)
    _add_diff(commands)
    docs = commands.add_parser("docs", help="write the pages of docs/rules")
    docs.add_argument("--out", type=Path, default=Path("docs/rules"))
    docs.add_argument("--check", action="store_true", help="only say whether they are current")
    docs.set_defaults(func=_guarded(_docs))


def _add_run(commands: Any) -> None:
    run = commands.add_parser("run", help="judge every household of a snapshot in a month")
    run.add_argument("--snapshot", type=Path, required=True, help="folder with the seven tables")
    run.add_argument("--pack", required=True, help="policy pack, such as shiquan-2023")
    run.add_argument("--month", required=True, help="such as 2023-09: judged on its last day")
    run.add_argument("--out", type=Path, required=True, help="folder for the results")
    run.add_argument("--engine", default="duckdb", choices=("duckdb", "spark"))
    run.add_argument("--threads", type=int, help="threads to use (default: all)")
    run.add_argument("--memory", help="memory the engine may use, such as 2GB; then it spills")
    run.add_argument("--packs", type=Path, help="folder of packs (default: those shipped)")
    run.add_argument("--progress", action="store_true", help="name each step on stderr")
    run.set_defaults(func=_guarded(_run))


def _add_pack_commands(commands: Any) -> None:
    show = commands.add_parser("show", help="a pack's documents, parameters and rules")
    show.add_argument("--pack", required=True)
    show.add_argument("--month", help="as they hold on its last day (default: every dated value)")
    show.add_argument("--packs", type=Path, help="folder of packs (default: those shipped)")
    show.set_defaults(func=_guarded(_show))
    check = commands.add_parser("check", help="check packs and try their examples")
    check.add_argument("--pack", help="one pack (default: all)")
    check.add_argument("--packs", type=Path, help="folder of packs (default: those shipped)")
    check.set_defaults(func=_guarded(_check))


def _add_explain(commands: Any) -> None:
    explain = commands.add_parser("explain", help="why a household is flagged")
    explain.add_argument("--out", type=Path, required=True, help="folder of a run")
    explain.add_argument("--household", required=True, help="household code or id")
    explain.add_argument("--json", action="store_true")
    explain.set_defaults(func=_guarded(_explain))


def _add_diff(commands: Any) -> None:
    diff = commands.add_parser("diff", help="new, still and gone hits against an earlier run")
    diff.add_argument("--out", type=Path, required=True, help="folder of the later run")
    diff.add_argument("--against", type=Path, required=True, help="folder of the earlier run")
    diff.add_argument("--json", action="store_true")
    diff.add_argument("--list", type=int, default=0, metavar="N", help="list up to N rows of each")
    diff.set_defaults(func=_guarded(_diff))


def _guarded(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Turn a refusal into one English message and exit code 2."""

    def guarded(arguments: argparse.Namespace) -> int:
        try:
            return command(arguments)
        except RulesError as error:
            print(f"anju rules: {error}", file=sys.stderr)
            return _ERROR

    return guarded


def _run(arguments: argparse.Namespace) -> int:
    from anju.rules import packs, running

    def told(step: str, done: int, total: int) -> None:
        print(f"[{done + 1}/{total}] {step}", file=sys.stderr)

    report = running.run(
        arguments.snapshot,
        packs.load(arguments.pack, arguments.packs),
        Month.parse(arguments.month),
        arguments.out,
        engine=arguments.engine,
        progress=told if arguments.progress else None,
        threads=arguments.threads,
        memory=arguments.memory or running.DEFAULT_MEMORY,
    )
    print("\n".join(_report_lines(report)))
    return 0


def _report_lines(report: RunReport) -> Iterator[str]:
    yield f"{report.households:,} households, {report.pack}, {report.month}, {report.engine}"
    levels = ", ".join(f"{level} {count:,}" for level, count in report.counts.levels.items())
    yield f"{report.counts.hits:,} hits, {report.counts.unknown:,} unknown; households: {levels}"
    width = max((len(rule) for rule in report.counts.rules), default=0)
    for rule, (hits, unknown) in report.counts.rules.items():
        yield f"  {rule:<{width}}  {hits:>9,} hits  {unknown:>9,} unknown"
    for rule in report.not_applicable:
        yield f"  {rule:<{width}}  not applicable: no quarter of the year has ended"
    for table, rows in report.left_out.items():
        if rows:
            yield f"{rows:,} row(s) of {table} name nobody in the snapshot and were left out"
    yield f"results in {report.out}"


def _show(arguments: argparse.Namespace) -> int:
    from anju.rules import packs, showing

    month = Month.parse(arguments.month) if arguments.month else None
    print(showing.show(packs.load(arguments.pack, arguments.packs), month), end="")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from anju.rules import packs, showing

    names = (arguments.pack,) if arguments.pack else packs.names(arguments.packs)
    problems = {name: packs.check(name, arguments.packs) for name in names}
    print(showing.checked(problems), end="")
    return _ERROR if any(problems.values()) else 0


def _explain(arguments: argparse.Namespace) -> int:
    from anju.rules.explaining import explain

    explanation = explain(arguments.out, arguments.household)
    if arguments.json:
        print(json.dumps(explanation.as_dict(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_explanation_lines(explanation)))
    return 0


def _explanation_lines(explanation: Explanation) -> Iterator[str]:
    code = f" ({explanation.code})" if explanation.code else ""
    yield f"Household {explanation.household_id}{code}, village {explanation.village_code}"
    yield (
        f"{explanation.pack}, {explanation.month} (as of {explanation.as_of}): "
        f"{explanation.level or 'no warning'}"
    )
    if not explanation.findings:
        yield "No rule is true of it, and none is unknown."
    for finding in explanation.findings:
        yield ""
        yield from _finding_lines(finding)


def _finding_lines(finding: Explained) -> Iterator[str]:
    status = finding.level.upper() if finding.status == "hit" else "UNKNOWN"
    yield f"[{status}] {finding.name_en} · {finding.name} ({finding.rule})"
    yield f"  value:      {finding.observed_en}"
    if finding.threshold_en:
        yield f"  threshold:  {finding.threshold_en}"
    yield f"  rule:       {finding.condition}"
    for parameter in finding.parameters:
        default = "  [default, to be confirmed]" if parameter.is_default else ""
        yield f"  :{parameter.parameter} = {parameter.shown_en}, from {parameter.holds_from}{default}"
        yield f"              {parameter.basis}"
    yield f"  clause:     {'; '.join(finding.basis)}"
    if finding.status == "hit":
        yield f"  clears:     {finding.clears_en} · {finding.clears}"
    else:
        yield f"  missing:    {', '.join(finding.missing) or 'nothing'}"
    for evidence in finding.evidence:
        yield f"  - {evidence.fact} = {evidence.shown_en} ({evidence.name})"


def _diff(arguments: argparse.Namespace) -> int:
    from anju.rules.comparing import diff

    found = diff(arguments.out, arguments.against)
    tables = {"new": found.new, "still": found.still, "gone": found.gone, "levels": found.levels}
    if arguments.json:
        counts = {rule: list(three) for rule, three in found.rules.items()}
        whole = {name: table.to_pylist() for name, table in tables.items()}
        print(json.dumps({"rules": counts, **whole}, ensure_ascii=False, indent=2))
        return 0
    print(", ".join(f"{table.num_rows:,} {name}" for name, table in list(tables.items())[:3]))
    width = max((len(rule) for rule in found.rules), default=4)
    print(f"  {'rule':<{width}} {'new':>9} {'still':>9} {'gone':>9}")
    for rule, (new, still, gone) in found.rules.items():
        print(f"  {rule:<{width}} {new:>9,} {still:>9,} {gone:>9,}")
    print(f"{found.levels.num_rows:,} household(s) changed level")
    for name, table in tables.items():
        for row in table.slice(0, arguments.list).to_pylist():
            print(f"  {name}: " + ", ".join(f"{key}={value}" for key, value in row.items()))
    return 0


def _docs(arguments: argparse.Namespace) -> int:
    from anju.rules import documenting

    if arguments.check:
        stale = documenting.stale(arguments.out)
        for path in stale:
            print(f"anju rules: {path} is not current; run 'anju rules docs'", file=sys.stderr)
        return 1 if stale else 0
    for path in documenting.write(arguments.out):
        print(path)
    return 0
