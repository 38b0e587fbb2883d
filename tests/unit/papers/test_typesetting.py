"""The PDF of a docx: the same words in the same order, and pages laid out as Word lays them."""

import docx
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from tests.unit.papers.reading import AT, built, opened, printed, saved, text_of

from anju.papers.catalogue import PAPERS
from anju.papers.filling import fill
from anju.papers.refusals import PaperRefused
from anju.papers.samples import SAMPLE
from anju.papers.templates import template
from anju.papers.typesetting import pdf
from anju.papers.typesetting.fonts import Chooser, families
from anju.papers.typesetting.pages import source_of
from anju.papers.typesetting.runs import literal

NOTO = ("Noto Serif CJK SC", "Noto Sans CJK SC")

needs_font = pytest.mark.skipif(
    not set(NOTO) & set(families()), reason="needs fonts-noto-cjk (or another Chinese font)"
)


def source(document: docx.document.Document) -> str:
    return source_of(opened(saved(document)), Chooser(NOTO))


@needs_font
@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_word_of_a_paper_is_in_its_pdf(paper) -> None:
    content = fill(template(paper.id), paper=paper, values=SAMPLE, stamp="王五于10月9日生成")

    shown = printed(content)

    for line in text_of(content).replace("—  —", "—1—").split("\n"):
        for part in line.split("|"):
            assert "".join(part.split()) in shown


@needs_font
def test_rare_characters_of_names_are_there() -> None:
    assert "㛃䶮𬭎" in printed(built("㛃䶮𬭎"))


@needs_font
def test_text_is_never_a_command() -> None:
    said = '#panic("x") $1$ *a* _b_ \\ "引号" [c] // d @e <f> #read("/etc/passwd")'

    assert "".join(said.split()) in printed(built(said))


def test_a_literal_ends_where_it_should() -> None:
    assert literal('a"b\\c\nd') == '"a\\"b\\\\c\\nd"'


@needs_font
def test_the_page_has_the_size_of_its_section() -> None:
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)

    page = pypdfium2.PdfDocument(pdf(saved(document), at=AT).content)[0]

    assert (round(page.get_width()), round(page.get_height())) == (842, 595)


@needs_font
def test_pages_are_counted_and_broken_where_word_breaks_them() -> None:
    document = docx.Document()
    document.add_paragraph("甲")
    document.add_page_break()
    document.add_paragraph("乙")
    foot = document.sections[0].footer.paragraphs[0]
    for kind, instruction in (
        ("begin", ""),
        ("", "PAGE"),
        ("separate", ""),
        ("", "9"),
        ("end", ""),
    ):
        run = foot.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:t" if instruction == "9" else "w:instrText")
            mark.text = instruction
        run._r.append(mark)

    shown = printed(saved(document))

    assert shown == "甲1乙2"


def test_alignment_indent_size_and_weight_are_kept() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Pt(32)
    run = paragraph.add_run("题目")
    run.bold, run.font.size = True, Pt(22)

    written = source(document)

    assert "#align(center)" in written
    assert "first-line-indent: (amount: 32pt, all: true)" in written
    assert 'weight: "bold"' in written
    assert "size: 22pt" in written


def test_what_only_a_style_says_is_followed_to_the_style_it_is_based_on() -> None:
    document = docx.Document()
    base = document.styles.add_style("底", 1)
    base.font.size, base.font.bold = Pt(18), True
    above = document.styles.add_style("上", 1)
    above.base_style = base
    above.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("文", style="上")

    written = source(document)

    assert "#align(right)" in written
    assert "size: 18pt" in written
    assert 'weight: "bold"' in written


def test_joined_cells_stay_joined() -> None:
    document = docx.Document()
    table = document.add_table(3, 3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "竖"

    written = source(document)

    assert "colspan: 2, rowspan: 1" in written
    assert "colspan: 1, rowspan: 2" in written
    assert written.count("table.cell(") == 7


def test_numbers_that_word_counts_are_counted() -> None:
    document = docx.Document()
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Number")

    written = source(document)

    assert '"1. "' in written
    assert '"2. "' in written


def test_rows_of_a_head_are_repeated_on_every_page() -> None:
    document = docx.Document()
    table = document.add_table(2, 1, style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    assert "table.header(" in source(document)


def test_blanks_to_write_on_are_drawn() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("    ").underline = True

    assert "#underline(text(" in source(document)
    assert "\u00a0\u00a0\u00a0\u00a0" in source(document)


def test_fonts_that_are_missing_are_replaced_and_told() -> None:
    chooser = Chooser(NOTO)

    assert chooser.family("仿宋_GB2312") == ("Noto Serif CJK SC", "Noto Sans CJK SC")
    assert chooser.family("黑体") == ("Noto Sans CJK SC", "Noto Serif CJK SC")
    assert chooser.family("") == ("Noto Serif CJK SC", "Noto Sans CJK SC")
    assert chooser.replaced == {"仿宋_GB2312": "Noto Serif CJK SC", "黑体": "Noto Sans CJK SC"}


def test_a_font_under_its_other_name_is_found() -> None:
    chooser = Chooser((*NOTO, "FangSong"))

    assert chooser.family("仿宋_GB2312")[0] == "FangSong"
    assert chooser.replaced == {}


def test_a_machine_without_chinese_fonts_says_what_to_install() -> None:
    with pytest.raises(PaperRefused, match="fonts-noto-cjk"):
        Chooser(("DejaVu Sans",)).family("仿宋_GB2312")


@needs_font
def test_the_same_paper_at_the_same_moment_has_the_same_bytes() -> None:
    content = fill(template("notice"), paper=PAPERS["notice"], values=SAMPLE)

    assert pdf(content, at=AT).content == pdf(content, at=AT).content
