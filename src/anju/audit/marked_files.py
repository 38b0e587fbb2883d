"""Files that carry the mark of a state secret: never kept, and that one was sent is on record."""

from __future__ import annotations

from typing import NoReturn

from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.attachments import AttachmentRefused
from anju.privacy.state_secrets import head_carries_mark
from anju.reader.openings import opening_of


class MarkedSecret(AttachmentRefused):
    """A file that says 绝密, 机密 or 秘密."""


def refuse_marked(
    *, by: Actor, place: str, file_name: str, content: bytes, words: str = ""
) -> bool:
    """Refuse a file that is marked, before anything of it is kept; whether its words could be looked at.

    `words` are its words where they were read already; `place` says in the audit trail for what it was
    sent ("plan", "task"). Neither its name nor anything of its content is written down. Call it
    outside a transaction: what is refused rolls that back, the entry too.
    """
    opening = opening_of(content, file_name)
    if any(head_carries_mark(each) for each in (words, *opening.heads)):
        _refuse(by, place, file_name)
    return opening.has_words or bool(words.strip())


def _refuse(by: Actor, place: str, file_name: str) -> NoReturn:
    ending = file_name.rpartition(".")[2].lower()[:5]
    record(by=by, action="upload.refuse_marked", kind=place, detail={"ending": ending})
    raise MarkedSecret(
        _(
            "文件“%(name)s”的首页、页眉或属性里有国家秘密标志（绝密、机密、秘密）。涉密文件不得在本系统上传、保存和传输："
            "文件没有保存，这次上传已记入审计（不记内容）。请在涉密设备上办理，并告知本单位保密工作人员。"
            "确已解密或者标错的，先由定密的机关更正，再上传更正后的文件。"
        )
        % {"name": file_name}
    )
