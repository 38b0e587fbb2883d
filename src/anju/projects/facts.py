"""What somebody says of a project, beside what is known of it: merged, compared and checked.

A list that leaves a cell empty says nothing of it; a form that clears a field takes it back. So a
name that is missing in `Told` is passed over, and one that stands for None is taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from anju.projects.models import Step

ORDER: Final = tuple(step for step in Step if step != Step.DROPPED)
#: Before a project is entered in the library its steps may be unknown; from there on each needs the
#: one before it.
NEEDS: Final[Mapping[str, str]] = {
    Step.STARTED: Step.ENTERED,
    Step.FINISHED: Step.STARTED,
    Step.ACCEPTED: Step.FINISHED,
    Step.HANDED_OVER: Step.ACCEPTED,
}
DESCRIPTION: Final = (
    "name", "kind", "subkind", "is_key", "content", "division_code", "site_id", "unit_id",
    "unit_name", "builder", "entered_year", "plan_year", "planned_start", "planned_finish",
    "households", "is_work_relief", "labour_percent", "labour_base",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact the library holds: its row, its value, and since when the county knows it."""

    id: int
    value: Any
    known_from: date


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one project. Steps and funds by their codes; progress by the day it was seen."""

    county_code: str
    code: str
    description: Mapping[str, Any]
    steps: Mapping[str, date | None] = field(default_factory=dict)
    funds: Mapping[str, int | None] = field(default_factory=dict)
    progress: Mapping[date, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """What the library knows of one project now."""

    project_id: int
    description: Fact
    steps: Mapping[str, Fact]
    funds: Mapping[str, Fact]
    progress: Mapping[date, Fact]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that becomes known otherwise: of which part, under which name, from what to what.

    `fact` is the row that held it, None where nothing was known.
    """

    part: str
    name: Any
    before: Any
    after: Any
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why it cannot be so: a code, the step or field it is about, and the step it stands against."""

    code: str
    about: str
    against: str = ""
    day: date | None = None


def changes(told: Told, held: Held | None) -> Iterator[Change]:
    """What would become known otherwise."""
    known = held.description.value if held is not None else {}
    fact = held.description if held is not None else None
    for name in DESCRIPTION:
        if name in told.description and told.description[name] != known.get(name):
            yield Change("description", name, known.get(name), told.description[name], fact)
    for part in ("steps", "funds", "progress"):
        facts: Mapping[Any, Fact] = getattr(held, part) if held is not None else {}
        for name, value in getattr(told, part).items():
            now = facts.get(name)
            if value != (now.value if now else None):
                yield Change(part, name, now.value if now else None, value, now)


def merged(told: Told, held: Held | None, part: str) -> dict[Any, Any]:
    """The values of one part as they would be known: what is said, over what is held."""
    facts: Mapping[Any, Fact] = getattr(held, part) if held is not None else {}
    values = {name: fact.value for name, fact in facts.items()}
    values.update(getattr(told, part))
    return {name: value for name, value in values.items() if value is not None}


def problem_of(told: Told, held: Held | None) -> Problem | None:
    """The first thing that cannot be: steps out of order or missing, days planned out of order."""
    reached = merged(told, held, "steps")
    for step in ORDER:
        needed = NEEDS.get(step)
        if step in reached and needed is not None and needed not in reached:
            return Problem("step_skipped", step, needed)
    last: str | None = None
    for step in (*ORDER, Step.DROPPED):
        if step not in reached:
            continue
        if last is not None and reached[step] < reached[last]:
            return Problem("step_order", step, last, reached[step])
        last = step
    if Step.DROPPED in reached and Step.FINISHED in reached:
        return Problem("dropped_finished", Step.DROPPED, Step.FINISHED, reached[Step.DROPPED])
    described = {**(held.description.value if held else {}), **told.description}
    start, finish = described.get("planned_start"), described.get("planned_finish")
    if start is not None and finish is not None and finish < start:
        return Problem("plan_order", "planned_finish", "planned_start", finish)
    return None


def standing(reached: Mapping[str, date]) -> tuple[str, date | None]:
    """The step a project is at, and since when; one of which no day is known is proposed."""
    for step in (Step.DROPPED, *reversed(ORDER)):
        if step in reached:
            return step, reached[step]
    return Step.PROPOSED, None
