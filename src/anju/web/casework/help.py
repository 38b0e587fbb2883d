"""The parts of a case's story after inclusion: help, visits, and what a removal asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anju.casework import books, requirements
from anju.casework.actions.measures import is_helped
from anju.casework.indicators import INDICATORS, Unit
from anju.casework.models import Case, CaseKind, CaseState, Measure, MeasureState, RemovalCheck
from anju.casework.queries import help as helping
from anju.casework.queries import known, lines, listing, written
from anju.casework.requirements.evidence import Evidence
from anju.privacy import HEALTH_RISKS
from anju.registry.models import Status
from anju.registry.queries.people import memberships_of
from anju.web import words
from anju.web.casework.asked import Asked, Section
from anju.web.casework.columns import left_in_words
from anju.web.casework.help_forms import may_follow, may_help, may_plan
from anju.web.casework.removal_forms import may_acknowledge, may_record
from anju.web.casework.story import by_whom
from anju.web.casework.wording import requirement
from anju.web.lists.declaration import Text

_HEALTH_KINDS = frozenset({"health"})
_NOT_OVER = (MeasureState.PLANNED, MeasureState.RUNNING)


@dataclass(frozen=True)
class Told:
    """One measure in words; `is_hidden`: about health, and the viewer may not see it."""

    row: Measure
    kind: Text
    risk: Text
    person: str
    is_hidden: bool
    begin: str  # the form of each thing that may be done with it; empty where it may not
    finish: str
    cancel: str


@dataclass(frozen=True)
class Condition:
    """One condition of the removal, and what was found out about it."""

    name: str
    evidence: Evidence


@dataclass(frozen=True)
class Answer:
    """One indicator of a check: what was answered, what the registers said then."""

    name: Text
    unit: Unit
    value: int | bool | None
    known: int | bool | None
    source: str

    @property
    def differs(self) -> bool:
        """Whether the registers say something else."""
        return self.known is not None and self.known != self.value


def helped(asked: Asked) -> dict[str, Any] | None:
    """Measures of the case, what lists brought besides, and what is lacking."""
    case = asked.case
    rows = list(case.measures.order_by("starts_on", "id"))
    if not (rows or is_helped(case)):
        return None
    is_relapse = case.kind == CaseKind.RELAPSE and case.closed_on is None
    own = {(row.kind, row.content[:120], row.starts_on) for row in rows}
    given = helping.given(case, asked.on)
    others = [row for row in given if (row.level, row.reference, row.valid_from) not in own]
    return {
        "rows": _measures(asked, rows),
        "others": _others(asked, others),
        "lacking": helping.lacking(case, [each.level for each in given], asked.on)
        if is_relapse
        else "",
        "first_due": _first_due(asked, bool(given)),
        "has_risks": bool(helping.risks_of(case)),
        "may_plan": may_plan(asked),
    }


def followed(asked: Asked) -> dict[str, Any] | None:
    """Visits, the latest first, and the one that is due."""
    rows = written.visits(asked.case)[::-1]
    if not (rows or asked.case.state in (CaseState.INCLUDED, CaseState.REMOVED)):
        return None
    waiting = next((row for row in rows if row.done_on is None), None)
    return {
        "waiting": waiting,
        "left": left_in_words(waiting.due_on, asked.on) if waiting else "",
        "is_late": waiting is not None and waiting.due_on < asked.on,
        "done": list(
            by_whom(asked.case, [row for row in rows if row.done_on is not None], "done_by")
        ),
        "may_follow": may_follow(asked),
        "may_read_notes": asked.may_read_notes,
    }


def removed(asked: Asked) -> dict[str, Any] | None:
    """The conditions of the removal as they stand, and the checks with their answers."""
    case = asked.case
    checks = written.removal_checks(case)[::-1]
    is_relapse = case.kind == CaseKind.RELAPSE and case.state == CaseState.INCLUDED
    if not (checks or is_relapse):
        return None
    return {
        "conditions": _conditions(case, asked.on) if is_relapse else [],
        "checks": [
            (row, who, _answers(row, asked.may_see_health))
            for row, who in by_whom(case, checks, "checked_by")
        ],
        "may_record": may_record(asked),
        "may_acknowledge": may_acknowledge(asked),
    }


def _form(verb: str, row: Measure, is_open: bool) -> str:
    return f"measure-{verb}-{row.pk}" if is_open else ""


def _measures(asked: Asked, rows: list[Measure]) -> list[Told]:
    names = {each.person_id: each.person.name for each in memberships_of(asked.case.household)}
    may = may_help(asked)
    found = []
    for row in rows:
        is_about_health = row.risk in HEALTH_RISKS or row.kind in _HEALTH_KINDS
        is_hidden = is_about_health and not asked.may_see_health
        found.append(
            Told(
                row,
                listing.HIDDEN if is_hidden else helping.name_of(asked.case, row.kind),
                listing.HIDDEN if is_hidden else words.risk(row.risk),
                names.get(row.person_id or 0, ""),
                is_hidden,
                begin=_form("begin", row, may and row.state == MeasureState.PLANNED),
                finish=_form("finish", row, may and row.state == MeasureState.RUNNING),
                cancel=_form("cancel", row, may and row.state in _NOT_OVER),
            )
        )
    return found


def _others(asked: Asked, rows: list[Status]) -> list[tuple[Status, Text]]:
    """Measures that lists brought; of those about health nothing for who may not see it."""
    return [
        (row, helping.name_of(asked.case, row.level) if row.level else words.UNKNOWN)
        for row in rows
        if asked.may_see_health or row.level not in _HEALTH_KINDS
    ]


def _first_due(asked: Asked, has_help: bool) -> str:
    """How long there is left for the first measure; empty once there is one."""
    case = asked.case
    months = lines.limit("measure_after_inclusion", asked.on, pack=case.pack)
    if has_help or months is None or case.included_on is None or case.state != CaseState.INCLUDED:
        return ""
    return left_in_words(lines.months_after(case.included_on, months), asked.on)


def _conditions(case: Case, on: date) -> list[Condition]:
    """What the first step of the removal asks for, as it stands, in the pack's order."""
    procedure = books.book_of(case, on).of(case.kind, "removal")
    needs = (id_ for each in procedure.step(procedure.first).actions for id_ in each.needs)
    found = requirements.evidence(case, dict.fromkeys(needs), on)
    return [Condition(requirement(id_), each) for id_, each in found.items()]


def _answers(check: RemovalCheck, may_see_health: bool) -> list[Answer]:
    return [
        Answer(
            each.name,
            each.unit,
            check.values.get(id_),
            check.known.get(id_, {}).get("value"),
            check.known.get(id_, {}).get("source", ""),
        )
        for id_, each in INDICATORS.items()
        if may_see_health or id_ not in known.ABOUT_HEALTH
    ]


HELP_SECTIONS = (
    Section("help", _("帮扶措施"), "web/casework/sections/help.html", helped),
    Section("follow-ups", _("跟踪回访"), "web/casework/sections/follow_ups.html", followed),
    Section("removal", _("风险消除"), "web/casework/sections/removal.html", removed),
)
