"""The rows of a snapshot, as dictionaries, with the look-ups that facts need."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tests.reference.days import holds

Row = Mapping[str, Any]


class RefusedSnapshot(Exception):
    """The rows contradict one another: nothing can be said about them."""


class World:
    """Everything known of all households, with rows that lead nowhere left out.

    "Rows that name a household or person not in the snapshot are left out and counted.
    Two rows of one household for one quarter, or a household_id twice, refuse the run."
    """

    def __init__(self, tables: Mapping[str, Iterable[Row]]) -> None:
        self.left_out: Counter[str] = Counter()
        self.households: dict[int, Row] = {}
        for row in tables.get("households", ()):
            if row["household_id"] in self.households:
                raise RefusedSnapshot(f"household_id {row['household_id']} twice")
            self.households[row["household_id"]] = row
        self._people: set[int] = set()
        self.memberships = self._by("household_id", self._known("persons", tables))
        self._people = {row["person_id"] for rows in self.memberships.values() for row in rows}
        self.memberships_of_person = self._by(
            "person_id", (row for rows in self.memberships.values() for row in rows)
        )
        self.incomes = self._incomes(tables)
        self.employments = self._by("person_id", self._known("employments", tables))
        self.events = self._by("household_id", self._known("events", tables))
        self.statuses = _Belongings(self._known("statuses", tables))
        self.holdings = _Belongings(self._known("holdings", tables))

    def members(self, household: int, day: date) -> list[Row]:
        """The membership rows that hold on a day."""
        return [
            row
            for row in self.memberships.get(household, ())
            if holds(row["joined_on"], row["left_on"], day)
        ]

    def _known(self, table: str, tables: Mapping[str, Iterable[Row]]) -> list[Row]:
        kept = []
        for row in tables.get(table, ()):
            if self._leads_somewhere(table, row.get("household_id"), row.get("person_id")):
                kept.append(row)
            else:
                self.left_out[table] += 1
        return kept

    def _leads_somewhere(self, table: str, household: int | None, person: int | None) -> bool:
        """Whether the row names a household, or a person to follow, and none that is missing."""
        if household is not None and household not in self.households:
            return False
        if table in ("persons", "incomes", "events") and household is None:
            return False
        if table == "persons" or (person is None and table in ("incomes", "events")):
            return True
        if person is None:
            return household is not None
        return person in self._people

    def _incomes(self, tables: Mapping[str, Iterable[Row]]) -> dict[tuple[int, int], Row]:
        incomes: dict[tuple[int, int], Row] = {}
        for row in self._known("incomes", tables):
            key = (row["household_id"], row["quarter"])
            if key in incomes:
                raise RefusedSnapshot(f"two rows of household {key[0]} for quarter {key[1]}")
            incomes[key] = row
        return incomes

    @staticmethod
    def _by(column: str, rows: Iterable[Row]) -> dict[Any, list[Row]]:
        grouped: dict[Any, list[Row]] = defaultdict(list)
        for row in rows:
            if row.get(column) is not None:
                grouped[row[column]].append(row)
        return dict(grouped)


class _Belongings:
    """Statuses or holdings: a row with a person follows the person, another is the household's."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._of_person: dict[int, list[Row]] = defaultdict(list)
        self._of_household: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            if row["person_id"] is not None:
                self._of_person[row["person_id"]].append(row)
            elif row["household_id"] is not None:
                self._of_household[row["household_id"]].append(row)

    def of_household(self, household: int, members: Iterable[Row], kind: str) -> list[Row]:
        """The rows of one kind that the household has as a whole or through one of `members`."""
        rows = [row for row in self._of_household[household] if row["kind"] == kind]
        for person in sorted({member["person_id"] for member in members}):
            rows += self.of_person(person, kind)
        return rows

    def of_person(self, person: int, kind: str) -> list[Row]:
        """The rows of one kind that are the person's own."""
        return [row for row in self._of_person[person] if row["kind"] == kind]

    def of_member(self, person: int, household: int, kind: str) -> list[Row]:
        """ "A person has a status of their own or of the whole household." """
        return self.of_person(person, kind) + [
            row for row in self._of_household[household] if row["kind"] == kind
        ]
