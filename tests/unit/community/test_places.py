"""Services of a site, and its maintenance fund: written, put right, refused."""

from datetime import date
from typing import Any

import pytest
from tests.factories.county import NORTH_1, TODAY, Cast, County

from anju.accounts.queries import viewer_of
from anju.accounts.viewer import Viewer
from anju.community import queries
from anju.community.actions import closing, funds, services, telling
from anju.community.actions.funds import Decided, Written
from anju.community.ledger import Vote
from anju.community.models import EntryKind, MaintenanceFund, ServicePoint
from anju.community.queries import funds as standing
from anju.community.queries.services import in_use, looked_at
from anju.community.refusals import CommunityRefused
from anju.procedures.calendars import Calendar


def _as(viewer: Viewer, on: date = TODAY) -> dict[str, Any]:
    return {"by": viewer.actor(), "on": on, "viewer": viewer}


@pytest.fixture
def village(county: County, cast: Cast) -> Viewer:
    """Who keeps the site's books."""
    return viewer_of(cast.village, on=TODAY)


@pytest.fixture
def fund(village: Viewer, county: County) -> MaintenanceFund:
    """A fund into which two hundred homes paid 500 yuan each."""
    made = funds.open_fund(
        **_as(village), site=county.site, held_at="县农商行", opened_on=date(2023, 1, 1),
        levy_per_home=50_000, watched_by="县住建局",
    )  # fmt: skip
    line = Written(EntryKind.LEVY, date(2023, 2, 1), 10_000_000, homes=200)
    funds.write(**_as(village), fund=made, line=line)
    return made


def _pay(village: Viewer, fund: MaintenanceFund, **said: Any) -> Any:
    given = {
        "paid_on": date(2023, 6, 1), "amount": 4_000_000, "purpose": "更换一号楼水泵",
        "decided": Decided(date(2023, 5, 20), Vote(300, 220, 180)),
    }  # fmt: skip
    return funds.pay(**_as(village), fund=fund, **{**given, **said})


def test_a_fund_pays_by_the_owners_decision_and_a_repair_names_the_payment(
    village: Viewer, fund: MaintenanceFund, county: County
) -> None:
    paid = _pay(village, fund)
    assert standing.standing(village, fund, TODAY).balance == 6_000_000
    assert standing.standing(village, fund, date(2023, 5, 1)).balance == 10_000_000
    assert standing.homes_paid(village, fund) == 200

    told = telling.Told("repair", NORTH_1, "一号楼水压不足。", TODAY, site=county.site)
    row = telling.tell(**_as(village), calendar=Calendar(), told=told)
    row = closing.name_payment(**_as(village), request=row, entry_id=paid.pk)
    assert row.payment == paid
    with pytest.raises(CommunityRefused, match="有诉求关联"):
        funds.withdraw(**_as(village), entry=paid, reason="登记错了")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"decided": None}, "没有业主的决定"),
        ({"decided": Decided(date(2023, 5, 20), Vote(300, 199, 199))}, "参加表决的户数不够"),
        ({"decided": Decided(date(2023, 5, 20), Vote(300, 220, 110))}, "业主没有同意"),
        ({"decided": Decided(date(2023, 6, 2), Vote(300, 220, 180))}, "不能晚于支出"),
        ({"amount": 10_000_001}, "余额会少于零"),
        ({"amount": 0}, "大于零"),
        ({"paid_on": date(2023, 1, 15), "decided": Decided(date(2023, 1, 10), Vote(9, 9, 9))}, "少于零"),
        ({"paid_on": date(2022, 12, 1), "decided": Decided(date(2022, 11, 1), Vote(9, 9, 9))}, "开户以后"),
        ({"purpose": "修"}, "写明用途"),
        ({"purpose": "转到6222021234567890123账户"}, "银行账号"),
    ],
)  # fmt: skip
def test_a_payment_is_refused_without_decision_or_money(
    village: Viewer, fund: MaintenanceFund, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(CommunityRefused, match=said):
        _pay(village, fund, **wrong)
    assert fund.entries.count() == 1


def test_a_receipt_is_not_taken_back_once_it_was_spent(
    village: Viewer, fund: MaintenanceFund, county: County
) -> None:
    levy, paid = fund.entries.get(), _pay(village, fund)
    with pytest.raises(CommunityRefused, match="少于零"):
        funds.withdraw(**_as(village), entry=levy, reason="重复登记")
    funds.withdraw(**_as(village), entry=paid, reason="登记错了金额")
    funds.withdraw(**_as(village), entry=levy, reason="重复登记")
    assert standing.standing(village, fund, TODAY).balance == 0

    home = county.households[0]
    day = date(2023, 3, 1)
    funds.write(
        **_as(village), fund=fund, line=Written(EntryKind.LEVY, day, 50_000, household=home)
    )
    with pytest.raises(CommunityRefused, match="退给哪一户"):
        funds.write(**_as(village), fund=fund, line=Written(EntryKind.REFUND, day, 10_000))
    funds.write(
        **_as(village), fund=fund, line=Written(EntryKind.REFUND, day, 50_000, household=home)
    )
    assert [each.kind for each in standing.paid_by(village, home)] == ["refund", "levy"]


def test_services_are_dated_and_not_having_one_is_known_too(
    village: Viewer, county: County, cast: Cast
) -> None:
    given = {**_as(village), "kind": "mediation_room", "village_code": NORTH_1, "site": county.site}
    none = services.record(**given, values={"is_there": False, "since": date(2023, 3, 1)})
    made = services.record(
        **given,
        values={"is_there": True, "name": "一号调解室", "since": date(2023, 6, 1), "staff": 2},
    )

    def there(day: date) -> list[int]:
        return list(ServicePoint.objects.filter(in_use(day)).values_list("pk", flat=True))

    assert (there(date(2023, 5, 31)), there(TODAY)) == ([], [made.pk])
    assert list(ServicePoint.objects.filter(looked_at(date(2023, 4, 1)))) == [none]
    worker = viewer_of(cast.grid, on=TODAY)
    assert made in queries.services_for(worker)
    with pytest.raises(CommunityRefused, match="岗位不能"):
        services.correct(**_as(worker), row=made, values={"until": TODAY})
    with pytest.raises(CommunityRefused, match="停用日期"):
        services.record(**given, values={"is_there": False, "since": TODAY})

    ended = services.correct(**_as(village), row=made, values={"until": date(2023, 10, 1)})
    assert there(TODAY) == []
    services.withdraw(**_as(village), row=ended, reason="登记错了地点")
    assert there(date(2023, 7, 1)) == []
