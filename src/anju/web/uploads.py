"""Files that a form sent to be kept with something: looked at, and those marked as secret refused."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.attachments import MOST_BYTES, Attachment, AttachmentRefused, checked
from anju.audit.marked_files import refuse_marked
from anju.web.address import address_of


def uploaded(request: HttpRequest, field: str, *, place: str, most: int) -> list[Attachment]:
    """The files of a field, one more than `most` at the highest so that too many can be refused.

    `place` says in the audit trail for what they were sent. One that is too large is refused before it
    is read.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    by = viewer.actor(address_of(request))
    found = []
    for each in request.FILES.getlist(field)[: most + 1]:
        if each.size is not None and each.size > MOST_BYTES:
            told = {"name": each.name, "most": MOST_BYTES // 1024 // 1024}
            raise AttachmentRefused(
                _("文件“%(name)s”超过%(most)s MB，请压缩或拆分后再上传。") % told
            )
        file = checked(each.name or "", each.read())
        refuse_marked(by=by, place=place, file_name=file.file_name, content=file.content)
        found.append(file)
    return found
