"""The register of relief assets: the list, one asset, entering and putting right by hand."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.assets import AssetFactory, AssetStateFactory, LeaseFactory, YieldFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, SOUTH_1, County
from tests.web.conftest import SignedIn
from tests.web.forms import filled, form_of

from anju.assets.models import Asset, AssetState, Lease, Yield
from anju.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(county: County) -> Asset:
    """A market hall of the north town's first village, at the site."""
    asset = AssetFactory(code="ZC00001", name="安置点农贸市场", site=county.site)
    AssetStateFactory(asset=asset)
    return asset


def made(**changes: object) -> Asset:
    return AssetStateFactory(asset=AssetFactory(**changes)).asset


def codes(text: str, signed_in: SignedIn, who: str = "bureau") -> list[str]:
    rows = signed_in(who).get(f"/assets/{text}").context["page"].rows
    return sorted(row.code for row in rows)


def test_filters_leave_what_is_asked_for(signed_in: SignedIn, market: Asset) -> None:
    made(code="ZC2", use="idle", has_title=False, name="村部门面")
    road = made(code="ZC3", kind="public", category="road", division_code=NORTH, has_title=True)
    made(code="ZC4", division_code=SOUTH_1, use="disposed")
    LeaseFactory(asset=road, starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    LeaseFactory(asset=market, ends_on=date(2099, 1, 1))

    assert codes("", signed_in) == ["ZC00001", "ZC2", "ZC3", "ZC4"]
    assert codes("?town=529901101000", signed_in) == ["ZC00001", "ZC2", "ZC3"]
    assert codes("?use=out_of_use", signed_in) == ["ZC2"]
    assert codes("?use=present&kind=operating", signed_in) == ["ZC00001", "ZC2"]
    assert codes("?title=1", signed_in) == ["ZC3"]
    assert codes("?contract=over", signed_in) == ["ZC3"]
    assert codes("?at_site=1", signed_in) == ["ZC00001"]
    assert codes("?q=村部", signed_in) == ["ZC2"]


def test_places_see_their_own_and_households_assets_go_with_the_household(
    signed_in: SignedIn, market: Asset, county: County
) -> None:
    at_home = county.households_in(SOUTH_1)[0]
    cattle = made(code="ZC9", kind="household", division_code=NORTH_1, household=at_home)
    made(code="ZCX", kind="public", division_code=COUNTY)

    assert codes("", signed_in, "north_town") == ["ZC00001"]
    assert codes("", signed_in, "south_town") == ["ZC9"]
    assert signed_in("north_town").get(f"/assets/{cattle.pk}/").status_code == 404
    assert signed_in("south_town").get(f"/assets/{market.pk}/edit/").status_code == 404
    page = signed_in("south_town").get(f"/households/{at_home.code}/housing/").text
    assert "ZC9" in page
    assert "ZC9" not in signed_in("bureau").get("/households/H000000001/housing/").text


def test_the_page_tells_states_contract_yields_and_is_on_the_record(
    signed_in: SignedIn, market: Asset
) -> None:
    LeaseFactory(asset=market)
    YieldFactory(asset=market)

    text = signed_in("village").get(f"/assets/{market.pk}/").text

    for words in (
        "安置点农贸市场",
        "在用",
        "绿野合作社",
        "2022",
        "公益岗位 4,000",
        "困难户补助 3,000",
    ):
        assert words in text
    assert Entry.objects.filter(action="asset.read", kind="asset").count() == 1


def test_more_assets_need_no_more_queries(signed_in: SignedIn, market: Asset) -> None:
    client = signed_in("bureau")
    client.get("/assets/")
    with CaptureQueriesContext(connection) as few:
        client.get("/assets/")
    for asset in AssetFactory.create_batch(8):
        LeaseFactory(asset=asset)

    with CaptureQueriesContext(connection) as many:
        client.get("/assets/")

    assert len(many) == len(few)


def test_an_asset_is_entered_by_hand_and_wrong_input_is_told_beside_its_field(
    signed_in: SignedIn, county: County
) -> None:
    client, address = signed_in("north_town"), "/assets/new/"
    typed = {
        "code": "ZC-7", "name": "车库", "kind": "operating", "category": "house",
        "division_code": NORTH_1, "built_on": "2020-05-01", "original_value": "120000.50",
        "use": "idle", "since": "2021-01-01",
    }  # fmt: skip

    early = client.post(address, filled(client, address, **typed | {"since": "2019-01-01"}))
    elsewhere = client.post(address, filled(client, address, **typed, site="NO"))
    done = client.post(address, filled(client, address, **typed))
    twice = client.post(address, filled(client, address, **typed))

    assert "状况的起始日期早于建成" in early.text
    assert form_of(early.text)["name"] == "车库"
    assert (elsewhere.status_code, done.status_code, twice.status_code) == (422, 302, 422)
    assert "已经登记过" in twice.text
    asset = Asset.objects.get()
    assert (asset.original_value, asset.county_code, asset.use) == (12_000_050, "529901", "idle")
    assert Entry.objects.get(action="asset.add").place == NORTH_1


def test_a_correction_is_not_saved_over_what_somebody_else_wrote(
    signed_in: SignedIn, market: Asset
) -> None:
    client, address = signed_in("village"), f"/assets/{market.pk}/edit/"
    sent = filled(client, address, keeper="安置点管理中心")
    Asset.objects.filter(pk=market.pk).update(keeper="物业公司")

    answer = client.post(address, sent)

    assert answer.status_code == 422
    assert "别人改了：管护主体" in answer.text
    assert Asset.objects.get().keeper == "物业公司"
    assert client.post(address, filled(client, address, keeper="安置点管理中心")).status_code == 302
    changes = Entry.objects.get(action="asset.correct").detail["changes"]
    assert changes == {"keeper": ["物业公司", "安置点管理中心"]}


def test_a_disposal_needs_its_paper_and_comes_back_only_by_a_decision(
    signed_in: SignedIn, market: Asset
) -> None:
    client, address = signed_in("bureau"), f"/assets/{market.pk}/state/"
    gone = {"use": "disposed", "since": "2023-03-01", "reason": "拆除"}

    without = client.post(address, filled(client, address, **gone))
    client.post(address, filled(client, address, **gone, paper="县函〔2023〕3号"))
    again = client.post(
        address, filled(client, address, use="in_use", since="2023-04-01", paper="")
    )
    back = f"/assets/{market.pk}/restore/"
    reasonless = client.post(back, {"use": "idle", "since": "2023-05-01", "paper": "县函〔2023〕9号",
                                    "reason": "误"})  # fmt: skip
    client.post(back, {"use": "idle", "since": "2023-05-01", "paper": "县函〔2023〕9号",
                       "reason": "批复撤销，恢复使用"})  # fmt: skip

    assert "没有填批准文号" in without.text
    assert "已经处置" in again.text
    assert "至少 4 个字" in reasonless.text
    known = AssetState.objects.filter(asset=market, known_to__isnull=True).order_by("valid_from")
    assert [row.use for row in known] == ["in_use", "disposed", "idle"]
    assert Asset.objects.get().use == "idle"
    assert Entry.objects.filter(action__in=("asset.state", "asset.restore")).count() == 2


def test_contracts_and_yields_are_typed_checked_and_taken_back(
    signed_in: SignedIn, market: Asset
) -> None:
    client, page = signed_in("village"), f"/assets/{market.pk}/"
    lease = {"operator": "绿野合作社", "starts_on": "2022-01-01", "ends_on": "2024-12-31"}
    client.post(f"{page}lease/", lease)
    twice = client.post(f"{page}lease/", {**lease, "starts_on": "2023-01-01"})
    much = client.post(f"{page}yield/", {"year": "2022", "received": "100", "posts": "200"})
    client.post(f"{page}yield/", {"year": "2022", "due": "300", "received": "300", "posts": "200"})
    row = Lease.objects.get()
    silent = client.post(f"{page}lease/{row.pk}/withdraw/", {"reason": ""}, follow=True)
    client.post(f"{page}lease/{row.pk}/withdraw/", {"reason": "登记到别的门面"})

    assert "重叠" in twice.text
    assert "超过实得收益" in much.text
    assert "至少 4 个字" in silent.text
    assert Yield.objects.get().shared == 20_000
    assert Lease.objects.get().known_to is not None
    assert signed_in("grid").get(f"{page}lease/").status_code in (403, 404)


def test_another_keeper_from_a_day_leaves_the_one_before_on_the_page(
    signed_in: SignedIn, market: Asset
) -> None:
    town = signed_in("north_town")
    address = f"/assets/{market.pk}/turn/upkeep/"
    typed = filled(town, address, keeper="物业公司", since="2023-05-01")

    assert town.post(address, typed).status_code == 302

    page = town.get(f"/assets/{market.pk}/")
    (before,) = page.context["before"]
    assert (before.said, before.row.valid_to) == ("村民委员会", date(2023, 5, 1))
    assert Asset.objects.get(pk=market.pk).keeper == "物业公司"
    assert Entry.objects.filter(action="asset.turn").count() == 1
    wrong = town.post(address, {**typed, "keeper": "李某 13900001111"})
    assert wrong.status_code == 422
    assert town.get(f"/assets/{market.pk}/turn/use/").status_code == 404
