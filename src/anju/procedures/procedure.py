"""One procedure: what it offers at a standing, and what taking an action leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from anju.procedures.calendars import Calendar, Clock
from anju.procedures.model import LEVEL_NAMES, LEVELS, Action, Basis, Purpose, Step
from anju.procedures.refusals import BookError, ProcedureRefused
from anju.procedures.requirements import REQUIREMENTS
from anju.procedures.standing import Offer, Outcome, Standing


@dataclass(frozen=True)
class Procedure:
    """How a case of one kind goes for one purpose.

    `within` runs from the lead (inclusion) or from the procedure's start to the last decision;
    `green` takes its place once help comes first. `after` are the actions on a case of the kind
    that waits for nobody, by its state: appeal, removal, reopening. `rule` is the monitoring rule
    whose findings are the list to be cleared ("" for other purposes).
    """

    id: str
    kind: str
    purpose: Purpose
    name: str
    name_en: str
    first: str
    steps: tuple[Step, ...]
    after: Mapping[str, tuple[Action, ...]]
    within: Clock | None
    green: Clock | None
    valid_from: date
    valid_to: date | None
    basis: Basis
    rule: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether cases may begin it on that day (`valid_to` excluded)."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def step(self, step_id: str) -> Step:
        """One step by id; a `BookError` where the procedure has none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise BookError(
            f"程序“{self.name}”没有环节 {step_id}。",
            f"procedure {self.id} has no step '{step_id}'.",
        )

    def actions_at(self, step_id: str, state: str) -> tuple[Action, ...]:
        """What may be done at a step, or (step "") with a case of that state nobody holds."""
        return self.step(step_id).actions if step_id else self.after.get(state, ())

    def start(
        self, *, on: date, opened_on: date, calendar: Calendar, state: str = "checking"
    ) -> Outcome:
        """A case at the first step; the clock of the whole runs from `opened_on`."""
        due_on = self._whole(opened_on, calendar)
        return self._at(self.step(self.first), on, calendar, due_on, state)

    def offers(self, standing: Standing) -> tuple[Offer, ...]:
        """Every action of the standing's step, in the pack's order, allowed or not.

        The green channel is gone into once: going in again would put its deadline off.
        """
        return tuple(
            Offer(
                action,
                missing=_missing(action, standing),
                is_level_wrong=not action.by & standing.levels,
            )
            for action in self.actions_at(standing.step, standing.state)
            if not (action.starts_green and standing.is_green)
        )

    def take(
        self,
        standing: Standing,
        action_id: str,
        *,
        reason: str = "",
        note: str = "",
        calendar: Calendar,
    ) -> Outcome:
        """What the action leads to. Raises `ProcedureRefused` saying what stands against it."""
        offer = self._offer(standing, action_id)
        _refuse_unless_allowed(offer)
        _refuse_unless_said(offer.action, reason, note)
        return self._after(offer.action, standing, calendar)

    def _offer(self, standing: Standing, action_id: str) -> Offer:
        offers = self.offers(standing)
        for offer in offers:
            if offer.action.id == action_id:
                return offer
        where = f"环节“{self.step(standing.step).name}”" if standing.step else "当前状态下"
        names = "、".join(offer.action.name for offer in offers) or "无"
        ids = ", ".join(offer.action.id for offer in offers) or "nothing"
        raise ProcedureRefused(
            f"{where}不能办理“{action_id}”；可办理：{names}。",
            f"'{action_id}' cannot be done at step '{standing.step}' ({standing.state}); possible: {ids}.",
        )

    def _after(self, action: Action, standing: Standing, calendar: Calendar) -> Outcome:
        state = action.state or standing.state
        is_green = standing.is_green or action.starts_green
        if not action.to:
            return Outcome(
                self.id, "", "", None, standing.due_on, state, is_green=is_green,
                removal_kind=action.removal_kind, is_return=action.is_return, begins=action.begins,
            )  # fmt: skip
        due_on, papers_due_on = standing.due_on, None
        if action.starts_green and self.green:
            due_on = papers_due_on = calendar.add(self.green, standing.on)
        elif not standing.step:  # taken up again: everything is looked at anew
            due_on = self._whole(standing.on, calendar)
        found = self._at(self.step(action.to), standing.on, calendar, due_on, state)
        return replace(
            found, is_green=is_green, papers_due_on=papers_due_on, is_return=action.is_return,
            # Papers that may come later are not chased step by step.
            step_due_on=due_on if is_green else found.step_due_on,
        )  # fmt: skip

    def _whole(self, since: date, calendar: Calendar) -> date | None:
        return calendar.add(self.within, since) if self.within else None

    def _at(
        self, step: Step, on: date, calendar: Calendar, due_on: date | None, state: str
    ) -> Outcome:
        step_due_on = calendar.add(step.clock, on) if step.clock else None
        return Outcome(self.id, step.id, step.holder, step_due_on, due_on, state)


def _missing(action: Action, standing: Standing) -> tuple[str, ...]:
    excused = action.later if standing.is_green else ()
    return tuple(
        need for need in action.needs if need not in excused and not standing.present.get(need)
    )


def _refuse_unless_allowed(offer: Offer) -> None:
    action = offer.action
    if offer.is_level_wrong:
        levels = [level for level in LEVELS if level in action.by]
        zh = "、".join(LEVEL_NAMES[level][0] for level in levels)
        en = ", ".join(LEVEL_NAMES[level][1] for level in levels)
        raise ProcedureRefused(
            f"“{action.name}”由{zh}办理，您不是该户的经办层级。",
            f"'{action.id}' is done by {en}; you do not act as that for this household.",
        )
    if offer.missing:
        wanted = [REQUIREMENTS[need] for need in offer.missing]
        raise ProcedureRefused(
            f"还不能“{action.name}”，尚缺：{'；'.join(need.zh for need in wanted)}。",
            f"'{action.id}' is not possible yet: {'; '.join(need.en for need in wanted)}.",
        )


def _refuse_unless_said(action: Action, reason: str, note: str) -> None:
    listed = "、".join(found.zh for found in action.reasons)
    known = ", ".join(found.id for found in action.reasons)
    if action.reasons and action.reason(reason) is None:
        raise ProcedureRefused(
            f"请为“{action.name}”选择理由：{listed}。",
            f"'{action.id}' needs one of these reasons: {known}.",
        )
    if reason and not action.reasons:
        raise ProcedureRefused(
            f"“{action.name}”不用选择理由。", f"'{action.id}' takes no reason, remove '{reason}'."
        )
    if action.needs_note and not note.strip():
        raise ProcedureRefused(f"请为“{action.name}”写明情况。", f"'{action.id}' needs a note.")
