"""A roll of a town: claims at every step, a notice, an objection, a batch; the scheme is the county's."""

from typing import TYPE_CHECKING

from tests.factories.benefits import (
    ClaimFactory,
    ClaimMoveFactory,
    PaymentBatchFactory,
    PayoutLineFactory,
    PublicationEntryFactory,
    PublicationFactory,
    RecoveryFactory,
    RollFactory,
    RollObjectionFactory,
    SchemeFactory,
)

from anju.benefits.models import Scheme
from anju.benefits.states import State

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_benefits(town: "Town") -> None:
    """Everything that is text carries the town's mark; the sums are like no other."""
    county, mark = town.code[:6], town.people
    home = town.households[-1]
    scheme = Scheme.objects.filter(county_code=county).first()
    scheme = scheme or SchemeFactory(county_code=county, number="BT2023-900")
    sequence = len(town.samples.get("roll", ())) + 1
    roll = RollFactory(scheme=scheme, village_code=home.village_code, sequence=sequence)
    of = {"roll": roll, "household": home, "raw_fen": town.wage, "amount_fen": town.wage}
    made = {
        state: ClaimFactory(
            **of, number=f"ZQ{town.letter}{state}{sequence}", state=state,
            item=f"{mark}{state}{sequence}", note=f"{mark}说明",
        )
        for state in (State.DRAFT, State.PUBLISHED, State.CHECKED, State.IN_PAYMENT, State.PAID)
    }  # fmt: skip
    draft, hung, paid = made[State.DRAFT], made[State.PUBLISHED], made[State.PAID]
    ClaimMoveFactory(claim=draft, note=f"{mark}经过")
    posted = PublicationFactory(roll=roll, contact=f"{mark}主任")
    PublicationEntryFactory(publication=posted, claim=hung, masked_name=f"{mark}*")
    objection = RollObjectionFactory(roll=roll, claim=hung, told=f"{mark}反映")
    batch = PaymentBatchFactory(scheme=scheme)
    PayoutLineFactory(batch=batch, claim=made[State.IN_PAYMENT], amount_fen=town.wage)
    RecoveryFactory(claim=paid, note=f"{mark}退款")
    town.add_sample("benefit_scheme", scheme.pk)
    town.add_sample("roll", roll.pk)
    town.add_sample("claim", draft.number)
    town.add_sample("claim", paid.number)
    town.add_sample("claim_verb", "confirm")
    town.add_sample("publication", posted.pk)
    town.add_sample("benefit_objection", objection.pk)
