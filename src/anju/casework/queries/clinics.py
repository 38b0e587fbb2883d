"""Blank spots in clinics (村卫生室空白点): a list that must reach zero each month, each with its case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from anju.accounts.viewer import Viewer
from anju.casework import books
from anju.casework.models import ClinicCase, ClinicState
from anju.casework.queries.clinic_cases import seen_scope
from anju.casework.queries.open_pages import cared_for
from anju.places import queries as places
from anju.places.models import Division
from anju.procedures.calendars import add_months
from anju.procedures.refusals import BookError
from anju.registry.models import ClinicReport

EARLIER_MONTHS = 3


class Standing(StrEnum):
    """Where a village of the list stands."""

    BLANK = "blank"
    LATE = "late"
    TO_CONFIRM = "to_confirm"
    NOT_CONCERNED = "not_concerned"
    UNSEEN = "unseen"
    FILLED = "filled"
    SOUND = "sound"


STANDINGS = {
    Standing.BLANK: _("空白点，待清零"),
    Standing.LATE: _("空白点，已逾期"),
    Standing.TO_CONFIRM: _("已补齐，待核实清零"),
    Standing.NOT_CONCERNED: _("核实不属空白点"),
    Standing.UNSEEN: _("本月未核实"),
    Standing.FILLED: _("本月已清零"),
    Standing.SOUND: _("正常"),
}


@dataclass(frozen=True)
class Tally:
    """How many villages stand how; `total` is all of them, `earlier` the blank spots at ends of months."""

    total: int
    by_standing: dict[Standing, int]
    earlier: Sequence[tuple[str, int]]

    @property
    def remaining(self) -> int:
        """How many villages stand between the list and zero."""
        waiting = (Standing.BLANK, Standing.LATE, Standing.TO_CONFIRM)
        return sum(self.by_standing[each] for each in waiting)


def villages_for(viewer: Viewer) -> QuerySet[Division]:
    """Villages where the viewer sees cases, each with its `standing`, report (`seen_on`) and case.

    `seen_on` and `is_blank` are None where nobody ever looked; `case_number`, `case_step` and the others
    are of the case under way, else of the last one, empty without one.
    """
    return _standing_so(places.villages_in(seen_scope(viewer)), viewer.on)


def without_case(on: date, villages: Collection[str] | None = None) -> list[str]:
    """The codes of blank spots that have no case under way and ought to; of all villages, or of some."""
    rows = _standing_so(places.all_villages(), on)
    is_free = Q(case_number__isnull=True) | Q(case_closed_on__isnull=False)
    blank = rows.filter(is_free, standing=Standing.BLANK)
    if villages is not None:
        blank = blank.filter(code__in=villages)
    return list(blank.order_by("code").values_list("code", flat=True))


def cases_without_village() -> QuerySet[ClinicCase]:
    """Cases under way whose village was merged into another."""
    there = places.all_villages().filter(code=OuterRef("village_code"))
    return ClinicCase.objects.filter(~Exists(there), closed_on__isnull=True)


def of_standing(rows: QuerySet[Division], standing: Standing) -> QuerySet[Division]:
    """The villages of a list (`villages_for`) that stand so."""
    return rows.filter(standing=standing)


def tally(viewer: Viewer) -> Tally:
    """The viewer's villages in numbers, with those of the months before; few queries."""
    rows = villages_for(viewer).order_by()
    # Grouped, so that the standing is worked out once for a village and not once for each number.
    counted = dict(rows.values_list("standing").annotate(number=Count("pk")))
    earlier, last = [], viewer.on
    for _month in range(EARLIER_MONTHS):
        last = last.replace(day=1) - timedelta(days=1)
        earlier.append((f"{last:%Y-%m}", _blank_on(viewer, last)))
    by_standing = {each: counted.get(each.value, 0) for each in Standing}
    return Tally(sum(counted.values()), by_standing, earlier)


def reports_of(viewer: Viewer, village_code: str) -> QuerySet[ClinicReport]:
    """All reports of one of the viewer's villages, the latest first; none of others."""
    if not villages_for(viewer).filter(code=village_code).exists():
        return ClinicReport.objects.none()
    return ClinicReport.objects.filter(village_code=village_code).order_by("-seen_on", "-id")


def blank_since(viewer: Viewer, village_codes: Iterable[str]) -> dict[str, date]:
    """Village → the day since when it is blank, of those that are; one query."""
    found: dict[str, date] = {}
    rows = ClinicReport.objects.filter(village_code__in=set(village_codes))
    for row in rows.order_by("seen_on", "id"):
        if not row.is_blank:
            found.pop(row.village_code, None)
        else:
            found.setdefault(row.village_code, row.seen_on)
    return found


