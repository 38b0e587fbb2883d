"""What a scheme may be opened for: the benefits of the pack that are paid by rolls, with all it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from anju.benefits import terms as kept
from anju.benefits.queries.limits import days
from anju.benefits.terms import Terms
from anju.language import in_language
from anju.rules import packs
from anju.rules.pack_model import Benefit
from anju.rules.packs import Pack


@dataclass(frozen=True)
class Offer:
    """A benefit on a day. `terms` without a figure need the office's own document."""

    benefit: str
    pack: str
    pack_hash: str
    name: str
    who: str
    recipient: str
    terms: Terms
    pay_by: date | None
    publicity_days: int

    @property
    def needs_document(self) -> bool:
        """Whether the pack leaves the figure to the office."""
        return not self.terms.is_set


def offers(on: date, *, pack: str = "") -> list[Offer]:
    """What the pack pays by rolls on a day, in its order."""
    loaded = packs.load(pack or settings.POLICY_PACK)
    made = (_offer(loaded, each, on) for each in loaded.benefits if each.recipient)
    return [each for each in made if each is not None]


def offer(benefit: str, on: date, *, pack: str = "") -> Offer | None:
    """One of them; None where it is not paid by rolls on that day."""
    return next((each for each in offers(on, pack=pack) if each.benefit == benefit), None)


def _offer(pack: Pack, benefit: Benefit, on: date) -> Offer | None:
    dated = kept.value_on(benefit, on)
    if dated is None:
        return None
    return Offer(
        benefit=benefit.id,
        pack=pack.id,
        pack_hash=pack.hash,
        name=in_language(benefit.name, benefit.name_en),
        who=benefit.who,
        recipient=benefit.recipient,
        terms=kept.of_benefit(benefit, dated, pack.documents),
        pay_by=_pay_by(pack, benefit, on),
        publicity_days=days("benefit_publicity", on, pack=pack.id),
    )


def _pay_by(pack: Pack, benefit: Benefit, on: date) -> date | None:
    limit = next((each for each in pack.limits if each.id == benefit.pay_by), None)
    if limit is None:
        return None
    return next((each.by for each in limit.values if each.holds_on(on)), None)
