"""Subsidies on screen: opened from the pack, a roll on its way, the list for finance and what comes back."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.accounts import PostFactory
from tests.factories.benefits import ClaimFactory, RollFactory
from tests.factories.casework import OpenPageFactory
from tests.factories.county import NORTH_1, SOUTH_1, County
from tests.factories.registry import IncomeFactory
from tests.unit.benefits import conftest
from tests.unit.benefits.conftest import People, opened
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.benefits.actions import claims as claiming
from anju.benefits.actions.lines import Line
from anju.benefits.models import Batch, Claim, Roll, Scheme
from anju.benefits.states import State

pytestmark = pytest.mark.django_db
FAR = date(2099, 12, 31)
people = conftest.people


def eggs(people: People, county: County) -> Roll:
    """Two households of the first village claim silkworm eggs, of 35 yuan a sheet."""
    scheme = opened(people, "silkworm_eggs", closes_on=FAR)
    added = [
        Line(row, household_code=home.code, quantity=Decimal(row))
        for row, home in enumerate(county.households[:2], start=1)
    ]
    claiming.add(**people.act("village"), scheme=scheme, added=added)
    return Roll.objects.get()


def act(client: Client, roll: Roll, do: str, **sent: Any) -> Any:
    """Something done with a roll, as it stands on the page now."""
    seen = sent.pop("seen", Roll.objects.get(pk=roll.pk).version)
    return client.post(f"/benefits/rolls/{roll.pk}/act/", {"do": do, "seen": seen, **sent})


def hung_long_enough(roll: Roll) -> None:
    over = timezone.localdate() - timedelta(days=1)
    Roll.objects.filter(pk=roll.pk).update(publicity_ends_on=over)


def workbook(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    """The list with what finance wrote into it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet("发放清单")
    heads = ("申领号", "户编码", "领取人", "金额（元）", "支付结果", "支付日期", "失败原因")
    for number, row in enumerate([("补贴发放清单　仅限工作使用",), heads, *rows]):
        page.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("结果.xlsx", file.getvalue())


def states() -> list[str]:
    return list(Claim.objects.order_by("pk").values_list("state", flat=True))


def test_a_scheme_is_filled_in_from_the_pack_and_an_open_amount_needs_its_paper(
    people: People, signed_in: SignedIn, settings: Any
) -> None:
    settings.POLICY_PACK = "shiquan-2023"
    bureau = signed_in("bureau")

    offered = bureau.get("/benefits/new/?year=2023").text
    assert "种植养殖奖扶" in offered
    assert "每户·年最多 5,000.00元" in offered
    form = bureau.get("/benefits/new/silkworm_eggs/?year=2023")
    sent = {each.field.name: each.text for _t, group in form.context["groups"] for each in group}
    assert (sent["title"], sent["pay_by"]) == ("蚕种补助·2023年度", "2023-09-30")
    assert "35.00元/张" in form.text
    assert "amount" not in sent

    answer = bureau.post("/benefits/new/silkworm_eggs/?year=2023", sent)
    made = Scheme.objects.get()
    assert answer["Location"] == f"/benefits/{made.pk}/"
    assert made.terms["amount"] == 3_500

    form = bureau.get("/benefits/new/job_introduction/?year=2023")
    sent = {each.field.name: each.text for _t, group in form.context["groups"] for each in group}
    refused = bureau.post("/benefits/new/job_introduction/?year=2023", {**sent, "amount": "120"})
    assert refused.status_code == 422
    assert "请填写“文号”。" in refused.text
    paper = {"document_title": "补贴办法", "document_number": "枫人社〔2023〕1号",
             "document_date": "2023-02-01"}  # fmt: skip
    assert bureau.post(
        "/benefits/new/job_introduction/?year=2023", {**sent, "amount": "120", **paper}
    ).status_code == 302  # fmt: skip
    assert signed_in("village").get("/benefits/new/").status_code == 403


