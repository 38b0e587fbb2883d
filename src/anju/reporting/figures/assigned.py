"""Figures over assignments: villages with a bureau or a leader of some level, leaders at sites.

What is counted is places and assignments; who goes there, or how often, is no figure.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import UnitKind
from anju.duties.models import AssignedLevel, Assignment
from anju.duties.queries.assignments import in_force
from anju.places.models import Site, SiteKind
from anju.reporting.figures.model import SHARE, Asked, Behind, Figure, Made, Text, Why
from anju.reporting.figures.villages import key_villages, villages

_BUREAU = Q(unit__kind=UnitKind.BUREAU)
_TOWN_OR_ABOVE = (
    Q(unit__kind__in=(UnitKind.BUREAU, UnitKind.TOWN))
    | Q(leader__unit__kind__in=(UnitKind.BUREAU, UnitKind.TOWN))
    | ~Q(level="")
)


def _held(asked: Asked) -> QuerySet[Assignment]:
    """Assignments in force on the day, in the places."""
    return Assignment.objects.filter(in_force(asked.on), asked.within("division_code")).order_by()


def _to_villages(asked: Asked, who: Q) -> QuerySet[Assignment]:
    """Of these, those to a village itself."""
    there = villages(asked).order_by().values("code")
    return _held(asked).filter(who, site__isnull=True, division_code__in=there)


def _keys(who: Q) -> Callable[[Asked], QuerySet[Any]]:
    return lambda asked: _to_villages(asked, who).values("pk")


def _places(rows: QuerySet[Assignment]) -> int:
    return rows.values("division_code").distinct().count()


def _share_of_villages(who: Q) -> Callable[[Asked], Made]:
    def compute(asked: Asked) -> Made:
        whole = villages(asked).count()
        if not whole:
            return Made(None, None, 0, why=Why.NOBODY)
        number = _places(_to_villages(asked, who))
        return Made.of(Fraction(number, whole), numerator=number, denominator=whole)

    return compute


def _key_villages_of(level: AssignedLevel) -> Callable[[Asked], QuerySet[Any]]:
    """Codes of the key villages that somebody of a level answers for; each once."""

    def codes(asked: Asked) -> QuerySet[Any]:
        rows = _to_villages(asked, Q(level=level)).filter(division_code__in=key_villages(asked))
        return rows.values("division_code").distinct()

    return codes


def _number_of_key_villages(level: AssignedLevel) -> Callable[[Asked], Made]:
    codes = _key_villages_of(level)

    def compute(asked: Asked) -> Made:
        whole = key_villages(asked).count()
        if not whole:
            return Made(None, None, 0, why=Why.NO_CLASSES)
        if not _held(asked).exclude(level="").exists():
            return Made(None, None, whole, why=Why.NO_LEVELS)
        number = codes(asked).count()
        return Made.of(number, numerator=number, denominator=whole)

    return compute


def _sites(asked: Asked) -> QuerySet[Site]:
    rows = Site.objects.filter(asked.within()).exclude(kind=SiteKind.SCATTERED)
    return rows.order_by()


def _leaders(level: AssignedLevel) -> Callable[[Asked], QuerySet[Assignment]]:
    """Assignments of leaders of a level to sites where people live close together."""

    def rows(asked: Asked) -> QuerySet[Assignment]:
        is_leader = Q(leader__isnull=False) | ~Q(leader_post="")
        return _held(asked).filter(is_leader, level=level, site__in=_sites(asked).values("pk"))

    return rows


def _fewest_leaders(level: AssignedLevel) -> Callable[[Asked], Made]:
    """How many leaders of a level answer for the site that has the fewest."""

    def compute(asked: Asked) -> Made:
        sites = set(_sites(asked).values_list("pk", flat=True))
        if not sites:
            return Made(None, None, 0, why=Why.NOBODY)
        if not _held(asked).exclude(level="").exists():
            return Made(None, None, len(sites), why=Why.NO_LEVELS)
        rows = _leaders(level)(asked)
        counts = dict(rows.values_list("site").annotate(number=Count("pk")))
        fewest = min(counts.get(site, 0) for site in sites)
        return Made.of(fewest, numerator=sum(counts.values()), denominator=len(sites))

    return compute


def _of_level(id_: str, name: Text, definition: Text, level: AssignedLevel) -> Figure:
    return Figure(
        id=id_,
        name=name,
        unit="个",
        definition=definition,
        numerator=_("有这一级包抓的重点村"),
        denominator=_("分了类的重点村"),
        compute=_number_of_key_villages(level),
        behind=Behind.share("village-classes", _key_villages_of(level), key_villages),
    )


def _at_sites(id_: str, name: Text, definition: Text, level: AssignedLevel) -> Figure:
    return Figure(
        id=id_,
        name=name,
        unit="人",
        definition=definition,
        numerator=_("安置点的这一级包点领导（项）"),
        denominator=_("集中安置点"),
        compute=_fewest_leaders(level),
        behind=Behind.count(
            "assignments", lambda asked: _leaders(level)(asked).values("pk"), standing="all"
        ),
    )


def _paired(id_: str, name: Text, definition: Text, who: Q) -> Figure:
    return Figure(
        id=id_,
        name=name,
        unit=SHARE,
        definition=definition,
        numerator=_("有结对的村"),
        denominator=_("全部行政村（社区）"),
        compute=_share_of_villages(who),
        behind=Behind.sums("assignments", _keys(who), _("这些村的包点"), standing="all"),
    )


FIGURES = (
    _paired(
        "villages_with_bureau",
        _("县级部门结对帮扶的行政村占比"),
        _(
            "现有行政村（社区）中，月末在任的包点里有县直部门作包抓单位的村所占比例；"
            "包安置点、包乡镇的不算包村。"
        ),
        _BUREAU,
    ),
    _paired(
        "villages_with_town_help",
        _("有镇级以上力量结对帮扶的行政村占比"),
        _(
            "现有行政村（社区）中，月末在任的包点里有县直部门、乡镇作包抓单位，或有乡镇以上领导的村所占比例；"
            "包安置点、包乡镇的不算包村。"
        ),
        _TOWN_OR_ABOVE,
    ),
    _of_level(
        "key_villages_of_province",
        _("省（自治区）领导包抓的重点村"),
        _("月末分了类的重点村中，在任的包点里包抓层级登记为省（自治区）级的村数。"),
        AssignedLevel.PROVINCE,
    ),
    _of_level(
        "key_villages_of_city",
        _("市级领导和市直部门包抓的重点村"),
        _("月末分了类的重点村中，在任的包点里包抓层级登记为市级的村数。"),
        AssignedLevel.CITY,
    ),
    _of_level(
        "key_villages_of_county",
        _("县级领导和责任部门包抓的重点村"),
        _("月末分了类的重点村中，在任的包点里包抓层级登记为县级的村数。"),
        AssignedLevel.COUNTY,
    ),
    _at_sites(
        "county_leaders_per_site",
        _("每个集中安置点的县级（管委）包点领导"),
        _(
            "各集中安置点（不含分散安置）月末在任的包点领导中，包抓层级登记为县级（管委）的人数；"
            "取人数最少的安置点，达到1即点点都有。"
        ),
        AssignedLevel.COUNTY,
    ),
    _at_sites(
        "division_leaders_per_site",
        _("每个集中安置点的处级包点领导"),
        _(
            "各集中安置点（不含分散安置）月末在任的包点领导中，包抓层级登记为处级的人数；"
            "取人数最少的安置点，达到1即点点都有。"
        ),
        AssignedLevel.DIVISION,
    ),
)
