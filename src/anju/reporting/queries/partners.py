"""联署机关 of a document: how each is named, and whose signature is still missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from anju.reporting.composing import usual_head
from anju.reporting.models import Issuer, Report, ReportPartner
from anju.reporting.replacing import Sent


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as it stands on a document."""

    head: str
    signer: str
    leader: str


def organ_of(row: Sent) -> int | None:
    """The unit that writes the document and gives it its number."""
    return row.unit_id if isinstance(row, Report) else row.issuing_unit_id


def rows_of(row: Sent) -> QuerySet[ReportPartner]:
    """The units that issue it too."""
    of = {"report": row} if isinstance(row, Report) else {"notice": row}
    return ReportPartner.objects.filter(**of)


def partners_of(row: Sent) -> list[ReportPartner]:
    """In the order of the document; those who have not signed named as they would be now. Two queries."""
    rows = list(rows_of(row).select_related("unit").order_by("position"))
    issuers = {
        each.unit_id: each for each in Issuer.objects.filter(unit__in=[each.unit_id for each in rows])
    } if rows else {}  # fmt: skip
    for partner in rows:
        if partner.signed_on is None:
            named = _named(partner, issuers.get(partner.unit_id))
            partner.head, partner.signer = named.head, named.signer
    return rows


def names_of(partner: ReportPartner) -> Named:
    """How a partner is named on a document of today, and the 签发人 set for its unit."""
    return _named(partner, Issuer.objects.filter(unit=partner.unit_id).first())


def missing(row: Sent) -> list[str]:
    """Names of the units that have not signed yet."""
    rows = rows_of(row).filter(signed_on__isnull=True).order_by("position")
    return list(rows.values_list("unit__name", flat=True))


def _named(partner: ReportPartner, issuer: Issuer | None) -> Named:
    if issuer is None:
        return Named(usual_head(partner.unit.name), partner.unit.name, "")
    return Named(issuer.head, issuer.signer, issuer.leader)
