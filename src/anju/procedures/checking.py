"""What makes the procedures of a pack sound, beyond each key being well written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from anju.policies.tables import Table
from anju.procedures.book import ProcedureBook
from anju.procedures.model import KINDS_OF_PLACES, Action, Step
from anju.procedures.procedure import Procedure
from anju.procedures.shelves import Shelf

LONGEST_ID: Final = 30  # columns of cases and moves
PUBLICITY_LIMIT: Final = "village_publicity"


def check_book(book: ProcedureBook, shelf: Shelf) -> None:
    """Note on the shelf everything that would leave a case stuck or break a limit."""
    for procedure in book.procedures:
        table = shelf.tables["procedure"][procedure.id]
        _check_ids(procedure, table)
        _check_ways(procedure, table)
        _check_states(procedure, table)
        _check_begins(procedure, book, table)
        _check_publicity(procedure, book, table)
        _check_rule(procedure, table)
    _check_periods(book, shelf)
    if not shelf.problems:  # a way that leads nowhere has no length
        for procedure in book.procedures:
            _check_time(procedure, shelf.tables["procedure"][procedure.id])


def straight_path(procedure: Procedure) -> tuple[Step, ...]:
    """The steps of a case that nothing turns back: at each the first action that goes on."""
    path: list[Step] = []
    wanted = procedure.first
    while wanted and wanted not in (step.id for step in path):
        step = procedure.step(wanted)
        path.append(step)
        wanted = next(
            (action.to for action in step.actions if not action.is_return and action.to != step.id),
            "",
        )
    return tuple(path)


def _all_actions(procedure: Procedure) -> Iterator[tuple[str, Action]]:
    for step in procedure.steps:
        for action in step.actions:
            yield step.id, action
    reached = {action.state for step in procedure.steps for action in step.actions}
    for state in reached & set(procedure.after):
        for action in procedure.after[state]:
            yield "", action


def _check_ids(procedure: Procedure, table: Table) -> None:
    steps = [step.id for step in procedure.steps]
    actions = [action.id for _, action in _all_actions(procedure)]
    for identifier in (procedure.id, *steps, *actions):
        if len(identifier) > LONGEST_ID:
            table.note(
                "step",
                f"“{identifier}”太长，最多 {LONGEST_ID} 个字符。",
                f"'{identifier}' is too long: at most {LONGEST_ID} characters.",
            )
    for step in procedure.steps:
        names = [action.id for action in step.actions]
        if len(set(names)) < len(names) or steps.count(step.id) > 1:
            table.note(
                "step",
                f"环节 {step.id} 或其办理动作重名。",
                f"step {step.id} or one of its actions stands twice.",
            )


def _check_ways(procedure: Procedure, table: Table) -> None:
    """Every step named exists and is reached."""
    steps = {step.id for step in procedure.steps}
    listed = ", ".join(step.id for step in procedure.steps)
    reached = {procedure.first} | {action.to for _, action in _all_actions(procedure)}
    for wanted in sorted(reached - steps - {""}):
        table.note(
            "step",
            f"没有环节“{wanted}”，现有：{listed}。",
            f"there is no step '{wanted}'; there are: {listed}.",
        )
    for lost in sorted(steps - reached):
        table.note("step", f"没有动作通向环节“{lost}”。", f"no action leads to the step '{lost}'.")


def _check_states(procedure: Procedure, table: Table) -> None:
    """An action that leads to no step says what the case becomes, or which procedure begins."""
    for step_id, action in _all_actions(procedure):
        label = f"{step_id or '-'}/{action.id}"
        if not (action.to or action.state or action.begins):
            table.note(
                "step",
                f"{label} 没有去向，应写 to、state 或 begins。",
                f"{label} leads nowhere: write to, state or begins.",
            )
        if action.to and action.begins:
            table.note(
                "step",
                f"{label} 不能同时有 to 和 begins。",
                f"{label} has both to and begins: remove one.",
            )
        if action.starts_green and procedure.green is None:
            table.note(
                "step",
                f"{label} 走绿色通道，程序应写 green 时限。",
                f"{label} starts the green channel: give the procedure a green clock.",
            )


def _check_begins(procedure: Procedure, book: ProcedureBook, table: Table) -> None:
    there = {(found.kind, found.purpose) for found in book.procedures}
    for step_id, action in _all_actions(procedure):
        if action.begins and (procedure.kind, action.begins) not in there:
            table.note(
                "step",
                f"{step_id or '-'}/{action.id}：没有 {procedure.kind} 的 {action.begins} 程序。",
                f"{step_id or '-'}/{action.id}: no procedure of {procedure.kind} for {action.begins}.",
            )


def _check_time(procedure: Procedure, table: Table) -> None:
    """The clocks of the straight path fit into the whole, where they count alike."""
    whole = procedure.within
    clocks = [step.clock for step in straight_path(procedure) if step.clock]
    if whole is None or any(
        (clock.unit, clock.counting) != (whole.unit, whole.counting) for clock in clocks
    ):
        return
    total = sum(clock.amount for clock in clocks)
    if total > whole.amount:
        table.note(
            "within",
            f"各环节共 {total} 天，超过全程 {whole.zh}。",
            f"the steps take {total}, more than the whole ({whole.en}).",
        )


def _check_publicity(procedure: Procedure, book: ProcedureBook, table: Table) -> None:
    """The village can read a notice as long as the limit says before the step's clock runs out."""
    limit = book.limits.get(PUBLICITY_LIMIT)
    for step in procedure.steps:
        clock = step.clock
        if not step.publicity or clock is None or limit is None:
            continue
        if clock.counting == limit.counting and clock.amount < limit.amount:
            table.note(
                "step",
                f"环节 {step.id} 只有 {clock.zh}，公示不得少于 {limit.zh}。",
                f"step {step.id} has {clock.en}, publication takes {limit.en}.",
            )


def _check_rule(procedure: Procedure, table: Table) -> None:
    """Households to be cleared come from the findings of one rule; nothing else names one."""
    of_findings = procedure.purpose == "clearing" and procedure.kind not in KINDS_OF_PLACES
    if of_findings is not bool(procedure.rule):
        table.note(
            "rule",
            "purpose 为 clearing 的户级程序写 rule（规则标识），其他程序不写。",
            "a procedure for clearing households names its rule, no other does.",
        )


def _check_periods(book: ProcedureBook, shelf: Shelf) -> None:
    """No two procedures of one kind and purpose begin on the same day."""
    for number, this in enumerate(book.procedures):
        for other in book.procedures[:number]:
            if (this.kind, this.purpose) != (other.kind, other.purpose):
                continue
            if this.holds_on(other.valid_from) or other.holds_on(this.valid_from):
                shelf.tables["procedure"][this.id].note(
                    "from",
                    f"与程序 {other.id} 的有效期重叠。",
                    f"overlaps the time of procedure {other.id}.",
                )
