"""Figures over services that sites and villages have: who has one, how many the poorest has.

A place whose service nobody wrote down yet (there or not) is left out and told as unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from anju.community.models import ServicePoint
from anju.community.queries.services import in_use, looked_at
from anju.places.models import Site, SiteKind
from anju.reporting.figures.model import SHARE, Asked, Behind, Figure, Keys, Made, Text, Why
from anju.reporting.figures.villages import key_villages, villages

_MEDIATION: Final = "mediation_room"
_STATION: Final = "labour_station"
_INCLUSIVE, _OTHER = "kindergarten_inclusive", "kindergarten_other"
_Codes = Callable[[Asked], QuerySet[Any]]


def _told(asked: Asked, *kinds: str) -> QuerySet[ServicePoint]:
    """What is known by the day of services of these kinds: there, there once, or never."""
    rows = ServicePoint.objects.filter(looked_at(asked.on), asked.within(), kind__in=kinds)
    return rows.order_by()


def _there(asked: Asked, *kinds: str) -> QuerySet[ServicePoint]:
    """Services of these kinds that are there on the day."""
    return _told(asked, *kinds).filter(in_use(asked.on))


def _sites(asked: Asked) -> QuerySet[Site]:
    return Site.objects.filter(asked.within()).exclude(kind=SiteKind.SCATTERED).order_by()


def _rows(*kinds: str, at_sites: bool = False) -> Keys:
    """Keys of the services counted."""

    def keys(asked: Asked) -> QuerySet[Any]:
        rows = _there(asked, *kinds)
        if at_sites:
            rows = rows.filter(site__in=_sites(asked).values("pk"))
        return rows.values("pk")

    return keys


def _of(kind: str, codes: _Codes) -> Keys:
    return lambda asked: _there(asked, kind).filter(village_code__in=codes(asked)).values("pk")


def _villages(asked: Asked) -> QuerySet[Any]:
    return villages(asked).order_by().values("code")


def _fewest_rooms(asked: Asked) -> Made:
    """How many mediation rooms the site has that has fewest."""
    sites = set(_sites(asked).values_list("pk", flat=True))
    if not sites:
        return Made(None, None, 0, why=Why.NOBODY)
    known = sites & set(_told(asked, _MEDIATION).values_list("site", flat=True))
    unknown = len(sites) - len(known)
    if not known:
        return Made(None, None, 0, unknown=unknown, why=Why.NO_SERVICES)
    there = _there(asked, _MEDIATION).filter(site__in=known)
    counts = dict(there.values_list("site").annotate(number=Count("pk")))
    fewest = min(counts.get(site, 0) for site in known)
    number = sum(counts.values())
    return Made.of(fewest, numerator=number, denominator=len(known), unknown=unknown)


def _villages_with(kind: str, whole: _Codes, *, is_share: bool) -> Callable[[Asked], Made]:
    """Of the villages of which it is known, those that have the service."""

    def compute(asked: Asked) -> Made:
        asked_of = {code for row in whole(asked) for code in row.values()}
        if not asked_of:
            return Made(None, None, 0, why=Why.NO_CLASSES)
        told = _told(asked, kind).filter(village_code__in=asked_of)
        known = set(told.values_list("village_code", flat=True))
        unknown = len(asked_of) - len(known)
        if not known:
            return Made(None, None, 0, unknown=unknown, why=Why.NO_SERVICES)
        there = _there(asked, kind).filter(village_code__in=known)
        number = there.values("village_code").distinct().count()
        exact = Fraction(number, len(known)) if is_share else number
        return Made.of(exact, numerator=number, denominator=len(known), unknown=unknown)

    return compute


def _fewest_liaisons(asked: Asked) -> Made:
    """How many people the labour stations of the key village have that has fewest."""
    wanted = set(key_villages(asked).values_list("division_code", flat=True))
    if not wanted:
        return Made(None, None, 0, why=Why.NO_CLASSES)
    told = _told(asked, _STATION).filter(village_code__in=wanted)
    told = told.filter(Q(is_there=False) | Q(staff__isnull=False))
    known = set(told.values_list("village_code", flat=True))
    unknown = len(wanted) - len(known)
    if not known:
        return Made(None, None, 0, unknown=unknown, why=Why.NO_SERVICES)
    there = _there(asked, _STATION).filter(village_code__in=known)
    counts = dict(there.values_list("village_code").annotate(number=Sum("staff")))
    fewest = min(counts.get(code) or 0 for code in known)
    number = sum(each or 0 for each in counts.values())
    return Made.of(fewest, numerator=number, denominator=len(known), unknown=unknown)


def _inclusive_share(asked: Asked) -> Made:
    sites = _sites(asked).values("pk")
    whole = _there(asked, _INCLUSIVE, _OTHER).filter(site__in=sites).count()
    if not whole:
        return Made(None, None, 0, why=Why.NO_SERVICES)
    number = _there(asked, _INCLUSIVE).filter(site__in=sites).count()
    return Made.of(Fraction(number, whole), numerator=number, denominator=whole)


def _coverage(id_: str, name: Text, definition: Text, kind: str, whole: _Codes) -> Figure:
    return Figure(
        id=id_,
        name=name,
        unit=SHARE,
        definition=definition,
        numerator=_("有这项服务的村"),
        denominator=_("登记了有没有的村"),
        compute=_villages_with(kind, whole, is_share=True),
        behind=Behind.sums("services", _of(kind, whole), _("这些村的这项服务")),
    )


FIGURES = (
    Figure(
        id="mediation_rooms_per_site",
        name=_("每个集中安置点的规范化调解室"),
        unit="个",
        definition=_(
            "各集中安置点（不含分散安置）月末在用的规范化调解室个数，取最少的安置点，达到1即点点都有；"
            "没有登记有没有的安置点算资料不全。"
        ),
        numerator=_("集中安置点在用的调解室"),
        denominator=_("登记了有没有的集中安置点"),
        compute=_fewest_rooms,
        behind=Behind.count("services", _rows(_MEDIATION, at_sites=True)),
    ),
    _coverage(
        "key_villages_with_civil_practice",
        _("有新时代文明实践站的重点村占比"),
        _("登记了有没有的重点村中，月末有新时代文明实践站（所）在用的村所占比例。"),
        "civil_practice",
        key_villages,
    ),
    _coverage(
        "key_villages_with_express",
        _("通快递的重点村占比"),
        _("登记了有没有的重点村中，月末有快递网点在用的村所占比例。"),
        "express",
        key_villages,
    ),
    _coverage(
        "villages_with_express",
        _("有快递网点的行政村占比"),
        _("登记了有没有的行政村（社区）中，月末有快递网点在用的村所占比例。"),
        "express",
        _villages,
    ),
    Figure(
        id="key_villages_with_points_shop",
        name=_("有积分超市的重点村"),
        unit="个",
        definition=_("月末有积分超市在用的重点村数；积分本身不在系统中登记。"),
        numerator=_("有这项服务的村"),
        denominator=_("登记了有没有的村"),
        compute=_villages_with("points_shop", key_villages, is_share=False),
        behind=Behind.sums("services", _of("points_shop", key_villages), _("这些村的这项服务")),
    ),
    Figure(
        id="labour_liaisons_per_key_village",
        name=_("每个重点村的劳务联络员"),
        unit="人",
        definition=_(
            "各重点村月末在用的劳务工作站登记的工作人员（联络员）人数，取最少的村，达到1即村村都有；"
            "没有登记人数的算资料不全。"
        ),
        numerator=_("劳务工作站的联络员（人）"),
        denominator=_("登记了人数的重点村"),
        compute=_fewest_liaisons,
        behind=Behind.sums("services", _of(_STATION, key_villages), _("这些村的劳务工作站")),
    ),
    Figure(
        id="inclusive_kindergartens_at_sites",
        name=_("安置区普惠性幼儿园占比"),
        unit=SHARE,
        definition=_("月末在集中安置点登记在用的幼儿园中，普惠性的所占比例。"),
        numerator=_("普惠性幼儿园"),
        denominator=_("安置点的幼儿园"),
        compute=_inclusive_share,
        behind=Behind.share(
            "services",
            _rows(_INCLUSIVE, at_sites=True),
            _rows(_INCLUSIVE, _OTHER, at_sites=True),
            _("其他幼儿园"),
        ),
    ),
)
