"""Which list a workbook is, told by its headers, and which of its sheets hold it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from anju.intake.feeds import BY_ID, FEEDS
from anju.intake.headings import (
    ABOVE,
    SEARCHED_ROWS,
    Heading,
    find,
    labels_in,
    match,
    may_fit,
    names,
    normal,
    texts,
    windows,
)
from anju.intake.layout import Feed, SheetLayout
from anju.intake.refusals import FileRefused
from anju.intake.saved import SavedLayout, fingerprint
from anju.intake.workbook import Workbook

# A header that shares fewer needed columns than this with a list is not that list at all.
_RESEMBLES = 0.5


@dataclass(frozen=True, slots=True)
class Recognised:
    """The list a workbook is, and for each of its sheets where the header lies."""

    feed: Feed
    sheets: tuple[tuple[str, Heading], ...]
    passed_over: tuple[str, ...]


def recognise(
    workbook: Workbook, feed_id: str | None = None, saved: Sequence[SavedLayout] = ()
) -> Recognised:
    """The list that fits best, or the one that was said; refused with what is missing.

    `saved`: the layouts people have explained; one of the same headings goes before all else.
    """
    heads = {name: workbook.sheet(name).cells.head(SEARCHED_ROWS) for name in workbook.sheet_names}
    candidates = FEEDS if feed_id is None else (BY_ID[feed_id],)
    best = _best(heads, candidates, saved)
    if best is not None:
        return best
    raise _refusal(workbook, heads, feed_id)


def _best(
    heads: dict[str, pl.DataFrame], feeds: Iterable[Feed], saved: Sequence[SavedLayout] = ()
) -> Recognised | None:
    """The feed whose sheets fit the headers best; None if none has all it needs."""
    scored = []
    labels = {name: labels_in(head) for name, head in heads.items()}
    for feed in feeds:
        own = [each for each in saved if each.feed == feed.id]
        taken = _sheets_of(heads, labels, feed, own)
        if taken:
            fit = max(heading.fit for _, heading in taken)
            scored.append((fit, -feed.order, feed, taken))
    if not scored:
        return None
    _, _, feed, taken = max(scored, key=lambda each: each[:2])
    used = {name for name, _ in taken}
    order = {layout.id: place for place, layout in enumerate(feed.sheets)}
    taken.sort(key=lambda each: order[each[1].layout.id])
    return Recognised(feed, tuple(taken), tuple(name for name in heads if name not in used))


def _sheets_of(
    heads: dict[str, pl.DataFrame],
    labels: dict[str, frozenset[str]],
    feed: Feed,
    saved: Sequence[SavedLayout],
) -> list[tuple[str, Heading]]:
    """Each sheet of the file with the layout of the feed that fits it best, if any does."""
    taken = []
    for name, head in heads.items():
        found = [_found(head, labels[name], layout, saved) for layout in feed.sheets]
        fitting = [heading for heading in found if heading is not None and not heading.missing]
        if fitting:
            taken.append((name, max(fitting, key=lambda heading: heading.fit)))
    return taken


def _found(
    head: pl.DataFrame,
    labels: frozenset[str],
    layout: SheetLayout,
    saved: Sequence[SavedLayout],
) -> Heading | None:
    """The header of a layout: as a person explained these very headings, else by its own names."""
    for each in saved:
        last = {normal(name.rsplit(ABOVE, 1)[-1]) for name in each.headings}
        if each.sheet == layout.id and each.by_hand and last <= labels:
            heading = explained(head, layout, each)
            if heading is not None:
                return heading
    return find(head, layout) if may_fit(labels, layout) else None


def explained(head: pl.DataFrame, layout: SheetLayout, said: SavedLayout) -> Heading | None:
    """The header of exactly the headings that a person explained, wherever it lies."""
    rows = texts(head)
    for first, depth in windows(rows):
        named = names(rows, first, first + depth)
        if fingerprint(named.values()) == said.fingerprint:
            return match(named, (first, first + depth), layout, said.columns)
    return None


def _refusal(
    workbook: Workbook, heads: dict[str, pl.DataFrame], feed_id: str | None
) -> FileRefused:
    """Why no list fits: nothing there, another list, or columns missing."""
    file_name = workbook.file_name
    filled = {name: head for name, head in heads.items() if not head.is_empty()}
    if not filled:
        return FileRefused("file_no_rows", f"文件“{file_name}”里没有数据，请检查后重新导出。")
    other = _best(heads, FEEDS) if feed_id is not None else None
    if other is not None and feed_id is not None:
        return FileRefused(
            "feed_other",
            f"文件“{file_name}”像是“{other.feed.name}”，不是“{BY_ID[feed_id].name}”。"
            "请重新选择名单种类，或换一个文件。",
        )
    nearest = _nearest(filled, FEEDS if feed_id is None else (BY_ID[feed_id],))
    if nearest is None:
        sheets = "、".join(f"“{name}”" for name in filled)
        return FileRefused(
            "feed_unknown",
            f"文件“{file_name}”的工作表{sheets}中，前 {SEARCHED_ROWS} 行没有找到认识的表头。"
            "请对照导入说明中的列名，或选对工作表后再上传。",
        )
    name, feed, heading = nearest
    missing = "、".join(f"“{column.label}”" for column in heading.missing)
    return FileRefused(
        "columns_missing",
        f"文件“{file_name}”的工作表“{name}”像是“{feed.name}”，但缺少列：{missing}。"
        "请补上这些列（列名照写）后再上传。",
    )


def _nearest(
    heads: dict[str, pl.DataFrame], feeds: Sequence[Feed]
) -> tuple[str, Feed, Heading] | None:
    """The sheet and list that resemble each other most, if any do."""
    found = [
        (name, feed, heading)
        for name, head in heads.items()
        for feed in feeds
        for heading in (find(head, layout) for layout in feed.sheets)
    ]
    alike = [
        each
        for each in found
        if 1 - len(each[2].missing) / len(each[2].layout.needed) >= _RESEMBLES
    ]
    return max(alike, key=lambda each: each[2].fit, default=None)