def seen_by(villages: QuerySet[Division], on: date) -> QuerySet[Division]:
    """Villages with `was_blank` as it was seen last by a day; None where nobody had looked.

    What the county had found to be no blank spot, and nobody has seen in order since, is none.
    """
    then = _reports().filter(seen_on__lte=on)
    settled = ClinicCase.objects.filter(
        village_code=OuterRef("code"),
        state=ClinicState.NOT_INCLUDED,
        closed_on__range=(_asked_again(on), on),
    )
    rows = villages.annotate(
        last_blank=Subquery(then.values("blank")[:1]),
        sound_then=Subquery(then.filter(blank=False).values("seen_on")[:1]),
        settled_then=Subquery(settled.order_by("-closed_on").values("closed_on")[:1]),
    )
    never_sound = Q(sound_then__isnull=True) | Q(sound_then__lt=F("settled_then"))
    is_settled = Q(last_blank=True, settled_then__isnull=False) & never_sound
    return rows.annotate(
        was_blank=Case(
            When(is_settled, then=Value(False)),
            default=F("last_blank"),
            output_field=BooleanField(null=True),
        )
    )


def may_report(viewer: Viewer, village_code: str) -> bool:
    """Whether the viewer acts for the village, its town or the county."""
    return cared_for(viewer).covers(village_code)


_IS_BLANK = Case(
    When(has_clinic=True, has_staff=True, then=Value(False)),
    default=Value(True),
    output_field=BooleanField(),
)


def _reports() -> QuerySet[ClinicReport]:
    """Reports of the village that is asked for, each with `blank`, the latest first."""
    theirs = ClinicReport.objects.filter(village_code=OuterRef("code"))
    return theirs.annotate(blank=_IS_BLANK).order_by("-seen_on", "-id")


def _standing_so(villages: QuerySet[Division], on: date) -> QuerySet[Division]:
    """The villages with what was seen last, their case, and from both where they stand."""
    cases = ClinicCase.objects.filter(village_code=OuterRef("code")).order_by("-id")
    reports = _reports()
    rows = villages.annotate(
        seen_on=Subquery(reports.values("seen_on")[:1]),
        is_blank=Subquery(reports.values("blank")[:1]),
        sound_on=Subquery(reports.filter(blank=False).values("seen_on")[:1]),
        case_number=Subquery(cases.values("number")[:1]),
        case_step=Subquery(cases.values("step")[:1]),
        case_state=Subquery(cases.values("state")[:1]),
        case_due_on=Subquery(cases.values("due_on")[:1]),
        case_closed_on=Subquery(cases.values("closed_on")[:1]),
    )
    return rows.annotate(standing=_standing(on))


def _standing(on: date) -> Case:
    """Where a village stands, the first that fits; a case counts until the county has closed it."""
    month = on.replace(day=1)
    under_way = Q(case_state=ClinicState.CHECKING)
    settled = Q(case_state=ClinicState.NOT_INCLUDED, case_closed_on__gte=_asked_again(on))
    filled_now = Exists(_reports().filter(fills_blank=True, seen_on__gte=month))
    cleared_now = Q(case_state=ClinicState.CLEARED, case_closed_on__gte=month)
    return Case(
        When(under_way & Q(case_due_on__lt=on), then=Value(Standing.LATE)),
        When(under_way & Q(is_blank=False), then=Value(Standing.TO_CONFIRM)),
        When(under_way, then=Value(Standing.BLANK)),
        When(
            Q(is_blank=True) & settled
            # Seen in order since then, it is blank anew.
            & (Q(sound_on__isnull=True) | Q(sound_on__lt=F("case_closed_on"))),
            then=Value(Standing.NOT_CONCERNED),
        ),
        When(is_blank=True, then=Value(Standing.BLANK)),
        When(Q(seen_on__isnull=True) | Q(seen_on__lt=month), then=Value(Standing.UNSEEN)),
        When(filled_now | cleared_now, then=Value(Standing.FILLED)),
        default=Value(Standing.SOUND),
        output_field=CharField(),
    )  # fmt: skip


def _asked_again(on: date) -> date:
    """The day since which a village found to be no blank spot is left alone."""
    try:
        return add_months(on, -books.book_on(on).limit("clearing_again").amount)
    except BookError:
        return on


def _blank_on(viewer: Viewer, day: date) -> int:
    """How many of the viewer's villages were blank spots at the end of a day."""
    then = _reports().filter(seen_on__lte=day).values("blank")[:1]
    rows = places.villages_in(seen_scope(viewer)).order_by().annotate(was_blank=Subquery(then))
    return rows.filter(was_blank=True).count()
