"""Words of the policy pack in the reader's language: steps, actions, reasons, who acts, what is asked.

A case keeps the pack it was opened with; a word that its pack no longer has is shown as its id.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.casework.models import Case, CaseKind, CaseState, ClinicCase, ClinicMove, Move
from anju.language import in_language
from anju.procedures import books
from anju.procedures.model import KINDS_OF_PLACES, Action
from anju.procedures.procedure import Procedure
from anju.procedures.refusals import BookError
from anju.procedures.requirements import REQUIREMENTS

Text = str | Promise

LEVELS: Mapping[str, Text] = {
    "household": _("农户"),
    "grid": _("网格"),
    "village": _("村（社区）"),
    "town": _("乡镇"),
    "county": _("县级"),
}

#: Moves that are no action of a pack's step: how a case begins, and what is written beside it.
OWN_MOVES: Mapping[str, Text] = {
    "open": _("立案"),
    "reopen": _("重新立案"),
    "start": _("启动程序"),
    "set_kind": _("确定监测对象类别"),
    "village_gone": _("村已撤并，自动办结"),
}


#: States of cases of lists that must reach zero, where the words of monitored households do not fit.
OF_A_LIST: Mapping[str, Text] = {
    CaseState.CHECKING: _("办理中"),
    CaseState.NOT_INCLUDED: _("核实不属清零对象"),
}


def level_word(level: str) -> Text:
    """Who acts, by level."""
    return LEVELS.get(level, level)


def state_word(case: Case) -> Text:
    """What the household is because of the case; of a list to be cleared only how far that is."""
    of_a_list = {} if case.kind == CaseKind.RELAPSE else OF_A_LIST
    return of_a_list.get(case.state) or str(case.get_state_display())


def states_in_words(state: CaseState, kind: str) -> list[str]:
    """What cases of a kind, or of any (empty), are called in a state."""
    of_a_list = str(OF_A_LIST.get(state, state.label))
    words = {CaseKind.RELAPSE.value: [str(state.label)], "": [str(state.label), of_a_list]}
    return list(dict.fromkeys(words.get(kind, [of_a_list])))


def levels_in_words(levels: Iterable[str]) -> str:
    """村（社区）或乡镇, from near to far."""
    order = list(LEVELS)
    return str(_("或")).join(str(level_word(each)) for each in sorted(levels, key=order.index))


def requirement(id_: str) -> str:
    """What has to be there before a case moves."""
    found = REQUIREMENTS.get(id_)
    return in_language(found.zh, found.en) if found else id_


class Wording:
    """The words of packs, each pack read once a page."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._procedures: dict[tuple[str, str], Procedure | None] = {}

    def procedure_of(self, pack: str, procedure: str) -> Procedure | None:
        """A procedure of a pack; None where the pack has it no longer."""
        key = pack, procedure
        if key not in self._procedures:
            try:
                self._procedures[key] = books.load(pack, self._on).procedure(procedure)
            except BookError:
                self._procedures[key] = None
        return self._procedures[key]

    def procedure(self, pack: str, procedure: str) -> str:
        """What a procedure is called."""
        found = self.procedure_of(pack, procedure)
        return in_language(found.name, found.name_en) if found else procedure

    def step(self, pack: str, procedure: str, step: str) -> str:
        """What a step is called."""
        found = self.procedure_of(pack, procedure)
        for each in found.steps if found else ():
            if each.id == step:
                return in_language(each.name, each.name_en)
        return step

    def action_of(self, case: Case | ClinicCase, move: Move | ClinicMove) -> str:
        """What was done in a move."""
        action = self._action(case.pack, move)
        if action is not None:
            return in_language(action.name, action.name_en)
        return str(OWN_MOVES.get(move.action, move.action))

    def reason_of(self, case: Case | ClinicCase, move: Move | ClinicMove) -> str:
        """The reason given with a move; empty without one."""
        action = self._action(case.pack, move)
        found = action.reason(move.reason) if action else None
        return in_language(found.zh, found.en) if found else move.reason

    def steps(self) -> Iterator[tuple[str, str]]:
        """All steps for households in the county's own pack: `procedure:step`, and 纳入程序 · 村级评议."""
        for procedure in books.load(settings.POLICY_PACK, self._on).procedures:
            if procedure.kind in KINDS_OF_PLACES:
                continue
            title = in_language(procedure.name, procedure.name_en)
            for step in procedure.steps:
                name = in_language(step.name, step.name_en)
                yield f"{procedure.id}:{step.id}", f"{title} · {name}"

    def _action(self, pack: str, move: Move | ClinicMove) -> Action | None:
        found = self.procedure_of(pack, move.procedure)
        if found is None:
            return None
        rest: list[Any] = [each.actions for each in found.steps if each.id != move.from_step]
        mine = [each.actions for each in found.steps if each.id == move.from_step]
        places = [*mine, *found.after.values(), *rest]
        return next((each for some in places for each in some if each.id == move.action), None)
