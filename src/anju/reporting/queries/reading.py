"""What one report says: its figures of today while it is written, those kept once submitted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from anju.accounts.viewer import Viewer
from anju.duties.models import Plan
from anju.duties.queries.standing import OWN
from anju.papers.official import Document
from anju.reporting import attached, composing
from anju.reporting.models import OPEN, Issuer, Report
from anju.reporting.queries.annexes import with_rows
from anju.reporting.queries.asked import Asked
from anju.reporting.queries.partners import partners_of
from anju.reporting.queries.parts import tell
from anju.reporting.queries.parts.tasks import of_unit
from anju.reporting.queries.parts.units import of_units
from anju.reporting.told import Part, read


def parts_of(viewer: Viewer, report: Report, on: date) -> list[Part]:
    """The parts with their figures: live in a draft, for ever the same in what was submitted."""
    if report.state in OPEN:
        return tell(Asked.of(viewer, report, on))
    return read(report.parts)


def composed(
    viewer: Viewer, report: Report, parts: Sequence[Part], on: date, copy: int = 1
) -> Document:
    """The report as an official document; `copy` is the 份号 where copies are numbered."""
    said = attached.read(report.attachments)
    if report.state in OPEN:
        said = with_rows(Asked.of(viewer, report, on), said)
    issuer = Issuer.objects.filter(unit=report.unit_id).first()
    return composing.document(report, parts, issuer, partners_of(report), said, copy)


def leader_of(report: Report) -> str:
    """The 签发人 that is set for the unit's documents; empty where none is."""
    row = Issuer.objects.filter(unit=report.unit_id).only("leader").first()
    return row.leader if row else ""


def plans_told(viewer: Viewer, report: Report) -> list[Plan]:
    """Plans with tasks of the report's unit (of all units, in the county's), newest first."""
    unit = None if report.is_whole else report.unit
    tasks = of_unit(viewer, unit).filter(kind__in=OWN)
    return list(Plan.objects.filter(pk__in=tasks.values("plan")).order_by("-pk"))


def words_of_units(report: Report) -> dict[str, list[tuple[str, str]]]:
    """Part → what each unit that handed in wrote there: what the county's report need not ask again.

    Empty but for the report of the whole county.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    if not report.is_whole:
        return found
    for each in of_units(report).values():
        if each.state in OPEN:
            continue
        for part, words in each.words.items():
            if words.strip():
                found.setdefault(part, []).append((each.unit.name, words))
    return found
