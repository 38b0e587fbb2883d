"""Small made-up neighbourhoods: a few households with every kind of row, skewed to edges.

Days cluster on month ends, window starts and one day beside them; amounts on thresholds; NULLs,
empty households, repeated rows and rows that lead nowhere are common. What the specification
refuses or forbids (a household twice, a quarter twice, overlapping memberships) is not made.

Everything is drawn from a `random.Random`. A seeded one fills thousands of households quickly;
hypothesis hands in its own (`st.randoms`), records its choices and shrinks what fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.reference.days import last_day, months_before, window_start

Row = dict[str, Any]
Tables = dict[str, list[Row]]

HOUSEHOLDS_EACH = 10
PERSONS_EACH = 100
NOBODY = HOUSEHOLDS_EACH - 1
STRANGER = PERSONS_EACH - 1
LONG_AGO = date(2015, 1, 1)

VILLAGES = ("529901001001", "529901001001", "529901001002", "529901002001", "529902001001", None)
NETS = (0, 1, 3, 70_000, 100_000, 182_499, 182_500, 212_500, 300_000, 999_999_999)
AMOUNTS = (None, 0, 1, 499_999, 500_000, 1_000_000, 1_000_001, 1_999_999, 2_000_000)
SCHOOLING = (
    "none", "none", "none", None, "preschool", "compulsory", "upper_secondary", "tertiary",
)  # fmt: skip
LABOUR = ("ordinary", "ordinary", "ordinary", "skilled", "weak", "lost", "none", None)
STATUS_LEVELS = {
    "medical_insured": (None,),
    "dibao": (None,),
    "tekun": (None,),
    "help_measure": (
        "industry", "employment", "finance", "public_post", "health", "safety_net", "social", None,
    ),
    "disabled": ("1", "2", "3", "4", None),
    "health_exempt_from_school": (None,),
    "unsafe_water": (None,),
    "dibao_marginal": (None,),
    "pension_insured": (None,),
}  # fmt: skip
EVENT_LEVELS = {
    "medical_selfpaid": (None,),
    "death": (None,),
    "housing_graded": ("A", "B", "C", "D", None),
    "water_cut": ("0", "1", "6", "7", "08", "", "八", None),
    "serious_illness": (None,),
    "accident": (None,),
    "disaster": (None,),
    "tuition": (None,),
    "dropout": (None,),
    "loan_overdue": (None,),
}


def edge_days(as_of: date) -> list[date]:
    """Days on which something begins, ends or is counted, and the days beside them."""
    anchors = [months_before(as_of, months) for months in (0, 0, 0, 1, 1, 2, 3, 3, 6, 12, 12, 24)]
    anchors += [window_start(as_of, 3), window_start(as_of, 12), date(2020, 2, 29)]
    return [day + timedelta(days=step) for day in anchors for step in (-1, 0, 1)]


def birth_days(as_of: date) -> list[date | None]:
    """Around the birthdays that matter: 6, 16 and 65 years, also for those of 29 February."""
    days: list[date | None] = [None, None]
    for years in (6, 16, 65):
        turned = last_day(as_of.year - years, as_of.month)
        days += [turned + timedelta(days=step) for step in (-1, 0, 1)]
    leap = [date(year, 2, 29) for year in (1956, 1960, 2004, 2008, 2016)]
    return [*days, *leap, *[date(1985, 5, 1)] * 12, *[date(2013, 3, 1)] * 5]


def neighbourhood(random: Random, as_of: date) -> Tables:
    """One to three households with up to four persons each, and their rows."""
    return _Maker(random, as_of).tables()


class _Maker:
    def __init__(self, random: Random, as_of: date) -> None:
        self.random = random
        self.as_of = as_of
        self.days = edge_days(as_of)
        self.births = birth_days(as_of)
        self.homes = list(range(random.randint(1, 3)))
        self.people = list(range(random.randint(0, 5)))

    def tables(self) -> Tables:
        """The rows of all seven tables."""
        return {
            "households": [self._household(number) for number in self.homes],
            "persons": [row for person in self.people for row in self._memberships(person)],
            "incomes": [row for home in self.homes for row in self._incomes(home)] + self._stray(),
            "employments": self._some(self._employment, 5),
            "statuses": self._some(self._status, 10),
            "events": self._some(self._event, 8),
            "holdings": self._some(self._holding, 4),
        }

    def _some(self, make: Any, most: int) -> list[Row]:
        """Up to so many rows; now and then the last one twice."""
        rows = [make() for _ in range(self.random.randint(0, most))]
        return rows + rows[-1:] if self._chance(0.1) else rows

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _day(self, missing: float = 0.1) -> date | None:
        return None if self._chance(missing) else self.random.choice(self.days)

    def _spell(self) -> Row:
        """Often long begun and open, else with edges."""
        if self._chance(0.3):
            return {"started_on": LONG_AGO, "ended_on": None}
        return {"started_on": self._day(), "ended_on": self._day(missing=0.5)}

    def _somebody(self, missing: float) -> int | None:
        if self._chance(missing):
            return None
        return STRANGER if self._chance(0.03) or not self.people else self._choice(self.people)

    def _somewhere(self) -> int | None:
        astray = self._choice([NOBODY, None])
        return astray if self._chance(0.04) else self._choice(self.homes)

    def _choice(self, options: Any) -> Any:
        return self.random.choice(options)

    def _household(self, number: int) -> Row:
        return {
            "household_id": number,
            "village_code": self._choice(VILLAGES),
            "class": self._choice(["lifted_out", "ordinary", None]),
            "relocated": self._choice([True, False, None]),
            "self_moved": self._choice([True, False, None]),
            "monitored_kind": self._choice([None, "unstable", "marginal", "sudden_hardship"]),
            "included_on": self._day(),
            "risk_removed_on": self._day(missing=0.8),
        }

    def _memberships(self, person: int) -> Iterator[Row]:
        """One household, or two one after the other; the same person in both."""
        row = {
            "person_id": person,
            "sex": "F",
            "relation": "户主",
            "born_on": self._choice(self.births),
            "schooling": self._choice(SCHOOLING),
            "labour": self._choice(LABOUR),
        }
        first, second = self._somewhere(), self._choice(self.homes)
        joined = LONG_AGO if self._chance(0.7) else self._day()
        left = self._day(missing=0.7)
        yield {**row, "household_id": first, "joined_on": joined, "left_on": left}
        if first != second and joined is not None and left is not None and joined < left:
            yield {**row, "household_id": second, "joined_on": left, "left_on": None}

    def _incomes(self, household: int) -> Iterator[Row]:
        """Quarters of this year and the two before; usually all, some missing or with a gap."""
        usual = self._choice(NETS)
        for place in range(12):
            if self._chance(0.03):
                continue
            yield {
                "household_id": household,
                "quarter": (self.as_of.year - 2 + place // 4) * 10 + place % 4 + 1,
                "wage": usual if self._chance(0.7) else self._choice(NETS),
                "business": None if self._chance(0.02) else self._choice([0, 0, 100_000]),
                "business_cost": self._choice([0, 0, 0, 0, 30_000, 400_000]),
                "property": self._choice([0, 0, 0, 0, 0, 1]),
                "transfer": 0,
            }

    def _stray(self) -> list[Row]:
        amounts = dict.fromkeys(("wage", "business", "business_cost", "property", "transfer"), 1)
        quarter = self.as_of.year * 10 + 1
        stray = {"household_id": NOBODY, "quarter": quarter, **amounts}
        return [stray] if self._chance(0.1) else []

    def _employment(self) -> Row:
        return {"person_id": self._somebody(missing=0.02), **self._spell()}

    def _status(self) -> Row:
        kind = self._choice(list(STATUS_LEVELS))
        return {**self._belonging(), "kind": kind, "level": self._choice(STATUS_LEVELS[kind])}

    def _holding(self) -> Row:
        kinds = ["vehicle", "vehicle", "company", "commercial_housing", "vessel"]
        value = self._choice([None, 0, 7_999_999, 8_000_000])
        return {**self._belonging(), "kind": self._choice(kinds), "value": value}

    def _belonging(self) -> Row:
        person = self._somebody(missing=0.4)
        nowhere = person is not None and self._chance(0.1)
        home = None if nowhere else self._somewhere()
        return {"household_id": home, "person_id": person, **self._spell()}

    def _event(self) -> Row:
        kind = self._choice(list(EVENT_LEVELS))
        return {
            "household_id": self._somewhere(),
            "person_id": self._somebody(missing=0.3),
            "kind": kind,
            "occurred_on": self._day(),
            "amount": self._choice(AMOUNTS),
            "level": self._choice(EVENT_LEVELS[kind]),
        }


def side_by_side(neighbourhoods: Iterable[Tables]) -> Tables:
    """Many neighbourhoods in one snapshot, each with identifiers of its own."""
    together: Tables = {}
    for number, tables in enumerate(neighbourhoods, start=1):
        for name, rows in tables.items():
            together.setdefault(name, []).extend(_moved(rows, number, name))
    return together


def _moved(rows: Iterable[Row], number: int, table: str) -> Iterator[Row]:
    for row in rows:
        moved = dict(row)
        if moved.get("household_id") is not None:
            moved["household_id"] += number * HOUSEHOLDS_EACH
        if moved.get("person_id") is not None:
            moved["person_id"] += number * PERSONS_EACH
        if table == "households":
            moved["code"] = f"H{moved['household_id']}"
        yield moved
