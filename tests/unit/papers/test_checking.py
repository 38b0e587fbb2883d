"""Files sent as templates: what is refused, with everything that is wrong said at once."""

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.unit.papers.reading import built, opened, saved

from anju.papers.catalogue import AUTHORISATION, NOTICE, PAPERS
from anju.papers.checking import MOST_BYTES, check, cleaned
from anju.papers.templates import template

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def problems(content: bytes, paper=AUTHORISATION) -> str:
    return "\n".join(check(content, paper=paper).problems)


def with_file(name: str, content: bytes = b"x", base: bytes | None = None) -> bytes:
    """A template with one more file in it, or another in its place."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or built("{{村}}"))) as old,
        zipfile.ZipFile(file, "w") as new,
    ):
        for each in old.infolist():
            if each.filename != name:
                new.writestr(each, old.read(each.filename))
        new.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_product_s_own_templates_pass(paper) -> None:
    assert check(template(paper.id), paper=paper) == check(cleaned(template(paper.id)), paper=paper)
    assert check(template(paper.id), paper=paper).problems == ()


def test_an_unknown_placeholder_is_named_with_the_nearest_one() -> None:
    found = problems(built("{{户主}} {{家庭成员.身份证}}", table=(("{{不相干的东西}}",),)))

    assert "不认识占位符“{{户主}}”。是不是“{{户主姓名}}”？" in found
    assert "不认识占位符“{{家庭成员.身份证}}”。是不是“{{家庭成员.证件号码}}”？" in found
    assert "不认识占位符“{{不相干的东西}}”。可用的占位符见本页的对照表。" in found


@pytest.mark.parametrize("text", ["{{村", "村}}", "{{村}", "{{村}} {{"])
def test_a_placeholder_that_is_not_whole_is_shown(text: str) -> None:
    assert f"“{text}”" in problems(built(text))


def test_a_public_paper_refuses_numbers_and_illness() -> None:
    found = problems(built("{{户主姓名}} {{联系电话}}", "{{家庭成员.健康状况}}"), NOTICE)

    for name in ("户主姓名", "联系电话", "家庭成员.健康状况"):
        assert f"不能出现“{{{{{name}}}}}”" in found


def test_two_lists_in_one_row_are_refused() -> None:
    assert "同一行里用了几个名单（家庭成员、帮扶措施）" in problems(
        built(table=(("{{家庭成员.姓名}}", "{{帮扶措施.内容}}"),))
    )


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/embeddings/oleObject1.bin"]
)
def test_macros_and_embedded_programs_are_refused(name: str) -> None:
    assert "含有宏或嵌入的程序" in problems(with_file(name))


def test_a_macro_document_is_refused_whatever_it_is_called() -> None:
    types = zipfile.ZipFile(io.BytesIO(built("{{村}}"))).read("[Content_Types].xml")
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )

    assert "含有宏或嵌入的程序" in problems(with_file("[Content_Types].xml", macro))


@pytest.mark.parametrize(
    "content", [b"", b"not a file", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"]
)
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    assert "另存为.docx" in problems(content)


def test_a_broken_xml_is_refused() -> None:
    assert "另存为.docx" in problems(with_file("word/document.xml", b"<w:document"))


def test_a_workbook_is_refused() -> None:
    types = b'<?xml version="1.0"?><Types xmlns="urn:x"/>'
    assert "这不是Word文档" in problems(with_file("[Content_Types].xml", types))


def test_a_file_too_large_or_that_unpacks_to_too_much_is_refused() -> None:
    assert "超过2MB" in problems(b"x" * (MOST_BYTES + 1))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 40_000_000)
    assert "解压后过大" in problems(bomb.getvalue())


def test_a_file_that_is_fetched_from_elsewhere_is_refused_and_a_link_to_click_on_is_not() -> None:
    document = docx.Document()
    document.part.relate_to("http://example.invalid/a.png", f"{_RELATIONS}/image", is_external=True)
    linked = docx.Document()
    linked.part.relate_to("http://example.invalid/", f"{_RELATIONS}/hyperlink", is_external=True)

    assert "引用了外部文件" in problems(saved(document))
    assert problems(saved(linked)) == ""


def test_the_template_that_a_template_was_made_from_is_forgotten() -> None:
    document = docx.Document()
    settings = next(
        each.target_part
        for each in document.part.rels.values()
        if each.reltype.endswith("/settings")
    )
    number = settings.relate_to(
        "file:///C:/county.dotm", f"{_RELATIONS}/attachedTemplate", is_external=True
    )
    attached = OxmlElement("w:attachedTemplate")
    attached.set(qn("r:id"), number)
    settings.element.insert(0, attached)
    content = saved(document)

    assert problems(content) == ""
    kept = cleaned(content)
    assert b"county.dotm" not in b"".join(
        zipfile.ZipFile(io.BytesIO(kept)).read(each)
        for each in zipfile.ZipFile(io.BytesIO(kept)).namelist()
    )
    assert opened(kept).settings.element.find(qn("w:attachedTemplate")) is None


def test_revisions_that_nobody_accepted_are_refused() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("{{村}}")
    inserted = OxmlElement("w:ins")
    paragraph._p.append(inserted)

    assert "没接受的修订" in problems(saved(document))


def test_what_the_pdf_leaves_out_is_told() -> None:
    document = docx.Document()
    document.add_paragraph("{{村}}").add_run()._r.append(OxmlElement("w:drawing"))

    checked = check(saved(document), paper=AUTHORISATION)

    assert checked.problems == ()
    assert checked.notices == ("PDF中不会出现：图片、图形和文本框。Word文件不受影响。",)


def test_a_template_without_placeholders_is_noticed() -> None:
    assert check(built("空白"), paper=AUTHORISATION).notices == (
        "模板里没有占位符，生成的文书都是空白表。",
    )
