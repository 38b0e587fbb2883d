"""What kinds, reasons and services are called on screen, and what a page of requests says beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.community import book
from anju.community.book_model import WARNING, Named
from anju.community.models import Request
from anju.community.queries.requests import visible_households
from anju.community.states import State
from anju.duties.lights import Light, light
from anju.language import in_language
from anju.places import queries as places
from anju.procedures.model import Basis
from anju.web.casework.columns import left_in_words
from anju.web.lists import Choice

_ENDED = (State.HANDLED, State.CLOSED)


def said(named: Named | None, code: str) -> str:
    """An entry of a code list in the reader's language; its code where the pack has it no longer."""
    return in_language(named.zh, named.en) if named else code


def kind(code: str) -> str:
    """A kind of request."""
    return said(book.own_book().kind(code), code)


def service(code: str) -> str:
    """A kind of service."""
    return said(book.own_book().service(code), code)


def reason(code: str) -> str:
    """Why a request could not be settled."""
    return said(book.own_book().reason(code), code) if code else ""


def choices(rows: Sequence[Named]) -> list[Choice]:
    """A code list to choose from."""
    return [Choice(each.id, said(each, each.id)) for each in rows]


def basis_said(basis: Basis) -> str:
    """Where a number of days comes from: a clause, or our own default with what stands behind it."""
    if basis.is_default:
        return _("暂定：%(basis)s") % {"basis": in_language(basis.default, basis.default_en)}
    return f"{basis.doc} {basis.clause}"


def standing_light(row: Request, on: date, warn: int) -> Light:
    """The light of a request: of what is handled or closed the office owes nothing more."""
    return light(row.due_on, on, row.state in _ENDED, warn)


def where(row: Request, place_name: str) -> str:
    """The place in words: site and building, else the village."""
    if row.site is None:
        return place_name
    building = row.building.number if row.building else ""
    parts = [row.site.name, building, row.entrance, row.room]
    return " ".join(part for part in parts if part)


def add_words(viewer: Viewer, rows: Sequence[Any], on: date) -> None:
    """Place, light, days left and the household where it may be seen; two queries for a page."""
    names = places.names([row.village_code for row in rows])
    homes = visible_households(viewer, rows)
    warn = book.own_book().days(WARNING)
    for row in rows:
        row.place_name = names.village(row.village_code) or row.village_code
        row.kind_name = kind(row.kind)
        row.where = where(row, row.place_name)
        row.light = standing_light(row, on, warn)
        row.home = homes.get(row.household_id)
        row.left = left_in_words(row.due_on, on) if row.state not in _ENDED else ""
        row.unit_name = row.unit.name if row.unit else ""
