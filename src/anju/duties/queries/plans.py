"""Plans: their versions, the measures of one, how far its confirming is, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import (
    MeasureOffice,
    MeasureState,
    OfficeName,
    Plan,
    PlanMeasure,
    PlanVersion,
    VersionState,
)

_PARTS = ("offices", "deadlines", "targets", "amounts")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many measures of a version wait, are confirmed, and are not used."""

    open: int = 0
    confirmed: int = 0
    dropped: int = 0

    @property
    def settled(self) -> int:
        """What somebody decided."""
        return self.confirmed + self.dropped

    @property
    def total(self) -> int:
        """All that was read or added."""
        return self.open + self.settled


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a version may be adopted, and what it lacks."""

    progress: Progress
    unsettled: tuple[str, ...] = field(default=())

    @property
    def is_ready(self) -> bool:
        """Everything decided, something confirmed, every office known."""
        done = self.progress
        return not done.open and done.confirmed > 0 and not self.unsettled


def versions_for(viewer: Viewer, plan: Plan) -> QuerySet[PlanVersion]:
    """Versions, the newest first, without their text; drafts only for who confirms them."""
    rows = PlanVersion.objects.filter(plan=plan).defer("text", "sections", "warnings")
    if not viewer.may(Permission.MANAGE_PLANS):
        rows = rows.filter(state__in=[VersionState.LIVE, VersionState.REPLACED])
    return rows.order_by("-sequence")


def latest_versions(viewer: Viewer, plans: Iterable[Plan]) -> dict[int, list[PlanVersion]]:
    """By plan: the version in force, and for who confirms them the one being confirmed; one query."""
    states = [VersionState.LIVE]
    if viewer.may(Permission.MANAGE_PLANS):
        states.append(VersionState.CONFIRMING)
    rows = PlanVersion.objects.filter(plan__in=list(plans), state__in=states)
    found: dict[int, list[PlanVersion]] = {}
    for row in rows.defer("text", "sections", "warnings"):
        found.setdefault(row.plan_id, []).append(row)
    return found


def drafts_for(viewer: Viewer) -> QuerySet[PlanVersion]:
    """Versions that wait to be confirmed, the oldest first, for who confirms them."""
    rows = PlanVersion.objects.filter(state=VersionState.CONFIRMING)
    if not viewer.may(Permission.MANAGE_PLANS):
        rows = rows.none()
    rows = rows.select_related("plan").defer("text", "sections", "warnings")
    return rows.order_by("uploaded_on", "pk")


def version_for(viewer: Viewer, plan_id: int, sequence: int) -> PlanVersion:
    """One version with its text; raises PlanVersion.DoesNotExist for who may not see it."""
    rows = PlanVersion.objects.select_related("plan")
    if not viewer.may(Permission.MANAGE_PLANS):
        rows = rows.filter(state__in=[VersionState.LIVE, VersionState.REPLACED])
    if not viewer.may(Permission.VIEW_DUTIES) and not viewer.may(Permission.MANAGE_PLANS):
        rows = rows.none()
    return rows.get(plan_id=plan_id, sequence=sequence)


def measures_of(version: PlanVersion) -> QuerySet[PlanMeasure]:
    """Measures in the order of the text with all that was read from each: a fixed number of queries."""
    rows = PlanMeasure.objects.filter(version=version).select_related("carried_from")
    return rows.prefetch_related(*_PARTS).order_by("position", "id")


def measure_of(version: PlanVersion, measure_id: int) -> PlanMeasure:
    """One measure with its parts; raises PlanMeasure.DoesNotExist."""
    return measures_of(version).get(pk=measure_id)


def progress_of(versions: Iterable[PlanVersion]) -> dict[int, Progress]:
    """How far the confirming of each version is; one query."""
    counted = {state.value: Count("pk", filter=Q(state=state)) for state in MeasureState}
    found = (
        PlanMeasure.objects.filter(version__in=list(versions))
        .order_by()
        .values("version_id")
        .annotate(**{f"is_{name}": count for name, count in counted.items()})
    )
    return {
        row["version_id"]: Progress(row["is_open"], row["is_confirmed"], row["is_dropped"])
        for row in found
    }


def readiness(version: PlanVersion) -> Readiness:
    """What has to be done before a version can be adopted."""
    progress = progress_of([version]).get(version.pk, Progress())
    known = OfficeName.objects.filter(name=OuterRef("name"))
    confirmed = MeasureOffice.objects.filter(
        measure__version=version, measure__state=MeasureState.CONFIRMED
    )
    names = confirmed.filter(~Exists(known)).order_by("name").values_list("name", flat=True)
    return Readiness(progress, tuple(names.distinct()))


def base_of(version: PlanVersion) -> PlanVersion | None:
    """The version that a draft is compared with: the one in force, else the last that was."""
    rows = PlanVersion.objects.filter(plan_id=version.plan_id).exclude(pk=version.pk)
    live = rows.filter(state=VersionState.LIVE).first()
    replaced = rows.filter(state=VersionState.REPLACED, sequence__lt=version.sequence)
    return live or replaced.order_by("-sequence").first()


def same_file(digest: str) -> PlanVersion | None:
    """A version that was made of this very file and not discarded."""
    rows = PlanVersion.objects.exclude(state=VersionState.DISCARDED).select_related("plan")
    return rows.filter(digest=digest).order_by("-pk").first()
