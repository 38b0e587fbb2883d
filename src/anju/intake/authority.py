"""Whose word counts for a field: the source order of the policy pack, as it holds on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings

from anju.rules import packs


@dataclass(frozen=True, slots=True)
class Authority:
    """Field → offices, the deciding one first; a field without an order goes by the newer list."""

    orders: Mapping[str, tuple[str, ...]]

    def decides(self, field: str) -> str:
        """The office whose word counts for a field; empty where the pack names none."""
        return next(iter(self.orders.get(field, ())), "")

    def yields(self, field: str, office: str, other: str) -> bool:
        """Whether what one office says of a field gives way to what another said before."""
        order = self.orders.get(field, ())
        if other not in order:
            return False
        return office not in order or order.index(other) < order.index(office)

    def all_deciding(self, fields: list[str]) -> str:
        """The deciding offices of several fields, each once."""
        found = (self.decides(field) for field in fields)
        return "、".join(dict.fromkeys(office for office in found if office))


def authority_on(day: date) -> Authority:
    """The source order of the county's pack as it holds on a day."""
    return _authority(settings.POLICY_PACK, day)


@lru_cache(maxsize=64)
def _authority(pack: str, day: date) -> Authority:
    found = {order.id: order.offices_on(day) for order in packs.load(pack).source_orders}
    return Authority({field: offices for field, offices in found.items() if offices})
