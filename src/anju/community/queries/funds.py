"""What stands in a maintenance fund, and what it was made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Sum

from anju.accounts.viewer import Viewer
from anju.community.models import OUT, EntryKind, FundEntry, MaintenanceFund
from anju.community.queries.gates import entries_for, funds_for, requests_for
from anju.registry.models import Household
from anju.registry.queries import households_for


@dataclass(frozen=True)
class Standing:
    """Sums of a fund in fen by the kind of line, and what is left."""

    sums: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def balance(self) -> int:
        """What stands there."""
        return sum(-value if kind in OUT else value for kind, value in self.sums.items())

    def of(self, kind: EntryKind) -> int:
        """The sum of one kind of line."""
        return self.sums.get(kind, 0)


def standing(viewer: Viewer, fund: MaintenanceFund, on: date) -> Standing:
    """How a fund stands at the end of a day; one query."""
    return standings(viewer, [fund.pk], on).get(fund.pk, Standing())


def standings(viewer: Viewer, funds: list[int], on: date) -> dict[int, Standing]:
    """Fund → how it stands at the end of a day; one query."""
    rows = FundEntry.objects.filter(fund__in=funds_for(viewer).filter(pk__in=funds))
    rows = rows.filter(withdrawn_on__isnull=True, on__lte=on)
    sums: dict[int, dict[str, int]] = {}
    numbers: dict[int, dict[str, int]] = {}
    found = rows.order_by().values_list("fund", "kind").annotate(s=Sum("amount"), n=Count("pk"))
    for fund, kind, amount, number in found:
        sums.setdefault(fund, {})[kind] = amount
        numbers.setdefault(fund, {})[kind] = number
    return {fund: Standing(sums[fund], numbers[fund]) for fund in sums}


def homes_paid(viewer: Viewer, fund: MaintenanceFund) -> int:
    """Homes for which something was paid in: those counted in sums, and those named."""
    levies = entries_for(viewer, fund).filter(kind=EntryKind.LEVY).order_by()
    found = levies.aggregate(counted=Sum("homes"), named=Count("household", distinct=True))
    return int(found["counted"] or 0) + int(found["named"] or 0)


def paid_by(viewer: Viewer, household: Household) -> list[FundEntry]:
    """What a household of the viewer's places paid in and got back, the latest first."""
    rows = FundEntry.objects.filter(
        household=household, household__in=households_for(viewer), withdrawn_on__isnull=True
    )
    return list(rows.select_related("fund__site").order_by("-on", "-id"))


def visible_homes(viewer: Viewer, entries: Sequence[FundEntry]) -> dict[int, Household]:
    """Households of lines that the viewer may see; one query."""
    ids = {each.household_id for each in entries if each.household_id is not None}
    return {each.pk: each for each in households_for(viewer).filter(pk__in=ids)} if ids else {}


def repairs_of(viewer: Viewer, payments: Sequence[FundEntry]) -> dict[int, list[str]]:
    """Payment → numbers of the requests that it paid for, as far as the viewer may see them."""
    rows = requests_for(viewer).filter(payment__in=[each.pk for each in payments]).order_by("id")
    found: dict[int, list[str]] = {}
    for payment, number in rows.values_list("payment", "number"):
        found.setdefault(payment, []).append(number)
    return found
