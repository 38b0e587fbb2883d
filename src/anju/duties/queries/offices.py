"""Names of offices in plans: which are used, what they were settled to, and what they may mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from anju.accounts.models import Unit, UnitKind
from anju.duties.models import (
    MeasureOffice,
    MeasureState,
    OfficeName,
    OfficeUnit,
    Plan,
    VersionState,
)
from anju.duties.office_names import Group, Suggestion, core, suggest
from anju.rules import packs

#: Groups of units, by the kind of their units.
KINDS = {Group.TOWNS: UnitKind.TOWN, Group.VILLAGES: UnitKind.VILLAGE}


@dataclass(frozen=True, slots=True)
class NameInUse:
    """A name of an office, in how many measures it stands, what it means or may mean."""

    name: str
    measures: int
    settled: OfficeName | None
    units: tuple[Unit, ...]
    suggestion: Suggestion | None = None


def names_in_use(plan: Plan | None = None) -> list[NameInUse]:
    """Names in measures that are not dropped, of versions in force or being confirmed, by name.

    Those that are not settled come with a suggestion. With a plan, only its names; else also those
    that were settled once and are used no longer.
    """
    rows = MeasureOffice.objects.filter(
        measure__version__state__in=[VersionState.CONFIRMING, VersionState.LIVE]
    )
    if plan is not None:
        rows = rows.filter(measure__version__plan=plan)
    counted = dict(
        rows.exclude(measure__state=MeasureState.DROPPED)
        .order_by()
        .values_list("name")
        .annotate(Count("pk"))
    )
    known = {each.name: each for each in OfficeName.objects.all()}
    meant: dict[int, list[Unit]] = {}
    for row in OfficeUnit.objects.select_related("unit").order_by("unit__name"):
        meant.setdefault(row.office_id, []).append(row.unit)
    hints = _hints([name for name in counted if name not in known], known, meant)
    return [
        NameInUse(
            name,
            counted.get(name, 0),
            known.get(name),
            tuple(meant.get(known[name].pk, ())) if name in known else (),
            hints.get(name),
        )
        for name in sorted(counted if plan is not None else {*counted, *known})
    ]


def names() -> list[str]:
    """Every name of an office that some plan uses, to choose from while typing."""
    used = MeasureOffice.objects.order_by().values_list("name", flat=True).distinct()
    return sorted(used)


def units_of_group(group: Group) -> list[Unit]:
    """Every town or every village; nobody for names that mean nobody in particular."""
    kind = KINDS.get(group)
    return list(Unit.objects.filter(kind=kind).order_by("division_code")) if kind else []


def units_by_name() -> dict[str, Unit]:
    """Every unit by its name."""
    return {unit.name: unit for unit in Unit.objects.order_by("kind", "name")}


def _hints(
    names: Sequence[str], known: dict[str, OfficeName], meant: dict[int, list[Unit]]
) -> dict[str, Suggestion | None]:
    """What names may mean, by units, by names settled before and by the names in the plans' packs."""
    units = {unit.pk: unit.name for unit in Unit.objects.all()}
    settled = {
        name: tuple(unit.pk for unit in meant[row.pk])
        for name, row in known.items()
        if row.pk in meant
    }
    others = _other_names() if names else {}
    return {name: suggest(name, units, settled, others.get(core(name), ())) for name in names}


def _other_names() -> dict[str, set[str]]:
    """Core of a name → names of the same office in the packs of all plans."""
    by_id: dict[str, set[str]] = {}
    for unit in _pack_units():
        by_id.setdefault(unit[0], set()).add(unit[1])
    return {core(name): names for names in by_id.values() for name in names}


def _pack_units() -> Iterable[tuple[str, str]]:
    """Ids and names of offices in the packs that belong to plans here."""
    used = Plan.objects.exclude(pack="").order_by().values_list("pack", flat=True).distinct()
    for pack in sorted(set(used) & set(packs.names())):
        for unit in packs.load(pack).units:
            yield unit.id, unit.name


def sole_units() -> dict[str, int]:
    """Names that were settled to mean one unit, and that unit's id."""
    found: dict[str, set[int]] = {}
    for name, unit in OfficeUnit.objects.values_list("office__name", "unit"):
        found.setdefault(name, set()).add(unit)
    return {name: units.pop() for name, units in found.items() if len(units) == 1}
