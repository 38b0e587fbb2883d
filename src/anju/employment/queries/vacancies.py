"""Reads of vacancies. They are public notices: whoever may see households may see them all, wherever
the work is; who was offered one is seen where that household lives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.employment import limits
from anju.employment.matching import Opening
from anju.employment.models import Offer, Result, Vacancy

#: As many are looked at for one person; the newest.
MOST_OPEN: Final = 3_000


def vacancies_for(viewer: Viewer) -> QuerySet[Vacancy]:
    """All vacancies, with `taken`: how many were filled by offers from here; none for who may not see
    households."""
    if not viewer.may(Permission.VIEW_HOUSEHOLDS):
        return Vacancy.objects.none()
    return _told(Vacancy.objects.all())


def vacancy_for(viewer: Viewer, pk: int) -> Vacancy:
    """One of them; raises Vacancy.DoesNotExist."""
    return vacancies_for(viewer).get(pk=pk)


def may_edit_vacancy(viewer: Viewer, vacancy: Vacancy) -> bool:
    """Whether the viewer may correct it: one of a place inside, or of work elsewhere, told here."""
    return may_tell_of(viewer, vacancy.division_code, vacancy.county_code)


def may_tell_of(viewer: Viewer, division_code: str, county_code: str) -> bool:
    """Whether the viewer may write of work in a place; of work outside the county the county does."""
    scope = viewer.scope_for(Permission.EDIT_REGISTERS)
    is_here = division_code[:6] == county_code
    return scope.covers(division_code if is_here else county_code)


def open_on(on: date) -> Q:
    """Vacancies told by a day and not over on it; one without a last day holds for so many days as
    the pack says. Of rows with `taken`: somebody is still wanted."""
    earliest = on - timedelta(days=limits.vacancy_days(on))
    lasts = Q(closes_on__gte=on) | Q(closes_on__isnull=True, opened_on__gte=earliest)
    return lasts & Q(opened_on__lte=on, wanted__gt=F("gone"))


def named(vacancies: QuerySet[Vacancy], text: str) -> QuerySet[Vacancy]:
    """Those whose employer, trade or place of work holds the text."""
    return vacancies.filter(
        Q(employer__contains=text) | Q(trade__contains=text) | Q(address__contains=text)
    )


def openings(viewer: Viewer, on: date, *, most: int = MOST_OPEN) -> list[Opening]:
    """What may be offered on a day, the newest first."""
    rows = vacancies_for(viewer).filter(open_on(on)).order_by("-opened_on", "-pk")
    return [as_opening(row) for row in rows[:most]]


def as_opening(row: Vacancy) -> Opening:
    """A row of `vacancies_for` as it is compared with workers."""
    return Opening(
        id=row.pk,
        trade=row.trade,
        place=row.division_code,
        wage_from=row.wage_from,
        wage_to=row.wage_to,
        age_from=row.age_from,
        age_to=row.age_to,
        needs_skill=row.needs_skill,
        free=row.wanted - row.gone,  # type: ignore[attr-defined]
        closes_on=row.closes_on,
    )


def by_id(viewer: Viewer, ids: Iterable[int]) -> dict[int, Vacancy]:
    """Vacancies by their ids; one query."""
    return {row.pk: row for row in vacancies_for(viewer).filter(pk__in=list(ids))}


def _told(rows: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """With `taken` and `gone`: how many places are filled, by our offers or as the employer says."""
    taken: Any = (
        Offer.objects.filter(vacancy=OuterRef("pk"), result=Result.TAKEN, known_to__isnull=True)
        .order_by()
        .values("vacancy")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = rows.annotate(taken=Coalesce(Subquery(taken), 0))
    return rows.annotate(gone=Greatest(Coalesce(F("filled"), 0), F("taken")))


def here(rows: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """Of work in the county that told of it."""
    return rows.filter(division_code__startswith=F("county_code"))


def away(rows: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """Of work elsewhere; where nobody knows where, it is neither here nor away."""
    return rows.exclude(division_code="").exclude(division_code__startswith=F("county_code"))
