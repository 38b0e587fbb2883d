"""What is a mark of a state secret, and what is only talk of secrets; and the heads of files."""

from io import BytesIO

import docx
import pytest

from anju.privacy.state_secrets import head_carries_mark
from anju.reader.openings import opening_of


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

    head = opening_of(kept.getvalue(), "通知.docx")

    assert head.startswith("机密★1年\n")
    assert "云岭县人民政府文件\n" in head


def test_text_is_read_in_the_codes_offices_use_and_what_has_no_words_has_none() -> None:
    long = "秘密★1年\n" + "帮扶" * 9_000
    for code in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert opening_of(long.encode(code), "通知.txt").startswith("秘密★1年\n帮扶")
    page = "<html><style>p {}</style><p>秘密&#9733;1年</p><p>正文</p>"
    assert head_carries_mark(opening_of(page.encode(), "通知.html"))
    for name, content in (("x.docx", b"PK\x03\x04"), ("x.pdf", b"%PDF-1.4"), ("x.png", b"\x89PNG")):
        assert opening_of(content, name) == ""
