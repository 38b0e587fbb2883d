"""A pack's procedures as Markdown: the text of `anju procedures show` and of docs/procedures.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from anju.policies.files import Problem
from anju.procedures.book import ProcedureBook
from anju.procedures.calendars import Clock
from anju.procedures.model import LEVELS, PURPOSES, Action, Basis, MonitoredClass
from anju.procedures.procedure import Procedure
from anju.procedures.reading import KINDS_OF_CASES
from anju.procedures.requirements import REQUIREMENTS

_STATES: Final = {
    "checking": "being checked",
    "included": "included",
    "not_included": "not included",
    "removed": "risk removed",
    "cleared": "cleared",
    "withdrawn": "withdrawn",
}


def show(book: ProcedureBook) -> str:
    """Everything the pack says about cases, clocks as they hold on the book's day."""
    lines = [
        f"Pack `{book.pack}`, as it holds on {book.on}. Defaults to be confirmed are marked *."
    ]
    for procedure in sorted(book.procedures, key=_place):
        lines += ["", *_procedure(procedure)]
    lines += ["", *_after(book), "", *_requirements(), "", *_measures(book), "", *_classes(book)]
    return "\n".join(lines) + "\n"


def checked(problems: Mapping[str, Iterable[Problem]]) -> str:
    """What is wrong, pack by pack, or that nothing is."""
    lines = []
    for pack, found in problems.items():
        told = [f"  {problem}" for problem in found]
        lines += [f"{pack}: {len(told)} problem(s)", *told] if told else [f"{pack}: sound"]
    return "\n".join(lines) + "\n"


def _place(procedure: Procedure) -> tuple[int, int]:
    return KINDS_OF_CASES.index(procedure.kind), PURPOSES.index(procedure.purpose)


def _procedure(procedure: Procedure) -> Iterator[str]:
    until = f", until {procedure.valid_to}" if procedure.valid_to else ""
    yield f"## {procedure.name} · {procedure.name_en}"
    yield ""
    yield (
        f"`{procedure.id}`: cases of `{procedure.kind}`, for {procedure.purpose}; "
        f"from {procedure.valid_from}{until}. In all: {_clock(procedure.within)}; "
        f"green channel: {_clock(procedure.green)}."
    )
    if procedure.rule:
        yield f"The list to be cleared is what the rule `{procedure.rule}` finds each month."
    yield f"{_basis(procedure.basis)}"
    for step in procedure.steps:
        publicity = ", with publication" if step.publicity else ""
        yield ""
        yield f"### {step.name} · {step.name_en} (`{step.id}`)"
        yield ""
        yield f"Held by the {step.holder}, {_clock(step.clock)}{publicity}."
        yield ""
        yield from _actions(step.actions)


def _after(book: ProcedureBook) -> Iterator[str]:
    yield "## When nobody holds the case"
    shown: set[tuple[str, str]] = set()
    for procedure in book.procedures:
        for state, actions in procedure.after.items():
            if (procedure.kind, state) in shown:
                continue
            shown.add((procedure.kind, state))
            yield ""
            yield f"### `{procedure.kind}`, {_STATES[state]}"
            yield ""
            yield from _actions(actions)


def _actions(actions: Iterable[Action]) -> Iterator[str]:
    yield "| action | who | must be present | leads to | to be said |"
    yield "| --- | --- | --- | --- | --- |"
    for action in actions:
        needs = ", ".join(
            f"{need} (may come later)" if need in action.later else need for need in action.needs
        )
        yield (
            f"| {action.name} · {action.name_en} (`{action.id}`) "
            f"| {', '.join(level for level in LEVELS if level in action.by)} "
            f"| {needs or '—'} | {_leads_to(action)} | {_said(action)} |"
        )


def _leads_to(action: Action) -> str:
    parts = [f"`{action.to}`"] if action.to else []
    parts += [f"procedure for {action.begins}"] if action.begins else []
    parts += [_STATES[action.state]] if action.state else []
    parts += ["a return"] if action.is_return else []
    parts += ["green channel"] if action.starts_green else []
    parts += [f"removal: {action.removal_kind}"] if action.removal_kind else []
    return ", ".join(parts)


def _said(action: Action) -> str:
    listed = ", ".join(reason.zh for reason in action.reasons)
    parts = [f"one of: {listed}"] if listed else []
    parts += ["a note"] if action.needs_note else []
    return "; ".join(parts) or "—"


def _requirements() -> Iterator[str]:
    yield "## What may have to be present"
    yield ""
    yield "| id | meaning |"
    yield "| --- | --- |"
    for requirement in REQUIREMENTS.values():
        yield f"| `{requirement.id}` | {requirement.zh} · {requirement.en} |"


def _measures(book: ProcedureBook) -> Iterator[str]:
    yield "## Help"
    yield ""
    yield "| measure | answers | kind |"
    yield "| --- | --- | --- |"
    for measure in book.measures:
        kind = "developmental" if measure.developmental else ""
        kind = "safety net" if measure.safety_net else kind
        fits = ", ".join(sorted(measure.fits))
        yield f"| {measure.name} · {measure.name_en} (`{measure.id}`) | {fits} | {kind or '—'} |"


def _classes(book: ProcedureBook) -> Iterator[str]:
    yield "## Classes of monitored households"
    yield ""
    yield "| class | households | entered | rests on |"
    yield "| --- | --- | --- | --- |"
    for found in book.classes:
        households = ", ".join(sorted(found.household_classes))
        yield (
            f"| {found.name} · {found.name_en} (`{found.id}`) | {households} "
            f"| {_time(found)} | {_basis(found.basis)} |"
        )


def _time(found: MonitoredClass) -> str:
    return f"from {found.valid_from}" + (f" until {found.valid_to}" if found.valid_to else "")


def _clock(clock: Clock | None) -> str:
    if clock is None:
        return "no clock"
    warned = f" (told {clock.warn_days} ahead)" if clock.warn_days else ""
    return f"{clock.en}{warned}"


def _basis(basis: Basis) -> str:
    return f"\\* {basis.default_en}" if basis.is_default else f"{basis.doc} {basis.clause}"
