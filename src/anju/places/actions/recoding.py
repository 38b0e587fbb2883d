"""Villages and grids merged, split or renamed: the places themselves, and what they were before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from anju.audit.actor import Actor
from anju.places.changes import Change, ChangesRefused, read, restored
from anju.places.models import CodeChange, Division, Grid, Level, Recoding, RecodingState, Site


def submit(
    *, by: Actor, at: datetime, on: date, since: date, basis: str, content: bytes
) -> Recoding:
    """Keep a checked table of changes that hold from `since`; nothing moves yet.

    In the transaction and audit entry of the caller, as everything here.
    """
    if since > on:
        raise ChangesRefused("生效日期不能晚于今天。到了那天再提交。")
    if not basis.strip():
        raise ChangesRefused("请写明依据文件，例如批复的文号。")
    changes = read(content)
    _check_places(changes)
    return Recoding.objects.create(
        effective_on=since,
        basis=basis.strip()[:120],
        changes=[change.stored() for change in changes],
        created_by=by.username,
        created_at=at,
    )


def set_counts(*, recoding: Recoding, counts: dict[str, int]) -> None:
    """What the change will touch. In the caller's transaction."""
    recoding.counts = counts
    recoding.save(update_fields=["counts"])


def set_state(*, recoding: Recoding, state: RecodingState, **fields: Any) -> None:
    """Where the change stands. In the caller's transaction."""
    recoding.state = state
    for name, value in fields.items():
        setattr(recoding, name, value)
    recoding.save()


def note_followed(*, recoding_id: int, at: datetime) -> None:
    """Note that all that hangs on villages has followed a change; the first time stays."""
    rows = Recoding.objects.filter(pk=recoding_id, state=RecodingState.DONE)
    rows.filter(followed_at__isnull=True).update(followed_at=at)


def apply(*, recoding: Recoding) -> list[Change]:
    """Make the new places, end those nothing is left of, keep the old names. In the caller's
    transaction; returns the changes for the registers to follow."""
    changes = restored(recoding.changes)
    _check_places(changes)
    names = {
        **dict(Division.objects.values_list("code", "name")),
        **dict(Grid.objects.values_list("code", "name")),
    }
    for change in changes:
        _make(change)
    for change in in_order(changes):
        _move_places(change)
    CodeChange.objects.bulk_create(
        CodeChange(
            recoding=recoding,
            kind=change.kind,
            old_code=change.old,
            old_name=names[change.old],
            new_code=change.new,
            new_name=change.name,
            is_whole=not change.is_part and _is_only(change, changes),
            effective_on=recoding.effective_on,
        )
        for change in changes
    )
    for change in changes:
        if not any(each.new == change.old and each.kind == change.kind for each in changes):
            _end(change, recoding.effective_on)
    return changes


def in_order(changes: Sequence[Change]) -> list[Change]:
    """Named parts first: whatever they leave is the rest."""
    return sorted(changes, key=lambda change: not change.is_part)


def _is_only(change: Change, changes: Sequence[Change]) -> bool:
    return sum(each.kind == change.kind and each.old == change.old for each in changes) == 1


def _check_places(changes: Sequence[Change]) -> None:
    """The old ones are there and not ended, the new ones lie in a known town."""
    for change in changes:
        model: Any = Division if change.kind == "village" else Grid
        what = "村（社区）" if change.kind == "village" else "网格"
        if not model.objects.filter(code=change.old, ended_on__isnull=True).exists():
            raise ChangesRefused(f"没有代码为“{change.old}”的{what}，或它已经撤并。请核对原代码。")
        if model.objects.filter(code=change.new, ended_on__isnull=False).exists():
            raise ChangesRefused(f"{what}“{change.new}”已经撤并，不能再并入。")
        if change.kind == "village":
            town = change.new[:9] + "000"
            if not Division.objects.filter(code=town, level=Level.TOWN).exists():
                raise ChangesRefused(f"新代码“{change.new}”所属的乡镇 {town} 不在区划表中。")
        missing = set(change.grids) - set(
            Grid.objects.filter(code__in=change.grids, village_code=change.old).values_list(
                "code", flat=True
            )
        )
        if missing:
            raise ChangesRefused(f"网格“{'、'.join(sorted(missing))}”不在村 {change.old}。")


def _make(change: Change) -> None:
    if change.kind == "village":
        Division.objects.update_or_create(
            code=change.new,
            defaults={
                "name": change.name,
                "level": Level.VILLAGE,
                "parent_id": change.new[:9] + "000",
            },
        )
        return
    old = Grid.objects.get(code=change.old)
    Grid.objects.update_or_create(
        code=change.new,
        defaults={"name": change.name},
        create_defaults={
            "name": change.name,
            "village_code": old.village_code,
            "site": old.site,
        },
    )


def _move_places(change: Change) -> None:
    """Grids that are named, else all that are left, and with these the sites."""
    if change.kind != "village" or change.old == change.new:
        return
    grids = Grid.objects.filter(village_code=change.old)
    if change.grids:
        grids.filter(code__in=change.grids).update(village_code=change.new)
    elif not change.households:
        grids.update(village_code=change.new)
        Site.objects.filter(village_code=change.old).update(village_code=change.new)


def _end(change: Change, on: date) -> None:
    model: Any = Division if change.kind == "village" else Grid
    model.objects.filter(code=change.old).update(ended_on=on)
