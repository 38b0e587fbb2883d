"""Matching and comparing rows with the registers, before the transaction that writes or inside it.

A list of a hundred thousand rows takes many seconds to compare and one or two to write. On SQLite a
transaction that may write keeps every other writer waiting, also a page that leaves an audit entry.
So a list is settled ahead, its writes put off; the transaction then only writes. If a register
changed in between, or the list reads what it has just written, it is settled again inside.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from anju.audit import queries as audit
from anju.audit.actor import Actor
from anju.audit.keys import provider
from anju.intake.actions.rows import Ends
from anju.intake.authority import authority_on
from anju.intake.context import Context, significant
from anju.intake.feeds import BY_ID
from anju.intake.models import Batch
from anju.intake.reading import SheetRows, Step
from anju.registry.actions import bulk

# What these leave in the audit trail changes no register. Anything else does, for all we know.
_HARMLESS = ("session.", "user.", "unit.", "post.", "register.", "export.", "audit.", "run.")
_HARMLESS_ACTIONS = (
    "household.read",
    "person.reveal",
    "person.reveal_refused",
    "intake.receive",
    "intake.confirm",
    "intake.cancel",
    "intake.checked",
    "intake.compare",
    "intake.decide",
    "intake.undecide",
    "intake.mapping",
    "intake.mapped",
    "intake.preview",
    "intake.profile",
    "intake.profile_forget",
    "intake.refuse",
    "intake.refused",
    "intake.report",
    "intake.close",
    "intake.differences",
    "intake.settle",
    "intake.take_out",
)

Chosen = Collection[tuple[str, int]]


@dataclass(slots=True)
class Settled:
    """The end of every row, and the writes it takes. `seen`: the last audit entry before."""

    ends: Ends
    writes: bulk.PutOff
    seen: int

    def is_current(self) -> bool:
        """No register has changed since the rows were compared with it."""
        later = audit.entries().filter(sequence__gt=self.seen).values_list("action", flat=True)
        return all(
            action in _HARMLESS_ACTIONS or action.startswith(_HARMLESS)
            for action in later.order_by().distinct()
        )


def ahead(
    batch: Batch, sheets: Sequence[SheetRows], step: Step, chosen: Chosen | None = None
) -> Settled | None:
    """Settle a list outside of a transaction; None where that must be done inside.

    Of several sheets the later ones may build on the earlier: they are settled as they are written.
    """
    if len(sheets) != 1 or any(sheet.layout.writes_at_once for sheet in sheets):
        return None
    seen = _newest()
    try:
        with bulk.put_off() as writes:
            ends = _settle(batch, sheets, step, chosen)
    except bulk.MustWriteNow:
        return None
    return Settled(ends, writes, seen)


def at_once(
    batch: Batch, sheets: Sequence[SheetRows], step: Step, chosen: Chosen | None = None
) -> Settled:
    """Settle a list and write it, in the caller's transaction: no write is left."""
    seen = _newest()
    return Settled(_settle(batch, sheets, step, chosen), bulk.PutOff(), seen)


def _newest() -> int:
    return audit.entries().values_list("sequence", flat=True).first() or 0


def _settle(
    batch: Batch, sheets: Sequence[SheetRows], step: Step, chosen: Chosen | None = None
) -> Ends:
    """The end of every row of every sheet, or of the chosen (sheet, row number)s alone."""
    total = sum(sheet.total for sheet in sheets)
    done = 0
    ends = []
    for sheet in sheets:
        step(f"核对“{sheet.sheet}”", done, total)
        ends.append((sheet.sheet, _sheet(batch, sheet, chosen)))
        done += sheet.total
    return ends


def _sheet(batch: Batch, sheet: SheetRows, chosen: Chosen | None) -> pl.DataFrame:
    context = Context(
        by=Actor(batch.created_by),
        batch_id=batch.pk,
        known_on=batch.known_on,
        source=f"{BY_ID[batch.feed].name} #{batch.pk}",
        office=BY_ID[batch.feed].office,
        prefix=significant(batch.division_code) if batch.division_code else "",
        layout=sheet.layout,
        keys=provider(),
        authority=authority_on(batch.known_on),
        offices={feed.name: feed.office for feed in BY_ID.values()},
    )
    rows = sheet.checked.rows
    if chosen is not None:
        numbers = [number for name, number in chosen if name == sheet.sheet]
        chosen_rows = rows.filter(pl.col("number").is_in(numbers))
        return _sourced(sheet.layout.take(chosen_rows, context).frame(), context)
    outcomes = sheet.layout.take(rows, context)
    outcomes.parts.extend(sheet.checked.outcomes.parts)
    return _sourced(outcomes.frame(), context)


def _sourced(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Both sides of conflicts with the list they came in, and who decides."""
    sides = [
        None if text is None else _both(json.loads(text), context)
        for text in frame["sides"].to_list()
    ]
    return frame.with_columns(pl.Series("sides", sides, dtype=pl.String))


def _both(told: dict[str, Any], context: Context) -> str:
    decides = _deciding(told, context)
    return json.dumps({**told, "source": context.source, "decides": decides}, ensure_ascii=False)


def _deciding(told: dict[str, Any], context: Context) -> str:
    """Who decides: by the pack's source order, else as the message says, else who keeps the list."""
    named = context.authority.all_deciding(told.pop("names", []))
    return named or told["decides"] or context.office
