"""Templates filled: what is known is printed, what is not leaves room to write."""

import docx
import pytest
from tests.unit.papers.reading import built, opened, rows_of, saved, text_of

from anju.papers.catalogue import HOME_CHECK, MINUTES, NOTICE, PAPERS
from anju.papers.filling import PLACEHOLDER, fill
from anju.papers.refusals import PaperRefused
from anju.papers.samples import SAMPLE
from anju.papers.templates import template
from anju.papers.values import (
    MemberRow,
    NoticeRow,
    Values,
    placeholders,
    rows,
    spoken,
    without_health,
)

MEMBERS = (("姓名", "关系"), ("{{家庭成员.姓名}}", "{{家庭成员.与户主关系}}"))


def filled(content: bytes, **known: object) -> bytes:
    return fill(content, paper=HOME_CHECK, values=Values(**known))


def test_a_placeholder_becomes_what_is_known() -> None:
    assert "户主：张三。" in text_of(filled(built("户主：{{户主姓名}}。"), head="张三"))


def test_what_is_not_known_leaves_a_line_or_a_day_to_write_on() -> None:
    text = text_of(filled(built("户主{{户主姓名}}，{{核查日期}}，{{存在风险}}")))

    assert text.startswith("户主________，____年__月__日，☐是　☐否")


def test_a_cell_of_its_own_stays_empty() -> None:
    made = filled(built(table=(("{{户主姓名}}", "共{{家庭人口}}人", "{{存在风险}}"),)))

    assert rows_of(made) == [["", "共____人", "☐是　☐否"]]


def test_braces_of_a_chinese_keyboard_and_spaces_count() -> None:
    assert "张三" in text_of(filled(built("｛｛ 户主姓名 ｝｝"), head="张三"))


def test_a_placeholder_in_several_runs_takes_the_look_of_the_first() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("甲{").bold = True
    paragraph.add_run("{户主")
    paragraph.add_run("姓名}}乙")

    paragraph = opened(filled(saved(document), head="张三")).paragraphs[0]

    assert paragraph.text == "甲张三乙"
    assert [(run.text, run.bold) for run in paragraph.runs if run.text] == [
        ("甲张三", True),
        ("乙", None),
    ]


def test_a_row_is_repeated_for_every_entry_of_its_list() -> None:
    members = (MemberRow(name="张三", relation="户主"), MemberRow(name="李四"))

    made = filled(built(table=MEMBERS), members=members)

    assert rows_of(made) == [["姓名", "关系"], ["张三", "户主"], ["李四", ""]]


def test_an_empty_list_leaves_rows_to_write_in() -> None:
    assert rows_of(filled(built(table=MEMBERS))) == [["姓名", "关系"], *[["", ""]] * 6]


def test_a_paragraph_of_a_list_is_repeated_and_numbered() -> None:
    members = (MemberRow(name="张三"), MemberRow(name="李四"))

    text = text_of(filled(built("{{家庭成员.序号}}、{{家庭成员.姓名}}"), members=members))

    assert text.startswith("1、张三\n2、李四")


def test_lines_of_a_text_stay_lines() -> None:
    made = fill(built("{{评议记录}}"), paper=MINUTES, values=Values(minutes="一\n二 < & >"))

    assert text_of(made).startswith("一\n二 < & >")


def test_a_text_of_somebody_is_never_a_placeholder_itself() -> None:
    known = {"head": "{{户主证件号码}}", "head_identity": "529901********1234", "size": "\x07三"}

    text = text_of(filled(built("{{户主姓名}}有{{家庭人口}}人"), **known))

    assert text.startswith("{ {户主证件号码}}有三人")


def test_head_and_foot_of_the_page_are_filled_and_the_stamp_is_set_below() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{县}}"
    document.add_section()

    made = fill(
        saved(document), paper=HOME_CHECK, values=Values(county="石河县"), stamp="王五 10月9日"
    )

    first, second = opened(made).sections
    assert first.header.paragraphs[0].text == "石河县"
    assert first.footer.paragraphs[-1].text == "王五 10月9日"
    assert second.footer.is_linked_to_previous


def test_a_public_notice_cannot_say_what_is_not_public() -> None:
    for name in (
        "户主姓名",
        "联系电话",
        "户主证件号码",
        "家庭成员.健康状况",
        "风险类别",
        "案件编号",
    ):
        with pytest.raises(PaperRefused, match="村级评议结果公示"):
            fill(built(f"{{{{{name}}}}}"), paper=NOTICE, values=SAMPLE)


def test_the_notice_allows_nothing_that_tells_who_or_why() -> None:
    assert {name for name in NOTICE.allowed if not name.startswith("公示")} == {
        *("县", "乡镇", "村", "制表日期", "评议日期"),
    }
    assert {name for name in NOTICE.allowed if "." in name} == {
        *("公示名单.序号", "公示名单.姓名", "公示名单.人数", "公示名单.拟定类别"),
    }


def test_health_is_left_blank_where_it_may_not_be_seen() -> None:
    known = without_health(Values(members=(MemberRow(name="张三", health="尘肺病"),), head="张三"))

    assert rows(known, "家庭成员")[0]["健康状况"] == ""
    assert rows(known, "家庭成员")[0]["姓名"] == spoken(known)["户主姓名"] == "张三"


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_product_s_own_templates_say_everything_they_ask_for(paper) -> None:
    content = template(paper.id)

    text = text_of(fill(content, paper=paper, values=SAMPLE))

    asked = set(PLACEHOLDER.findall(text_of(content)))
    assert asked <= paper.allowed
    assert not PLACEHOLDER.search(text)
    said = spoken(SAMPLE)
    for name in asked:
        group, _dot, column = name.partition(".")
        wanted = rows(SAMPLE, group)[0][column] if column else said[name]
        assert wanted in text


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_product_s_own_templates_may_be_filled_in_by_hand(paper) -> None:
    text = text_of(fill(template(paper.id), paper=paper, values=Values()))

    assert not PLACEHOLDER.search(text)
    assert "____" in text


def test_every_placeholder_stands_in_the_sample() -> None:
    said = spoken(SAMPLE)
    lists = {name.partition(".")[0] for name in placeholders() if "." in name}

    assert all(said.values())
    assert all(len(rows(SAMPLE, name)) > 1 for name in lists)
    assert NoticeRow() != SAMPLE.notice[0]
