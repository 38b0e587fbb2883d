"""What of an asset is dated beside its use: whose it is, who keeps it, what it is worth.

The asset's own row repeats what holds now; the rows of these tables say since when, and what was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from anju.assets.models import Asset, Title, Upkeep, Valuation
from anju.registry.actions.superseding_many import Replacing

Row = Title | Upkeep | Valuation
#: Table → the columns of the asset it repeats.
ASPECTS: Final[Mapping[type[Row], tuple[str, ...]]] = {
    Title: ("holder_level", "title_holder", "has_title", "titled_on", "title_number"),
    Upkeep: ("keeper", "keeper_duty"),
    Valuation: ("present_value",),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One aspect of an asset that is to be known otherwise: from a day on (`since`), or all along."""

    model: type[Row]
    changes: dict[str, Any]
    since: date | None


def of(asset: Asset) -> dict[str, Any]:
    """All that an asset's own row says of them."""
    return {name: getattr(asset, name) for names in ASPECTS.values() for name in names}


def begun(asset: Asset) -> Iterator[Row]:
    """The first rows of an asset that nobody knew of: since when it is so, nobody has said."""
    for model, names in ASPECTS.items():
        yield model(asset=asset, **{name: getattr(asset, name) for name in names})


def told(values: Mapping[str, Any]) -> Iterator[tuple[type[Row], dict[str, Any]]]:
    """The aspects that values speak of, each with what they say of it."""
    for model, names in ASPECTS.items():
        said = {name: values[name] for name in names if name in values}
        if said:
            yield model, said


def turns(rows: Mapping[type[Row], Row], values: Mapping[str, Any], on: date) -> Iterator[Turn]:
    """What values of a list make of the rows that hold (`rows`), known on a day.

    What was not known before is filled in, as it was all along. What was known is another from the
    day of the registration, where one is told, else from the day of the list; of the same day as it
    became known, it was noted wrongly.
    """
    for model, said in told(values):
        row = rows[model]
        changes = {name: value for name, value in said.items() if getattr(row, name) != value}
        if not changes:
            continue
        was_known = any(getattr(row, name) not in ("", None) for name in changes)
        is_new_day = row.known_from < on and row.valid_from != on
        yield Turn(model, changes, _since(row, said, on) if was_known and is_new_day else None)


def _since(row: Row, said: Mapping[str, Any], on: date) -> date:
    """The day of the registration if it lies in the time of the row, else the day of the list."""
    day = said.get("titled_on")
    if day is None or getattr(row, "titled_on", None) == day or day > on:
        return on
    begun: date | None = row.valid_from
    return on if begun is not None and day <= begun else day


def write(writes: Replacing, row: Row, turn: Turn) -> None:
    """Put a turn in the place of the row that held."""
    if turn.since is None:
        writes.supersede(row, turn.changes)
    else:
        writes.part(row, turn.since, turn.changes)
