"""Which lists can go out, in which form, and their lines for the households of a viewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
from django.db.models import Max

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.intake.columns import Kind
from anju.intake.feeds import BY_ID, FEEDS
from anju.intake.feeds.facts import Facts
from anju.intake.layout import Feed, SheetLayout
from anju.intake.models import Batch
from anju.intake.outgoing import changes, filling, forms, of_places
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.filling import Known
from anju.intake.outgoing.forms import Form
from anju.places import queries as places
from anju.privacy import HEALTH_EVENTS, HEALTH_STATUSES
from anju.registry.ledgers import INCOMES
from anju.registry.models import Household, Income
from anju.sealing import CryptoProvider

#: Lists that come in and do not go out, each with the reason.
NOT_OUT: Final[Mapping[str, str]] = {}
HOUSEHOLDS_AT_ONCE: Final = 5_000
_OF_PEOPLE: Final = (Kind.NAME, Kind.IDENTITY, Kind.PHONE, Kind.ACCOUNT)


@dataclass(frozen=True, slots=True)
class Offer:
    """A list that can go out, and the files whose form it can take."""

    feed: Feed
    files: tuple[Batch, ...]

    @property
    def tells_changes(self) -> bool:
        """Whether it tells what changed between two days, and not what is."""
        return self.feed.id in changes.LISTS

    @property
    def is_of_people(self) -> bool:
        """Whether it tells of people or households: what lists of places do not."""
        return any(
            column.kind in _OF_PEOPLE or column.field == "household_code"
            for sheet in self.feed.sheets
            for column in sheet.columns
        )


@dataclass(frozen=True, slots=True)
class Part:
    """What the registers know for some lines of a list: of the scope, and of these households."""

    scope: Scope
    known: Known | None
    done: int = 0
    total: int = 0


def offers(viewer: Viewer) -> list[Offer]:
    """Lists the viewer may take out, in the order in which they are read."""
    return [
        Offer(feed, tuple(forms.kept_files(viewer, feed)))
        for feed in FEEDS
        if may_take(viewer, feed)
    ]


def may_take(viewer: Viewer, feed: Feed) -> bool:
    """Whether a list can go out, and its subject is the viewer's to see."""
    if feed.id in NOT_OUT or not viewer.may(Permission.EXPORT_LISTS):
        return False
    return viewer.may(Permission.VIEW_HEALTH) or not tells_health(feed)


def tells_health(feed: Feed) -> bool:
    """Whether a list as a whole is about health."""
    kinds = {sheet.take.kind for sheet in feed.sheets if isinstance(sheet.take, Facts)}
    return bool(kinds & (HEALTH_STATUSES | HEALTH_EVENTS))


def goes_out(sheet: SheetLayout) -> bool:
    """Whether the registers' lines for a sheet are known to somebody here."""
    is_of_them = filling.is_told(sheet) or sheet.id in changes.SHEETS
    return is_of_them or sheet.id in of_places.LINES


def is_of_places(feed: Feed) -> bool:
    """Whether a list tells of places alone, whoever lives there."""
    return all(sheet.id in of_places.LINES for sheet in feed.sheets)


def reach(viewer: Viewer, place: str, *, in_full: bool) -> Scope:
    """Where the viewer may take lists out, with numbers in full or masked; of one place if given."""
    scope = Scope(viewer.scope.ranges) & Scope(viewer.scope_for(Permission.EXPORT_LISTS).ranges)
    if in_full:
        scope &= Scope(viewer.scope_for(Permission.REVEAL_IDENTITY).ranges)
    return scope & Scope.of([place]) if place else scope


def parts(scope: Scope, feed: Feed, keys: CryptoProvider | None) -> Iterator[Part]:
    """What the registers know now for a list, some thousand households at a time in the order of
    their codes; of a list of places at once. The scope is within the gate of whoever asked."""
    if is_of_places(feed):
        yield Part(scope, None)
        return
    homes = Household.objects.filter(scope.q("village_code", None))
    ids = list(homes.order_by("code").values_list("pk", flat=True))
    among, quarter = pl.Series(ids, dtype=pl.Int64), _latest_quarter(scope, feed)
    for start in range(0, len(ids), HOUSEHOLDS_AT_ONCE):
        some = ids[start : start + HOUSEHOLDS_AT_ONCE]
        known = filling.known(some, keys, among=among, quarter=quarter)
        yield Part(scope, known, start + len(some), len(ids))


def _latest_quarter(scope: Scope, feed: Feed) -> int | None:
    """Of a list of incomes, the quarter it tells."""
    takes = [sheet.take for sheet in feed.sheets]
    if not any(isinstance(take, Facts) and take.ledger is INCOMES for take in takes):
        return None
    there = Income.objects.filter(scope.q("household__village_code", None), known_to=None)
    latest: int | None = there.aggregate(latest=Max("quarter"))["latest"]
    return latest


def forms_of(feed: Feed, batch: Batch | None) -> Sequence[Form]:
    """As the file has them; sheets it lacks, and all where there is no file, with plain headings."""
    came = {form.layout.id: form for form in forms.of_file(batch)} if batch is not None else {}
    county = places.divisions().filter(level=6).values_list("name", flat=True).first() or ""
    return [came.get(sheet.id) or forms.plain(feed, sheet, county) for sheet in feed.sheets]


def lines_of(form: Form, part: Part, span: Span | None) -> pl.DataFrame:
    """What the registers know for one sheet, in the order of the file."""
    if part.known is None:
        lines = of_places.LINES[form.layout.id](part.scope)
        is_split = form.layout.id == "buildings"
        return of_places.with_entrances(lines, form.lines) if is_split else lines
    told = (
        changes.lines(form, part.known, span)
        if span is not None
        else filling.lines(form.layout, part.known)
    )
    if told is None:
        raise ValueError(f"Nobody knows the lines of {form.layout.id}.")
    return _of_the_file(form, told)


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
