"""Figures over resettlement sites: titled homes, and how close the grids are."""

from __future__ import annotations

from fractions import Fraction

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from anju.places.models import Grid
from anju.registry.models import Housing
from anju.reporting.figures import registers
from anju.reporting.figures.model import SHARE, Asked, Behind, Figure, Keys, Made, Why


def _homes(asked: Asked) -> QuerySet[Housing]:
    homes = Housing.objects.filter(
        registers.holds(asked.on),
        building__isnull=False,
        household__in=registers.households(asked),
        known_to__isnull=True,
    )
    return homes.order_by()


def _with(**condition: bool) -> Keys:
    """Households with such a home."""
    return lambda asked: _homes(asked).filter(**condition).values("household")


def _titled(asked: Asked) -> Made:
    found = _homes(asked).aggregate(
        titled=Count("pk", filter=Q(has_title=True)),
        known=Count("pk", filter=Q(has_title__isnull=False)),
        unknown=Count("pk", filter=Q(has_title__isnull=True)),
    )
    titled, known, unknown = found["titled"], found["known"], found["unknown"]
    if not known:
        return Made(None, None, 0, unknown=unknown, why=Why.NOBODY)
    exact = Fraction(titled, known)
    return Made.of(exact, numerator=titled, denominator=known, unknown=unknown)


def _grid_density(asked: Asked) -> Made:
    at_site = Count("pk", filter=Q(site__isnull=False))
    elsewhere = Count("pk", filter=Q(site__isnull=True))
    current = Q(ended_on__isnull=True) | Q(ended_on__gt=asked.on)
    grids = Grid.objects.filter(current, asked.within()).order_by()
    grids_at, grids_else = grids.aggregate(a=at_site, b=elsewhere).values()
    homes_at, homes_else = registers.records(asked).aggregate(a=at_site, b=elsewhere).values()
    if not (homes_at and homes_else and grids_else):
        return Made(None, grids_at, homes_at, why=Why.NOT_BOTH)
    exact = Fraction(grids_at, homes_at) / Fraction(grids_else, homes_else)
    return Made.of(exact, numerator=grids_at, denominator=homes_at)


FIGURES = (
    Figure(
        id="resettlement_homes_titled",
        name=_("安置住房确权发证率"),
        unit=SHARE,
        definition=_(
            "搬迁户在安置点楼栋内的现有住房中，已办产权证的比例；产权情况未登记的算资料不全。"
        ),
        numerator=_("已办产权证的住房"),
        denominator=_("登记了产权情况的安置住房"),
        compute=_titled,
        behind=Behind.share(
            "households",
            _with(has_title=True),
            _with(has_title__isnull=False),
            _("没有产权证的住房"),
        ),
    ),
    Figure(
        id="grid_density",
        name=_("安置区网格密度与其他地方之比"),
        unit=SHARE,
        definition=_(
            "安置点每户的网格数与其他地方每户的网格数之比：大于1即安置区的网格更密、每个网格管的户更少。"
        ),
        numerator=_("安置点的网格"),
        denominator=_("安置点的户"),
        compute=_grid_density,
        behind=Behind("sites"),
    ),
)
