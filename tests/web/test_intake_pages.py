"""The pages of the import: sending, waiting, looking, confirming, taking the workbook back."""

import io
from datetime import date

import fastexcel
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.county import NORTH, County
from tests.factories.registry import identity_number
from tests.unit.intake.lists import bring_in, households, member, workbook
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.intake.actions import processing
from anju.intake.models import Batch, Profile
from anju.registry.models import Household

pytestmark = pytest.mark.django_db


def upload(client: Client, content: bytes, *, follow: bool = False, **fields: str):
    file = SimpleUploadedFile("甲乡名单.xlsx", content)
    return client.post(
        "/imports/", {"file": file, "known_on": "2023-07-31", **fields}, follow=follow
    )


def test_a_file_is_recognised_checked_confirmed_and_written(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("bureau")

    response = upload(client, households(member(1), member(2, 性别="?")))

    batch = Batch.objects.get()
    assert response.url == f"/imports/{batch.pk}/"
    assert (batch.feed, batch.division_code, batch.hold) == ("households", "529901000000", True)
    waiting = client.get(f"/imports/{batch.pk}/").text
    assert "every 1s" in waiting
    assert "取消导入" in waiting

    processing.commit_now(batch_id=batch.pk)
    assert client.get(f"/imports/{batch.pk}/progress/").headers["HX-Refresh"] == "true"
    checked = client.get(f"/imports/{batch.pk}/").text
    assert "检查完毕，还没有写入。共 2 行，其中 1 行要改" in checked
    assert "不在代码表里" in checked

    client.post(f"/imports/{batch.pk}/confirm/")
    processing.commit_now(batch_id=batch.pk)
    assert Household.objects.filter(code="5299011000000001").exists()
    assert "有 1 行没有写入" in client.get(f"/imports/{batch.pk}/").text


def test_a_refused_file_shows_the_form_again_with_the_reason(
    signed_in: SignedIn, county: County
) -> None:
    response = upload(signed_in("bureau"), b"no workbook", feed="households")

    batch = Batch.objects.get()
    processing.commit_now(batch_id=batch.pk)
    assert response.status_code == 302
    assert "不是 Excel 工作簿" in signed_in("bureau").get(f"/imports/{batch.pk}/").text


@pytest.mark.parametrize(
    ("content", "fields", "reason"),
    [
        (b"no workbook", {}, "不是 Excel 工作簿"),
        (None, {"known_on": "2999-01-01"}, "数据日期不能晚于今天"),
        (None, {"known_on": "昨天"}, "请填写数据日期"),
    ],
)
def test_what_cannot_be_taken_is_told_at_once(
    signed_in: SignedIn, county: County, content: bytes | None, fields: dict[str, str], reason: str
) -> None:
    response = upload(signed_in("bureau"), content or households(member(1)), **fields)

    assert response.status_code == 422
    assert reason in response.text
    assert not Batch.objects.exists()


def test_the_same_file_again_is_told_with_when_and_by_whom(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("bureau")
    content = households(member(1))
    upload(client, content)

    again = upload(client, content)

    assert again.status_code == 422
    assert "由 bureau 上传" in again.text


def test_rows_are_filtered_by_outcome(signed_in: SignedIn, county: County) -> None:
    batch = bring_in(households(member(1), member(2, 性别="?")))

    page = signed_in("bureau").get(f"/imports/{batch.pk}/?outcome=rejected")

    assert [row.number for row in page.context["page"].rows] == [5]


def test_the_workbook_comes_back_with_reasons_and_masked_numbers(
    signed_in: SignedIn, county: County
) -> None:
    bad = member(2, 性别="?", 人联系电话="0859 10012345678")
    batch = bring_in(households(member(1), bad))

    response = signed_in("bureau").get(f"/imports/{batch.pk}/report/")

    content = b"".join(response.streaming_content)
    sheet = fastexcel.read_excel(content).load_sheet("名单", header_row=None, dtypes="string")
    rows = sheet.to_polars().rows()
    assert rows[2][-3:] == ("处理结果", "原因", "怎么改")
    assert rows[3][-3:] == ("新增", None, None)
    assert rows[4][-3] == "退回"
    assert "性别" in rows[4][-2]
    assert rows[4][-1].startswith("可填：男、女")
    everything = "".join(str(cell) for row in rows for cell in row)
    for number in (1, 2):
        identity = identity_number(number, date(1985, 5, 20))
        assert identity not in everything
        assert f"{identity[:6]}********{identity[14:]}" in everything
    assert "10012345678" not in everything
    assert "085****5678" in everything
    assert Entry.objects.filter(action="intake.report").count() == 1


def test_who_imports_for_a_town_sees_only_the_rows_of_the_town(
    signed_in: SignedIn, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    south = member(3, **{"乡(镇)": "南枫镇", "行政村": "南枫一村"})
    batch = bring_in(households(member(1), south))
    user = UserFactory(username="north-data")
    PostFactory(user=user, role="data_steward", division_code=NORTH)
    client = Client()
    client.force_login(user)

    assert client.get(f"/imports/{batch.pk}/").status_code == 404

    Batch.objects.filter(pk=batch.pk).update(created_by="north-data", held_by="north-data")
    page = client.get(f"/imports/{batch.pk}/")
    assert [row.number for row in page.context["page"].rows] == [4]
    report = client.get(f"/imports/{batch.pk}/report/")
    sheet = fastexcel.read_excel(b"".join(report.streaming_content)).load_sheet(0, dtypes="string")
    assert "南枫镇" not in str(sheet.to_polars().rows())


def test_a_town_clerk_takes_only_rows_of_the_own_town(county: County) -> None:
    user = UserFactory(username="north-data")
    PostFactory(user=user, role="data_steward", division_code=NORTH)
    client = Client()
    client.force_login(user)
    south = member(3, **{"乡(镇)": "南枫镇", "行政村": "南枫一村"})

    upload(client, households(member(1), south), place="529901000000", way="at_once")

    batch = Batch.objects.get()
    assert batch.division_code == NORTH
    done = processing.commit_now(batch_id=batch.pk)
    assert (done.counts["created"], done.counts["rejected"]) == (1, 1)


@pytest.mark.parametrize("who", ["village", "grid"])
def test_who_may_not_import_finds_no_such_page(signed_in: SignedIn, who: str) -> None:
    assert signed_in(who).get("/imports/").status_code == 403
    assert signed_in(who).post("/imports/").status_code == 403


def test_a_waiting_file_can_be_cancelled(signed_in: SignedIn, county: County) -> None:
    client = signed_in("bureau")
    upload(client, households(member(1)))
    batch = Batch.objects.get()

    page = client.post(f"/imports/{batch.pk}/cancel/", follow=True)

    assert "已取消，没有写入。" in page.text


def test_the_list_of_files_is_shown_with_counts(signed_in: SignedIn, county: County) -> None:
    bring_in(households(member(1), member(2, 性别="?")), name="乙乡名单.xlsx")

    page = signed_in("bureau").get("/imports/")

    assert "乙乡名单.xlsx" in page.text
    assert "户信息名单" in page.text
    assert "已入库" in page.text


def test_the_whole_page_needs_few_queries(
    signed_in: SignedIn, county: County, django_assert_max_num_queries
) -> None:
    batch = bring_in(households(*(member(number) for number in range(1, 30))))
    client = signed_in("bureau")

    with django_assert_max_num_queries(22):
        client.get(f"/imports/{batch.pk}/")


def test_a_broken_report_is_not_offered_before_there_are_rows(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("bureau")
    upload(client, households(member(1)))
    batch = Batch.objects.get()

    page = client.get(f"/imports/{batch.pk}/report/", follow=True)

    assert page.redirect_chain[-1][0] == f"/imports/{batch.pk}/"
    assert io.BytesIO(page.content).getvalue()


def test_the_columns_of_an_unknown_file_are_asked_and_remembered(
    signed_in: SignedIn, county: County
) -> None:
    bring_in(households(member(1)))
    client = signed_in("bureau")
    row = {"被保人": member(1)["姓名"], "身份号": member(1)["证件号码"], "起保": "2023-01-01"}
    upload(client, workbook(tuple(row), [row]), way="at_once")
    batch = Batch.objects.get(feed="")
    processing.commit_now(batch_id=batch.pk)

    address = client.get(f"/imports/{batch.pk}/").url
    assert address == f"/imports/{batch.pk}/columns/"
    asked = client.get(address).text
    assert "请选择这是哪一种名单" in asked
    assert "记住并读取" not in asked
    assert str(member(1)["证件号码"]) not in asked
    assert client.post(address, {"column-0": "name"}).status_code == 422

    chosen = {"list": "medical_insured/medical_insured", "sheet": "名单", "first": "3", "end": "3"}
    shown = client.get(address, chosen).text
    assert "可能是" in shown
    assert "还没有对应的必要栏目：参保日期" in shown
    told = client.post(address, chosen | {"column-0": "name", "column-1": "identity"})
    assert told.status_code == 422
    assert "这些栏目还没有对应的列：“参保日期”" in told.text
    fields = {"column-0": "name", "column-1": "identity", "column-2": "started_on"}
    assert client.post(address, chosen | fields).url == f"/imports/{batch.pk}/"
    done = processing.commit_now(batch_id=batch.pk)

    assert (done.feed, done.state, done.counts["created"]) == ("medical_insured", "done", 1)
    assert client.get(address).status_code == 302
    remembered = client.get("/imports/layouts/").text
    assert "证件号码：身份号" in remembered
    layout = Profile.objects.get(by_hand=True).pk
    client.post("/imports/layouts/", {"layout": layout})
    assert "还没有由人核对过列的表" in client.get("/imports/layouts/").text
    told = client.post("/imports/layouts/", {"layout": layout}, follow=True).text
    assert "已经不再记住" in told


def test_the_whole_file_or_nothing_is_chosen_with_the_file(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("bureau")

    upload(client, households(member(1), member(2, 性别="?")), rows="whole")

    batch = Batch.objects.get()
    assert not batch.good_rows_only
    processing.commit_now(batch_id=batch.pk)
    assert Batch.objects.get().state in ("refused", "checked")
    assert not Household.objects.filter(code="5299011000000001").exists()


def test_the_page_says_who_sent_the_file_and_who_answers_for_it(
    signed_in: SignedIn, county: County
) -> None:
    batch = bring_in(households(member(1)))
    Batch.objects.filter(pk=batch.pk).update(created_by="system", held_by="successor")
    UserFactory(username="successor", name="接任的人")

    page = signed_in("bureau").get(f"/imports/{batch.pk}/").text

    assert "<dd>系统　" in page
    assert "<dt>经办人</dt><dd>接任的人（successor）</dd>" in page


def test_behind_a_proxy_the_trail_names_the_browser(
    signed_in: SignedIn, county: County, settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = signed_in("bureau")
    client.defaults["HTTP_X_FORWARDED_FOR"] = "10.2.3.4"

    upload(client, households(member(1)))

    assert Entry.objects.get(action="intake.receive").address == "10.2.3.4"
