"""A person says what the columns of a file are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.intake import profiles, storing
from anju.intake.actions import batches
from anju.intake.actions import profiles as layouts
from anju.intake.actions.processing import opened
from anju.intake.feeds import BY_ID, FEEDS
from anju.intake.layout import Feed, SheetLayout
from anju.intake.models import Batch, BatchState
from anju.intake.refusals import BatchRefused
from anju.intake.suggesting import Preview, likeliest, preview
from anju.privacy.masking import mask_phone, masked_text


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the person has chosen so far: the list (feed and sheet), the sheet of the file, and the
    rows of its header (first, exclusive end, from 0). None: what is likeliest."""

    feed: str | None = None
    layout: str | None = None
    sheet: str | None = None
    header: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it may be read."""

    feed: Feed
    layout: SheetLayout
    sheets: tuple[str, ...]
    preview: Preview


@transaction.atomic
def look(*, by: Actor, batch: Batch, chosen: Chosen) -> Look:
    """The first rows of a file that waits for its columns, numbers masked; leaves an audit entry."""
    found = _looked(batch, chosen)
    record(
        by=by,
        action="intake.preview",
        kind="batch",
        ids=[batch.pk],
        count=10,
        detail={"sheet": found.preview.sheet, "list": found.feed.id},
        place=batch.division_code,
    )
    return found


@transaction.atomic
def settle(
    *,
    by: Actor,
    at: datetime,
    batch: Batch,
    chosen: Chosen,
    fields: Mapping[int, str],
    source: str,
) -> Batch:
    """Keep which column (by place) is which field, and let the file go on its way.

    Which list it is must have been said by a person, or by the headers: never by likeness alone.
    """
    if not is_said(batch, chosen):
        raise BatchRefused("请先选择这是哪一种名单，再核对列。")
    found = _looked(batch, chosen)
    headings = {column.place: column.heading for column in found.preview.columns}
    known = {column.field for column in found.layout.columns}
    columns: dict[str, str] = {}
    for place, field in fields.items():
        if field not in known or place not in headings:
            continue
        if field in columns:
            label = found.layout.column(field).label
            raise BatchRefused(f"“{label}”选了两列，请只留一列。")
        columns[field] = headings[place]
    layouts.save(
        by=by,
        at=at,
        feed=found.feed.id,
        sheet=found.layout.id,
        source=source or found.feed.office,
        headings=list(headings.values()),
        columns=columns,
        batch_id=batch.pk,
    )
    return batches.mapped(by=by, at=at, batch_id=batch.pk, feed=found.feed.id)


def is_said(batch: Batch, chosen: Chosen) -> bool:
    """Whether it is known which list the file is, and not only guessed."""
    return bool(chosen.feed or batch.feed)


def _looked(batch: Batch, chosen: Chosen) -> Look:
    if batch.state != BatchState.MAPPING:
        raise BatchRefused("这个文件的列已经核对过了。")
    workbook = opened(file_name=batch.file_name, content=storing.fetch(batch.pk))
    names = [name for name in workbook.sheet_names if workbook.sheet(name).cells.height]
    if not names:
        raise BatchRefused("文件里没有数据。")
    wanted = chosen.sheet or batch.question.get("sheet")
    sheets = [workbook.sheet(name) for name in ([wanted] if wanted in names else names)]
    feed_id = chosen.feed or batch.feed
    lists = [BY_ID[feed_id]] if feed_id in BY_ID else list(FEEDS)
    possible = [
        layout
        for feed in lists
        for layout in feed.sheets
        if chosen.layout is None or layout.id == chosen.layout
    ]
    sheet, layout = likeliest(sheets, possible or [each for f in lists for each in f.sheets])
    feed = next(each for each in FEEDS if layout in each.sheets)
    said = next((each.columns for each in profiles.seen(feed.id) if each.sheet == layout.id), {})
    shown = preview(sheet, layout, known_on=batch.known_on, header=chosen.header, said=said)
    return Look(feed, layout, tuple(names), shown)


def shown_text(text: str) -> str:
    """A cell as the page may show it."""
    plain = text.strip()
    return mask_phone(plain) if len(plain) == 11 and plain.isdigit() else masked_text(plain)
