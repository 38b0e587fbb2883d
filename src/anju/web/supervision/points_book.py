"""The points of a year as a workbook: each unit with its sum, and every thing that was counted."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.language import in_language
from anju.supervision.queries.points import UnitPoints
from anju.web.casework import figures_book
from anju.web.casework.figure_tables import Heading, Table, Unit, Value
from anju.web.supervision.wording import basis


def written(viewer: Viewer, found: Sequence[UnitPoints], *, year: int, plan: str) -> BytesIO:
    """The workbook of what the page shows; units in the order of their places."""
    file = BytesIO()
    figures_book.write(file, [_sums(found), _things(found)], _said(viewer, year, plan))
    file.seek(0)
    return file


def _said(viewer: Viewer, year: int, plan: str) -> str:
    return _("扣分　%(year)s 年　%(plan)s　导出人：%(name)s（%(username)s）　日期：%(day)s") % {
        "year": year,
        "plan": plan or _("全部方案"),
        "name": viewer.name,
        "username": viewer.username,
        "day": viewer.on,
    }


def _sums(found: Sequence[UnitPoints]) -> Table:
    return Table(
        id="sums",
        title=_("扣分汇总"),
        note=_("按规则从登记的事项算出；单位按所在地的次序排列，不排名次。"),
        headings=(Heading(_("单位"), Unit.TEXT), Heading(_("扣分"))),
        values=[(each.unit.name, each.total) for each in found],
    )


def _things(found: Sequence[UnitPoints]) -> Table:
    """One line for each thing that was counted; what is above the most of a rule takes no more points."""
    text = [_("单位"), _("规则"), _("计入的事项"), _("日期"), _("依据")]
    values: list[tuple[Value, ...]] = []
    for each in found:
        for line in each.lines:
            rule, left = line.rule, line.points
            name = in_language(rule.name, rule.name_en)
            for thing in line.things:
                points = min(rule.points, left)
                left -= points
                said = [each.unit.name, name, thing.number, str(thing.on), basis(rule.basis)]
                values.append((*said, points))
    return Table(
        id="things",
        title=_("扣分明细"),
        note=_("超过规则全年最多扣分的，不再扣。"),
        headings=(*(Heading(title, Unit.TEXT) for title in text), Heading(_("扣分"))),
        values=values,
    )
