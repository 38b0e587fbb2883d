"""The parts of a case's story up to the decision: who raised it, what was signed, found and said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anju.casework.indicators import INDICATORS, Unit
from anju.casework.models import Case, Channel, ClinicCase, ClinicMove, HomeCheck, Move
from anju.casework.queries import hints, listing, written
from anju.casework.queries.known import ABOUT_HEALTH, GUARANTEES
from anju.language import in_language
from anju.procedures.model import Step
from anju.procedures.procedure import Procedure
from anju.web import words
from anju.web.casework.asked import Asked
from anju.web.casework.wording import Wording, level_word
from anju.web.lists.declaration import Text

GUARANTEE_NAMES = {id_: INDICATORS[id_].name for id_ in GUARANTEES}
OTHER_NAMES = {"members": _("家庭人口（人）"), "labour": _("劳动力（人）")}


@dataclass(frozen=True)
class Stage:
    """A step of the procedure as the page draws it: done, now or coming."""

    name: str
    holder: Text
    standing: str


@dataclass(frozen=True)
class Done:
    """One move in words."""

    move: Move | ClinicMove
    name: str
    frm: str
    to: str
    reason: str
    by: Text
    on_behalf_of: Text
    is_late: bool


@dataclass(frozen=True)
class Value:
    """One thing that was found at home, beside what the registers said of it then."""

    name: Text
    text: Any
    known: str


def way(asked: Asked, wording: Wording) -> list[Stage]:
    """The usual steps of the procedure, and the one the case is at; empty while nobody has to act."""
    case = asked.case
    procedure = wording.procedure_of(case.pack, case.procedure)
    if procedure is None or not case.step:
        return []
    steps = _usual_steps(procedure, case.step)
    at = next((place for place, step in enumerate(steps) if step.id == case.step), -1)
    return [
        Stage(
            in_language(step.name, step.name_en),
            level_word(step.holder),
            "done" if place < at else "now" if place == at else "coming",
        )
        for place, step in enumerate(steps)
    ]


def _usual_steps(procedure: Procedure, present: str) -> list[Step]:
    """From the first step by the first action that leads on, each step once; and the present one."""
    by_id = {step.id: step for step in procedure.steps}
    found: list[Step] = []
    step = by_id.get(procedure.first)
    while step is not None and step not in found:
        found.append(step)
        step = by_id.get(next((a.to for a in step.actions if a.to and not a.is_return), ""))
    off_it = present in by_id and by_id[present] not in found
    return [*found, by_id[present]] if off_it else found


def leads(asked: Asked) -> dict[str, Any]:
    """The leads the case grew from, each with its channels."""
    rows = list(asked.case.leads.select_related("household__grid").order_by("first_on", "id"))
    hidden = listing.hidden_leads(asked.viewer, rows)
    channels = listing.channels_of(asked.viewer, rows)
    return {
        "rows": [
            (
                row,
                listing.HIDDEN if row.pk in hidden else words.risk(row.risk),
                [Channel(each).label for each in channels.get(row.pk, [])],
            )
            for row in rows
        ]
    }


def signed(asked: Asked) -> dict[str, Any] | None:
    """承诺授权书, those that were taken back among them."""
    rows = written.authorisations(asked.case)
    if not rows and not asked.is_asked("authorisation"):
        return None
    return {"rows": [(row, who) for row, who in by_whom(asked.case, rows, "recorded_by")]}


def checks(asked: Asked) -> dict[str, Any] | None:
    """Home checks, the latest first."""
    rows = written.home_checks(asked.case)[::-1]
    if not rows and not asked.is_asked("home_check"):
        return None
    wording = Wording(asked.on)
    return {
        "rows": [
            (
                row,
                who,
                wording.procedure(asked.case.pack, row.procedure),
                _guarantees(row),
                _others(row, asked.may_see_health),
            )
            for row, who in by_whom(asked.case, rows, "checked_by")
        ],
        "may_read_notes": asked.may_read_notes,
    }


def compared(asked: Asked) -> dict[str, Any] | None:
    """Comparisons of data with their hints, the latest first."""
    rows = written.comparisons(asked.case)[::-1]
    if not rows and not asked.is_asked("comparison"):
        return None
    found = [
        (row, who, [(hint_word(each.kind), each) for each in hints.of(row)])
        for row, who in by_whom(asked.case, rows, "compared_by")
    ]
    return {"rows": found, "may_read_notes": asked.may_read_notes}


def reviews(asked: Asked) -> dict[str, Any] | None:
    """Reviews of the village, the latest first."""
    rows = written.reviews(asked.case)[::-1]
    if not rows and not asked.is_asked("review"):
        return None
    wording = Wording(asked.on)
    return {
        "rows": [
            (row, who, wording.procedure(asked.case.pack, row.procedure))
            for row, who in by_whom(asked.case, rows, "recorded_by")
        ],
        "may_read_notes": asked.may_read_notes,
    }


def moves(asked: Asked) -> dict[str, Any]:
    """What was done, by whom and whether in time, the latest first."""
    rows = written.moves(asked.case)[::-1]
    return {"rows": in_words(asked, rows), "may_read_notes": asked.may_read_notes}


def in_words(asked: Asked, rows: Sequence[Move]) -> list[Done]:
    """Moves in the words of the case's pack; one query."""
    return done_in_words(asked.case, rows, Wording(asked.on), written.names(asked.case))


