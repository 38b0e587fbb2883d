"""Figures over relief assets: put to use, registered, looked after, and what they bring."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from anju.assets.models import Asset, AssetKind, AssetState, Category, Use, Yield
from anju.reporting.figures import registers
from anju.reporting.figures.model import (
    SHARE,
    Asked,
    Behind,
    Figure,
    Made,
    Part,
    Text,
    Why,
    rounded,
)

_Rows = Callable[[Asked], QuerySet[Asset]]
_OPERATING = Q(kind=AssetKind.OPERATING)
_PUBLIC = Q(kind=AssetKind.PUBLIC)
_AT_SITES = Q(site__isnull=False)
_IMMOVABLE = Q(category__in=(Category.HOUSE, Category.LAND))
_NOT_OF_HOMES = ~Q(kind=AssetKind.HOUSEHOLD)


def _present(asked: Asked, kinds: Q) -> QuerySet[Asset]:
    """Assets that were there on the day and not disposed of."""
    rows = Asset.objects.filter(asked.within("division_code"), kinds, built_on__lte=asked.on)
    return rows.exclude(_was(asked, Use.DISPOSED)).order_by()


def _was(asked: Asked, use: Use) -> Exists:
    """In that state on the day, as known now."""
    rows = AssetState.objects.filter(
        registers.holds(asked.on), asset=OuterRef("pk"), known_to__isnull=True, use=use
    )
    return Exists(rows)


def _share(rows: QuerySet[Asset], of: QuerySet[Asset], unknown: int = 0) -> Made:
    number, whole = rows.count(), of.count()
    if not whole:
        return Made(None, None, 0, unknown=unknown, why=Why.NOBODY)
    parts = {"value": _value(of), "value_counted": _value(rows)}
    return Made.of(
        Fraction(number, whole),
        numerator=number,
        denominator=whole,
        unknown=unknown,
        parts=parts,
    )


def _value(rows: QuerySet[Asset]) -> Decimal:
    """Original value in ten thousand yuan."""
    return rounded(Fraction(rows.aggregate(fen=Sum("original_value"))["fen"] or 0, 1_000_000))


def _there(kinds: Q) -> _Rows:
    return lambda asked: _present(asked, kinds)


def _in_use(kinds: Q) -> _Rows:
    return lambda asked: _present(asked, kinds).filter(_was(asked, Use.IN_USE))


def _title_known(kinds: Q) -> _Rows:
    return lambda asked: _present(asked, kinds).filter(has_title__isnull=False)


def _titled(kinds: Q) -> _Rows:
    """Registered by the day; one without a day has always been."""

    def rows(asked: Asked) -> QuerySet[Asset]:
        by_then = Q(titled_on__isnull=True) | Q(titled_on__lte=asked.on)
        return _present(asked, kinds).filter(by_then, has_title=True)

    return rows


def _put_to_use(kinds: Q) -> Callable[[Asked], Made]:
    return lambda asked: _share(_in_use(kinds)(asked), _present(asked, kinds))


def _registered(kinds: Q) -> Callable[[Asked], Made]:
    def compute(asked: Asked) -> Made:
        unknown = _present(asked, kinds).filter(has_title__isnull=True).count()
        return _share(_titled(kinds)(asked), _title_known(kinds)(asked), unknown=unknown)

    return compute


def _with_keeper(asked: Asked) -> QuerySet[Asset]:
    return _present(asked, _PUBLIC).exclude(keeper="")


def _kept(asked: Asked) -> Made:
    return _share(_with_keeper(asked), _present(asked, _PUBLIC))


def _yields(asked: Asked) -> QuerySet[Yield]:
    """Of the year's yields, those of which both sums are told, and those of which one is not."""
    assets = Asset.objects.filter(asked.within("division_code"), _OPERATING).values("pk")
    rows = Yield.objects.filter(asset__in=assets, year=asked.on.year, known_to__isnull=True)
    return rows.order_by()


def _told(rows: QuerySet[Yield]) -> QuerySet[Yield]:
    return rows.filter(due__isnull=False, received__isnull=False)


def _of_told(asked: Asked) -> QuerySet[Any]:
    return _told(_yields(asked)).values("asset")


