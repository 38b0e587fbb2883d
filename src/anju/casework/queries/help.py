"""Help of a case: what the pack's catalogue offers, what was given, what is lacking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from anju.casework import books
from anju.casework.models import Case, FollowUp
from anju.casework.queries import known
from anju.language import in_language
from anju.memory import remembered
from anju.procedures import Measure as Kind
from anju.registry.models import Status
from anju.registry.queries.homes import measures_of


def catalogue(case: Case) -> tuple[Kind, ...]:
    """The kinds of help of the case's pack."""
    return books.book_of(case).measures


def kind_of(case: Case, kind_id: str) -> Kind | None:
    """One kind by its id; None for one that the pack does not have (any more)."""
    return next((each for each in catalogue(case) if each.id == kind_id), None)


def name_of(case: Case, kind_id: str) -> str:
    """What a kind is called in the reader's language."""
    kind = kind_of(case, kind_id)
    if kind is None:
        return kind_id
    return in_language(kind.name, kind.name_en)


@remembered
def risks_of(case: Case) -> list[str]:
    """The risks of the case that are not solved, as they were found."""
    return list(case.risks.filter(solved_on=None).values_list("risk", flat=True))


def answered_risks(case: Case) -> list[str]:
    """Every risk that some kind of help answers, in the catalogue's order."""
    return list(dict.fromkeys(risk for kind in catalogue(case) for risk in sorted(kind.fits)))


def fitting(case: Case, rows: Iterable[Status]) -> list[Status]:
    """Those of some measures that answer one of the risks of the case."""
    risks = set(risks_of(case))
    answering = {kind.id for kind in catalogue(case) if kind.fits & risks}
    return [row for row in rows if row.level in answering]


@remembered
def given(case: Case, on: date) -> list[Status]:
    """Measures since inclusion, by the registers: those of this case and those lists brought."""
    since = case.included_on or case.opened_on
    ids = [each.person.pk for each in known.people(case.household, on)]
    return [
        row
        for row in measures_of(case.household, ids)
        if row.valid_from is not None
        and row.valid_from <= on
        and (row.valid_to is None or row.valid_to > since)
    ]


def lacking(case: Case, kind_ids: Iterable[str], on: date) -> str:
    """What the labour of the household still asks for; empty where nothing is lacking.

    Somebody who can work: a developmental measure. Nobody who can: the safety net.
    """
    kinds = [kind for id_ in kind_ids if (kind := kind_of(case, id_)) is not None]
    able = known.labour(known.people(case.household, on), on)
    if able and not any(kind.developmental for kind in kinds):
        return _("户内有劳动力，还需要至少一项开发式帮扶措施（产业、就业、金融或公益岗位）。")
    if able == 0 and not any(kind.safety_net for kind in kinds):
        return _("整户没有劳动力，还需要落实综合保障。")
    return ""


def next_follow_up(case: Case) -> FollowUp | None:
    """The visit that is due next."""
    return case.follow_ups.filter(done_on=None).order_by("due_on").first()


def income_per_head(case: Case, on: date) -> int | None:
    """Net income per head of a year in fen, as the registers know it on the day."""
    value = known.earned(case.household, on)[known.PER_HEAD].value
    return None if value is None else int(value)
