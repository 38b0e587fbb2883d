"""The list of households as the place of origin sees them: `anju.registry.sides` says what."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.places import queries as places
from anju.registry import queries, sides
from anju.registry.queries.searching import TOO_MANY
from anju.registry.sides import LABELS, Side
from anju.web.lists import Ask, Choice, Column, Filter, Found, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village


def side() -> Filter:
    """Who lives here, or who came from here: the two never in one list, so that none counts twice."""
    return Filter("side", _("管理关系"), _choices, _keep, unset=LABELS[Side.RESIDENCE])


def the_origin_of(register: Register) -> Register:
    """A list of households, narrowed to the rows, columns, filters and orders of the origin."""
    shown = [each for each in register.columns if sides.sees(Side.ORIGIN, each.id, sides.COLUMNS)]
    return replace(
        register,
        id="households-from",
        title=_("迁出农户"),
        rows=lambda ask: queries.households_from(ask.viewer).select_related("site"),
        columns=(*(replace(each, shown=True) for each in shown), _MARK),
        filters=(side(), town("origin_village_code"), village("origin_village_code")),
        sorts=(Sort("place", _("按迁出村"), ("origin_village_code", "code")),),
        search=Search(_("户编码、户主姓名、姓名首字母"), _search),
        prepare=_prepare,
        empty=_("没有从这里迁出、现居别处的农户。"),
    )


_MARK = Column("side", _("管理关系"), lambda row: LABELS[Side.ORIGIN], fixed=True)


def _choices(ask: Ask) -> Sequence[Choice]:
    """A grid has nobody who came from it."""
    return [Choice(Side.ORIGIN, LABELS[Side.ORIGIN])] if ask.viewer.scope.ranges else []


def _keep(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    match = queries.search_from(rows, text)
    note = gettext("符合的户太多，只列出前 %(limit)s 户。请多输几个字，或先选乡镇。") % {
        "limit": TOO_MANY
    }
    return Found(match.households, note if match.is_cut else "", match.number)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of both places, in one query."""
    names = places.names(
        [row.village_code for row in rows] + [row.origin_village_code for row in rows]
    )
    for row in rows:
        row.place_name = names.village(row.village_code) or row.village_code
        row.origin_name = names.village(row.origin_village_code) or row.origin_village_code