def _received(asked: Asked) -> Made:
    """In yuan: received over due in the year, of assets of which both are told."""
    rows = _yields(asked)
    told = _told(rows)
    sums = told.aggregate(due=Sum("due"), received=Sum("received"))
    due, received = (int(sums[name] or 0) // 100 for name in ("due", "received"))
    unknown = rows.count() - told.count()
    if not due:
        return Made(None, None, 0, unknown=unknown, why=Why.NOBODY)
    return Made.of(Fraction(received, due), numerator=received, denominator=due, unknown=unknown)


def _list(part: _Rows, whole: _Rows, rest: Text) -> Behind:
    return Behind.share(
        "assets",
        lambda asked: part(asked).values("pk"),
        lambda asked: whole(asked).values("pk"),
        rest,
    )


_NOT_USED = _("没有在用的资产")
_NOT_TITLED = _("没有登记的资产")
_VALUES = (
    Part("value_counted", _("其原值"), "万元"),
    Part("value", _("全部原值"), "万元"),
)

FIGURES = (
    Figure(
        id="site_assets_put_to_use",
        name=_("安置点资产盘活率"),
        unit=SHARE,
        definition=_(
            "安置点的经营性资产（门面、车库、农贸市场、车间等）中，月末在用的项数所占比例；"
            "闲置、低效、损毁的不算盘活，已处置的不计入。"
        ),
        numerator=_("在用的资产"),
        denominator=_("安置点未处置的经营性资产"),
        compute=_put_to_use(_OPERATING & _AT_SITES),
        behind=_list(_in_use(_OPERATING & _AT_SITES), _there(_OPERATING & _AT_SITES), _NOT_USED),
        parts=_VALUES,
    ),
    Figure(
        id="operating_assets_put_to_use",
        name=_("经营性资产盘活率"),
        unit=SHARE,
        definition=_(
            "经营性资产中，月末在用的项数所占比例；闲置、低效、损毁的不算盘活，已处置的不计入。"
        ),
        numerator=_("在用的资产"),
        denominator=_("未处置的经营性资产"),
        compute=_put_to_use(_OPERATING),
        behind=_list(_in_use(_OPERATING), _there(_OPERATING), _NOT_USED),
        parts=_VALUES,
    ),
    Figure(
        id="site_property_registered",
        name=_("安置点不动产登记完成比例"),
        unit=SHARE,
        definition=_(
            "安置点的房屋和土地类资产中，月末已办确权登记的项数所占比例；登记情况未掌握的算资料不全，"
            "已处置的不计入。安置住房另按户统计。"
        ),
        numerator=_("已登记的资产"),
        denominator=_("掌握登记情况的房屋和土地类资产"),
        compute=_registered(_AT_SITES & _IMMOVABLE),
        behind=_list(
            _titled(_AT_SITES & _IMMOVABLE), _title_known(_AT_SITES & _IMMOVABLE), _NOT_TITLED
        ),
        parts=_VALUES,
    ),
    Figure(
        id="assets_registered",
        name=_("扶贫项目资产确权登记率"),
        unit=SHARE,
        definition=_(
            "公益性和经营性资产中，月末已办确权登记的项数所占比例；登记情况未掌握的算资料不全，已处置的不计入。"
        ),
        numerator=_("已登记的资产"),
        denominator=_("掌握登记情况的公益性和经营性资产"),
        compute=_registered(_NOT_OF_HOMES),
        behind=_list(_titled(_NOT_OF_HOMES), _title_known(_NOT_OF_HOMES), _NOT_TITLED),
        parts=_VALUES,
    ),
    Figure(
        id="public_assets_kept",
        name=_("公益性资产管护责任落实率"),
        unit=SHARE,
        definition=_("公益性资产中，台账写明管护主体的项数所占比例；已处置的不计入。"),
        numerator=_("有管护主体的资产"),
        denominator=_("未处置的公益性资产"),
        compute=_kept,
        behind=_list(_with_keeper, _there(_PUBLIC), _("没有管护主体的资产")),
        parts=_VALUES,
    ),
    Figure(
        id="asset_yields_received",
        name=_("经营性资产收益到账率"),
        unit=SHARE,
        definition=_(
            "当年经营性资产的实得收益与应得收益之比，按收益分配台账计；只填了其中一项的算资料不全。"
        ),
        numerator=_("实得收益（元）"),
        denominator=_("应得收益（元）"),
        compute=_received,
        behind=Behind.sums("assets", _of_told, _("收益已登记的资产")),
    ),
)
