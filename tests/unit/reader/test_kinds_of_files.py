"""The same plan as text, page and Word file is the same plan; damaged files are refused, never worse."""

import io
from html import escape
from pathlib import Path

import docx
import pytest
import typst
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reader_scores import WRITTEN, facts_of_plan, written_files

from anju.reader import read
from anju.reader.files import text_of, text_of_bytes
from anju.reader.refusals import Unreadable

TABLE = (
    ("序号", "任务类别", "重点任务", "牵头单位", "责任单位", "完成时限", "备注"),
    ("1", "就业", "新增公益岗位不少于120个", "县人社局", "县财政局、各乡镇", "2024年6月底前", ""),
    ("2", "", "举办招聘会6场", "县人社局", "县总工会\n县妇联", "2024-09-30", "每季度调度"),
    ("3", "住房", "房屋安全排查率达到100%", "县住建局", "", "2024年11月", ""),
)
OFFICES = [
    [("县人社局", "lead"), ("县财政局", "responsible"), ("各乡镇", "responsible")],
    [("县人社局", "lead"), ("县总工会", "responsible"), ("县妇联", "responsible")],
    [("县住建局", "lead")],
]
DAYS = ["2024-06-30", "2024-09-30", "2024-11-30"]


def saved(document: object) -> bytes:
    content = io.BytesIO()
    document.save(content)  # type: ignore[attr-defined]
    return content.getvalue()


def word_of(lines: list[str]) -> bytes:
    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if "|" in line or "\t" in line:
            rows.append([cell.strip() for cell in line.replace("\t", "|").split("|")])
            continue
        if rows:
            fill(document.add_table(len(rows), max(map(len, rows))), rows)
            rows = []
        document.add_paragraph(line)
    return saved(document)


def fill(table: object, rows: list[list[str]]) -> None:
    for row, words in zip(table.rows, rows, strict=True):  # type: ignore[attr-defined]
        for cell, said in zip(row.cells, words, strict=False):
            cell.text = said


def page_of(lines: list[str]) -> bytes:
    parts, rows = [], ""
    for line in [*lines, ""]:
        if "|" in line or "\t" in line:
            cells = line.replace("\t", "|").split("|")
            rows += "<tr>" + "".join(f"<td><p>{escape(c)}</p></td>" for c in cells) + "</tr>"
            continue
        parts += [f"<table>{rows}</table>"] * bool(rows) + [f"<p>{escape(line)}</p>"]
        rows = ""
    return f"<html><body>{''.join(parts)}</body></html>".encode()


@pytest.mark.parametrize("path", written_files(), ids=lambda path: path.stem)
def test_a_plan_is_the_same_in_every_kind_of_file(path: Path) -> None:
    text = text_of(path.with_suffix(".txt"))
    wanted = facts_of_plan(text, places=False)
    lines = text.split("\n")
    assert facts_of_plan(text_of_bytes(page_of(lines), "plan.html"), places=False) == wanted
    if path.parent.name == "third":  # a Word file takes ten times as long to write
        assert facts_of_plan(text_of_bytes(word_of(lines), "plan.docx"), places=False) == wanted


def offices_and_days(text: str) -> tuple[list[list[tuple[str, str]]], list[str]]:
    measures = read(text).measures
    offices = [[(unit.name, str(unit.role)) for unit in measure.units] for measure in measures]
    days = [str(each.date) for m in measures for each in m.deadlines if each.date]
    assert [measure.key for measure in measures] == ["一/1", "一/2", "一/3"]
    return offices, days


def test_a_table_of_tasks_in_word_is_read_by_its_heads() -> None:
    document = docx.Document()
    document.add_paragraph("溪桥县任务分工表")
    document.add_paragraph("一、重点任务")
    table = document.add_table(len(TABLE), len(TABLE[0]))
    fill(table, [list(row) for row in TABLE])
    table.cell(1, 1).merge(table.cell(2, 1))
    assert offices_and_days(text_of_bytes(saved(document), "a.docx")) == (OFFICES, DAYS)


def test_a_table_of_tasks_in_a_page_is_read_by_its_heads_wherever_it_lies() -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell.replace(chr(10), '<br>')}</td>" for cell in row) + "</tr>"
        for row in TABLE
    )
    spanned = rows.replace("<td>就业</td>", '<td rowspan="2">就业</td>').replace(
        "<td>2</td><td></td>", "<td>2</td>"
    )
    laid_out = "<table><tr><td><p>一、重点任务</p>{}</td></tr></table>"
    for table in (rows, spanned):
        page = laid_out.format(f"<table>{table}</table>").encode()
        assert offices_and_days(text_of_bytes(page, "a.html")) == (OFFICES, DAYS)


