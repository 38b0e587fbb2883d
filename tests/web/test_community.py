"""The community on pages: requests from telling to closing, services, the maintenance fund, counts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.community import (
    FundEntryFactory,
    MaintenanceFundFactory,
    RequestFactory,
    RequestStepFactory,
    ServicePointFactory,
)
from tests.factories.county import COUNTY, NORTH_1, SOUTH_1, County
from tests.web.conftest import SignedIn
from tests.web.forms import filled

from anju.audit.models import Entry
from anju.casework.models import Lead
from anju.community.models import FundEntry, MaintenanceFund, Request, ServicePoint

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def made(**said: object) -> Request:
    """An open request of today, with the line that says so."""
    days = {"said_on": TODAY, "answer_by": TODAY + timedelta(days=1)}
    days |= {"settle_by": TODAY + timedelta(days=15), "due_on": TODAY + timedelta(days=1)}
    row = RequestFactory(**(days | {"village_code": NORTH_1} | said))
    RequestStepFactory(request=row, on=row.said_on)
    return row


def numbers(answer) -> list[str]:
    return [row.number for row in answer.context["page"].rows]


def test_a_household_tells_and_its_request_is_a_story_to_the_end(
    signed_in: SignedIn, county: County
) -> None:
    village, home = signed_in("village"), county.households[0]
    form = filled(village, f"/requests/new/?household={home.code}")
    assert (form["household"], form["place"]) == (home.code, f"site:{county.site.code}")
    sent = form | {"kind": "repair", "words": "厨房水管漏水。"}
    assert (
        '<option value="1" selected>是</option>'
        in village.get(f"/requests/new/?household={home.code}").text
    )
    answer = village.post("/requests/new/", sent, follow=True)
    row = Request.objects.get()
    assert (row.household, row.is_own, row.grid) == (home, True, home.grid)
    assert "厨房水管漏水" in answer.text

    again = village.post("/requests/new/", sent)
    assert again.status_code == 422
    assert row.number in again.text
    assert village.post("/requests/new/", sent | {"same": row.number}).status_code == 302
    assert Request.objects.get().tellings == 2

    act = f"/requests/{row.number}/do"
    village.post(f"{act}/take/")
    refused = village.post(f"{act}/handle/", {"words": ""})
    assert (refused.status_code, Request.objects.get().state) == (422, "taken")
    village.post(f"{act}/handle/", {"words": "已更换水管。"})
    village.post(f"{act}/confirm/")
    page = village.get(f"/requests/{row.number}/").text
    assert all(words in page for words in ("再次反映", "已更换水管", "反映人确认办好", "重新办理"))
    assert "厨房水管漏水" in village.get(f"/households/{home.code}/community/").text
    assert Entry.objects.filter(action="request.read", ids=[row.number]).exists()


def test_lists_are_of_ones_places_filtered_and_of_few_queries(signed_in: SignedIn) -> None:
    late = made(due_on=TODAY - timedelta(days=1), kind="hazard")
    north, south = made(), made(village_code=SOUTH_1)
    closed = made(state="closed", outcome="silent", closed_on=TODAY)
    bureau, town = signed_in("bureau"), signed_in("north_town")

    assert numbers(bureau.get("/requests/")) == [late.number, north.number, south.number]
    assert numbers(town.get("/requests/")) == [late.number, north.number]
    assert numbers(town.get("/requests/?standing=closed")) == [closed.number]
    assert numbers(bureau.get("/requests/?light=red")) == [late.number]
    assert numbers(bureau.get("/requests/?light=yellow&kind=repair&town=529901102000")) == [
        south.number
    ]
    assert numbers(bureau.get(f"/requests/?q={south.number}")) == [south.number]
    assert town.get(f"/requests/{south.number}/").status_code == 404
    assert late.number in signed_in("village").get("/").text
    with CaptureQueriesContext(
        connection,
    ) as few:
        town.get("/requests/")
    for _ in range(5):
        made()
    with CaptureQueriesContext(connection) as many:
        town.get("/requests/")
    assert len(many) <= len(few)


def test_a_bureau_sees_only_what_was_passed_on_to_it(signed_in: SignedIn) -> None:
    unit = UnitFactory(name="枫溪县住房和城乡建设局", division_code=COUNTY)
    user = UserFactory(username="housing", unit=unit)
    PostFactory(user=user, role="department", division_code=COUNTY)
    housing, row, other = Client(), made(), made(kind="dispute")
    housing.force_login(user)
    assert numbers(housing.get("/requests/?standing=all")) == []

    sent = {"unit": unit.pk, "words": "楼道线路老化，要专业维修。"}
    signed_in("village").post(f"/requests/{row.number}/do/pass_on/", sent)
    assert numbers(housing.get("/requests/")) == [row.number]
    assert row.number in housing.get("/").text
    assert housing.get(f"/requests/{other.number}/").status_code == 404
    assert housing.post(f"/requests/{row.number}/do/take/").status_code == 302
    assert (
        housing.post(f"/requests/{row.number}/do/join/", {"into": other.number}).status_code == 422
    )


def test_hardship_becomes_a_lead_with_what_is_known(signed_in: SignedIn, county: County) -> None:
    home = county.households[0]
    row = made(household=home, is_own=True, site=county.site, words="屋顶漏雨，没有钱修。")
    village = signed_in("village")
    assert village.post(f"/requests/{row.number}/lead/", {"risk": "gossip"}).status_code == 422
    assert village.post(f"/requests/{row.number}/lead/", {"risk": "housing"}).status_code == 302
    lead = Lead.objects.get(household=home)
    assert Request.objects.get().lead_id == lead.pk
    source = lead.sources.get()
    assert (source.reference, "屋顶漏雨" in source.told) == (row.number, True)
    assert "request-lead" not in village.get(f"/requests/{row.number}/").text


def test_counts_are_by_kind_and_place_and_go_into_a_workbook(signed_in: SignedIn) -> None:
    made(), made(kind="dispute", village_code=SOUTH_1)
    bureau = signed_in("bureau")
    page = bureau.get("/requests/figures/").text
    assert all(words in page for words in ("北枫镇", "南枫镇", "报修", "矛盾纠纷"))
    assert bureau.get("/requests/figures/?export=xlsx")["Content-Type"].endswith("sheet")
    assert bureau.get("/requests/figures/?from=2023-13-01").status_code == 422
    assert "南枫" not in signed_in("north_town").get("/requests/figures/").text


def test_services_are_entered_ended_and_taken_back(signed_in: SignedIn, county: County) -> None:
    village = signed_in("village")
    form = filled(village, f"/services/new/?site={county.site.code}")
    sent = form | {"kind": "mediation_room", "name": "一号调解室", "since": "2023-01-01"}
    assert (
        village.post("/services/new/", sent, follow=True)
        .redirect_chain[-1][0]
        .startswith("/sites/")
    )
    row = ServicePoint.objects.get()
    assert "一号调解室" in village.get(f"/sites/{county.site.code}/").text
    assert village.post("/services/new/", sent).status_code == 422
    assert signed_in("grid").get(f"/services/{row.pk}/").status_code == 403

    ended = filled(village, f"/services/{row.pk}/") | {"until": TODAY.isoformat()}
    assert village.post(f"/services/{row.pk}/", ended).status_code == 302
    now = ServicePoint.objects.get(known_to__isnull=True)
    bureau = signed_in("bureau")
    assert [row.pk for row in bureau.get("/services/?standing=ended").context["page"].rows] == [
        now.pk
    ]
    village.post(f"/services/{now.pk}/withdraw/", {"reason": "登记错了地点"})
    assert not ServicePoint.objects.filter(known_to__isnull=True).exists()


def test_a_fund_is_opened_paid_into_and_from_and_told_on_the_sites_page(
    signed_in: SignedIn, county: County
) -> None:
    village, home = signed_in("village"), f"/funds/{county.site.code}"
    village.post(
        f"{home}/open/", {"held_at": "县农商行", "opened_on": "2023-01-01", "levy_per_home": "500"}
    )
    sent = {"kind": "levy", "on": "2023-02-01", "amount": "100000", "homes": "200"}
    assert village.post(f"{home}/write/", sent).status_code == 302
    paid = {
        "on": "2023-06-01", "amount": "40000", "purpose": "更换一号楼水泵",
        "decided_on": "2023-05-20", "homes_all": "300", "homes_present": "220",
        "homes_in_favour": "110",
    }  # fmt: skip
    refused = village.post(f"{home}/pay/", paid)
    assert (refused.status_code, "业主没有同意" in refused.text) == (422, True)
    assert village.post(f"{home}/pay/", paid | {"homes_in_favour": "180"}).status_code == 302
    assert "60,000" in village.get(f"/sites/{county.site.code}/").text
    ledger = village.get(f"{home}/").text
    assert all(words in ledger for words in ("更换一号楼水泵", "同意 180 户", "撤回"))

    levy = FundEntry.objects.get(kind="levy")
    assert village.post(f"{home}/{levy.pk}/withdraw/", {"reason": "重复登记"}).status_code == 422
    assert signed_in("grid").get(f"{home}/write/").status_code == 403
    assert signed_in("south_town").get(f"{home}/").status_code == 404
    assert [
        row.standing.balance for row in signed_in("bureau").get("/funds/").context["page"].rows
    ] == [6_000_000]


def test_a_line_of_a_household_names_it_only_to_who_sees_it(
    signed_in: SignedIn, county: County
) -> None:
    fund = MaintenanceFundFactory(site=county.site)
    away = county.households_in(SOUTH_1)[0]
    FundEntryFactory(fund=fund, household=away, homes=None, on=date(2022, 3, 1))
    ServicePointFactory(site=county.site)
    assert MaintenanceFund.objects.count() == 1
    text = signed_in("village").get(f"/funds/{county.site.code}/").text
    assert away.head_name not in text
    assert away.head_name in signed_in("bureau").get(f"/funds/{county.site.code}/").text
    assert "100,000" in text


def test_households_are_offered_while_typing_and_the_look_is_on_record(
    signed_in: SignedIn, county: County
) -> None:
    home, away = county.households[0], county.households_in(SOUTH_1)[0]
    village = signed_in("village")
    assert home.code in village.get("/requests/homes/", {"household": home.code}).text
    assert away.code not in village.get("/requests/homes/", {"household": away.code}).text
    assert Entry.objects.filter(action="register.read", ids=[home.code]).count() == 1
