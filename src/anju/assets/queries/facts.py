"""What is known of assets that came through their gate: states, leases, yields, and totals."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from anju.assets.aspects import Row
from anju.assets.models import Asset, AssetState, Lease, Title, Upkeep, Use, Valuation, Yield

Held = TypeVar("Held", AssetState, Title, Upkeep, Valuation)
AT_ONCE = 5_000


def states_of(asset: Asset) -> QuerySet[AssetState]:
    """In what state the asset was, as known now, the latest first."""
    rows = AssetState.objects.filter(asset=asset, known_to__isnull=True)
    return rows.order_by("-valid_from", "-id")


def states_ever_known(asset: Asset) -> QuerySet[AssetState]:
    """The same with what was corrected since, as it became known."""
    return AssetState.objects.filter(asset=asset).order_by("-known_from", "-id")


def use_on(asset: Asset, *, on: date, known_on: date) -> AssetState | None:
    """The state an asset was in on a day, as the county knew it on another."""
    return _on(AssetState, asset, on, known_on)


def aspect_on(model: type[Row], asset: Asset, *, on: date, known_on: date) -> Row | None:
    """Whose an asset was on a day, or who kept it, or what it was worth, as known on another."""
    return _on(model, asset, on, known_on)


def _on(model: type[Held], asset: Asset, on: date, known_on: date) -> Held | None:
    then = Q(known_from__lte=known_on) & (Q(known_to__isnull=True) | Q(known_to__gt=known_on))
    held = (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )
    rows = model._default_manager.filter(then, held, asset=asset)
    return rows.order_by("-known_from", "-id").first()


def aspect_now(model: type[Row], asset: Asset) -> Row:
    """The row that holds, as known now."""
    return model.objects.get(asset=asset, known_to__isnull=True, valid_to__isnull=True)


def aspects_of(model: type[Row], asset: Asset) -> list[Row]:
    """All rows of one of them, also what was corrected since, the latest first."""
    rows = model.objects.filter(asset=asset).order_by("-known_from", "-valid_from", "-id")
    return list(rows)


def leases_of(asset: Asset) -> QuerySet[Lease]:
    """Its contracts, as known now, the latest first."""
    return Lease.objects.filter(asset=asset, known_to__isnull=True).order_by("-starts_on", "-id")


def lease_of(asset: Asset, pk: int) -> Lease:
    """One contract of the asset; raises Lease.DoesNotExist."""
    return leases_of(asset).select_related("asset").get(pk=pk)


def yields_of(asset: Asset) -> QuerySet[Yield]:
    """Its yields by year, as known now, the latest first."""
    return Yield.objects.filter(asset=asset, known_to__isnull=True).order_by("-year")


def yield_of(asset: Asset, year: int) -> Yield:
    """One year's yield; raises Yield.DoesNotExist."""
    return yields_of(asset).select_related("asset").get(year=year)


def running_leases(assets: Collection[int], on: date) -> dict[int, Lease]:
    """Asset → the contract that runs on a day; one query for a page."""
    rows = Lease.objects.filter(
        asset__in=assets, known_to__isnull=True, starts_on__lte=on, ends_on__gte=on
    )
    return {row.asset_id: row for row in rows}


def with_lease_ending(assets: QuerySet[Asset], on: date, days: int) -> QuerySet[Asset]:
    """Those whose contract runs out within so many days and is not followed by another."""
    last = on + timedelta(days=days)
    known = Lease.objects.filter(asset=OuterRef("pk"), known_to__isnull=True)
    ending = known.filter(ends_on__gte=on, ends_on__lte=last)
    return assets.filter(Exists(ending), ~Exists(known.filter(ends_on__gt=last)))


def with_lease_over(assets: QuerySet[Asset], on: date) -> QuerySet[Asset]:
    """Those that were leased, and no contract runs any more or will."""
    known = Lease.objects.filter(asset=OuterRef("pk"), known_to__isnull=True)
    over = assets.filter(Exists(known), ~Exists(known.filter(ends_on__gte=on)))
    return over.exclude(use=Use.DISPOSED)


def open_states(assets: Iterable[int]) -> dict[int, AssetState]:
    """Asset → its state now, of assets that a list or a gate gave."""
    wanted = list(assets)
    found: dict[int, AssetState] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = AssetState.objects.filter(
            asset__in=wanted[start : start + AT_ONCE], known_to__isnull=True, valid_to__isnull=True
        )
        found.update((row.asset_id, row) for row in rows)
    return found


def named(assets: QuerySet[Asset], text: str) -> QuerySet[Asset]:
    """Those whose number begins so, or whose name, holder or keeper holds the text."""
    return assets.filter(
        Q(code__startswith=text)
        | Q(name__contains=text)
        | Q(title_holder__contains=text)
        | Q(keeper__contains=text)
    )