def test_a_village_takes_over_what_the_registers_hold(
    people: People,
    county: County,
    signed_in: SignedIn,
) -> None:
    home = county.households[0]
    for quarter in (20231, 20232):
        IncomeFactory(household=home, quarter=quarter, business=1_000_000)
    scheme = opened(people, "planting_breeding_award", closes_on=FAR)
    village = signed_in("village")
    address = f"/benefits/{scheme.pk}/villages/{NORTH_1}/"

    page = village.get(address).text
    assert "2023年第1季度、2023年第2季度" in page
    assert "2,000" in page  # a tenth of 20,000 yuan
    answer = village.post(address)
    claim = Claim.objects.get()
    assert answer["Location"] == f"/benefits/rolls/{claim.roll_id}/"
    page = village.get(f"/benefits/claims/{claim.number}/").text
    assert "20,000.00元 × 10% = 2,000.00元" in page
    assert "石泉县2023年脱贫群众增收方案" in page

    edit = f"/benefits/claims/{claim.number}/edit/"
    assert "请填数字" in village.post(edit, {"seen": claim.roll.version, "base_fen": "两万"}).text
    stale = village.post(edit, {"seen": 0, "base_fen": "15000"})
    assert (stale.status_code, "有改动" in stale.text) == (409, True)
    version = Roll.objects.get().version
    assert village.post(edit, {"seen": version, "base_fen": "15000"}).status_code == 302
    claim.refresh_from_db()
    assert claim.amount_fen == 150_000
    assert signed_in("north_town").get(address).status_code == 403


def is_paid_out(people: People, roll: Roll, today: date) -> None:
    """One claim of an approved roll is paid and in part recovered, the other fails."""
    payer = Client()
    payer.force_login(people.payer)
    drawn = payer.post(f"/benefits/{roll.scheme_id}/pay/", {"town": "529901101000"})
    batch = Batch.objects.get()
    assert drawn["Location"] == f"/benefits/batches/{batch.number}/"
    payer.post(f"{drawn['Location']}act/", {"do": "send", "seen": batch.version})
    file = io.BytesIO(b"".join(payer.get(f"{drawn['Location']}?export=xlsx")))
    rows = list(openpyxl.load_workbook(file).active.values)
    assert rows[1][:4] == ("申领号", "户编码", "领取人", "金额（元）")
    assert [row[3] for row in rows[2:]] == [35, 70]
    first, second = (row[0] for row in rows[2:])
    assert Entry.objects.filter(action="register.export", kind="claim").exists()

    def results(*typed: tuple[object, ...]) -> Any:
        return payer.post(f"{drawn['Location']}results/", {"file": workbook(*typed)})

    day = today.isoformat()
    wrong = results((first, "", "", 35, "成功", day, ""), (second, "", "", 71, "没发", "", ""))
    assert wrong.status_code == 422
    assert [row[:2] for row in wrong.context["problems"]] == [(4, "支付结果")]
    wrong = results((first, "", "", 36, "成功", day, "无"), (second, "", "", 70, "失败", "", ""))
    assert [row[:2] for row in wrong.context["problems"]] == [(3, "金额"), (4, "失败原因")]
    assert states() == [State.IN_PAYMENT] * 2
    done = results(
        (first, "", "", 35, "成功", day, "无"), (second, "", "", 70, "失败", "无", "户名不符")
    )
    assert done.status_code == 302
    assert states() == [State.PAID, State.FAILED]
    claim = f"/benefits/claims/{first}/"
    money = {"amount": "5", "received_on": day, "voucher": "SK1", "note": "多报了半张"}
    assert payer.post(f"{claim}recover/", {**money, "amount": "50"}).status_code == 422
    assert payer.post(f"{claim}recover/", money).status_code == 302


def test_a_roll_goes_from_the_village_to_the_money(
    people: People,
    county: County,
    signed_in: SignedIn,
) -> None:
    roll, today = eggs(people, county), timezone.localdate()
    village, town = signed_in("village"), signed_in("north_town")
    act(village, roll, "confirm", claim=list(Claim.objects.values_list("number", flat=True)),
        **{"note_confirm": "已看蚕种发放台账"})  # fmt: skip
    assert act(village, roll, "submit").status_code == 302
    assert act(village, roll, "publish", contact="村委会 王主任").status_code == 302
    early = act(village, roll, "clear")
    assert (early.status_code, "期满第二天起" in early.text) == (422, True)
    assert act(town, roll, "check").status_code == 422

    posted = roll.publications.get()
    assert "公示期满后报乡镇" in village.get("/").text
    paper = village.get(f"/benefits/publications/{posted.pk}.docx")
    told = docx.Document(io.BytesIO(b"".join(paper)))
    cells = [cell.text for cell in told.tables[0]._cells]
    assert "搬*" in cells
    assert not any("搬迁户主" in each for each in cells)

    hung_long_enough(roll)
    assert act(village, roll, "clear").status_code == 302
    version = Roll.objects.get().version
    stale = town.post("/benefits/rolls/check/", {"roll": f"{roll.pk}:{version - 1}"})
    assert (stale.status_code, states()) == (409, [State.CLEARED] * 2)
    assert "10,500" not in stale.text
    assert "会办理 2 笔，105 元" in town.get("/benefits/rolls/check/").text
    assert town.post(
        "/benefits/rolls/check/", {"roll": f"{roll.pk}:{version}"}
    ).status_code == 302  # fmt: skip
    assert act(signed_in("bureau"), roll, "approve").status_code == 302

    is_paid_out(people, roll, today)
    tab = village.get(f"/households/{county.households[0].code}/benefits/").text
    assert "已到账 30 元" in tab


