"""Files as a whole: refused with what is wrong and what to do, recognised, taken once."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.conf import settings
from tests.factories.county import County
from tests.unit.intake.lists import (
    AT,
    CLERK,
    HOUSEHOLD_COLUMNS,
    ON,
    bring_in,
    households,
    member,
    said,
    the_row,
    workbook,
)

from anju.intake import storing
from anju.intake.actions import batches, processing
from anju.intake.models import Batch, Row
from anju.intake.refusals import BatchRefused, FileRefused
from anju.intake.workbook import Workbook
from anju.registry.models import Household

pytestmark = pytest.mark.django_db

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(content: bytes, name: str = "甲乡.xlsx") -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        processing.recognised_feed(file_name=name, content=content)
    assert name in str(refused.value)
    return refused.value


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"").code == "file_empty"


def test_what_is_no_workbook_is_refused() -> None:
    assert refusal(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4).code == "file_not_workbook"


def test_a_file_that_broke_on_the_way_is_refused() -> None:
    whole = households(member(1))
    damaged = whole[:200] + b"\0" * 40 + whole[240:]

    assert refusal(damaged).code == "file_broken"


def test_a_file_with_a_password_is_refused_with_the_remedy() -> None:
    sealed = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600

    refused = refusal(sealed)

    assert refused.code == "file_password"
    assert "取消密码" in str(refused)


def test_a_zip_bomb_is_refused_before_it_is_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (40 << 20))

    assert refusal(file.getvalue()).code == "file_bomb"


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        Workbook(b"PK" + b"0" * 3_000_000, "大.xlsx", largest=2_000_000)

    assert refused.value.code == "file_too_large"


def test_a_workbook_without_a_known_header_is_refused_with_its_sheets() -> None:
    refused = refusal(workbook(("日期", "天气"), [{"日期": "1", "天气": "晴"}], sheet="天气"))

    assert refused.code == "feed_unknown"
    assert "“天气”" in str(refused)


def test_missing_columns_are_named_with_the_sheet() -> None:
    columns = [column for column in HOUSEHOLD_COLUMNS if column not in ("户编号", "户类型")]

    refused = refusal(workbook(columns, [member(1)]))

    assert refused.code == "columns_missing"
    assert "“名单”" in str(refused)
    assert "“户编号”、“户类型”" in str(refused)


def test_another_list_than_the_chosen_one_is_refused_by_the_job(county: County) -> None:
    batch = batches.receive(
        by=CLERK, at=AT, known_on=ON, feed="income", file_name="名单.xlsx",
        content=households(member(1)), division_code="", queued=False,
    )  # fmt: skip

    done = processing.commit_now(batch_id=batch.pk)

    assert done.state == "refused"
    assert "像是“户信息名单”，不是“收入监测表”" in done.problem


def test_an_unknown_list_is_not_received(county: County) -> None:
    with pytest.raises(BatchRefused):
        batches.receive(
            by=CLERK, at=AT, known_on=ON, feed="weather", file_name="x.xlsx",
            content=b"x", division_code="",
        )  # fmt: skip


def test_the_same_file_twice_is_told_with_when_and_by_whom(county: County) -> None:
    content = households(member(1))
    bring_in(content)

    with pytest.raises(FileRefused) as refused:
        bring_in(content, name="另一个名字.xlsx", on=date(2023, 8, 31))

    assert refused.value.code == "file_again"
    assert "2023-08-01 17:00 由 clerk 上传" in str(refused.value)
    assert Household.objects.filter(code="5299011000000001").count() == 1


def test_a_refused_file_may_be_sent_again(county: County) -> None:
    content = households(member(1), member(2, 性别="?"))
    first = bring_in(content, good_rows_only=False)

    again = bring_in(content)

    assert (first.state, again.state) == ("refused", "done")


def test_headers_are_found_by_label_below_titles_with_merged_cells(county: County) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    other = book.add_worksheet("说明")
    other.write_string(0, 0, "填表说明：请如实填写")
    page = book.add_worksheet("Sheet1")
    page.merge_range(1, 1, 1, 8, "某县 2023 年\n 名单")
    groups = {"乡(镇)": "户籍地", "户编号": "户信息", "姓名": "人员信息"}
    columns = [*reversed(HOUSEHOLD_COLUMNS)]
    for place, column in enumerate(columns, start=2):
        page.write_string(3, place, groups.get(column, ""))
        label = {"户编号": "*户 编 码", "证件号码": "身份证号"}.get(column, column)
        page.merge_range(4, place, 5, place, label)
    row = member(
        1, 证件号码=" " + str(member(1)["证件号码"]), 姓名="乙　秀 英", 人员识别时间="2014年1月"
    )
    for place, column in enumerate(columns, start=2):
        page.write(8, place, row.get(column))
    page.write_string(9, 2, "合计")
    page.write_string(11, 2, "填表人：某某")
    book.close()

    batch = bring_in(file.getvalue())

    assert said(batch) == [(9, "created", "")]
    assert Row.objects.get(batch=batch).sheet == "Sheet1"
    assert Household.objects.get(code="5299011000000001").head_name == "乙秀英"


def test_full_width_digits_and_excel_dates_are_read(county: County) -> None:
    batch = bring_in(
        households(member(1, 户编号="５２９９０１１００００００００１", 人员识别时间=41640))
    )

    assert said(batch) == [(4, "created", "")]
    joined = Household.objects.get(code="5299011000000001").memberships.get().joined_on
    assert joined == date(2014, 1, 1)


def test_a_number_typed_as_a_number_is_refused_even_if_its_check_digit_fits(
    county: County,
) -> None:
    # Excel keeps fifteen digits: what is left may look like somebody else's valid number.
    from tests.factories.registry import identity_number

    fitting = next(
        number
        for sequence in range(1, 1_000)
        for day in range(1, 29)
        if float(number := identity_number(sequence, date(1985, 5, day)).replace("X", "0"))
        == int(number)
        and identity_number(sequence, date(1985, 5, day)) == number
    )
    batch = bring_in(
        households(member(1, 证件号码=float(fitting), 出生日期=None, 性别=None), member(2))
    )

    assert said(batch) == [(4, "rejected", "identity_destroyed"), (5, "created", "")]


def test_the_whole_file_or_nothing(county: County) -> None:
    batch = bring_in(households(member(1), member(2, 性别="?")), good_rows_only=False)

    assert batch.state == "refused"
    assert batch.counts["rejected"] == 1
    assert the_row(batch, 5).code == "label_unknown"
    assert not Household.objects.filter(code="5299011000000001").exists()


def test_a_check_writes_rows_but_no_registers_until_it_is_confirmed(county: County) -> None:
    checked = bring_in(households(member(1), member(2, 性别="?")), hold=True)

    assert checked.state == "checked"
    assert said(checked) == [(4, "created", ""), (5, "rejected", "label_unknown")]
    assert not Household.objects.filter(code="5299011000000001").exists()

    batches.confirm(by=CLERK, at=AT, batch_id=checked.pk)
    done = processing.commit_now(batch_id=checked.pk)

    assert done.state == "done"
    assert done.counts == checked.counts
    assert Household.objects.filter(code="5299011000000001").count() == 1
    assert Row.objects.filter(batch=done).count() == 2


def test_a_file_that_waits_can_be_cancelled_and_sent_again(county: County) -> None:
    content = households(member(1))
    checked = bring_in(content, hold=True)

    batches.cancel(by=CLERK, at=AT, batch_id=checked.pk)

    assert Batch.objects.get(pk=checked.pk).state == "cancelled"
    assert bring_in(content).state == "done"


def test_what_is_done_can_be_neither_cancelled_nor_confirmed(county: County) -> None:
    done = bring_in(households(member(1)))

    with pytest.raises(BatchRefused):
        batches.cancel(by=CLERK, at=AT, batch_id=done.pk)
    with pytest.raises(BatchRefused):
        batches.confirm(by=CLERK, at=AT, batch_id=done.pk)


def test_the_uploaded_file_is_sealed(county: County) -> None:
    content = households(member(1))

    batch = bring_in(content)

    stored = storing.UPLOADS.path_of(batch.pk).read_bytes()
    assert content[:64] not in stored
    assert storing.fetch(batch.pk) == content
    assert storing.UPLOADS.path_of(batch.pk).stat().st_mode & 0o777 == 0o600
    assert storing.UPLOADS.path_of(batch.pk).is_relative_to(settings.UPLOAD_DIR)


def test_a_failed_job_closes_its_batch_and_leaves_a_finished_one(county: County) -> None:
    done = bring_in(households(member(1)))
    waiting = batches.receive(
        by=CLERK, at=AT, known_on=ON, feed="households", file_name="b.xlsx",
        content=households(member(2)), division_code="", queued=False,
    )  # fmt: skip

    for batch in (done, waiting, waiting):
        batches.closed(state="failed", message="作业出错", at=AT, batch_id=batch.pk)

    assert Batch.objects.get(pk=done.pk).state == "done"
    assert Batch.objects.get(pk=waiting.pk).problem == "作业出错"
