"""Plan files: which may be uploaded, and where they lie sealed."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from anju.audit import attachments
from anju.audit.attachments import Attachment
from anju.audit.sealed_files import sealed_folder
from anju.duties.refusals import DutyRefused
from anju.reader.files import text_of_bytes
from anju.reader.refusals import Unreadable

FOLDER: Final = sealed_folder("plans")
ENDINGS: Final = ("docx", "pdf", "txt", "html", "htm")
ACCEPT: Final = ",".join(f".{ending}" for ending in ENDINGS)
MOST_CHARACTERS: Final = 600_000  # some 700 pages; more is no plan


def checked(file_name: str, content: bytes) -> Attachment:
    """The file, looked at from outside; refused with what to do instead."""
    ending = file_name.rpartition(".")[2].lower()
    if ending == "doc":
        raise DutyRefused(
            _("“%(name)s”是旧版 Word 格式，请另存为 docx 后再上传。") % {"name": file_name}
        )
    if ending not in ENDINGS:
        raise DutyRefused(
            _("方案文件“%(name)s”不能上传。请提供 docx、pdf（有文字的）、txt 或 html 文件。")
            % {"name": file_name}
        )
    if ending in ("html", "htm"):
        # A page is text to us and is only ever handed out as a download.
        looked = attachments.checked(f"{file_name}.txt", content)
        return Attachment(
            looked.file_name.removesuffix(".txt"), content, "text/plain", looked.digest
        )
    return attachments.checked(file_name, content)


def text_in(file: Attachment) -> str:
    """The words of the file, as the reader takes them out of it; refused in the reader's words."""
    try:
        text = text_of_bytes(file.content, file.file_name).replace("\x00", "")
    except Unreadable as refused:
        raise DutyRefused(str(refused)) from None
    if len(text) > MOST_CHARACTERS:
        raise DutyRefused(
            _("“%(name)s”超过 %(most)s 字，不像一份方案。请只上传方案正文。")
            % {"name": file.file_name, "most": f"{MOST_CHARACTERS:,}"}
        )
    return text
