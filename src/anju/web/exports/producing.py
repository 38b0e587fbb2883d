"""The job that writes an approved export."""

import tempfile
from typing import Any

from django.utils import timezone

from anju.accounts.queries import viewer_of
from anju.exports import actions, queries
from anju.exports.models import ExportRequest
from anju.queue.progress import Progress
from anju.web.exports import replaying
from anju.web.lists.export import Write


def produce(*, progress: Progress, request_id: int) -> dict[str, Any]:
    """Write the list as its asker may see it today, seal it, and let it be fetched.

    Safe to repeat: until the request says it is ready the file is written anew.
    """
    request = queries.to_produce(request_id)
    if request is None:
        return {"already": True}
    progress.step(str(request.title), 0, request.rows)
    content, summary = _written(request)
    progress.step(str(request.title), summary["count"], summary["count"])
    actions.produced(
        progress=progress,
        at=timezone.now(),
        request_id=request_id,
        content=content,
        summary=summary,
    )
    return {"rows": summary["count"]}


def _written(request: ExportRequest) -> tuple[bytes, dict[str, Any]]:
    """The file, and the number and digest of its rows."""
    # A post given since the request was made adds nothing; one that ended gives nothing.
    viewer = viewer_of(request.asker, on=timezone.localdate(), posts=request.terms.get("posts", ()))
    with tempfile.TemporaryFile() as file:
        purpose = Write(file, request.ranges, request.terms)
        replaying.write(queries.address_of(request), request.asker, viewer, purpose)
        file.seek(0)
        return file.read(), dict(purpose.summary or {})
