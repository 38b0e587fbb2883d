"""Factories of subsidies: a scheme of the year, a roll of a village with a claim, its payment."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory
from tests.factories.registry import HouseholdFactory

from anju.benefits.models import (
    Batch,
    Claim,
    ClaimMove,
    Eligibility,
    Objection,
    PayoutLine,
    Publication,
    PublicationEntry,
    Recipient,
    Recovery,
    Roll,
    Scheme,
)
from anju.benefits.states import State


class SchemeFactory(DjangoModelFactory):
    """Silkworm eggs of 2023: 35 yuan a sheet, without a cap."""

    class Meta:
        model = Scheme

    county_code = "529901"
    number = factory.Sequence(lambda n: f"BT2023-{n + 1:03d}")
    title = "蚕种补助·2023年度"
    benefit = "silkworm_eggs"
    pack = "shiquan-2023"
    pack_hash = "0" * 64
    terms = factory.LazyFunction(
        lambda: {
            "unit": "元/张",
            "measure": "蚕种张数",
            "per": "",
            "amount": 3500,
            "rate": None,
            "cap": None,
            "conditions": [],
            "eligibility": ["lifted_out"],
            "excludes": [],
            "source": "",
            "basis": {"doc": "SQ", "clause": "二(一)1", "title": "", "default": ""},
            "open": "",
        }
    )
    period = "2023"
    starts_on = date(2023, 1, 1)
    ends_on = date(2023, 12, 31)
    recipient = Recipient.HOUSEHOLD
    opens_on = date(2023, 4, 1)
    closes_on = date(2023, 12, 31)
    pay_by = date(2023, 9, 30)
    publicity_days = 7
    opened_by = "bureau"
    opened_on = date(2023, 3, 20)


class RollFactory(DjangoModelFactory):
    """The first roll of the north town's first village."""

    class Meta:
        model = Roll

    scheme = factory.SubFactory(SchemeFactory)
    village_code = "529901101201"


class ClaimFactory(DjangoModelFactory):
    """Three sheets of eggs, being put together."""

    class Meta:
        model = Claim

    roll = factory.SubFactory(RollFactory)
    scheme = factory.SelfAttribute("roll.scheme")
    number = factory.Sequence(lambda n: f"BT2023-F-{n + 1:05d}")
    household = factory.SubFactory(HouseholdFactory)
    village_code = factory.SelfAttribute("roll.village_code")
    quantity = Decimal(3)
    raw_fen = 10_500
    amount_fen = 10_500
    eligibility = Eligibility.ELIGIBLE
    state = State.DRAFT
    state_on = date(2023, 6, 1)
    made_by = "village"
    made_on = date(2023, 6, 1)


class ClaimMoveFactory(DjangoModelFactory):
    """The first line of a claim's story."""

    class Meta:
        model = ClaimMove

    claim = factory.SubFactory(ClaimFactory)
    verb = "add"
    to_state = State.DRAFT
    amount_fen = 10_500
    moved_on = date(2023, 6, 1)
    by = "village"


class PublicationFactory(DjangoModelFactory):
    """A week on the village's board."""

    class Meta:
        model = Publication

    roll = factory.SubFactory(RollFactory)
    village_code = factory.SelfAttribute("roll.village_code")
    posted_on = date(2023, 6, 5)
    ends_on = date(2023, 6, 12)
    contact = "村委会办公室"
    posted_by = "village"


class PublicationEntryFactory(DjangoModelFactory):
    """One line of what was put up."""

    class Meta:
        model = PublicationEntry

    publication = factory.SubFactory(PublicationFactory)
    claim = factory.SubFactory(ClaimFactory, roll=factory.SelfAttribute("..publication.roll"))
    masked_name = "户*"
    measure = "3张"
    amount_fen = 10_500


class RollObjectionFactory(DjangoModelFactory):
    """Somebody says that a household keeps no silkworms."""

    class Meta:
        model = Objection

    roll = factory.SubFactory(RollFactory)
    received_on = date(2023, 6, 7)
    told = "反映该户今年没有养蚕"
    answer_by = date(2023, 6, 12)
    recorded_by = "village"


class PaymentBatchFactory(DjangoModelFactory):
    """One claim drawn up for finance."""

    class Meta:
        model = Batch

    scheme = factory.SubFactory(SchemeFactory)
    number = factory.Sequence(lambda n: f"BT2023-001-P{n + 1:02d}")
    claims = 1
    total_fen = 10_500
    digest = "0" * 64
    drawn_on = date(2023, 7, 1)
    drawn_by = "bureau"


class PayoutLineFactory(DjangoModelFactory):
    """The line of that claim."""

    class Meta:
        model = PayoutLine

    claim = factory.SubFactory(ClaimFactory, state=State.IN_PAYMENT)
    batch = factory.SubFactory(PaymentBatchFactory, scheme=factory.SelfAttribute("..claim.scheme"))
    amount_fen = 10_500


class RecoveryFactory(DjangoModelFactory):
    """Part of it came back."""

    class Meta:
        model = Recovery

    claim = factory.SubFactory(ClaimFactory, state=State.PAID, recovered_fen=3_500)
    amount_fen = 3_500
    received_on = date(2023, 8, 1)
    voucher = "SK2023001"
    note = "蚕种少领一张"
    recorded_by = "bureau"
    recorded_on = date(2023, 8, 1)
