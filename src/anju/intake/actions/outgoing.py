"""Taking a list out in the form it came in: written to a file, with an audit entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import polars as pl
from django.db import transaction

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.keys import provider
from anju.intake.models import Batch
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.forms import Form
from anju.intake.outgoing.lists import Offer, forms_of, lines_of, parts
from anju.intake.outgoing.writing import Masks, filled, write


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
    caller answers for a second person's approval. `span`: of a list of changes. `must`: how many
    problems of its rows had to be mended and were not; `go_ahead`: why the list goes out all the
    same. Memory does not grow with the list: it is written some thousand households at a time.
    """
    masks = Masks(numbers=not in_full, health=not viewer.may(Permission.VIEW_HEALTH))
    forms = forms_of(offer.feed, batch)

    def cells() -> Iterator[tuple[Form, pl.DataFrame]]:
        written = dict.fromkeys((form.layout.id for form in forms), 0)
        for part in parts(scope, offer.feed, provider()):
            for form in forms:
                lines = lines_of(form, part, span)
                yield form, filled(form, lines, masks, before=written[form.layout.id])
                written[form.layout.id] += lines.height

    summary = write(file, forms, cells())
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