def done_in_words(
    case: Case | ClinicCase,
    rows: Sequence[Move] | Sequence[ClinicMove],
    wording: Wording,
    people: Mapping[str, str],
) -> list[Done]:
    """Moves of a household's or a village's case; `people`: user name → name."""
    return [
        Done(
            row,
            wording.action_of(case, row),
            wording.step(case.pack, row.procedure, row.from_step) if row.from_step else "",
            wording.step(case.pack, row.procedure, row.to_step) if row.to_step else "",
            wording.reason_of(case, row),
            words.user(row.by, people.get(row.by, "")),
            words.user(row.on_behalf_of, people.get(row.on_behalf_of, ""))
            if row.on_behalf_of
            else "",
            _is_late(row.moved_on, row.step_due_on),
        )
        for row in rows
    ]


def hint_word(kind: str) -> Text:
    """What a hint of means is about."""
    return _("其他") if kind == hints.OTHER else words.holding(kind)


def _is_late(moved_on: date, due_on: date | None) -> bool:
    return due_on is not None and moved_on > due_on


def by_whom(case: Case, rows: Sequence[Any], field: str) -> Iterable[tuple[Any, Text]]:
    """Rows of a case, each with who wrote it down."""
    people = written.names(case)
    for row in rows:
        who = getattr(row, field)
        yield row, words.user(who, people.get(who, ""))


def _guarantees(row: HomeCheck) -> list[tuple[Text, bool | None]]:
    return [(name, row.guarantees.get(id_)) for id_, name in GUARANTEE_NAMES.items()]


def _others(row: HomeCheck, with_health: bool) -> list[Value]:
    """The other things that were asked, beside what the registers said."""
    found = []
    for id_, value in row.values.items():
        if id_ in ABOUT_HEALTH and not with_health:
            continue
        known = row.known.get(id_) or {}
        source = known.get("source", "") if isinstance(known, dict) else ""
        found.append(Value(_name(id_), _text(id_, value), str(source)))
    return found


def _name(id_: str) -> Text:
    if id_ in INDICATORS:
        return INDICATORS[id_].name
    return OTHER_NAMES.get(id_, id_)


def _text(id_: str, value: Any) -> Any:
    is_money = id_ in INDICATORS and INDICATORS[id_].unit is Unit.MONEY
    return words.yuan(value) if is_money and isinstance(value, int) else value
