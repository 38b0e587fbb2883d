"""The PDF of a filled paper, set from the very docx that is handed out.

So a county that replaces a template gets its own PDF too, without an office program on the server.
Set are paragraphs, tables, heads and feet, with their fonts, sizes, weights, alignment, indents,
spacing, page numbers and simple numbering; what cannot be set is told by `omissions`, never dropped
in silence.
"""

import io
from dataclasses import dataclass
from datetime import datetime

import docx

from anju.papers.refusals import PaperRefused
from anju.papers.typesetting import fonts
from anju.papers.typesetting.omitted import left_out
from anju.papers.typesetting.pages import source_of


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, and the fonts that it had to replace: asked for → shown instead."""

    content: bytes
    replaced: dict[str, str]


def pdf(content: bytes, *, at: datetime) -> Typeset:
    """The PDF of a docx, dated `at` (with a time zone).

    `PaperRefused` where the machine has no Chinese font, or the typesetter gives up.
    """
    import typst

    family = fonts.Chooser(fonts.families())
    source = source_of(docx.Document(io.BytesIO(content)), family)
    try:
        compiler = typst.Compiler(font_paths=fonts.collection(), ignore_system_fonts=True)
        made = compiler.compile(source.encode(), format="pdf", timestamp=int(at.timestamp()))
    except typst.TypstError as fault:
        raise PaperRefused("这份文书不能生成PDF，请改为下载Word文件。") from fault
    if not isinstance(made, bytes):
        raise PaperRefused("这份文书不能生成PDF，请改为下载Word文件。")
    return Typeset(made, family.replaced)


def omissions(content: bytes) -> tuple[str, ...]:
    """What of a docx its PDF will not show, in words for people."""
    return left_out(docx.Document(io.BytesIO(content)))
