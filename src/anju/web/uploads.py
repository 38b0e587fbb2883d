"""Files that a form sent to be kept with something: looked at, and those marked as secret refused."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.attachments import MOST_BYTES, Attachment, AttachmentRefused, checked
from anju.audit.marked_files import refuse_marked
from anju.web.address import address_of


def uploaded(request: HttpRequest, field: str, *, place: str, most: int) -> list[Attachment]:
    """The files of a field, one more than `most` at the highest so that too many can be refused.

    `place` says in the audit trail for what they were sent. One that is too large is refused before it
    is read. Whose words cannot be read, a picture or a scan, is kept, and the page says that nobody looked.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    by = viewer.actor(address_of(request))
    found, unseen = [], []
    for each in request.FILES.getlist(field)[: most + 1]:
        if each.size is not None and each.size > MOST_BYTES:
            told = {"name": each.name, "most": MOST_BYTES // 1024 // 1024}
            raise AttachmentRefused(
                _("文件“%(name)s”超过%(most)s MB，请压缩或拆分后再上传。") % told
            )
        file = checked(each.name or "", each.read())
        is_seen = refuse_marked(by=by, place=place, file_name=file.file_name, content=file.content)
        found.append(file)
        unseen += [] if is_seen else [file.file_name]
    say_unseen(request, unseen)
    return found


def say_unseen(request: HttpRequest, names: Sequence[str]) -> None:
    """Tell who uploaded files that cannot be read (pictures, scans, old formats) to look at them."""
    if names:
        told = _(
            "系统读不出“%(names)s”里的文字（图片、扫描件或旧格式），没有检查密级标志，请自行确认不涉密。"
        )
        messages.info(request, told % {"names": _("、").join(names)})
