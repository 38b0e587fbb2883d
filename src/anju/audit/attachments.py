"""What may be attached: office documents, tables, pictures and text, known by their first bytes.

What a file is called decides nothing: a web page named .docx is refused. Nothing is opened here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from anju.audit.refusal import Refusal

MOST_BYTES = 20 * 1024 * 1024

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: ending → content type, what the file begins with (nothing: text)
KINDS: Mapping[str, tuple[str, tuple[bytes, ...]]] = MappingProxyType(
    {
        "pdf": ("application/pdf", (b"%PDF-",)),
        "docx": (f"{_OFFICE}.wordprocessingml.document", (_ZIP,)),
        "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", (_ZIP,)),
        "pptx": (f"{_OFFICE}.presentationml.presentation", (_ZIP,)),
        "doc": ("application/msword", (_OLD,)),
        "xls": ("application/vnd.ms-excel", (_OLD,)),
        "wps": ("application/octet-stream", (_OLD,)),
        "et": ("application/octet-stream", (_OLD,)),
        "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
        "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
        "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
        "txt": ("text/plain; charset=utf-8", ()),
    }
)
#: For the `accept` of file fields.
ACCEPT = ",".join(f".{ending}" for ending in KINDS)
_UNWANTED = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\u202a-\u202e\u2066-\u2069]')


class AttachmentRefused(Refusal):
    """A file that is not kept."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was looked at: its clean name, size and digest beside its bytes."""

    file_name: str
    content: bytes
    content_type: str
    digest: str

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)


def checked(file_name: str, content: bytes) -> Attachment:
    """The file with a name that is safe to hand out again; `AttachmentRefused` where it is not kept."""
    name = _UNWANTED.sub("", file_name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in KINDS:
        raise AttachmentRefused(
            _("文件“%(name)s”不能上传。可上传的格式：%(endings)s。")
            % {"name": name, "endings": "、".join(KINDS)}
        )
    if not content:
        raise AttachmentRefused(_("文件“%(name)s”是空的，请重新选择。") % {"name": name})
    if len(content) > MOST_BYTES:
        raise AttachmentRefused(
            _("文件“%(name)s”超过%(most)s MB，请压缩或拆分后再上传。")
            % {"name": name, "most": MOST_BYTES // 1024 // 1024}
        )
    if not _begins_right(ending, content):
        raise AttachmentRefused(
            _(
                "文件“%(name)s”的内容不是 %(ending)s 格式，可能改过扩展名。请用原来的软件另存后再上传。"
            )
            % {"name": name, "ending": ending}
        )
    stem = name[: -len(ending) - 1][: 190 - len(ending)]
    return Attachment(
        f"{stem}.{ending}", content, KINDS[ending][0], hashlib.sha256(content).hexdigest()
    )


def content_type(file_name: str) -> str:
    """What a kept file is handed out as."""
    return KINDS.get(file_name.rpartition(".")[2].lower(), ("application/octet-stream", ()))[0]


def _begins_right(ending: str, content: bytes) -> bool:
    first = KINDS[ending][1]
    return content.startswith(first) if first else b"\x00" not in content[:4096]
