"""联署机关 of a report: how each is named, and whose signature is still missing."""

from __future__ import annotations

from dataclasses import dataclass

from anju.reporting.composing import usual_head
from anju.reporting.models import Issuer, Report, ReportPartner


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as it stands on a document."""

    head: str
    signer: str
    leader: str


def partners_of(report: Report) -> list[ReportPartner]:
    """In the order of the document; those who have not signed named as they would be now. Two queries."""
    rows = list(report.partners.select_related("unit").order_by("position"))
    issuers = {
        each.unit_id: each for each in Issuer.objects.filter(unit__in=[row.unit_id for row in rows])
    } if rows else {}  # fmt: skip
    for row in rows:
        if row.signed_on is None:
            named = _named(row, issuers.get(row.unit_id))
            row.head, row.signer = named.head, named.signer
    return rows


def names_of(partner: ReportPartner) -> Named:
    """How a partner is named on a document of today, and the 签发人 set for its unit."""
    return _named(partner, Issuer.objects.filter(unit=partner.unit_id).first())


def missing(report: Report) -> list[str]:
    """Names of the units that have not signed yet."""
    rows = report.partners.filter(signed_on__isnull=True).order_by("position")
    return list(rows.values_list("unit__name", flat=True))


def _named(partner: ReportPartner, issuer: Issuer | None) -> Named:
    if issuer is None:
        return Named(usual_head(partner.unit.name), partner.unit.name, "")
    return Named(issuer.head, issuer.signer, issuer.leader)
