"""What a pack says of supervision: questions, points, stages of acceptance, classes of villages.

Plain Python. All of it is data of `policies/<pack>/supervision/*.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from anju.procedures.model import Basis

#: What points are counted from, and which values `which` may name for each.
COUNTED: Final = {
    "problems": ("common", "serious", "grave"),
    "late_rectifications": (),
    "reopened": (),
    "late_tasks": ("lead", "co-operating", "responsible", "implementing"),
    "notices": ("order", "summons", "criticism"),
}
#: What must be there before a stage of acceptance is passed.
NEEDS: Final = (
    "tasks_done",
    "problems_closed",
    "indicators_reached",
    "villages_reached",
    "proof",
)
SAMPLED: Final = ("households", "tasks")
GOALS: Final = ("share", "in_year")


@dataclass(frozen=True)
class Said:
    """A question of a checklist, or a standard of a class of villages."""

    id: str
    zh: str
    en: str
    basis: Basis


@dataclass(frozen=True)
class Checklist:
    """What is asked of each household or task of a sample."""

    id: str
    name: str
    name_en: str
    of: str
    questions: tuple[Said, ...]


@dataclass(frozen=True)
class PointsRule:
    """Points that a unit loses for each thing counted; `most` bounds them for a year."""

    id: str
    name: str
    name_en: str
    counts: str
    which: tuple[str, ...]
    points: int
    most: int | None
    valid_from: date
    valid_to: date | None
    basis: Basis

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Stage:
    """A stage of acceptance: who acts, until which limit of the pack, what must be there before."""

    id: str
    name: str
    name_en: str
    acts: str
    acts_en: str
    limit: str
    after: str
    needs: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True)
class ClassOfVillages:
    """A class of villages and what one must meet to have reached its standard."""

    id: str
    name: str
    name_en: str
    standards: tuple[Said, ...]
    basis: Basis


@dataclass(frozen=True)
class VillageGoal:
    """How many villages must reach a standard: the figures are those of an indicator of the pack.

    `share`: of all villages that have a class, by the day. `in_year`: so many in the year itself.
    """

    id: str
    village_class: str
    counts: str
    indicator: str


@dataclass(frozen=True)
class SupervisionBook:
    """All a pack and those it extends say of supervision."""

    pack: str
    checklists: tuple[Checklist, ...]
    points: tuple[PointsRule, ...]
    stages: tuple[Stage, ...]
    village_classes: tuple[ClassOfVillages, ...]
    village_goals: tuple[VillageGoal, ...]

    def checklist(self, checklist_id: str) -> Checklist | None:
        """One checklist, or None where the pack has none of that id."""
        return next((each for each in self.checklists if each.id == checklist_id), None)

    def stage(self, stage_id: str) -> Stage | None:
        """One stage, or None."""
        return next((each for each in self.stages if each.id == stage_id), None)

    def village_class(self, class_id: str) -> ClassOfVillages | None:
        """One class of villages, or None."""
        return next((each for each in self.village_classes if each.id == class_id), None)
