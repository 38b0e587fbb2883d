"""An official document stands on its page as GB/T 9704-2012 says: in the docx, and in its PDF."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import numpy as np
import pypdfium2
import pytest
from docx.oxml.ns import qn
from tests.unit.papers.reading import AT, opened, printed

from anju.papers.official import (
    Attachment,
    Document,
    Heading,
    Paragraph,
    Table,
    write,
)
from anju.papers.official.document import number_of
from anju.papers.official.layout import head_size, title_lines
from anju.papers.official.tables import widths_mm
from anju.papers.typesetting import pdf
from anju.papers.typesetting.fonts import families

needs_font = pytest.mark.skipif(
    not any("CJK" in each or each in ("SimSun", "FangSong") for each in families()),
    reason="needs fonts-noto-cjk (or another Chinese font)",
)
MM = 72 / 25.4
FULL = 28 * 40 - 2
"""Forty lines of 28 characters, the first of them two characters in."""


def report(**changes: object) -> Document:
    said: dict[str, object] = {
        "head": "云岭县农业农村局文件",
        "number": number_of("云农发", 2023, 12),
        "title": "云岭县农业农村局关于2023年第三季度巩固拓展脱贫攻坚成果工作情况的报告",
        "recipient": "县乡村振兴局",
        "body": [
            Heading("一、监测预警情况"),
            Paragraph("甲" * FULL),
            Heading("（一）线索核查", 2),
            Heading("1.按期核查", 3),
            Heading("（1）入户", 4),
            Paragraph("均已办结。"),
            Table([["单位", "到期"], ["云岭县水利局", "3"]], [3, 1], numbers=frozenset({1})),
        ],
        "attachments": [
            Attachment("任务台账", [Paragraph("丙。")]),
            Attachment("问题清单", [Paragraph("丁。")]),
        ],
        "signer": "云岭县农业农村局",
        "dated": date(2023, 10, 9),
        "note": "联系方式另行报送",
        "copies": "县委办公室，县政府办公室",
        "printed_by": "云岭县农业农村局办公室",
        "printed_on": date(2023, 10, 9),
    }
    return Document(**{**said, **changes})  # type: ignore[arg-type]


@cache
def written() -> bytes:
    return write(report())


@cache
def pages() -> list[list[tuple[str, float, float, float, float]]]:
    """The letters of each page of the PDF with left, top, right and bottom in millimetres."""
    document = pypdfium2.PdfDocument(pdf(written(), at=AT).content)
    try:
        return [list(letters_of(page)) for page in document]
    finally:
        document.close()


def letters_of(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    text, height = page.get_textpage(), page.get_height()
    for place in range(text.count_chars()):
        letter = text.get_text_range(place, 1)
        if letter.strip():
            left, bottom, right, top = text.get_charbox(place)
            yield letter, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM


def found(page: int, words: str) -> tuple[float, float, float, float]:
    """The box around these words on a page of the PDF."""
    letters = pages()[page]
    text = "".join(each[0] for each in letters)
    start = text.index(words)
    boxes = letters[start : start + len(words)]
    return (
        boxes[0][1],
        min(each[2] for each in boxes),
        boxes[-1][3],
        max(each[4] for each in boxes),
    )


def _page_of(words: str) -> int:
    texts = ["".join(letter for letter, *_place in page) for page in pages()]
    return next(number for number, text in enumerate(texts) if words in text)


def rules(page: int, *, is_red: bool) -> list[float]:
    """How far below the edge of a page the rules stand that go across its text, in millimetres."""
    document = pypdfium2.PdfDocument(pdf(written(), at=AT).content)
    try:
        picture = document[page].render(scale=4, rev_byteorder=True).to_numpy()[:, :, :3]
    finally:
        document.close()
    red, others = picture[:, :, 0] > 150, picture[:, :, 1:].max(axis=2) < 120
    drawn = (red if is_red else ~red) & others
    rows = np.flatnonzero(drawn.sum(axis=1) > 150 * MM * 4)
    groups = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    return [float(group.mean()) / 4 / MM for group in groups if len(group)]


def test_the_page_is_a4_with_a_text_of_156_by_225_mm_in_22_lines_of_28_characters() -> None:
    document = opened(written())
    section = document.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156
    assert round(section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm) == 225
    assert grid.get(qn("w:type")) == "lines"
    assert 22 * int(grid.get(qn("w:linePitch"))) / 20 == pytest.approx(225 * MM, abs=1)
    spacing = document.styles["Normal"].element.rPr.find(qn("w:spacing"))
    width = document.styles["Normal"].font.size.pt + int(spacing.get(qn("w:val"))) / 20
    assert 28 * width <= 156 * MM < 28.1 * width
    assert document.settings.odd_and_even_pages_header_footer
    assert document.settings.element.find(qn("w:mirrorMargins")) is not None


def test_each_element_has_its_font_and_size_in_the_order_of_the_standard() -> None:
    told = [
        (run.text[:8], run.font.name, run.font.size.pt)
        for paragraph in opened(written()).paragraphs
        for run in paragraph.runs
        if run.text
    ]

    assert told == [
        ("云岭县农业农村局", "方正小标宋简体", 44),
        ("云农发〔2023", "仿宋_GB2312", 16),
        ("云岭县农业农村局", "方正小标宋简体", 22),
        ("巩固拓展脱贫攻坚", "方正小标宋简体", 22),
        ("县乡村振兴局：", "仿宋_GB2312", 16),
        ("一、监测预警情况", "黑体", 16),
        ("甲甲甲甲甲甲甲甲", "仿宋_GB2312", 16),
        ("（一）线索核查", "楷体_GB2312", 16),
        ("1.按期核查", "仿宋_GB2312", 16),
        ("（1）入户", "仿宋_GB2312", 16),
        ("均已办结。", "仿宋_GB2312", 16),
        ("附件：1.任务台", "仿宋_GB2312", 16),
        ("2.问题清单", "仿宋_GB2312", 16),
        ("云岭县农业农村局", "仿宋_GB2312", 16),
        ("2023年10月", "仿宋_GB2312", 16),
        ("（联系方式另行报", "仿宋_GB2312", 16),
        ("附件1", "黑体", 16),
        ("任务台账", "方正小标宋简体", 22),
        ("丙。", "仿宋_GB2312", 16),
        ("附件2", "黑体", 16),
        ("问题清单", "方正小标宋简体", 22),
        ("丁。", "仿宋_GB2312", 16),
    ]


def test_a_text_with_the_signs_of_a_markup_is_text() -> None:
    said = '<w:p/> & "甲" {{户主姓名}} #panic() \x0b'

    content = write(report(title=said, body=[Paragraph(said)]))

    assert [each.text for each in opened(content).paragraphs if "panic" in each.text][-1] == (
        '<w:p/> & "甲" {{户主姓名}} #panic() '
    )
    assert opened(content).core_properties.title.startswith("<w:p/>")


@needs_font
def test_the_red_head_the_number_and_the_rule_stand_where_they_should() -> None:
    head = found(0, "云岭县农业农村局文件")
    number = found(0, "云农发〔2023〕12号")
    title = found(0, "云岭县农业农村局关于")
    (red,) = rules(0, is_red=True)

    assert head[1] == pytest.approx(37 + 35, abs=1.5)
    assert head[2] - head[0] <= 156
    assert (head[0] + head[2]) / 2 == pytest.approx(28 + 78, abs=1)
    assert number[1] - head[3] == pytest.approx(2 * 28.95 / MM, abs=7)
    assert red == pytest.approx(number[3] + 4, abs=1)
    assert title[1] - red == pytest.approx(2 * 28.95 / MM, abs=6)


@needs_font
def test_a_page_of_text_has_22_lines_of_28_characters_between_the_margins() -> None:
    letters = [each for each in pages()[1] if each[0] == "甲"]
    tops = sorted({round(each[2], 1) for each in letters})
    first = [each for each in letters if round(each[2], 1) == tops[0]]

    assert len(first) == 28
    assert min(each[1] for each in first) == pytest.approx(26, abs=1)
    assert max(each[3] for each in first) == pytest.approx(26 + 156, abs=1)
    assert tops[1] - tops[0] == pytest.approx(28.95 / MM, abs=0.1)
    assert 37 <= tops[0] <= 39
    assert len(tops) == 22
    assert max(each[4] for each in letters) <= 262


@needs_font
def test_page_numbers_stand_at_the_outer_side_seven_millimetres_below_the_text() -> None:
    for number, page in enumerate(pages(), start=1):
        dashes = [each for each in page if each[2] > 262 and each[0] == "—"]
        middle = (dashes[0][2] + dashes[0][4]) / 2

        assert len(dashes) == 2
        assert [each[0] for each in page if each[2] > 262] == ["—", str(number), "—"]
        assert middle == pytest.approx(262 + 7, abs=1)
        if number % 2:
            assert dashes[-1][3] == pytest.approx(210 - 26 - 14 / MM, abs=1)
        else:
            assert dashes[0][1] == pytest.approx(26 + 14 / MM, abs=1)


@needs_font
def test_the_date_stands_four_characters_in_under_the_signer_with_room_for_the_seal() -> None:
    last = _page_of("2.问题清单")
    side = 28 if last % 2 == 0 else 26
    signer, day = found(last, "云岭县农业农村局20"), found(last, "2023年10月9日（")
    letters = pages()[last]
    text = "".join(each[0] for each in letters)
    end = letters[text.index("9日（") + 1]
    first = letters[text.index("云岭县农业农村局2023")]
    name_end = letters[text.index("云岭县农业农村局2023") + 7]

    assert end[3] == pytest.approx(side + 156 - 4 * 16 / MM, abs=1.5)
    assert (first[1] + name_end[3]) / 2 == pytest.approx((day[0] + end[3]) / 2, abs=2.5)
    above = found(last, "2.问题清单")
    assert signer[1] - above[3] == pytest.approx(3 * 28.95 / MM - 16 / MM, abs=1.5)
    seal_top = above[3] + 28.95 / MM / 2
    assert first[2] < seal_top + 42
    assert end[4] < seal_top + 42


@needs_font
def test_the_imprint_ends_on_the_lower_edge_of_the_last_page() -> None:
    last = len(pages()) - 1
    copies, printed_by = found(last, "抄送："), found(last, "云岭县农业农村局办公室")
    dark = rules(last, is_red=False)

    assert dark[-1] == pytest.approx(37 + 225, abs=0.5)
    assert len(dark) == 3
    assert dark[0] < copies[1] < dark[1] < printed_by[1] < printed_by[3] < dark[2]


@needs_font
def test_a_draft_says_so_on_every_page_and_an_issued_document_does_not() -> None:
    text = printed(write(report(number="", draft="草稿")))

    assert text.count("草稿") == len(pages())
    assert "草稿" not in printed(written())


def test_the_number_of_a_document_for_superiors_stands_left_of_who_answers_for_it() -> None:
    number = opened(write(report(leader="某某"))).paragraphs[1]

    assert number.text == "　云农发〔2023〕12号\t签发人：某某"
    assert [run.font.name for run in number.runs] == ["仿宋_GB2312", "楷体_GB2312"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于开展普查的通知", ["关于开展普查的通知"]),
        ("云岭县农业农村局\n关于报告的函", ["云岭县农业农村局", "关于报告的函"]),
        (
            "云岭县乡村振兴局关于2023年9月工作情况的报告",
            ["云岭县乡村振兴局", "关于2023年9月工作情况的报告"],
        ),
        ("甲" * 45, ["甲" * 15] * 3),
    ],
)
def test_a_title_is_broken_into_lines_of_about_the_same_length(title, lines) -> None:
    assert title_lines(title) == lines


def test_a_long_issuer_is_set_smaller_so_that_it_stays_on_its_line() -> None:
    assert head_size("云岭县文件") == 52
    assert head_size("云岭县巩固拓展脱贫攻坚成果工作领导小组办公室文件") * 24 <= 156 * MM


def test_headings_have_four_levels_and_tables_whole_rows() -> None:
    with pytest.raises(ValueError, match="level 1 to 4"):
        Heading("甲", 5)
    with pytest.raises(ValueError, match="one cell for each width"):
        Table([["甲", "乙"], ["丙"]], [1, 1])


@needs_font
def test_who_answers_for_a_document_stands_a_character_in_from_the_right() -> None:
    document = pypdfium2.PdfDocument(pdf(write(report(leader="林某某")), at=AT).content)
    try:
        page = document[0].get_textpage()
        text = page.get_text_range()
        box = page.get_charbox(text.index("签发人：林某某") + len("签发人：林某"))
    finally:
        document.close()

    assert box[2] / MM == pytest.approx(28 + 156 - 16 / MM, abs=1)


@needs_font
def test_what_is_bound_behind_begins_on_a_page_of_its_own_under_its_own_first_line() -> None:
    first, second = _page_of("附件1"), _page_of("附件2")

    assert (first, second) == (_page_of("2.问题清单") + 1, len(pages()) - 1)
    assert 37 <= found(first, "附件1")[1] <= 40
    assert found(first, "附件1")[0] == pytest.approx(28 if first % 2 == 0 else 26, abs=1)
    third_line = 37 + 2 * 28.95 / MM
    assert found(first, "任务台账")[1] == pytest.approx(third_line + 2, abs=2.5)
    alone = report(attachments=[Attachment("任务台账", [])])
    assert [name for name, _title in alone.named] == ["附件"]


def test_a_number_that_cannot_be_broken_has_its_column_made_wide_enough() -> None:
    rows = [("任务编号", "任务", "状态"), ("RW-001-0001-2", "摸清劳动力底数", "已认定")]

    widths = widths_mm(Table(rows=rows, widths=(2, 9, 3)))

    assert sum(widths) == pytest.approx(156)
    assert widths[0] > 34  # thirteen letters of small four, and the margins
    assert widths_mm(Table(rows=rows, widths=(1, 1, 1))) == pytest.approx([52, 52, 52])
