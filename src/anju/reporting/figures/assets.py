"""Figures over relief assets: put to use, registered, handed over, yields received and shared out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from anju.assets.models import (
    SHARES,
    Asset,
    AssetKind,
    AssetState,
    Category,
    HolderLevel,
    Use,
    Yield,
)
from anju.reporting.figures import registers
from anju.reporting.figures.model import SHARE, Asked, Behind, Figure, Made, Part, Why

_IMMOVABLE = (Category.HOUSE, Category.LAND)
_YUAN = 100


def _present(asked: Asked, kinds: Q) -> QuerySet[Asset]:
    """Assets that were there on the day and not disposed of; 到户类 where the household lives."""
    elsewhere = Q(household__isnull=True) & asked.within("division_code")
    at_home = Q(household__isnull=False) & asked.within("household__village_code")
    rows = Asset.objects.filter(elsewhere | at_home, kinds, built_on__lte=asked.on)
    return rows.exclude(_was(asked.on, (Use.DISPOSED,)))


def _was(on: date, uses: tuple[Use, ...]) -> Exists:
    """In one of these states on a day, as known now."""
    rows = AssetState.objects.filter(
        registers.holds(on), asset=OuterRef("pk"), known_to__isnull=True, use__in=uses
    )
    return Exists(rows)


_AT_SITES = Q(kind=AssetKind.OPERATING, site__isnull=False) & ~Q(
    category__in=(Category.LIVING, Category.EQUITY)
)
_OPERATING = Q(kind=AssetKind.OPERATING)


def _put_to_use(kinds: Q):  # type: ignore[no-untyped-def]
    def compute(asked: Asked) -> Made:
        rows = _present(asked, kinds)
        used = rows.filter(_was(asked.on, (Use.IN_USE,)))
        whole, number = rows.count(), used.count()
        if not whole:
            return Made(None, None, 0, why=Why.NOBODY)
        parts = {"value": rows_yuan(rows), "value_in_use": rows_yuan(used)}
        return Made.of(Fraction(number, whole), numerator=number, denominator=whole, parts=parts)

    return compute
