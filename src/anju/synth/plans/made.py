"""The plan of a made-up county: its text, and everything a reader must find in it.

The sentences are our own; the ways of naming offices, dates and targets are those of real plans:
lists in brackets, lines of their own, square brackets, by division of work, inside the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from string import Template

from anju.synth.county import County
from anju.synth.plans.marks import ROLES, Goal, Mark, by_measure, goal, parted

_WORDS = "three_years.txt"


@dataclass(frozen=True, slots=True)
class PlantedMeasure:
    """One promise: key and kind as a reader names them, and what stands in it, in order.

    `rhythms` holds `within` for a span of time without a date.
    """

    key: str
    kind: str
    offices: tuple[tuple[str, str], ...]
    dates: tuple[date, ...]
    rhythms: tuple[str, ...]
    goals: tuple[Goal, ...]
    sums: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class MadePlan:
    """A plan document and what was planted in it."""

    title: str
    number: str
    issuer: str
    dated: date
    text: str
    measures: tuple[PlantedMeasure, ...]


def make(county: County, *, first_year: int | None = None) -> MadePlan:
    """The three-year plan of a county, from the first year of its period or another one."""
    year = first_year or county.period.first.year
    name = county.places.county_names[0]
    values = _values(county, name, year)
    lines = files(__package__).joinpath(_WORDS).read_text(encoding="utf-8").splitlines()
    marked = "\n".join(line for line in lines if not line.startswith("#"))
    text, marks = parted(Template(marked).substitute(values))
    return MadePlan(
        title=f"{name}易地搬迁后续扶持三年行动方案（{year}—{year + 2}年）",
        number=f"{values['short']}政办发〔{year}〕6号",
        issuer=f"{name}人民政府办公室",
        dated=date(year, 2, 12),
        text=text,
        measures=tuple(_measure(opening, inside) for opening, inside in by_measure(marks)),
    )


def _values(county: County, name: str, year: int) -> dict[str, str | int]:
    """Names, years and numbers that fit the size of the county."""
    homes = county.size
    return {
        "county": name,
        "short": name[0],
        "town": county.places.town_name[0],
        "y0": year,
        "y1": year + 1,
        "y2": year + 2,
        "moved": _round(homes * 0.3),
        "workshops": max(2, homes // 2000),
        "posts": _round(homes * 0.03),
        "trained": _round(homes * 0.1),
        "yards": _round(homes * 0.05),
        "grids": max(5, homes // 80),
    }


def _round(number: float) -> int:
    """To tens, and at least twenty, as plans write goals."""
    return max(20, round(number / 10) * 10)


def _measure(opening: Mark, inside: list[Mark]) -> PlantedMeasure:
    kind, key = opening.parts()
    return PlantedMeasure(
        key=key,
        kind=kind,
        offices=tuple((mark.words, ROLES[mark.kind]) for mark in inside if mark.kind in ROLES),
        dates=tuple(date.fromisoformat(mark.said) for mark in inside if mark.kind == "due"),
        rhythms=tuple(
            mark.said or mark.kind for mark in inside if mark.kind in ("every", "within")
        ),
        goals=tuple(goal(mark) for mark in inside if mark.kind == "goal"),
        sums=tuple(_sum(mark) for mark in inside if mark.kind == "sum"),
    )


def _sum(mark: Mark) -> tuple[float, str]:
    value, unit = mark.parts()
    return float(value), unit
