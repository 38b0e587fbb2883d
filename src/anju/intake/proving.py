"""Whether the rows of a batch are those that its audit entry was written about.

The entry of a batch holds the number and the SM3 digest of what became of its rows. The rows may be
asked again at any time; what lawfully changed them since left an entry of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from anju.accounts.row_security import everything
from anju.audit import queries as audit
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.intake.models import Batch
from anju.intake.queries import rows_summary


class Standing(Enum):
    """What the rows say about the entry."""

    SAME = "same"
    REPLACED = "replaced"  # the file was worked on again: a later entry holds its rows
    FORGOTTEN = "forgotten"  # deleted by the rule of retention, which left an entry
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Proof:
    """What the entry says, what is there now, and the later entry that explains a difference."""

    standing: Standing
    written: dict[str, Any]
    found: dict[str, Any]
    explained_by: int | None = None


def is_provable(entry: Entry) -> bool:
    """Whether an entry holds the digest of a batch's rows."""
    return entry.kind == "batch" and "sm3" in _written(entry)


def prove(*, by: Actor, entry: Entry) -> Proof:
    """Compare the rows with the entry. Reads all rows of the batch: a second for 100 000.

    Whoever looks into the trail sees no place, so on PostgreSQL the county is opened for the
    moment, which leaves an entry; nothing of a row is handed on.
    """
    written = _written(entry)
    with everything(by=by, reason=_("核对导入逐行结果的摘要")):
        batch = Batch.objects.filter(pk=entry.ids[0]).first()
        found = rows_summary(batch) if batch is not None else {"count": 0, "sm3": ""}
    if found == written:
        return Proof(Standing.SAME, written, found)
    if later := _worked_on_again(entry):
        return Proof(Standing.REPLACED, written, found, later)
    if not found["count"] and batch is not None and (forgotten := _forgotten(batch)):
        return Proof(Standing.FORGOTTEN, written, found, forgotten)
    return Proof(Standing.DIFFERENT, written, found)


def _written(entry: Entry) -> dict[str, Any]:
    rows = entry.detail.get("rows")
    return rows if isinstance(rows, dict) else {}


def _worked_on_again(entry: Entry) -> int | None:
    """The newest later entry with rows of the same batch (checked first, then written, taken up)."""
    later = audit.entries_about("batch").filter(
        audit.about(str(entry.ids[0])), sequence__gt=entry.sequence
    )
    return next((each.sequence for each in later.iterator() if is_provable(each)), None)


def _forgotten(batch: Batch) -> int | None:
    """The entry of the rule of retention that let rows go of files as old as this one."""
    if batch.finished_at is None:
        return None
    ended = timezone.localtime(batch.finished_at).date()
    applied = audit.entries_about("retention").filter(action="retention.apply")
    for each in applied.iterator():
        before = date.fromisoformat(each.detail.get("before", "0001-01-01"))
        if each.detail.get("rule") == "rows" and before >= ended:
            return each.sequence
    return None
