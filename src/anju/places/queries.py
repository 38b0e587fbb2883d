"""Reads of the division tree, sites, buildings and grids.

Places know nothing of users: callers hand in an `Area` (a viewer's scope).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Count, F, Q, QuerySet

from anju.places.changes import restored
from anju.places.models import (
    Building,
    CodeChange,
    Division,
    Grid,
    Level,
    Recoding,
    RecodingState,
    Site,
)


class Area(Protocol):
    """A part of the county, as `anju.accounts.scope.Scope` gives it."""

    def q(self, field: str = ..., grid: str | None = ...) -> Q:
        """The condition on rows that hold a 12-digit code in `field`."""
        ...


@dataclass(frozen=True)
class Names:
    """Names of places by code, with the town said before the village."""

    by_code: dict[str, str]

    def village(self, code: str) -> str | None:
        """柳树镇河湾村; None for a code nobody knows."""
        name = self.by_code.get(code)
        if name is None:
            return None
        town = self.by_code.get(code[:9].ljust(12, "0"))
        return f"{town}{name}" if town and code[9:] != "000" else name

    def of(self, code: str) -> str | None:
        """The place's own name; None for a code nobody knows."""
        return self.by_code.get(code)


def names(codes: Iterable[str]) -> Names:
    """Names of these villages and of their towns; one query."""
    wanted = {code for code in codes if code}
    wanted |= {code[:9].ljust(12, "0") for code in wanted}
    found = Division.objects.filter(code__in=wanted).values_list("code", "name")
    return Names(dict(found))


def divisions() -> QuerySet[Division]:
    """The whole tree in order of codes: the county, then each town with its villages."""
    return Division.objects.order_by("code")


def divisions_in(area: Area) -> QuerySet[Division]:
    """Divisions of every level that lie wholly inside the area and are there today."""
    return Division.objects.filter(area.q("code", None), ended_on__isnull=True).order_by("code")


def towns_in(area: Area) -> QuerySet[Division]:
    """Towns that lie wholly inside the area."""
    return Division.objects.filter(
        area.q("code", None), level=Level.TOWN, ended_on__isnull=True
    ).order_by("code")


def villages_in(area: Area, town: str = "") -> QuerySet[Division]:
    """Villages inside the area, of one town when its code is given."""
    villages = all_villages().filter(area.q("code", None))
    if town:
        villages = villages.filter(inside("code", town))
    return villages.order_by("code")


def all_villages() -> QuerySet[Division]:
    """Every village that is there today: for jobs, which act for no viewer."""
    return Division.objects.filter(level=Level.VILLAGE, ended_on__isnull=True).order_by("code")


def inside(field: str, code: str) -> Q:
    """Rows whose 12-digit code in `field` lies in a division (its code with or without zeros)."""
    prefix = code[:6] if code[6:].strip("0") == "" else code[:9] if code[9:] == "000" else code
    following = str(int(prefix) + 1).zfill(len(prefix))
    return Q(**{f"{field}__gte": prefix.ljust(12, "0"), f"{field}__lt": following.ljust(12, "0")})


def sites_in(area: Area) -> QuerySet[Site]:
    """Resettlement sites inside the area, and those of the area's own grids."""
    return Site.objects.filter(area.q("village_code", "grids__code")).order_by("code").distinct()


def grids_in(area: Area) -> QuerySet[Grid]:
    """Grids inside the area."""
    return Grid.objects.filter(area.q("village_code", "code"), ended_on__isnull=True).order_by(
        "code"
    )


def buildings_in(area: Area) -> QuerySet[Building]:
    """Buildings of the sites inside the area."""
    return Building.objects.filter(site__in=sites_in(area)).order_by("site__code", "number")


def buildings_of(site: Site) -> QuerySet[Building]:
    """Buildings of a site."""
    return Building.objects.filter(site=site).order_by("number")


def grids_of(site: Site) -> QuerySet[Grid]:
    """Grids of a site."""
    return Grid.objects.filter(site=site, ended_on__isnull=True).order_by("code")


def sizes_of(sites: Iterable[Site]) -> dict[int, tuple[int, int]]:
    """Site → its numbers of buildings and of grids; two queries."""
    ids = [site.pk for site in sites]
    buildings = _counts(Building.objects.filter(site__in=ids))
    grids = _counts(Grid.objects.filter(site__in=ids))
    return {pk: (buildings.get(pk, 0), grids.get(pk, 0)) for pk in ids}


def earlier_codes(codes: Iterable[str]) -> set[str]:
    """Codes of villages that went wholly into these, through however many mergers."""
    known, new = set(codes), set(codes)
    while new:
        found = CodeChange.objects.filter(new_code__in=new, is_whole=True)
        new = set(found.values_list("old_code", flat=True)) - known
        known |= new
    return known - set(codes)


def successors() -> dict[str, str]:
    """Village that went wholly into another → the village it is part of today."""
    found = CodeChange.objects.filter(kind="village", is_whole=True).exclude(old_code=F("new_code"))
    step = dict(found.order_by("effective_on", "id").values_list("old_code", "new_code"))
    today = {}
    for code in step:
        seen, at = {code}, step[code]
        while at in step and at not in seen:
            seen.add(at)
            at = step[at]
        today[code] = at
    return today


def recodings() -> QuerySet[Recoding]:
    """All changes of villages and grids, the latest first."""
    return Recoding.objects.order_by("-id")


def code_changes(text: str = "") -> QuerySet[CodeChange]:
    """What villages and grids were called before, by an old or new code, or a name's beginning."""
    changes = CodeChange.objects.order_by("-effective_on", "old_code", "new_code", "id")
    if not text:
        return changes
    return changes.filter(
        Q(old_code__startswith=text)
        | Q(new_code__startswith=text)
        | Q(old_name__startswith=text)
        | Q(new_name__startswith=text)
    )


def _counts(rows: QuerySet) -> dict[int, int]:
    return dict(rows.values_list("site").annotate(n=Count("pk")).order_by())


def villages_now(recoding: Recoding) -> dict[str, list[str]]:
    """Village of before a change → the codes it has now, the one that keeps the rest first."""
    found: dict[str, list[str]] = {}
    for change in sorted(restored(recoding.changes), key=lambda each: each.is_part):
        if change.kind == "village":
            found.setdefault(change.old, []).append(change.new)
    for old, codes in found.items():
        stays = Division.objects.filter(code=old, ended_on__isnull=True).exists()
        if stays and old not in codes:
            codes.insert(0, old)
    return {old: list(dict.fromkeys(codes)) for old, codes in found.items() if codes != [old]}


def unfollowed() -> QuerySet[Recoding]:
    """Changes that were carried out and not yet followed by all that hangs on places, in their order."""
    return Recoding.objects.filter(state=RecodingState.DONE, followed_at__isnull=True).order_by(
        "pk"
    )
