"""The procedures a case goes by: those of its policy pack, and the county's calendar."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from anju.casework.models import Case, CaseKind, ClinicCase, Holiday
from anju.casework.refusals import CaseRefused
from anju.memory import remembered
from anju.procedures.book import ProcedureBook
from anju.procedures.books import load
from anju.procedures.calendars import Calendar
from anju.procedures.procedure import Procedure
from anju.procedures.refusals import BookError


def book_on(day: date) -> ProcedureBook:
    """The book of the county's own pack, with limits as they hold on a day."""
    return load(settings.POLICY_PACK, day)


def book_of(case: Case | ClinicCase, on: date | None = None) -> ProcedureBook:
    """The book of the pack a case was opened by, which it keeps whatever the county uses since.

    Limits are those of the day (by default, of the day it was opened). Refused where the county's
    folder has that pack no longer.
    """
    try:
        return load(case.pack, on or case.opened_on)
    except BookError as error:
        raise CaseRefused(pack_is_gone(case)) from error


def has_pack(case: Case | ClinicCase) -> bool:
    """Whether the pack that a case was opened by is still there."""
    try:
        load(case.pack, case.opened_on)
    except BookError:
        return False
    return True


def pack_is_gone(case: Case | ClinicCase) -> str:
    """What to tell whoever wants to work on a case whose pack is not there."""
    return _(
        "案件按政策包 %(pack)s 办理，这个政策包已不在系统中或有错误，暂时不能办理和打印文书。"
        "请系统管理员放回该政策包，案件记录没有变化。"
    ) % {"pack": case.pack}


def procedure_of(case: Case | ClinicCase) -> Procedure:
    """The procedure a case stands in."""
    return book_of(case).procedure(case.procedure)


@remembered
def calendar() -> Calendar:
    """Working days as published, and over them what the county set; one query."""
    return Calendar(dict(Holiday.objects.values_list("day", "is_workday")))


def decision_due(since: date, calendar: Calendar) -> date | None:
    """The day by which what was found on a day has to be decided: looking at the lead is part of it.

    None where the county's pack states no limit for the whole on that day.
    """
    try:
        within = book_on(since).of(CaseKind.RELAPSE, "inclusion").within
    except BookError:
        return None
    return None if within is None else calendar.add(within, since)
