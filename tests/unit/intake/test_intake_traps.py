"""Traps of real files, each through the whole import: every row counted, nothing taken wrongly."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from tests.factories.county import County
from tests.property.nasty_lists import FORMATS, HEADINGS, persons
from tests.unit.intake.lists import (
    AT,
    CLERK,
    HOUSEHOLD_COLUMNS,
    bring_in,
    households,
    member,
    said,
    the_row,
    workbook,
)

from anju.audit.actions import record
from anju.intake.actions import batches, processing, settling
from anju.intake.models import Batch, Outcome, Row
from anju.intake.refusals import BatchRefused, FileRefused
from anju.registry.models import Household, Income, Person, Status
from anju.synth.nasty import Grid, Mess, lay_out

pytestmark = pytest.mark.django_db

INCOME = ("户编号", "户主姓名", "季度", "工资性收入", "生产经营性收入", "生产经营性支出", "财产性收入", "转移性收入")  # fmt: skip


def listed(*numbers: int) -> list[dict[str, Any]]:
    """Rows of the list of the insured about heads of households."""
    return [
        {
            "姓名": member(number)["姓名"],
            "证件号码": member(number)["证件号码"],
            "参保日期": date(2023, 1, 1),
        }
        for number in numbers
    ]


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_each_kind_of_file_goes_the_whole_way(county: County, kind: str) -> None:
    bring_in(households(*(member(number) for number in range(1, 5))))
    mess = Mess(titles=2, header=2, totals="numbered", foot_notes=2, side_notes=True, seed=3)
    grid = lay_out(HEADINGS, listed(1, 2, 3, 4), mess)

    batch = bring_in(FORMATS[kind](grid))

    assert batch.state == "done"
    assert sum(batch.counts.values()) == batch.rows == batch.counts["created"] == 4
    assert [number for number, _, _ in said(batch)] == [row + 1 for row in grid.data]


def test_a_total_below_a_number_is_no_row(county: County) -> None:
    columns = ("序号", *HOUSEHOLD_COLUMNS)
    total = {"序号": 2.0, "乡(镇)": "合计", "户编号": "2户", "姓名": "2人"}
    plain = {"序号": "总 计：", "人编号": 2.0}

    batch = bring_in(workbook(columns, [member(1), member(2), total, plain]))

    assert batch.counts["created"] == batch.rows == 2


def test_a_person_is_not_passed_over_because_a_note_says_total(county: County) -> None:
    columns = (*HOUSEHOLD_COLUMNS, "备注")

    batch = bring_in(workbook(columns, [member(1, 备注="合计")]))

    assert batch.counts["created"] == 1


def test_merged_cells_hold_for_all_their_rows(county: County) -> None:
    rows = [member(1), member(1, 人编号="529901100000000102", 姓名="甲小明", 证件号码=None, 与户主关系="之子",
                              出生日期="20100101", 性别="男", 在校生状况="小学")]  # fmt: skip
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    page.write_row(0, 0, HOUSEHOLD_COLUMNS)
    for line, row in enumerate(rows, start=1):
        page.write_row(line, 0, [row.get(column) or "" for column in HOUSEHOLD_COLUMNS])
    for column in ("乡(镇)", "行政村", "户编号", "户类型"):
        place = HOUSEHOLD_COLUMNS.index(column)
        page.merge_range(1, place, 2, place, rows[0][column])
    book.close()

    batch = bring_in(file.getvalue())

    assert batch.counts["created"] == 2
    assert Household.objects.get(code="5299011000000001").memberships.count() == 2


def test_a_formula_that_failed_is_refused_and_not_taken_for_an_empty_cell(county: County) -> None:
    bring_in(households(member(1)))
    row = {"户编号": member(1)["户编号"], "季度": "2023Q2"}
    grid = Grid(
        cells={(0, place): heading for place, heading in enumerate(INCOME)}
        | {(1, place): row[heading] for place, heading in enumerate(INCOME) if heading in row},
        failed={(1, 3)},
    )
    from anju.synth.nasty import grid as files

    batch = bring_in(files.xlsx(grid))

    assert said(batch) == [(2, "rejected", "number_format")]
    assert the_row(batch, 2).column == "工资性收入"


def test_amounts_are_in_what_the_title_says(county: County) -> None:
    bring_in(households(member(1)))
    row = {"户编号": member(1)["户编号"], "季度": "2023Q2", "工资性收入": "1.25"}

    bring_in(workbook(INCOME, [row], title="收入监测表　单位：万元"))

    assert Income.objects.get().wage == 1_250_000


def test_a_code_that_excel_has_rounded_is_refused(county: County) -> None:
    batch = bring_in(households(member(1, 户编号=5299011000000001.0), member(2)))

    assert said(batch) == [(4, "rejected", "code_destroyed"), (5, "created", "")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><table><tr><td>\xe5\xa7\x93\xe5\x90\x8d</td></tr></table></html>", "file_web_page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "_VBA_PROJECT".encode("utf-16-le"), "file_macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "WordDocument".encode("utf-16-le"), "file_not_workbook"),
        ("只有一列\n没有分隔".encode("gb18030"), "file_not_workbook"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_by_what_it_is(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        processing.recognised_feed(file_name="名单.xls", content=content)

    assert refused.value.code == code


def test_a_workbook_with_macros_is_refused(county: County) -> None:
    file = io.BytesIO(households(member(1)))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")

    with pytest.raises(FileRefused) as refused:
        bring_in(file.getvalue())

    assert refused.value.code == "file_macros"


def test_a_cell_far_out_is_refused_before_all_between_is_kept(county: County) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    page.write_row(0, 0, HOUSEHOLD_COLUMNS)
    page.write_string(1_048_575, 16_383, "x")
    book.close()

    with pytest.raises(FileRefused) as refused:
        bring_in(file.getvalue())

    assert refused.value.code == "file_bomb"


def test_a_conflict_tells_both_values_both_sources_and_who_decides(county: County) -> None:
    bring_in(households(member(1)))
    rows = [{**listed(1)[0], "姓名": "赵某某"}]

    batch = bring_in(FORMATS["xlsx"](lay_out(HEADINGS, rows, Mess())))

    sides = Row.objects.get(batch=batch).sides
    assert sides["fields"] == {"姓名": ["赵某某", member(1)["姓名"]]}
    assert sides["decides"] == "公安"
    assert sides["source"] == f"医保参保名单 #{batch.pk}"


def test_what_the_register_learnt_later_is_told_field_by_field(county: County) -> None:
    bring_in(households(member(1)), on=date(2023, 8, 31))

    older = bring_in(households(member(1, 文化程度="小学")), on=date(2023, 7, 31))

    sides = Row.objects.get(batch=older).sides
    assert sides["fields"]["文化程度"] == ["小学", "初中"]
    assert sides["decides"] == "农业农村"


def test_a_register_that_changed_while_a_list_was_compared_is_compared_again(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(households(member(1)))
    ahead = settling.ahead

    def meanwhile(*given: Any) -> settling.Settled | None:
        settled = ahead(*given)
        assert settled is not None
        assert settled.is_current()
        record(by=CLERK, action="register.read", kind="household")
        assert settled.is_current()
        Person.objects.filter(code=member(1)["人编号"]).update(name="改了名")
        record(by=CLERK, action="household.change", kind="household")
        assert not settled.is_current()
        return settled

    monkeypatch.setattr(settling, "ahead", meanwhile)
    batch = bring_in(FORMATS["xlsx"](lay_out(HEADINGS, listed(1), Mess())))

    assert said(batch) == [(2, "conflict", "name_differs")]
    assert not Status.objects.exists()


def test_rows_that_waited_are_written_when_they_are_taken_up_and_no_others(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(households(member(1), member(2)))
    rows = [*listed(1, 2), {**listed(2)[0], "证件号码": "52990119850520"}]
    batch = bring_in(FORMATS["xlsx"](lay_out(HEADINGS, rows, Mess())))
    assert [end for _, end, _ in said(batch)] == ["created", "created", "rejected"]
    # As if the second row had waited, and nothing had been written for it.
    Status.objects.get(person__code=member(2)["人编号"]).delete()
    Row.objects.filter(batch=batch, number=3).update(outcome=Outcome.WAITING)

    monkeypatch.setattr(processing, "_waiting", lambda batch: [("名单", 3)])  # decided meanwhile
    batches.take_up(by=CLERK, at=AT, batch_id=batch.pk)
    done = processing.commit_now(batch_id=batch.pk)

    assert done.state == "done"
    ends = dict(Row.objects.filter(batch=done).values_list("number", "outcome"))
    assert ends == {2: "created", 3: "created", 4: "rejected"}
    assert (done.counts["created"], done.counts["rejected"], done.rows) == (2, 1, 3)
    assert Status.objects.count() == 2
    with pytest.raises(BatchRefused):
        batches.take_up(by=CLERK, at=AT, batch_id=batch.pk)


def test_taking_up_that_fails_leaves_what_was_written(county: County) -> None:
    bring_in(households(member(1)))
    batch = bring_in(FORMATS["xlsx"](lay_out(HEADINGS, listed(1), Mess())))
    Row.objects.filter(batch=batch).update(outcome=Outcome.WAITING)
    batches.take_up(by=CLERK, at=AT, batch_id=batch.pk)

    batches.closed(state="failed", message="作业出错", at=AT, batch_id=batch.pk)

    assert Batch.objects.get(pk=batch.pk).state == "done"


def test_the_corpus_has_rows_to_lose() -> None:
    grid = lay_out(HEADINGS, persons(3), Mess(blank_rows=True, repeated_header=True))

    assert grid.data == [1, 3, 5]
