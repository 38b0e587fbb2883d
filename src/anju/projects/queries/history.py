"""What the library knew of one project before it was corrected, and where each thing came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from anju.projects.facts import DESCRIPTION
from anju.projects.models import (
    Funding,
    Payment,
    Project,
    ProjectProgress,
    ProjectRecord,
    ProjectStep,
)

_FACTS = (ProjectStep, Funding, ProjectProgress)


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that was known otherwise until a day: of which model, under which name, what it was
    and what it became (None: it was taken back), and by which source."""

    on: date
    model: str
    name: Any
    before: Any
    after: Any
    source: str


def corrections(project: Project) -> list[Correction]:
    """Everything that was put right, the latest first."""
    found = [*_of_description(project), *_of_facts(project), *_of_payments(project)]
    return sorted(found, key=lambda each: (each.on, each.model, str(each.name)), reverse=True)


def payments(project: Project) -> list[Payment]:
    """Payments as known now, the latest first."""
    rows = Payment.objects.filter(project=project, known_to__isnull=True)
    return list(rows.order_by("-paid_on", "-pk"))


def payment(project: Project, payment_id: int) -> Payment:
    """One payment of the project, also one that was replaced; raises Payment.DoesNotExist."""
    return Payment.objects.select_related("project").get(project=project, pk=payment_id)


def steps(project: Project) -> dict[str, ProjectStep]:
    """Step → the row that tells when it was reached."""
    rows = ProjectStep.objects.filter(project=project, known_to__isnull=True)
    return {row.step: row for row in rows}


def progress(project: Project) -> list[ProjectProgress]:
    """What share of the work was done, the latest first."""
    rows = ProjectProgress.objects.filter(project=project, known_to__isnull=True)
    return list(rows.order_by("-seen_on"))


def funds(project: Project) -> dict[str, int]:
    """Source → fen granted."""
    rows = Funding.objects.filter(project=project, known_to__isnull=True)
    return dict(rows.values_list("fund", "amount"))


def _of_description(project: Project) -> Iterator[Correction]:
    rows = list(ProjectRecord.objects.filter(project=project).order_by("known_from", "pk"))
    for old, new in zip(rows, rows[1:], strict=False):
        for name in DESCRIPTION:
            before, after = getattr(old, name), getattr(new, name)
            if before != after and name != "unit_id":
                yield Correction(new.known_from, "record", name, before, after, new.source)


def _of_facts(project: Project) -> Iterator[Correction]:
    for model, name, value in zip(
        _FACTS, ("step", "fund", "seen_on"), ("reached_on", "amount", "percent"), strict=True
    ):
        rows = list(model.objects.filter(project=project).order_by("known_from", "pk"))
        for old in rows:
            if old.known_to is None:
                continue
            key = getattr(old, name)
            new = next(
                (r for r in rows if getattr(r, name) == key and r.known_from == old.known_to), None
            )
            yield Correction(
                old.known_to,
                model._meta.model_name or "",
                key,
                getattr(old, value),
                getattr(new, value) if new else None,
                new.source if new else "",
            )


def _of_payments(project: Project) -> Iterator[Correction]:
    rows = list(Payment.objects.filter(project=project).order_by("known_from", "pk"))
    for old in rows:
        if old.known_to is None:
            continue
        same = (
            r for r in rows
            if (r.voucher, r.kind, r.known_from) == (old.voucher, old.kind, old.known_to)
        )  # fmt: skip
        new = next(same, None)
        yield Correction(old.known_to, "payment", old.voucher, old, new, new.source if new else "")
