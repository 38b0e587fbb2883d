"""Which lists can go out, in which form, and their lines for the households of a viewer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.keys import provider
from anju.intake.feeds import BY_ID, FEEDS
from anju.intake.feeds.facts import Facts
from anju.intake.layout import Feed
from anju.intake.models import Batch
from anju.intake.outgoing import changes, filling, forms
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.forms import Form
from anju.intake.outgoing.writing import Filled, Masks, filled
from anju.places import queries as places
from anju.privacy import HEALTH_EVENTS, HEALTH_STATUSES
from anju.registry import queries as registry

#: Lists of places, and of what is seen there: they do not go out from here.
OF_PLACES: Final = frozenset({"places", "clinics"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A list that can go out, and the files whose form it can take."""

    feed: Feed
    files: tuple[Batch, ...]

    @property
    def tells_changes(self) -> bool:
        """Whether it tells what changed between two days, and not what is."""
        return self.feed.id in changes.LISTS


def offers(viewer: Viewer) -> list[Offer]:
    """Lists the viewer may take out, in the order in which they are read."""
    return [
        Offer(feed, tuple(forms.kept_files(viewer, feed)))
        for feed in FEEDS
        if may_take(viewer, feed)
    ]


def may_take(viewer: Viewer, feed: Feed) -> bool:
    """Whether a list can go out, and its subject is the viewer's to see."""
    if feed.id in OF_PLACES or not viewer.may(Permission.EXPORT_LISTS):
        return False
    return viewer.may(Permission.VIEW_HEALTH) or not tells_health(feed)


def tells_health(feed: Feed) -> bool:
    """Whether a list as a whole is about health."""
    kinds = {sheet.take.kind for sheet in feed.sheets if isinstance(sheet.take, Facts)}
    return bool(kinds & (HEALTH_STATUSES | HEALTH_EVENTS))


def reach(viewer: Viewer, place: str, *, in_full: bool) -> Scope:
    """Where the viewer may take lists out, with numbers in full or masked; of one place if given."""
    scope = Scope(viewer.scope.ranges) & Scope(viewer.scope_for(Permission.EXPORT_LISTS).ranges)
    if in_full:
        scope &= Scope(viewer.scope_for(Permission.REVEAL_IDENTITY).ranges)
    return scope & Scope.of([place]) if place else scope


def collected(
    viewer: Viewer,
    scope: Scope,
    offer: Offer,
    batch: Batch | None,
    *,
    in_full: bool,
    span: Span | None = None,
) -> list[Filled]:
    """The sheets of a list with what the registers know of the households in the scope; of a list of
    changes, what changed in the span."""
    found = registry.households_for(viewer).filter(scope.q("village_code", None))
    known = filling.known(list(found.values_list("pk", flat=True)), provider())
    masks = Masks(numbers=not in_full, health=not viewer.may(Permission.VIEW_HEALTH))
    sheets = []
    for form in forms_of(offer.feed, batch):
        lines = lines_of(form, known, span)
        if lines is not None:
            sheets.append(filled(form, lines, masks))
    return sheets


def forms_of(feed: Feed, batch: Batch | None) -> Iterable[Form]:
    """As the file has them; sheets it lacks, and all where there is no file, with plain headings."""
    came = {form.layout.id: form for form in forms.of_file(batch)} if batch is not None else {}
    county = places.divisions().filter(level=6).values_list("name", flat=True).first() or ""
    return [came.get(sheet.id) or forms.plain(feed, sheet, county) for sheet in feed.sheets]


def lines_of(form: Form, known: filling.Known, span: Span | None) -> pl.DataFrame | None:
    """What the registers know for one sheet, in the order of the file; None where it is nothing."""
    if span is not None:
        return changes.lines(form, known, span)
    lines = filling.lines(form.layout, known)
    return None if lines is None else _of_the_file(form, lines)


def _of_the_file(form: Form, lines: pl.DataFrame) -> pl.DataFrame:
    """A file of one class of households goes out with these alone."""
    if form.layout.id != "households" or form.lines.is_empty():
        return lines
    classes = form.lines["household_class"].unique().drop_nulls().to_list()
    return lines.filter(pl.col("household_class").is_in(classes))


def file_name(feed_id: str, batch: Batch | None, on: date) -> str:
    """As the file was called, with the day."""
    stem = batch.file_name.rsplit(".", 1)[0] if batch is not None else BY_ID[feed_id].name
    return f"{stem}-{on:%Y%m%d}.xlsx"
