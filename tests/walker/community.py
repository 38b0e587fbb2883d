"""What was told in a town, a service of its site, and the fund of that."""

from typing import TYPE_CHECKING

from tests.factories.community import (
    FundEntryFactory,
    MaintenanceFundFactory,
    RequestFactory,
    RequestStepFactory,
    ServicePointFactory,
)

from anju.community.models import MaintenanceFund

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_community(town: "Town") -> None:
    """All of it carries the town's mark; the fund is one a site."""
    number, mark, home = len(town.samples.get("request", ())), town.people, town.households[0]
    row = RequestFactory(
        number=f"ZQ{town.letter}-SU-{number}", village_code=home.village_code, site=town.site,
        household=home, is_own=True, words=f"{mark}家漏水",
    )  # fmt: skip
    RequestStepFactory(request=row, words=f"{mark}家漏水", told_by=f"{mark}住户")
    service = ServicePointFactory(
        site=town.site, village_code=town.site.village_code, name=f"{mark}调解室"
    )
    fund = MaintenanceFund.objects.filter(site=town.site).first()
    fund = fund or MaintenanceFundFactory(site=town.site, held_at=f"{mark}银行")
    entry = FundEntryFactory(fund=fund, purpose=f"{mark}缴存", household=home, homes=None)
    town.add_sample("request", row.number)
    town.add_sample("request_move", "take")
    town.add_sample("service", service.pk)
    town.add_sample("fund_entry", entry.pk)
