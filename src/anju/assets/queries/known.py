"""What the register holds of assets that a list names by their codes, before it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from anju.assets.aspects import ASPECTS, Row
from anju.assets.models import Asset, AssetState, Lease, Yield

_AT_ONCE = 5_000
#: County (six digits) and number of an asset.
Code = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """One asset with its states in order (the last one holds), its contracts, and what holds now of
    whose it is, who keeps it and what it is worth."""

    asset: Asset
    states: tuple[AssetState, ...]
    leases: tuple[Lease, ...]
    aspects: Mapping[type[Row], Row]

    @property
    def now(self) -> AssetState:
        """The state it is in."""
        return self.states[-1]

    @property
    def previous(self) -> AssetState | None:
        """The state that ended where the present one began."""
        begun = self.now.valid_from
        ended = (row for row in self.states[:-1] if begun is not None and row.valid_to == begun)
        return next(ended, None)


@dataclass(slots=True)
class _Facts:
    states: list[AssetState] = field(default_factory=list)
    leases: list[Lease] = field(default_factory=list)
    aspects: dict[type[Row], Row] = field(default_factory=dict)


def held_by_code(codes: Collection[Code]) -> dict[Code, Held]:
    """Code → what is known now of that asset; a few queries for each five thousand."""
    assets = by_code(codes)
    facts: Mapping[int, _Facts] = defaultdict(_Facts)
    for ids in _parts(asset.pk for asset in assets.values()):
        states = AssetState.objects.filter(asset__in=ids, known_to__isnull=True)
        for state in states.order_by("valid_to", "id"):
            facts[state.asset_id].states.append(state)
        for lease in Lease.objects.filter(asset__in=ids, known_to__isnull=True):
            facts[lease.asset_id].leases.append(lease)
        for model in ASPECTS:
            for row in model.objects.filter(
                asset__in=ids, known_to__isnull=True, valid_to__isnull=True
            ):
                facts[row.asset_id].aspects[model] = row
    return {code: _held(asset, facts[asset.pk]) for code, asset in assets.items()}


def _held(asset: Asset, found: _Facts) -> Held:
    return Held(asset, _in_order(found.states), tuple(found.leases), found.aspects)


def by_code(codes: Collection[Code]) -> dict[Code, Asset]:
    """Code → asset, of those that are known."""
    found: dict[Code, Asset] = {}
    for part in _parts({code for _county, code in codes}):
        rows = Asset.objects.filter(code__in=part).select_related("site", "household", "project")
        found.update(((row.county_code, row.code), row) for row in rows)
    return {code: found[code] for code in codes if code in found}


def by_number(codes: Collection[str], prefix: str) -> list[Asset]:
    """Assets of these numbers that stand in a place (its significant digits; empty: anywhere)."""
    found: list[Asset] = []
    for part in _parts(codes):
        found += Asset.objects.filter(code__in=part, division_code__startswith=prefix)
    return found


def yields_by_year(assets: Iterable[int]) -> dict[tuple[int, int], Yield]:
    """Asset and year → what is known of that year's yield."""
    found: dict[tuple[int, int], Yield] = {}
    for ids in _parts(assets):
        rows = Yield.objects.filter(asset__in=ids, known_to__isnull=True)
        found.update(((row.asset_id, row.year), row) for row in rows)
    return found


def written_by(mark: str) -> Q:
    """Assets of which something came from a list whose sources end so."""
    found = Q(source__endswith=mark)
    for model in (AssetState, Lease, Yield, *ASPECTS):
        rows = model._default_manager.filter(asset=OuterRef("pk"), source__endswith=mark)
        found |= Q(Exists(rows))
    return found


def _in_order(states: list[AssetState]) -> tuple[AssetState, ...]:
    """The one that goes on comes last."""
    ended = [state for state in states if state.valid_to is not None]
    return (*ended, *(state for state in states if state.valid_to is None))


def _parts(values: Iterable[object]) -> Iterable[list[object]]:
    wanted = list(values)
    return (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
