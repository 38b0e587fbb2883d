"""Whether a file may be the template of a paper, with everything that is wrong with it at once."""

import difflib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from anju.papers.catalogue import Paper
from anju.papers.filling import asked, fill, lists_of, texts
from anju.papers.refusals import PaperRefused
from anju.papers.typesetting import omissions
from anju.papers.values import Values, placeholders

MOST_BYTES = 2_000_000
_MOST_UNPACKED = 30_000_000
_MOST_FILES = 300
_MACROS = ("vbaProject.bin", "vbaData.xml", "activeX", "oleObject", "embeddings/")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """`problems` keep a file from being a template; `notices` are good to know."""

    problems: tuple[str, ...]
    notices: tuple[str, ...] = ()


def check(content: bytes, *, paper: Paper) -> Checked:
    """What is wrong with a file as the template of a paper."""
    try:
        _refuse_unsafe(content)
        document = docx.Document(io.BytesIO(content))
    except PaperRefused as refused:
        return Checked((str(refused),))
    except (KeyError, ValueError, OSError, SyntaxError, zipfile.BadZipFile):
        return Checked(("这不是完好的Word文件。请用Word或WPS打开后另存为.docx，再上传。",))
    problems = list(dict.fromkeys(_of_placeholders(document, paper)))
    if _has_revisions(document):
        problems.append("文件里还有没接受的修订。请在“审阅”中接受全部修订，再上传。")
    if not problems:
        problems += _of_trial(content, paper)
    if problems:
        return Checked(tuple(problems[:_SHOWN]))
    left_out = omissions(content)
    notices = [f"PDF中不会出现：{'、'.join(left_out)}。Word文件不受影响。"] if left_out else []
    if not any(asked(root) for root in texts(document)):
        notices.append("模板里没有占位符，生成的文书都是空白表。")
    return Checked((), tuple(notices))


def cleaned(content: bytes) -> bytes:
    """A checked template without the address of the template it was itself made from.

    Word writes that address by itself, and would look there whenever a paper is opened.
    """
    document = docx.Document(io.BytesIO(content))
    for relation in list(document.part.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.SETTINGS:
            settings = relation.target_part
            for attached in list(settings.element.iter(qn("w:attachedTemplate"))):
                settings.rels.pop(attached.get(qn("r:id")), None)
                attached.getparent().remove(attached)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _refuse_unsafe(content: bytes) -> None:
    """Macros, embedded programs, links to other files, and files that unpack to something huge."""
    if len(content) > MOST_BYTES:
        raise PaperRefused(f"文件超过{MOST_BYTES // 1_000_000}MB。请删去图片等大的内容，再上传。")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > _MOST_FILES or sum(each.file_size for each in members) > _MOST_UNPACKED:
            raise PaperRefused("文件解压后过大，不能用作模板。")
        if any(part in each.filename for part in _MACROS for each in members):
            raise PaperRefused(
                "文件含有宏或嵌入的程序，不能用作模板。请另存为不含宏的.docx，再上传。"
            )
        types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
        if "macroEnabled" in types:
            raise PaperRefused(
                "文件含有宏或嵌入的程序，不能用作模板。请另存为不含宏的.docx，再上传。"
            )
        if _WORD not in types:
            raise PaperRefused("这不是Word文档（.docx）。请用Word或WPS另存为.docx，再上传。")
        for member in members:
            if member.filename.endswith(".rels"):
                _refuse_links(archive.read(member))


def _refuse_links(relations: bytes) -> None:
    """Nothing is fetched from elsewhere when the paper is opened; links to click on are fine."""
    harmless = (RELATIONSHIP_TYPE.HYPERLINK, _ATTACHED)
    for relation in parse_xml(relations):
        is_outside = relation.get("TargetMode") == "External"
        if is_outside and relation.get("Type") not in harmless:
            raise PaperRefused(
                "文件引用了外部文件（如链接的图片），打开时会向外取内容。请改为嵌入，再上传。"
            )


def _of_placeholders(document: Any, paper: Paper) -> Iterator[str]:
    """Names that are not known, names that this paper may not say, braces that are not closed."""
    for root in texts(document):
        for paragraph in root.iter(qn("w:p")):
            text = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
            names = asked(paragraph)
            for name in names:
                if name not in placeholders():
                    yield _unknown(name)
                elif name not in paper.allowed:
                    yield f"《{paper.title}》是公开张贴的，不能出现“{{{{{name}}}}}”。请删去这个占位符。"
            opened = text.count("{{") + text.count("｛｛")
            if opened != len(names) or text.count("}}") + text.count("｝｝") != len(names):
                yield f"这一段的占位符没有写完整，应为“{{{{名称}}}}”：“{text.strip()[:40]}”。"
        for row in root.iter(qn("w:tr")):
            if len(lists_of(asked(row))) > 1:
                yield f"同一行里用了几个名单（{'、'.join(lists_of(asked(row)))}），请分成几行。"


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, placeholders(), n=1, cutoff=0.5)
    better = f"是不是“{{{{{near[0]}}}}}”？" if near else "可用的占位符见本页的对照表。"
    return f"不认识占位符“{{{{{name}}}}}”。{better}"


def _has_revisions(document: Any) -> bool:
    return any(
        next(root.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom")), None) is not None
        for root in texts(document)
    )


def _of_trial(content: bytes, paper: Paper) -> Iterator[str]:
    """Fill it in once, empty: what does not work now would not work for a household either."""
    try:
        fill(content, paper=paper, values=Values())
    except PaperRefused as refused:
        yield str(refused)
