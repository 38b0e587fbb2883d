"""Taking a list out in the form it came in: written to a file, with an audit entry."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.db import transaction

from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.intake.models import Batch
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.lists import Offer, collected
from anju.intake.outgoing.writing import write


@transaction.atomic
def take_out(
    *,
    by: Actor,
    viewer: Viewer,
    scope: Scope,
    offer: Offer,
    batch: Batch | None,
    in_full: bool,
    file: BinaryIO,
    span: Span | None = None,
    must: int = 0,
    go_ahead: str = "",
) -> dict[str, Any]:
    """Write a list of the viewer's households; the number and digest of its lines.

    `in_full`: with identity numbers, telephones and accounts, for another system to read; the
    caller answers for a second person's approval. `span`: of a list of changes. `must`: how many problems of its rows had to be
    mended and were not; `go_ahead`: why the list goes out all the same.
    """
    sheets = collected(viewer, scope, offer, batch, in_full=in_full, span=span)
    summary = write(file, sheets)
    record(
        by=by,
        action="intake.take_out",
        kind="list",
        count=summary["count"],
        detail={
            "feed": offer.feed.id,
            "batch": batch.pk if batch is not None else None,
            "numbers": "full" if in_full else "masked",
            "rows": summary,
            "must": must,
            "since": span.since.isoformat() if span else None,
            "until": span.until.isoformat() if span else None,
        },
        reason=go_ahead,
        place=scope.ranges[0][0] if len(scope.ranges) == 1 else "",
    )
    return summary