HEADS = """table.cell(rowspan: 2)[序号], table.cell(rowspan: 2)[任务类别], table.cell(rowspan: 2)[重点任务],
  table.cell(colspan: 2)[责任分工], table.cell(rowspan: 2)[完成时限], table.cell(rowspan: 2)[投资(万元)],
  [牵头单位], [责任单位],"""
PRINTED = f"""#set page(width: 20cm, height: 9cm, margin: 1cm)
溪桥县任务分工表

一、重点任务
#table(columns: (1cm, 2cm, 1fr, 2cm, 3cm, 3cm, 2cm), {HEADS}
  [1], table.cell(rowspan: 2)[就业], [新增公益岗位不少于120个], [县人社局], [县财政局、各乡镇], [2024年6月底前], [36],
  [2], [举办招聘会6场，邀请企业到安置区，{"为搬迁群众提供岗位，" * 24}做好服务], [县人社局], [县总工会\\ 县妇联], [2024-09-30], [],
  [3], [住房], [房屋安全排查率达到100%], [县住建局], [], [2024年11月], [])
"""


def test_a_ruled_table_in_a_pdf_is_read_by_its_lines_also_over_the_end_of_a_page() -> None:
    text = text_of_bytes(typst.compile(PRINTED.encode(), format="pdf"), "a.pdf")
    assert offices_and_days(text) == (OFFICES, DAYS)
    measures = read(text).measures
    assert [(each.what, each.value, each.unit) for each in measures[0].amounts] == [
        ("投资", 36, "万元")
    ]
    assert "为搬迁群众提供岗位，做好服务" in text


NUMBERING = (
    "<w:abstractNum {} w:abstractNumId='90'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl>"
    "</w:abstractNum>"
)


def test_numbers_that_word_counts_itself_are_read() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(nsdecls("w"))))
    numbering.append(
        parse_xml(f"<w:num {nsdecls('w')} w:numId='90'><w:abstractNumId w:val='90'/></w:num>")
    )
    for level, words in (
        (0, "总体要求"),
        (0, "重点任务"),
        (1, "做好培训。（县人社局负责）"),
        (1, "改造道路。（县交通局负责）"),
        (0, "改善服务"),
        (1, "建好学校。（县教育局负责）"),
    ):
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/><w:numId w:val='90'/></w:numPr>"
            )
        )
    plan = read(text_of_bytes(saved(document), "a.docx"))
    assert [measure.key for measure in plan.measures] == ["二/1", "二/2", "三/1"]


def test_tracked_changes_are_read_as_accepted() -> None:
    document = docx.Document()
    document.add_paragraph("一、重点任务")
    paragraph = document.add_paragraph("1.做好培训。（县人社局")
    for tag, words, text in (("w:ins", "、县财政局", "w:t"), ("w:del", "县教育局", "w:delText")):
        change, run, said = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text)
        said.text = words
        change.set(qn("w:id"), "1")
        run.append(said)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("负责）")
    (measure,) = read(text_of_bytes(saved(document), "a.docx")).measures
    assert [unit.name for unit in measure.units] == ["县人社局", "县财政局"]


SAMPLE = (WRITTEN / "first" / "county-scheme.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_every_encoding_of_offices_gives_the_same_words(encoding: str) -> None:
    assert text_of_bytes(SAMPLE.encode(encoding), "a.txt") == text_of_bytes(
        SAMPLE.encode(), "a.txt"
    )


def empty_pdf() -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", b""), ("a.html", b"<p></p>"), ("scan.pdf", empty_pdf())]
)
def test_a_file_without_words_says_so(name: str, content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"没有文字.*文字识别"):
        text_of_bytes(content, name)


WHOLE = {
    "a.docx": word_of(SAMPLE.split("\n")[:12]),
    "a.html": page_of(SAMPLE.split("\n")),
    "a.pdf": empty_pdf(),
    "a.txt": SAMPLE.encode(),
}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_damaged_files_are_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(1, 40))] = data.draw(st.binary(max_size=40))
    try:
        words = text_of_bytes(bytes(content), name)
    except Unreadable:
        return
    for measure in read(words).measures:
        assert 0 <= measure.start < measure.end <= len(words)
