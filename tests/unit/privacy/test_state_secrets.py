"""What is a mark of a state secret, and what is only talk of secrets; and the heads of files."""

from io import BytesIO

import docx
import pypdfium2
import pytest
import typst
import xlsxwriter

from anju.privacy.state_secrets import head_carries_mark
from anju.reader.openings import Opening, opening_of


def marked(content: bytes, name: str) -> bool:
    return any(head_carries_mark(each) for each in opening_of(content, name).heads)


@pytest.mark.parametrize(
    "head",
    [
        "机密★1年\n特急\n云岭县人民政府文件",
        "000012  秘 密 ☆ 6个月",
        "云岭县人民政府办公室\n密级：绝密\n关于……的通知",
        "秘密\n云岭县人民政府文件",
        "000001 机密\n",
        "机密 5年\n特急\n",
        "绝密★启用前\n",
        "秘密 长期 特急\n",
    ],
)
def test_a_degree_at_the_head_is_a_mark(head: str) -> None:
    assert head_carries_mark(head)


@pytest.mark.parametrize(
    "head",
    [
        "要求各单位保守秘密，严防失密泄密。\n",
        "加强机密文件管理，秘密1年的按规定解密。\n",
        "商业秘密★3年\n工作秘密★1年\n",
        "密级：公开\n",
        "密级\n公开\n",
        "云岭县实施方案\n"
        + "正文。" * 500
        + "\n秘密★1年\n",  # far behind the head: told, not marked
    ],
)
def test_words_are_no_mark(head: str) -> None:
    assert not head_carries_mark(head)


def test_the_head_of_a_word_file_is_its_page_header_and_its_first_paragraphs() -> None:
    written = docx.Document()
    written.add_paragraph("云岭县人民政府文件")
    for _line in range(2_000):
        written.add_paragraph("正文" * 20)
    written.sections[0].header.paragraphs[0].text = "机密★1年"
    kept = BytesIO()
    written.save(kept)

    opening = opening_of(kept.getvalue(), "通知.docx")

    assert "机密★1年\n" in opening.heads
    assert any(each.startswith("云岭县人民政府文件\n") for each in opening.heads)


def test_the_properties_of_office_files_are_looked_at() -> None:
    written = docx.Document()
    written.add_paragraph("说明")
    kept = BytesIO()
    written.save(kept)
    assert not marked(kept.getvalue(), "a.docx")
    for name in ("keywords", "subject", "content_status"):
        written.core_properties.keywords = written.core_properties.subject = ""
        setattr(written.core_properties, name, "机密")
        kept = BytesIO()
        written.save(kept)
        assert marked(kept.getvalue(), "a.docx"), name


@pytest.mark.parametrize(
    ("title", "sheet", "header", "is_marked"),
    [
        ("秘密★1年", 0, "", True),
        ("密级：机密", 2, "", True),
        ("脱贫户台账", 0, '&L&"黑体"&12机密★长期&R&P', True),
        ("脱贫户台账", 0, "&C第 &P 页", False),
        ("保密工作台账", 1, "", False),
    ],
)
def test_the_first_rows_and_page_headers_of_sheets_are_looked_at(
    title: str, sheet: int, header: str, is_marked: bool
) -> None:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        for number in range(3):
            page = book.add_worksheet()
            page.write_row(0, 0, [title] if number == sheet else ["台账"])
            page.write_row(1, 0, ["序号", "文件", "密级"])
            for row in range(2, 3_000):
                page.write_row(row, 0, [row, f"文件{row}", "机密"])  # what a list says of others
            page.set_header(header)
    opening = opening_of(kept.getvalue(), "台账.xlsx")
    assert any(head_carries_mark(each) for each in opening.heads) is is_marked
    assert opening.has_words


def test_every_page_of_a_pdf_is_looked_at_and_a_scan_has_no_words() -> None:
    plain, secret = (
        typst.compile(said.encode(), format="pdf")
        for said in ("各镇： \\ 请于月底前报送。", "机密★1年 \\ 附件")
    )
    assert not marked(plain, "a.pdf")
    assert opening_of(plain, "a.pdf").has_words
    with pypdfium2.PdfDocument(plain) as both, pypdfium2.PdfDocument(secret) as more:
        both.import_pages(more)
        kept = BytesIO()
        both.save(kept)
    assert marked(kept.getvalue(), "a.pdf")
    with pypdfium2.PdfDocument.new() as scan:
        scan.new_page(595, 842)
        kept = BytesIO()
        scan.save(kept)
    assert not opening_of(kept.getvalue(), "a.pdf").has_words


def test_text_is_read_in_the_codes_offices_use_and_what_has_no_words_has_none() -> None:
    long = "秘密★1年\n" + "帮扶" * 9_000
    for code in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert opening_of(long.encode(code), "通知.txt").heads[0].startswith("秘密★1年\n帮扶")
    page = "<html><style>p {}</style><p>秘密&#9733;1年</p><p>正文</p>"
    assert marked(page.encode(), "通知.html")
    for name, content in (("x.docx", b"PK\x03\x04"), ("x.pdf", b"%PDF-1.4"), ("x.png", b"\x89PNG")):
        assert opening_of(content, name) == Opening([], has_words=False)
