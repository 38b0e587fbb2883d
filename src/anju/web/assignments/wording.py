"""How assignments are said: who, where, how often, and how what they owe stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.duties.lights import Light, light
from anju.duties.models import Assignment, Owed, OwedKind
from anju.duties.queries.limits import warning_days
from anju.duties.rhythms_owed import OFFERED, rhythms_of
from anju.places import queries as places
from anju.places.queries import Names


def leader_of(row: Assignment) -> str:
    """The leader's name, or the post of one without an account; empty without a leader."""
    return row.leader.name if row.leader else row.leader_post


def place_of(row: Assignment, names: Names) -> str:
    """The site with its village, or the village or town itself."""
    division = names.village(row.division_code) or row.division_code
    return f"{row.site.name}（{division}）" if row.site else division


def address_of_place(row: Assignment) -> str:
    """The page of everything at that place."""
    if row.site:
        return reverse("web:site-assignments", args=[row.site.code])
    return reverse("web:place-assignments", args=[row.division_code])


def rhythm_word(row: Assignment, kind: OwedKind, on: date) -> str:
    """How often something is owed on a day; empty where nobody asks for it."""
    every = rhythms_of(row, on).get(kind)
    return str(every.label) if every else ""


def light_of(due_on: date | None, is_done: bool, on: date) -> Light:
    """How one thing owed stands, warned of as long ahead as the county's pack says."""
    return light(due_on, on, is_done, warning_days(on))


@dataclass(frozen=True)
class OwedShown:
    """One line of what is owed or was done."""

    row: Owed
    period: str
    light: Light


def shown(rows: list[Owed], on: date) -> list[OwedShown]:
    """Rows with their period in words and their light."""
    warn = warning_days(on)
    return [
        OwedShown(
            row, period_word(row.period), light(row.due_on, on, row.held_on is not None, warn)
        )
        for row in rows
    ]


def period_word(label: str) -> str:
    """2023Q3 → 2023年第3季度, 2023H1 → 2023年上半年, 2023-09 → 2023年9月."""
    year, rest = label[:4], label[4:]
    if rest.startswith("Q"):
        return _("%(year)s年第%(quarter)s季度") % {"year": year, "quarter": rest[1:]}
    if rest.startswith("H"):
        half = _("%(year)s年上半年") if rest == "H1" else _("%(year)s年下半年")
        return half % {"year": year}
    if rest.startswith("W"):
        return _("%(year)s年第%(week)s周") % {"year": year, "week": int(rest[1:])}
    if len(label) == 7:
        return _("%(year)s年%(month)s月") % {"year": year, "month": int(rest[1:])}
    return _("%(year)s年") % {"year": year} if not rest else label


def names_for(rows: list[Assignment]) -> Names:
    """Names of the places of these assignments; one query."""
    return places.names([row.division_code for row in rows])


def last_day_of(row: Assignment) -> date | str:
    """The last day of an assignment; empty while it has no end."""
    return row.valid_to - timedelta(days=1) if row.valid_to else ""


def rhythm_choices() -> list[tuple[str, str]]:
    """Rhythms that an assignment may have; nothing chosen leaves it to the policy pack."""
    return [(each.value, str(each.label)) for each in OFFERED]