def test_an_objection_is_written_down_and_settled(
    people: People,
    county: County,
    signed_in: SignedIn,
) -> None:
    roll, village = eggs(people, county), signed_in("village")
    first = Claim.objects.earliest("pk").number
    Claim.objects.update(eligibility="eligible")
    act(village, roll, "submit")
    act(village, roll, "publish", contact="村委会")
    told = {"told": "这一户今年没有养蚕", "received_on": timezone.localdate().isoformat()}
    assert (
        act(
            village, roll, "object", number=first, **{**told, "told": "13800138000 没养"}
        ).status_code
        == 422
    )
    assert act(village, roll, "object", number=first, **told).status_code == 302
    assert states()[0] == State.OBJECTED

    objection = roll.objections.get()
    settle = f"/benefits/objections/{objection.pk}/"
    assert village.post(settle, {"answer": "已入户看过，属实"}).status_code == 422
    assert signed_in("south_town").post(settle, {"upheld": "1"}).status_code in (403, 404)
    assert village.post(settle, {"upheld": "1", "answer": "已入户看过，属实"}).status_code == 302
    assert states() == [State.REFUSED, State.PUBLISHED]


def test_lists_show_the_viewers_places_and_are_narrowed(
    people: People,
    signed_in: SignedIn,
    django_assert_max_num_queries: Any,
) -> None:
    north = ClaimFactory(
        village_code=NORTH_1, household__head_name="养蚕户", eligibility="to_check"
    )
    south = ClaimFactory(
        roll=RollFactory(village_code=SOUTH_1, scheme=north.scheme),
        village_code=SOUTH_1,
        state=State.FAILED,
    )
    bureau, village = signed_in("bureau"), signed_in("village")

    def numbers(client: Client, query: str = "") -> list[str]:
        return [row.number for row in client.get(f"/benefits/claims/{query}").context["page"].rows]

    assert set(numbers(bureau)) == {north.number, south.number}
    assert numbers(village) == numbers(bureau, "?eligibility=to_check") == [north.number]
    assert (
        numbers(bureau, "?state=failed") == numbers(bureau, "?town=529901102000") == [south.number]
    )
    assert numbers(bureau, f"?q={south.number}") == [south.number]
    assert village.get(f"/benefits/claims/{south.number}/").status_code == 404
    assert village.get(f"/benefits/rolls/{south.roll_id}/").status_code == 404
    assert "养蚕户" not in signed_in("south_town").get("/benefits/claims/").text
    assert signed_in("grid").get("/benefits/").status_code == 403
    for _each in range(5):
        ClaimFactory(roll=north.roll)
    for address in (
        "",
        "rolls/",
        "claims/",
        "batches/",
        f"{north.scheme_id}/",
        f"rolls/{north.roll_id}/",
    ):
        with django_assert_max_num_queries(32):
            assert bureau.get(f"/benefits/{address}").status_code == 200


def test_the_open_page_of_a_village_shows_what_hangs(
    people: People,
    county: County,
    signed_in: SignedIn,
    client: Client,
) -> None:
    roll, village = eggs(people, county), signed_in("village")
    Claim.objects.update(eligibility="eligible")
    page = OpenPageFactory(village_id=NORTH_1)
    assert "拟补贴名单" not in client.get(f"/open/{page.token}/").text
    act(village, roll, "submit")
    act(village, roll, "publish", contact="村委会")

    shown = client.get(f"/open/{page.token}/").text
    assert "搬*" in shown
    assert "105.00" not in shown
    assert "搬迁户主" not in shown


def test_a_list_goes_out_only_from_where_lists_may_be_taken_out(
    people: People, signed_in: SignedIn
) -> None:
    """Somebody with two posts sees both villages, and takes out the lists of one."""
    ours = ClaimFactory(village_code=NORTH_1)
    roll = RollFactory(scheme=ours.scheme, village_code=SOUTH_1)
    ClaimFactory(roll=roll, village_code=SOUTH_1)
    PostFactory(user=people.cast.north_town, role="village", division_code=SOUTH_1)
    town = signed_in("north_town")

    assert len(town.get("/benefits/claims/").context["page"].rows) == 2
    file = io.BytesIO(b"".join(town.get("/benefits/claims/?export=xlsx")))
    rows = list(openpyxl.load_workbook(file).active.values)
    assert [row[0] for row in rows[2:]] == [ours.number]
