"""Figures over relief assets: put to use, registered, looked after, and what they bring."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from anju.assets.models import Asset, AssetKind, AssetState, Category, Use, Yield
from anju.reporting.figures import registers
from anju.reporting.figures.model import SHARE, Asked, Behind, Figure, Made, Part, Why, rounded

_OPERATING = Q(kind=AssetKind.OPERATING)
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


def _put_to_use(kinds: Q) -> Callable[[Asked], Made]:
    def compute(asked: Asked) -> Made:
        rows = _present(asked, kinds)
        return _share(rows.filter(_was(asked, Use.IN_USE)), rows)

    return compute


def _registered(kinds: Q) -> Callable[[Asked], Made]:
    def compute(asked: Asked) -> Made:
        rows = _present(asked, kinds)
        by_then = Q(titled_on__isnull=True) | Q(titled_on__lte=asked.on)
        titled = rows.filter(by_then, has_title=True)
        known = rows.filter(has_title__isnull=False)
        return _share(titled, known, unknown=rows.filter(has_title__isnull=True).count())

    return compute


def _kept(asked: Asked) -> Made:
    rows = _present(asked, Q(kind=AssetKind.PUBLIC))
    return _share(rows.exclude(keeper=""), rows)


def _received(asked: Asked) -> Made:
    """In yuan: received over due in the year, of assets of which both are told."""
    assets = Asset.objects.filter(asked.within("division_code"), _OPERATING).values("pk")
    rows = Yield.objects.filter(asset__in=assets, year=asked.on.year, known_to__isnull=True)
    told = rows.filter(due__isnull=False, received__isnull=False).order_by()
    sums = told.aggregate(due=Sum("due"), received=Sum("received"))
    due, received = (int(sums[name] or 0) // 100 for name in ("due", "received"))
    unknown = rows.count() - told.count()
    if not due:
        return Made(None, None, 0, unknown=unknown, why=Why.NOBODY)
    return Made.of(Fraction(received, due), numerator=received, denominator=due, unknown=unknown)


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
        behind=Behind("assets", {"at_site": "1", "kind": "operating", "use": "in_use"}),
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
        behind=Behind("assets", {"kind": "operating", "use": "in_use"}),
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
        behind=Behind("assets", {"at_site": "1", "title": "1"}, is_exact=False),
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
        behind=Behind("assets", {"title": "1"}, is_exact=False),
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
        behind=Behind("assets", {"kind": "public", "use": "present"}, is_exact=False),
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
        behind=Behind("assets", {"kind": "operating", "use": "present"}, is_exact=False),
    ),
)
