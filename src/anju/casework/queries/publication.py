"""What the pack wants published of a case, for how long, and whether it has been."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from anju import procedures
from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.casework import books
from anju.casework.models import Case, Notice, NoticeEntry, Review
from anju.casework.queries import gates, history
from anju.procedures import Calendar, Clock
from anju.procedures.refusals import BookError

#: The pack's limit that says how long a notice hangs, at least.
LIMIT = "village_publicity"
Kind = Notice.Kind


def kind_of(case: Case) -> str:
    """What a notice about the case is: of including a household, or of its risk being removed."""
    is_inclusion = books.procedure_of(case).purpose == "inclusion"
    return Kind.INCLUSION if is_inclusion else Kind.REMOVAL


def waits(case: Case) -> bool:
    """Whether the case is to be published now, or still has to be after help came first."""
    procedure = books.procedure_of(case)
    if case.step and procedure.step(case.step).publicity:
        return True
    is_late = case.is_green_channel and procedure.purpose == "inclusion"
    return is_late and case.closed_on is None and _decided_on(case) is not None


def clock_of(case: Case) -> Clock:
    """How long a notice about the case hangs."""
    return books.book_of(case).limit(LIMIT)


def last_day(case: Case, posted_on: date, calendar: Calendar | None = None) -> date:
    """The last day of a notice put up on a day; that day itself is not counted."""
    return (calendar or books.calendar()).add(clock_of(case), posted_on)


def entry_of(case: Case) -> NoticeEntry | None:
    """What was published of the case for its present decision; None where nothing (yet) was.

    A notice counts that was put up after the village decided and, where the case was returned to
    that or to the publication, after the return; and that was not taken down.
    """
    decided, returned = _decided_on(case), history.counts_from(case)
    found = NoticeEntry.objects.select_related("notice").filter(
        case=case, notice__kind=kind_of(case), notice__taken_down_on__isnull=True
    )
    if decided is not None:
        found = found.filter(notice__posted_on__gte=decided)
    if returned is not None:
        after = Q(case_version__isnull=True) | Q(case_version__gte=returned.version)
        found = found.filter(after, notice__posted_on__gte=returned.moved_on)
    return found.order_by("-notice__posted_on", "-id").first()


def waiting(viewer: Viewer, *, hold: bool = False) -> list[Case]:
    """Cases to be published that hang nowhere, in villages the viewer acts for.

    Those at a step of publication; of the green channel, where help came first, those that the
    village has decided on since. In the order of villages, the oldest first; with `hold`, against
    other writers.
    """
    places = Scope(viewer.scope_for(Permission.ACT_IN_VILLAGE).ranges)
    rows = gates.cases_for(viewer).filter(places.q("village_code", None), closed_on__isnull=True)
    standing = rows.exclude(step="").order_by().values_list("pack", "procedure", "step").distinct()
    steps = Q(pk__in=[])
    for pack, procedure, step in standing:
        if _is_publicity(pack, procedure, step, viewer.on):
            steps |= Q(pack=pack, procedure=procedure, step=step)
    found = (
        rows.filter(steps | Q(is_green_channel=True))
        .select_related("household")
        .order_by("village_code", "id")
    )
    if hold:
        found = found.select_for_update(of=("self",))
    there = (case for case in found if books.has_pack(case))
    return [case for case in there if waits(case) and entry_of(case) is None]


def _is_publicity(pack: str, procedure: str, step: str, on: date) -> bool:
    try:
        return procedures.load(pack, on).procedure(procedure).step(step).publicity
    except BookError:  # the pack is gone: its cases wait for it
        return False


def proposed(case: Case) -> str:
    """What is proposed, as the village reads it: a kind of household, never a reason or illness.

    In Chinese whatever language the publisher reads: it is kept as it was published.
    """
    with translation.override(settings.LANGUAGE_CODE):
        if kind_of(case) == Kind.REMOVAL:
            return _("拟消除风险")
        return case.get_monitored_kind_display() if case.monitored_kind else _("拟纳入监测对象")


def _decided_on(case: Case) -> date | None:
    reviews = Review.objects.filter(case=case, procedure=case.procedure).order_by("-held_on")
    return reviews.values_list("held_on", flat=True).first()
