"""What waits for money: claims of a scheme to be put into a batch, town by town."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Sum

from anju.accounts.viewer import Viewer
from anju.benefits.models import Scheme
from anju.benefits.queries.gates import claims_for
from anju.benefits.states import sources
from anju.places import queries as places

_TOWN_DIGITS = 9


@dataclass
class Waiting:
    """A town: how many claims wait for money, what they come to in fen, and in which villages."""

    code: str
    name: str
    count: int = 0
    amount: int = 0
    villages: list[str] = field(default_factory=list)


def waiting_by_town(viewer: Viewer, scheme: Scheme) -> list[Waiting]:
    """Towns with claims that could be drawn up now, in the order of their codes."""
    rows = (
        claims_for(viewer)
        .filter(scheme=scheme, state__in=sources("draw_up"))
        .order_by("village_code")
        .values_list("village_code")
        .annotate(Count("pk"), Sum("amount_fen"))
    )
    found: dict[str, Waiting] = {}
    for village, count, amount in rows:
        code = village[:_TOWN_DIGITS].ljust(12, "0")
        town = found.setdefault(code, Waiting(code, code))
        town.count += count
        town.amount += amount or 0
        town.villages.append(village)
    names = places.names(found)
    for code, town in found.items():
        town.name = names.of(code) or code
    return list(found.values())
