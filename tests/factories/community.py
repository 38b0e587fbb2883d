"""Factories of requests with their story, services of places, and a maintenance fund."""

from datetime import date

import factory
from factory.django import DjangoModelFactory
from tests.factories.places import SiteFactory

from anju.community.models import (
    Channel,
    EntryKind,
    FundEntry,
    MaintenanceFund,
    Request,
    RequestNumber,
    RequestState,
    RequestStep,
    ServicePoint,
    StepKind,
)


class RequestFactory(DjangoModelFactory):
    """A repair told in a village, that nobody has taken on."""

    class Meta:
        model = Request

    number = factory.Sequence(lambda n: f"SU-529901-2023-{n:04}")
    kind = "repair"
    village_code = "529901101201"
    words = "楼道灯不亮。"
    said_on = date(2023, 10, 8)
    state = RequestState.TOLD
    answer_by = date(2023, 10, 9)
    settle_by = date(2023, 10, 23)
    due_on = date(2023, 10, 9)


class RequestStepFactory(DjangoModelFactory):
    """It was told."""

    class Meta:
        model = RequestStep

    request = factory.SubFactory(RequestFactory)
    kind = StepKind.TOLD
    on = date(2023, 10, 8)
    words = "楼道灯不亮。"
    channel = Channel.CAME
    told_by = "一位住户"
    done_by = "village"


class RequestNumberFactory(DjangoModelFactory):
    """Seven requests so far."""

    class Meta:
        model = RequestNumber

    prefix = factory.Sequence(lambda n: f"SU-5299{n:02}-2023")
    last = 7


class ServicePointFactory(DjangoModelFactory):
    """A mediation room of a site."""

    class Meta:
        model = ServicePoint

    site = factory.SubFactory(SiteFactory)
    village_code = factory.LazyAttribute(
        lambda made: made.site.village_code if made.site else "529901101201"
    )
    kind = "mediation_room"
    name = "调解室"
    since = date(2022, 1, 1)
    known_from = date(2023, 1, 1)
    source = "village"


class MaintenanceFundFactory(DjangoModelFactory):
    """The fund of a site."""

    class Meta:
        model = MaintenanceFund

    site = factory.SubFactory(SiteFactory)
    held_at = "县农村商业银行"
    opened_on = date(2022, 1, 1)
    levy_per_home = 50_000
    watched_by = "县住房和城乡建设局"


class FundEntryFactory(DjangoModelFactory):
    """Two hundred homes paid in."""

    class Meta:
        model = FundEntry

    fund = factory.SubFactory(MaintenanceFundFactory)
    kind = EntryKind.LEVY
    on = date(2022, 3, 1)
    amount = 10_000_000
    homes = 200
    recorded_on = date(2022, 3, 1)
    recorded_by = "village"
