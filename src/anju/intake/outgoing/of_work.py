"""Lines of the lists of workshops and of vacancies, as the fields of their sheets."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from anju.accounts.scope import Scope
from anju.employment import written
from anju.employment.actions.workshops import COUNT
from anju.employment.models import Vacancy, Workshop, WorkshopCount
from anju.places import queries as places

_WORKSHOP: Final[dict[str, type[pl.DataType]]] = {
    "name": pl.String, "kind": pl.String, "operator": pl.String, "products": pl.String,
    "opened_on": pl.Date, "closed_on": pl.Date, "rating": pl.String, "rated_on": pl.Date,
}  # fmt: skip
_COUNT: Final[dict[str, type[pl.DataType]]] = {
    "told_on": pl.Date, **dict.fromkeys(COUNT, pl.Int64),
}  # fmt: skip
_VACANCY: Final[dict[str, type[pl.DataType]]] = {
    "employer": pl.String, "trade": pl.String, "address": pl.String, "wanted": pl.Int64,
    "filled": pl.Int64, "wage_from": pl.Int64, "wage_to": pl.Int64, "age_from": pl.Int64,
    "age_to": pl.Int64, "requirements": pl.String, "keep": pl.String, "contact": pl.String,
    "opened_on": pl.Date, "closes_on": pl.Date,
}  # fmt: skip
_PLACE: Final = ("town", "village", "village_code")
_FEN: Final = 100


def workshops(scope: Scope) -> pl.DataFrame:
    """Workshops in the scope by place and name, each with what it told last."""
    rows = Workshop.objects.filter(scope.q("division_code", None)).select_related("site")
    found = list(rows.order_by("division_code", "name", "pk"))
    counts = WorkshopCount.objects.filter(workshop__in=found, known_to__isnull=True)
    last = {row.workshop_id: row for row in counts.order_by("told_on", "id")}
    names = places.names(row.division_code for row in found)
    lines = [
        {
            **{name: getattr(row, name) for name in _WORKSHOP},
            **{name: getattr(last.get(row.pk), name, None) for name in _COUNT},
            **_placed(row.division_code, names),
            "site_code": row.site.code if row.site else None,
        }
        for row in found
    ]
    schema: dict[str, Any] = {
        **_WORKSHOP, **_COUNT, **dict.fromkeys((*_PLACE, "site_code"), pl.String),
    }  # fmt: skip
    return _without_blanks(pl.DataFrame(lines, schema=schema))


def vacancies(scope: Scope) -> pl.DataFrame:
    """Vacancies of work in the scope, and of work elsewhere for who sees the whole county; telephone
    numbers stay here."""
    inside = scope.q("division_code", None)
    rows = Vacancy.objects.all() if scope.is_county_wide else Vacancy.objects.filter(inside)
    found = list(rows.order_by("opened_on", "employer", "trade", "pk"))
    names = places.names(row.division_code for row in found)
    lines = [
        {
            **{name: getattr(row, name) for name in _VACANCY},
            **_placed(row.division_code, names),
            "work_code": None if names.of(row.division_code) else row.division_code,
            "needs_skill": None if row.needs_skill is None else "yes" if row.needs_skill else "no",
            "wage": written.said(_yuan(row.wage_from), _yuan(row.wage_to)),
            "ages": written.said(row.age_from, row.age_to),
            "phone": None,
        }
        for row in found
    ]
    more = (*_PLACE, "work_code", "needs_skill", "wage", "ages", "phone")
    schema: dict[str, Any] = {**_VACANCY, **dict.fromkeys(more, pl.String)}
    return _without_blanks(pl.DataFrame(lines, schema=schema))


def _placed(code: str, names: places.Names) -> dict[str, str | None]:
    """Town and village by name, of a place of the tree."""
    return {
        "town": names.of(f"{code[:9]}000") if code[6:9] != "000" else None,
        "village": names.of(code) if code[9:] != "000" else None,
        "village_code": code,
    }


def _yuan(fen: int | None) -> int | None:
    return None if fen is None else fen // _FEN


def _without_blanks(rows: pl.DataFrame) -> pl.DataFrame:
    """Empty text is nothing."""
    return rows.with_columns(pl.col(pl.String).replace("", None))
