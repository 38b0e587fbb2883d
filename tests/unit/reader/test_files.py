"""Text out of files: encodings, Word, pages, and messages for what cannot be read."""

import io
from pathlib import Path

import docx
import pytest

from anju.reader import read
from anju.reader.files import text_of, text_of_bytes
from anju.reader.reflow import reflowed
from anju.reader.refusals import Unreadable

PLAN = (Path(__file__).parent / "made_up_plan.txt").read_text(encoding="utf-8")
KEYS = [measure.key for measure in read(PLAN).measures]


def keys(text: str) -> list[str]:
    return [measure.key for measure in read(text).measures]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_of_offices(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAN.replace("\n", "\r\n").encode(encoding))
    assert text_of(path) == PLAN


def test_a_word_file_gives_its_paragraphs_and_its_tables() -> None:
    document = docx.Document()
    for line in PLAN.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "任务", "单位"
    content = io.BytesIO()
    document.save(content)
    text = text_of_bytes(content.getvalue(), "plan.docx")
    assert keys(text) == KEYS
    assert text.endswith("任务 | 单位")


def test_a_page_gives_its_blocks_without_scripts() -> None:
    body = "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
    page = f"<html><head><title>t</title><script>一、var</script></head><body>{body}</body></html>"
    for encoding in ("utf-8", "gb18030"):
        declared = page.replace("<head>", f'<head><meta charset="{encoding}">')
        text = text_of_bytes(declared.encode(encoding), "plan.html")
        assert keys(text) == KEYS
        assert "var" not in text


def test_lines_that_a_page_broke_are_put_together() -> None:
    broken: list[str] = []
    for line in PLAN.splitlines():
        broken += [line[at : at + 30] for at in range(0, len(line), 30)]
    assert keys(reflowed(["- 1 -", *broken, "2"])) == KEYS


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.doc", b"x", "另存为"),
        ("a.xlsx", b"x", "不认识"),
        ("a.docx", b"not a zip", "不是完好的Word"),
        ("a.pdf", b"%PDF-1.4 broken", "不是完好的PDF"),
        ("a.txt", b"  \n ", "没有文字"),
        ("a.txt", b"\x81\xff\xff\xfe\x80", "编码"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_remedy(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        text_of_bytes(content, name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"none\.txt"):
        text_of(tmp_path / "none.txt")
