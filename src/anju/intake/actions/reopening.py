"""Asking again whose row it is, after it was written: the row waits once more, on the page of its file.

Nothing is read from the registers' past: the line as it was read when the file came in (kept sealed, or
the original) is compared anew. What was written under the old answer stays until somebody corrects it:
`left_behind` tells what that is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.conf import settings
from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.intake import kept_lines, left_behind, profiles, storing
from anju.intake.actions import rows as batch_rows
from anju.intake.actions import settling
from anju.intake.actions.decisions import take_back
from anju.intake.checking import Checked
from anju.intake.models import Batch, BatchState, Decision, Outcome
from anju.intake.outcomes import Outcomes
from anju.intake.reading import SheetRows, read
from anju.intake.recognising import recognise
from anju.intake.refusals import BatchRefused, FileRefused
from anju.intake.workbook import Workbook
from anju.sealing import CannotOpen


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """`rows`: how many wait again, 0 where the line is not kept or nobody need be asked; `code`: of the
    household in which what was written stands, empty where nothing was."""

    rows: int
    code: str


@transaction.atomic
def ask_again(*, by: Actor, at: datetime, batch: Batch, decision: Decision) -> AskedAgain:
    """Take a decision about a written row back and let the row wait for another.

    Every row of the file that asks the same question waits with it. Refused: a file that is being
    written, a decision taken back before.
    """
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    if held.state != BatchState.DONE:
        raise BatchRefused("这个文件正在写入，请等它完成后再撤回。")
    take_back(by=by, at=at, batch=held, decision=decision)
    decision.refresh_from_db()
    stands = bool(left_behind.facts(decision))
    if stands:
        decision.left_behind = True
        decision.save(update_fields=["left_behind"])
    home = left_behind.home_of(decision) if stands else None
    code = home.code if home else ""
    ends = _waiting(held, decision)
    count = sum(frame.height for _sheet, frame in ends)
    detail: dict[str, object] = {"row": decision.number, "again": count}
    if count:
        held.counts, detail["rows"] = batch_rows.replace_some(batch=held, ends=ends)
        held.save(update_fields=["counts"])
    record(
        by=by,
        action="intake.undecide",
        kind="batch",
        ids=[held.pk],
        detail=detail,
        place=held.division_code,
    )
    return AskedAgain(count, code)


def _waiting(batch: Batch, decision: Decision) -> batch_rows.Ends:
    """The rows that ask the same question, as they end without an answer; nothing is written."""
    sheet = next((each for each in _sheets(batch) if each.sheet == decision.sheet), None)
    if sheet is None:
        return []
    chosen = [(sheet.sheet, number) for number in _alike(sheet.checked.rows, decision.number)]
    with transaction.atomic():
        settled = settling.at_once(batch, [sheet], lambda _text, _done, _total: None, chosen)
        transaction.set_rollback(True)
    found = []
    for name, frame in settled.ends:
        keys = [json.loads(text or "{}").get("key") for text in frame["sides"].to_list()]
        asks = pl.Series([key == decision.key for key in keys], dtype=pl.Boolean)
        frame = frame.filter(asks & (frame["outcome"] == Outcome.WAITING.value))
        if frame.height:
            found.append((name, frame))
    return found


def _alike(rows: pl.DataFrame, number: int) -> list[int]:
    """The row, and those that name somebody of the same name: they may be typed alike."""
    if "name" in rows.columns:
        name = rows.filter(pl.col("number") == number)["name"]
        return rows.filter(pl.col("name").is_in(name.implode()))["number"].to_list()
    return rows.filter(pl.col("number") == number)["number"].to_list()


def _sheets(batch: Batch) -> Sequence[SheetRows]:
    """The lines of a file as they were kept, or read from the original; none where both are gone."""
    kept = kept_lines.fetch(batch)
    if kept is not None:
        return [
            SheetRows(each.sheet, each.layout, Checked(each.rows, Outcomes(each.layout)))
            for each in kept
        ]
    try:
        content = storing.fetch(batch.pk)
        workbook = Workbook(content, batch.file_name, largest=settings.UPLOAD_MAX_BYTES)
        recognised = recognise(workbook, batch.feed, profiles.by_hand())
        return read(workbook, recognised, batch.known_on, lambda _text, _done, _total: None)
    except (OSError, CannotOpen, FileRefused, BatchRefused):
        return []
