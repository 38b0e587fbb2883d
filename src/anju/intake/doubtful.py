"""Rows that wait for a decision, as the page shows them: the row and its candidates side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.intake import newcomers, queries
from anju.intake.decided import decided
from anju.intake.labels import RELATION
from anju.intake.models import Batch, Decision, Outcome, Row
from anju.places import queries as places
from anju.registry import queries as registry
from anju.registry.models import Membership
from anju.registry.models.person import Sex


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact of a candidate; `differs` from that of the row, where both are known."""

    label: str
    theirs: str
    ours: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the row may be. `likelihood` in percent; empty for members merely shown beside it."""

    person_id: int
    household_code: str
    likelihood: str
    cells: list[Cell]
    reasons: list[list[Any]]
    """`[field, level, bits]` as `anju.linkage` gives them."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One row, what it says, who it may be, and what was decided about it."""

    row: Row
    said: list[tuple[str, str]]
    candidates: list[Candidate]
    decision: Decision | None
    position: int
    total: int
    undecided: int
    before: int | None
    after: int | None

    @property
    def is_newcomer(self) -> bool:
        """It names a household that is known and somebody who is not: the candidates are its members."""
        return self.row.code == newcomers.PROBLEM

    @property
    def household_code(self) -> str:
        """The household the row names, whose members alone come into question; empty for none."""
        return str(self.row.sides.get("asked", {}).get("household_code", ""))


def waiting(viewer: Viewer, batch: Batch) -> list[Row]:
    """The rows of a file that wait for a decision, in order, as far as the viewer may see them."""
    rows = queries.rows_for(viewer, batch).filter(outcome=Outcome.WAITING)
    return list(rows.only("id", "sheet", "number", "sides").order_by("sheet", "number"))


def look(viewer: Viewer, batch: Batch, row_id: int | None) -> Doubtful | None:
    """That row, or the first one nobody has decided about; None where no row waits."""
    rows = waiting(viewer, batch)
    if not rows:
        return None
    known = decided([row.sides.get("key", "") for row in rows])
    open_rows = [row for row in rows if row.sides.get("key") not in known]
    chosen = next((row for row in rows if row.pk == row_id), (open_rows or rows)[0])
    at = rows.index(chosen)
    row = queries.rows_for(viewer, batch).get(pk=chosen.pk)
    later = [each for each in (*rows[at + 1 :], *rows[:at]) if each in open_rows]
    return Doubtful(
        row=row,
        said=_said(row),
        candidates=_candidates(viewer, row),
        decision=known.get(row.sides.get("key", "")),
        position=at + 1,
        total=len(rows),
        undecided=len(open_rows),
        before=rows[at - 1].pk if at else None,
        after=later[0].pk if later else None,
    )


def written(viewer: Viewer, batch: Batch) -> list[Decision]:
    """What was decided about rows of a file that are written by now, as far as the viewer may see them."""
    decisions = list(Decision.objects.filter(batch_id=batch.pk, revoked_at__isnull=True))
    if not decisions:
        return []
    rows = queries.rows_for(viewer, batch).exclude(outcome=Outcome.WAITING)
    numbers = [each.number for each in decisions]
    seen = set(rows.filter(number__in=numbers).values_list("sheet", "number"))
    return [each for each in decisions if (each.sheet, each.number) in seen]


_LABELS = ("name", "sex", "born_on", "relation", "village", "head_name")


def _label(field: str) -> str:
    return {
        "name": _("姓名"),
        "sex": _("性别"),
        "born_on": _("出生日期"),
        "relation": _("与户主关系"),
        "village": _("行政村"),
        "head_name": _("户主姓名"),
    }[field]


def _said(row: Row) -> list[tuple[str, str]]:
    asked = row.sides.get("asked", {})
    return [(_label(field), _word(field, asked.get(field, ""))) for field in _LABELS]


def _word(field: str, value: str) -> str:
    if field == "sex" and value:
        return str(Sex(value).label)
    if field == "relation":
        return next((label for label, code in RELATION.items() if code == value), value)
    return value


def _candidates(viewer: Viewer, row: Row) -> list[Candidate]:
    """Those of the candidates whom the viewer may see, likeliest first."""
    ids = [each["person_id"] for each in row.candidates]
    persons = {p.pk: p for p in registry.persons_for(viewer).filter(pk__in=ids).distinct()}
    homes = {
        each.person_id: each
        for each in Membership.objects.filter(
            person_id__in=persons, known_to__isnull=True, left_on__isnull=True
        ).select_related("household")
    }
    names = places.names([m.household.village_code for m in homes.values()])
    said = row.sides.get("asked", {})
    found = []
    for each in row.candidates:
        person, home = persons.get(each["person_id"]), homes.get(each["person_id"])
        if person is None or home is None:
            continue
        theirs = {
            "name": person.name,
            "sex": person.sex,
            "born_on": person.born_on.isoformat() if person.born_on else "",
            "relation": home.relation,
            "village": names.of(home.household.village_code),
            "head_name": home.household.head_name,
        }
        found.append(
            Candidate(
                person_id=person.pk,
                household_code=home.household.code,
                likelihood=f"{each['score'] / 10:.1f}%" if each["score"] else "",
                cells=_cells(said, theirs, each["reasons"]),
                reasons=each["reasons"],
            )
        )
    return found


def _cells(
    said: dict[str, str], theirs: dict[str, str], told: Sequence[Sequence[Any]]
) -> list[Cell]:
    same = {
        {"born": "born_on", "head": "head_name"}.get(field, field)
        for field, level, _bits in told
        if level in ("same", "first")
    }
    return [
        Cell(
            _label(field),
            _word(field, theirs[field]) if field != "village" else theirs[field],
            _word(field, said.get(field, "")),
            bool(said.get(field) and theirs[field]) and field not in same,
        )
        for field in _LABELS
    ]
