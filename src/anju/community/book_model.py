"""What a pack says of communities: kinds of requests with their days, reasons, services, votes.

Plain Python. All of it is data of `policies/<pack>/community/*.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass

from anju.community.ledger import Rule
from anju.procedures.calendars import Clock
from anju.procedures.model import Basis


@dataclass(frozen=True)
class Named:
    """An entry of a code list, in two languages."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True)
class RequestKind(Named):
    """A kind of request: within how many days it is taken on and settled."""

    answer: Clock
    settle: Clock
    basis: Basis


@dataclass(frozen=True)
class ServiceKind(Named):
    """A service that a site or village may have."""

    basis: Basis


@dataclass(frozen=True)
class Span(Named):
    """A number of days."""

    days: int
    basis: Basis


@dataclass(frozen=True)
class VoteRule(Named):
    """How owners decide."""

    rule: Rule
    basis: Basis


#: Spans every pack has, by those it extends.
CONFIRMATION, SAME_MATTER, WARNING = "confirmation", "same_matter", "warning"
USE_OF_FUND = "use_of_fund"


@dataclass(frozen=True)
class CommunityBook:
    """All a pack and those it extends say of communities."""

    pack: str
    kinds: tuple[RequestKind, ...]
    reasons: tuple[Named, ...]
    services: tuple[ServiceKind, ...]
    spans: tuple[Span, ...]
    votes: tuple[VoteRule, ...]

    def kind(self, kind_id: str) -> RequestKind | None:
        """One kind of request, or None where the pack has none of that id (any more)."""
        return next((each for each in self.kinds if each.id == kind_id), None)

    def reason(self, reason_id: str) -> Named | None:
        """One reason why something cannot be settled, or None."""
        return next((each for each in self.reasons if each.id == reason_id), None)

    def service(self, service_id: str) -> ServiceKind | None:
        """One kind of service, or None."""
        return next((each for each in self.services if each.id == service_id), None)

    def days(self, span_id: str) -> int:
        """The days of a span that every pack has: loading refuses one without."""
        return next(each.days for each in self.spans if each.id == span_id)

    @property
    def use_of_fund(self) -> Rule:
        """How owners decide on the use of the maintenance fund."""
        return next(each.rule for each in self.votes if each.id == USE_OF_FUND)
